"""What a course provider sees and answers: the fields of the forms that were released to it, nothing of a case."""

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.provider.desk import enrolment_page, released_row
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
from models.rules.enrolments import STATE_KINDS, STATE_LABELS, Act
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import Enrolment

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
    row = released_row(enrolment_id)
    note_access(enrolments.case_id_of(row.id), "enrolment")
    return enrolment_page(row)


@bp.get("/<int:enrolment_id>/anmeldebogen.pdf")
@access.requires(Permission.ENROLMENT_VIEW)
def form_pdf(enrolment_id: int) -> ResponseReturnValue:
    """The stored form, byte for byte."""
    row = released_row(enrolment_id)
    document = enrolments.form_document(row.id)
    if document is None:
        raise NotVisible
    note_access(enrolments.case_id_of(row.id), "enrolment_form")
    return download(documents.content_of(document.id), document.filename, document.media_type)


@bp.post("/<int:enrolment_id>/bestaetigen")
@access.requires(Permission.ENROLMENT_ANSWER)
def confirm(enrolment_id: int) -> ResponseReturnValue:
    """The person is registered."""
    row = released_row(enrolment_id)
    form = ConfirmationForm()
    form.fit(row.family)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: confirm_enrolment(Enrolment.get_by_id(row.id), form.confirmation(), **seen)
    ):
        flash(_("Anmeldung bestätigt."))
        return go_to(f"/anmeldungen/{row.id}")
    return enrolment_page(row, confirm=form)


@bp.post("/<int:enrolment_id>/angaben")
@access.requires(Permission.ENROLMENT_ANSWER)
def correct(enrolment_id: int) -> ResponseReturnValue:
    """What holds of the registration now: expected start, placement test and its result, Personenkennziffer."""
    row = released_row(enrolment_id)
    enrolled = Enrolment.get_by_id(row.id)
    form = CorrectionForm()
    form.fit(row.family, tells=enrolments.tells_itself(enrolled, local_day(access.now())))
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(form, lambda: correct_registration(enrolled, form.correction(), **seen)):
        flash(_("Angaben zur Anmeldung gespeichert."))
        return go_to(f"/anmeldungen/{row.id}")
    return enrolment_page(row, correct=form)


@bp.post("/<int:enrolment_id>/ablehnen")
@access.requires(Permission.ENROLMENT_ANSWER)
def decline(enrolment_id: int) -> ResponseReturnValue:
    """The person is not taken; the seat is free again."""
    row = released_row(enrolment_id)
    form = ReasonForm(Act.DECLINE)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: decline_enrolment(Enrolment.get_by_id(row.id), form.why(), **seen)
    ):
        flash(_("Anmeldung abgelehnt; der Platz ist wieder frei."))
        return go_to(f"/anmeldungen/{row.id}")
    return enrolment_page(row, decline=form)


@bp.post("/<int:enrolment_id>/verlauf")
@access.requires(Permission.ENROLMENT_ANSWER)
def progress(enrolment_id: int) -> ResponseReturnValue:
    """The course began, ended or was broken off."""
    row = released_row(enrolment_id)
    form = ProgressForm()
    form.offer(row.state)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: note_progress(Enrolment.get_by_id(row.id), form.news(), **seen)
    ):
        flash(_("Kursverlauf eingetragen."))
        return go_to(f"/anmeldungen/{row.id}")
    return enrolment_page(row, progress=form)
