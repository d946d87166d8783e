"""What a course provider sees and answers: the fields of the forms that were released to it, nothing of a case."""

from typing import Any

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.provider.forms import ConfirmForm
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.reasons import ProgressForm, ReasonForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to, page
from models.operations.course_progress import note_progress
from models.operations.enrolment_answers import Confirmation, confirm_enrolment, decline_enrolment
from models.queries import documents, enrolments
from models.queries.enrolments import ReleasedRow
from models.rules.enrolments import STATE_KINDS, STATE_LABELS, Act, possible
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import Enrolment
from pdf.enrolment_form.fields import BLOCKS

bp = Blueprint("provider", __name__, url_prefix="/anmeldungen", cli_group=None)


@bp.get("/")
@access.requires(Permission.ENROLMENT_VIEW)
def overview() -> ResponseReturnValue:
    """The enrolments that were released to this provider, the newest first."""
    number = page_number()
    waiting = request.args.get("offen") == "1"
    rows, more = enrolments.released_page(access.actor(), local_day(access.now()), number, unanswered=waiting)
    context = {"rows": rows, "more": more, "page": number, "waiting": waiting, "state": STATE_LABELS}
    return page("provider/list.html", area="provider", kind=STATE_KINDS, **context)


@bp.get("/<int:enrolment_id>")
@access.requires(Permission.ENROLMENT_VIEW)
def enrolment(enrolment_id: int) -> ResponseReturnValue:
    """The fields of one form."""
    row = _released(enrolment_id)
    note_access(enrolments.case_id_of(row.id), "enrolment")
    return _page(row)


@bp.get("/<int:enrolment_id>/anmeldebogen.pdf")
@access.requires(Permission.ENROLMENT_VIEW)
def form_pdf(enrolment_id: int) -> ResponseReturnValue:
    """The stored form, byte for byte."""
    row = _released(enrolment_id)
    document = enrolments.form_document(row.id)
    if document is None:
        raise NotVisible
    note_access(enrolments.case_id_of(row.id), "enrolment_form")
    return download(documents.content_of(document.id), document.filename, document.media_type)


@bp.post("/<int:enrolment_id>/bestaetigen")
@access.requires(Permission.ENROLMENT_ANSWER)
def confirm(enrolment_id: int) -> ResponseReturnValue:
    """The person is registered."""
    row = _released(enrolment_id)
    form = ConfirmForm()
    said = Confirmation(form.confirmed_on.data, form.expected_start.data)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: confirm_enrolment(Enrolment.get_by_id(row.id), said, **seen)
    ):
        flash(_("Anmeldung bestätigt."))
        return go_to(f"/anmeldungen/{row.id}")
    return _page(row, confirm=form)


@bp.post("/<int:enrolment_id>/ablehnen")
@access.requires(Permission.ENROLMENT_ANSWER)
def decline(enrolment_id: int) -> ResponseReturnValue:
    """The person is not taken; the seat is free again."""
    row = _released(enrolment_id)
    form = ReasonForm(Act.DECLINE)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: decline_enrolment(Enrolment.get_by_id(row.id), form.why(), **seen)
    ):
        flash(_("Anmeldung abgelehnt; der Platz ist wieder frei."))
        return go_to(f"/anmeldungen/{row.id}")
    return _page(row, decline=form)


@bp.post("/<int:enrolment_id>/verlauf")
@access.requires(Permission.ENROLMENT_ANSWER)
def progress(enrolment_id: int) -> ResponseReturnValue:
    """The course began, ended or was broken off."""
    row = _released(enrolment_id)
    form = ProgressForm()
    form.offer(row.state)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: note_progress(Enrolment.get_by_id(row.id), form.news(), **seen)
    ):
        flash(_("Kursverlauf eingetragen."))
        return go_to(f"/anmeldungen/{row.id}")
    return _page(row, progress=form)


def _released(enrolment_id: int) -> ReleasedRow:
    return enrolments.released_enrolment(access.actor(), enrolment_id, local_day(access.now()))


def _page(row: ReleasedRow, **forms: Any) -> ResponseReturnValue:
    known = {"version": row.version, "expected_start": row.starts_on}
    context: dict[str, Any] = {"row": row, "blocks": BLOCKS, "state": STATE_LABELS, "kind": STATE_KINDS}
    if possible(Act.CONFIRM, row.state):
        context["confirm"] = forms.get("confirm") or ConfirmForm(formdata=None, data=known)
        context["decline"] = forms.get("decline") or ReasonForm(Act.DECLINE, formdata=None, data=known)
    today = local_day(access.now())
    if possible(Act.DROP, row.state) and enrolments.tells_itself(Enrolment.get_by_id(row.id), today):
        context["progress"] = forms.get("progress") or ProgressForm(formdata=None, data=known)
        context["progress"].offer(row.state)
    status = 422 if any(form.errors for form in forms.values()) else 200
    return page(
        "provider/enrolment.html", fragment="provider/_enrolment.html", status=status, area="provider", **context
    )
