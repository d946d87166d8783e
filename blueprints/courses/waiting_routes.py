"""The waiting list as one case meets it: an offer is taken or refused, the person leaves the list."""

from collections.abc import Callable

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.desk import by, desk_page, seen_enrolment
from blueprints.courses.forms import AcceptForm, LeaveForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to
from models.operations.waiting import accept_offer, leave_waiting_list, refuse_offer
from models.queries.course_access import access_of
from models.rules.enrolments import Act
from models.rules.permissions import Permission


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/angebot-annehmen")
@access.requires(Permission.COURSE_RESERVE)
def accept(number: str, enrolment_id: int) -> ResponseReturnValue:
    """The person wants the offered seat: it becomes a reservation."""
    view, row, entry = seen_enrolment(number, enrolment_id)
    form, paths = AcceptForm(row.id), access_of(view)
    form.offer_paths(paths)
    seen = {"seen_version": form.version.data}
    if form.validate_on_submit() and accepted(
        form,
        lambda: accept_offer(entry, form.named(), paths.states, form.double_reason.data or "", **seen, **by()),
        names={"course": "double_reason"},
    ):
        flash(_("Angebot angenommen; der Platz ist reserviert."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, **{f"accept-{row.id}": form})


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/angebot-ablehnen")
@access.requires(Permission.COURSE_RESERVE)
def refuse(number: str, enrolment_id: int) -> ResponseReturnValue:
    """The person does not want the offered seat; the next in rank gets it."""
    return _ended(
        number, enrolment_id, Act.REFUSE, refuse_offer, _("Angebot abgelehnt; der Platz geht an den nächsten Rang.")
    )


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/warteliste-verlassen")
@access.requires(Permission.COURSE_RESERVE)
def leave(number: str, enrolment_id: int) -> ResponseReturnValue:
    """The person does not wait any more."""
    return _ended(number, enrolment_id, Act.LEAVE, leave_waiting_list, _("Von der Warteliste genommen."))


def _ended(
    number: str, enrolment_id: int, act: Act, operation: Callable[..., None], sentence: str
) -> ResponseReturnValue:
    view, row, entry = seen_enrolment(number, enrolment_id)
    form = LeaveForm(act, row.id)
    if form.validate_on_submit() and accepted(
        form, lambda: operation(entry, form.why(), seen_version=form.version.data, **by())
    ):
        flash(sentence)
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, **{f"leave-{row.id}": form})
