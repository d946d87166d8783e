"""What a course provider sees and answers: the fields of the forms that were released to it, nothing of a case."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.reasons import ProgressForm, ReasonForm
from blueprints.shared.refusals import accepted
from blueprints.shared.registration_forms import ConfirmationForm, CorrectionForm
from blueprints.shared.render import download, go_to, page
from models.operations.course_progress import note_progress
from models.operations.enrolment_answers import confirm_enrolment, decline_enrolment
from models.operations.registrations import correct_registration
from models.queries import documents, enrolments, released
from models.queries.released import ReleasedRow
from models.rules.enrolments import STATE_KINDS, STATE_LABELS, Act, possible
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.rules.registrations import RESULT_NAMES
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
    rows, more = released.released_page(access.actor(), local_day(access.now()), number, unanswered=waiting)
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
    form = ConfirmationForm()
    form.fit(row.family)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: confirm_enrolment(Enrolment.get_by_id(row.id), form.confirmation(), **seen)
    ):
        flash(_("Anmeldung bestätigt."))
        return go_to(f"/anmeldungen/{row.id}")
    return _page(row, confirm=form)


@bp.post("/<int:enrolment_id>/angaben")
@access.requires(Permission.ENROLMENT_ANSWER)
def correct(enrolment_id: int) -> ResponseReturnValue:
    """What holds of the registration now: expected start, placement test and its result, Personenkennziffer."""
    row = _released(enrolment_id)
    enrolled = Enrolment.get_by_id(row.id)
    form = CorrectionForm()
    form.fit(row.family, tells=enrolments.tells_itself(enrolled, local_day(access.now())))
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(form, lambda: correct_registration(enrolled, form.correction(), **seen)):
        flash(_("Angaben zur Anmeldung gespeichert."))
        return go_to(f"/anmeldungen/{row.id}")
    return _page(row, correct=form)


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
    return released.released_enrolment(access.actor(), enrolment_id, local_day(access.now()))


def _page(row: ReleasedRow, **forms: Any) -> ResponseReturnValue:
    today = local_day(access.now())
    tells = enrolments.tells_itself(Enrolment.get_by_id(row.id), today)
    context: dict[str, Any] = {"row": row, "blocks": BLOCKS, "state": STATE_LABELS, "kind": STATE_KINDS}
    context |= {"result_names": RESULT_NAMES, "tells": tells} | _forms(row, tells, forms)
    status = 422 if any(form.errors for form in forms.values()) else 200
    return page(
        "provider/enrolment.html", fragment="provider/_enrolment.html", status=status, area="provider", **context
    )


def _forms(row: ReleasedRow, tells: bool, refused: dict[str, Any]) -> dict[str, Any]:
    """The forms for what the provider can do now; a refused one keeps what was typed."""
    known = {"version": row.version, "expected_start": row.expected_start or row.starts_on}
    found: dict[str, Any] = {}
    if possible(Act.CONFIRM, row.state):
        found["confirm"] = refused.get("confirm") or ConfirmationForm(formdata=None, data=known)
        found["decline"] = refused.get("decline") or ReasonForm(Act.DECLINE, formdata=None, data=known)
        if "confirm" not in refused:
            found["confirm"].fit(row.family)
    if possible(Act.CORRECT, row.state):
        said = known | {"expected_start": row.expected_start} | asdict(row.registration)
        found["correct"] = refused.get("correct") or CorrectionForm(formdata=None, data=said)
        if "correct" not in refused:
            found["correct"].fit(row.family, tells=tells)
    if possible(Act.DROP, row.state) and tells:
        found["progress"] = refused.get("progress") or ProgressForm(formdata=None, data={"version": row.version})
        found["progress"].offer(row.state)
    return found
