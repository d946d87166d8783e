"""The answer to what a provider proposes for an enrolment of a case."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.desk import by, desk_page, seen_enrolment
from blueprints.courses.forms import AcceptProposalForm, RefuseProposalForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to
from models.operations.proposals import accept_proposal, decline_proposal
from models.queries.course_access import access_of
from models.rules.permissions import Permission


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/vorschlag/annehmen")
@access.requires(Permission.COURSE_RESERVE)
def accept_what_was_proposed(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Do it: the place moves to the other course, or the other start is what both expect."""
    view, row, enrolment = seen_enrolment(number, enrolment_id)
    form, paths = AcceptProposalForm(), access_of(view).states
    held: dict[str, Any] = {}

    def act() -> None:
        held["id"] = accept_proposal(enrolment, paths, seen_version=form.version.data, **by())

    if form.validate_on_submit() and accepted(form, act, otherwise="proposal"):
        moved = held["id"] != row.id
        sentence = _("In den vorgeschlagenen Kurs umgebucht: Stellen Sie den Anmeldebogen neu aus und senden Sie ihn.")
        flash(sentence if moved else _("Neuer Beginn angenommen; der Träger bestätigt jetzt."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, accept_proposal=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/vorschlag/ablehnen")
@access.requires(Permission.COURSE_RESERVE)
def decline_what_was_proposed(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Say no, with a reason; the provider answers as asked."""
    view, _row, enrolment = seen_enrolment(number, enrolment_id)
    form = RefuseProposalForm()
    if form.validate_on_submit() and accepted(
        form, lambda: decline_proposal(enrolment, form.why(), seen_version=form.version.data, **by())
    ):
        flash(_("Vorschlag abgelehnt; der Träger sieht den Grund."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, refuse_proposal=form)
