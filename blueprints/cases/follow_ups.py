"""Wiedervorlagen of a case: set, change or move, done; from the case and from Mein Tag."""

from datetime import timedelta

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import FollowUpForm, PressForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.render import go_to
from models.operations import follow_ups
from models.queries.follow_ups import colleagues_of, follow_up_of
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission

SOON = timedelta(days=7)


@bp.route("/faelle/<number>/wiedervorlage", methods=["GET", "POST"])
@access.requires(Permission.FOLLOW_UP)
def follow_up(number: str) -> ResponseReturnValue:
    """Set a Wiedervorlage for oneself, a colleague or the own organisation."""
    view, actor = views.view_for(number), access.actor()
    form = FollowUpForm(data={"due_on": views.today() + SOON, "assigned": str(actor.account_id), "version": 0})
    form.offer(colleagues_of(actor))
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form, lambda: follow_ups.set_follow_up(view.held.case, form.plan(), actor=actor, now=access.now())
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=wiedervorlage")
    return views.case_form(view, "cases/follow_up.html", form, refused, follow_up=None)


@bp.route("/faelle/<number>/wiedervorlage/<int:follow_up_id>", methods=["GET", "POST"])
@access.requires(Permission.FOLLOW_UP)
def change_follow_up(number: str, follow_up_id: int) -> ResponseReturnValue:
    """Move a Wiedervorlage to another day, or give it to somebody else."""
    view, actor = views.view_for(number), access.actor()
    row = follow_up_of(actor, view.held.case.id, follow_up_id)
    form = FollowUpForm(
        data={
            "due_on": row.due_on,
            "reason": row.reason,
            "assigned": str(row.assigned_id or ""),
            "version": row.version,
        }
    )
    form.offer(colleagues_of(actor))
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: follow_ups.change_follow_up(
                row, form.plan(), seen_version=form.version.data, actor=actor, now=access.now()
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=wiedervorlage-verschoben")
        if refused.status == 409:
            row = follow_up_of(actor, view.held.case.id, follow_up_id)
    return views.case_form(view, "cases/follow_up.html", form, refused, follow_up=row)


@bp.post("/faelle/<number>/wiedervorlage/<int:follow_up_id>/erledigt")
@access.requires(Permission.FOLLOW_UP)
def finish_follow_up(number: str, follow_up_id: int) -> ResponseReturnValue:
    """Mark a Wiedervorlage as done and go back to where it was pressed."""
    view, actor, form = views.view_for(number), access.actor(), PressForm()
    row = follow_up_of(actor, view.held.case.id, follow_up_id)
    if not form.validate_on_submit():
        raise StaleVersion
    follow_ups.finish_follow_up(row, seen_version=form.version.data, actor=actor, now=access.now())
    if request.form.get("von") == "tag":
        return go_to("/?getan=wiedervorlage")
    return go_to(f"/faelle/{number}?getan=wiedervorlage-erledigt")
