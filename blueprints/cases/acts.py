"""First contact, contact line to the coach, closing a case and opening it again."""

from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import CloseForm, ContactForm, EndForm, PressForm, ReasonForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.render import go_to
from models.operations import cases, coaching
from models.queries.case_head import town_of
from models.queries.needs import languages_of
from models.rules.case_acts import Act
from models.rules.permissions import Permission
from models.rules.states import Outcome


@bp.route("/faelle/<number>/erstkontakt", methods=["GET", "POST"])
@access.requires(Permission.ITEM_ANSWER)
def first_contact(number: str) -> ResponseReturnValue:
    """Note the first contact; until then the case is "neu, noch kein Kontakt"."""
    view, form = views.view_for(number, Act.CONTACT), ContactForm(data={"contact_on": views.today()})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: cases.record_first_contact(
                view.held.case,
                form.contact_on.data,
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=kontakt")
    return views.case_form(view, "cases/first_contact.html", form, refused)


@bp.route("/faelle/<number>/coach-melden", methods=["GET", "POST"])
@access.requires(Permission.COACH_REPORT)
def report(number: str) -> ResponseReturnValue:
    """Hand the contact line to the coach; the page shows exactly what she will see."""
    view, form = views.view_for(number, Act.REPORT), PressForm()
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: coaching.report_to_coach(
                view.held.case, seen_version=form.version.data, actor=access.actor(), now=access.now()
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=coach")
    person = view.held.person
    return views.case_form(
        view, "cases/report.html", form, refused, person=person, languages=languages_of(person), town=town_of(view)
    )


@bp.route("/faelle/<number>/coaching-beenden", methods=["GET", "POST"])
@access.requires(Permission.COACH_LIST_PRINT)
def end_coaching(number: str) -> ResponseReturnValue:
    """End the coaching; the coach no longer sees the case."""
    view, form = views.view_for(number, Act.END_COACHING), EndForm(data={"ended_on": views.today()})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: coaching.end_coaching(
                view.held.case,
                form.ended_on.data,
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return go_to("/faelle/")
    return views.case_form(view, "cases/end_coaching.html", form, refused)


@bp.route("/faelle/<number>/abschliessen", methods=["GET", "POST"])
@access.requires(Permission.CASE_CLOSE)
def close(number: str) -> ResponseReturnValue:
    """Close a case with its outcome and the day."""
    view, form = views.view_for(number, Act.CLOSE), CloseForm(data={"outcome_on": views.today()})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: cases.close_case(
                view.held.case,
                Outcome(form.outcome.data),
                form.outcome_on.data,
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
                note=form.note.data or "",
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=abgeschlossen")
    return views.case_form(view, "cases/close.html", form, refused)


@bp.route("/faelle/<number>/wiedereroeffnen", methods=["GET", "POST"])
@access.requires(Permission.CASE_CLOSE)
def reopen(number: str) -> ResponseReturnValue:
    """Open a closed case again, with a reason."""
    view, form = views.view_for(number, Act.REOPEN), ReasonForm()
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: cases.reopen_case(
                view.held.case,
                form.reason.data,
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=geoeffnet")
    return views.case_form(view, "cases/reopen.html", form, refused)
