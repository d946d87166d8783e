"""The course of one case: reservation, enrolment form, and what the provider answers."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.desk import by, desk_page, seen, seen_enrolment
from blueprints.courses.forms import (
    ConfirmForm,
    CorrectForm,
    DeclineForm,
    IssueForm,
    MoveForm,
    ReservationForm,
    SendForm,
    ToldProgressForm,
)
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.commands import settings
from blueprints.shared.reasons import ReasonForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to
from models.operations import enrolment_answers as answers
from models.operations import enrolments as operations
from models.operations.course_progress import note_progress
from models.operations.registrations import correct_registration
from models.operations.waiting import join_waiting_list
from models.queries import documents
from models.queries.case_view import CaseView
from models.queries.course_access import CourseAccess, access_of
from models.queries.enrolment_form import family_of
from models.rules.enrolments import Act
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.tables import Course
from pdf.enrolment_form.issue import Place, issue_form, reference_of


def _place() -> Place:
    current = settings()
    return Place(current.pki, current.pepper, current.base_url, current.demo)


@bp.route("/faelle/<number>/kurs", methods=["GET"])
@access.requires(Permission.COURSE_VIEW)
def desk(number: str) -> ResponseReturnValue:
    """Enrolments of the case, the ways into a course, and the courses with free seats."""
    view = seen(number)
    note_access(view.held.case.id, "courses")
    return desk_page(view)


@bp.post("/faelle/<number>/kurs")
@access.requires(Permission.COURSE_RESERVE)
def reserve(number: str) -> ResponseReturnValue:
    """Reserve a seat with a named access path, or put the person on the waiting list of a full course."""
    view = seen(number)
    form, paths = ReservationForm(), access_of(view)
    form.offer([], paths)
    if form.turns():
        return desk_page(view, reservation=form)
    course = Course.get_or_none(Course.number == (form.course.data or ""))
    if course is None:
        form.course.errors = [_("Wählen Sie einen Kurs.")]
    elif form.validate() and accepted(form, lambda: _enter(view, course, form, paths)):
        flash(_("Auf die Warteliste gesetzt.") if form.waits() else _("Kursplatz reserviert."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, reservation=form)


def _enter(view: CaseView, course: Course, form: ReservationForm, paths: CourseAccess) -> int:
    case, named = view.held.case, form.named()
    if form.waits():
        return join_waiting_list(case, course, named, paths.states, in_plan=form.in_plan.data, **by())
    reason = form.double_reason.data or ""
    return operations.reserve_seat(case, course, named, paths.states, reason, **by())


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/bogen")
@access.requires(Permission.ENROLMENT_FORM)
def issue(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Issue the enrolment form, signed where a PIN was given."""
    view, row, _enrolled = seen_enrolment(number, enrolment_id)
    form = IssueForm()
    if form.validate_on_submit() and accepted(
        form,
        lambda: issue_form(view, row, form.signing_pin(), _place(), seen_version=form.version.data, **by()),
    ):
        note_access(view.held.case.id, "enrolment_form")
        flash(_("Anmeldebogen ausgestellt."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, issue=form)


@bp.get("/faelle/<number>/anmeldung/<int:enrolment_id>.pdf")
@access.requires(Permission.ENROLMENT_FORM)
def form_pdf(number: str, enrolment_id: int) -> ResponseReturnValue:
    """The stored form, byte for byte."""
    view, row, _enrolled = seen_enrolment(number, enrolment_id)
    if row.document_id is None:
        raise NotVisible
    note_access(view.held.case.id, "enrolment_form")
    return download(
        documents.content_of(row.document_id), f"Kursanmeldung-{reference_of(number, row)}.pdf", "application/pdf"
    )


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/senden")
@access.requires(Permission.ENROLMENT_FORM)
def send(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Release the form to the provider."""
    view, _row, enrolment = seen_enrolment(number, enrolment_id)
    form = SendForm()
    if form.validate_on_submit() and accepted(
        form,
        lambda: answers.send_to_provider(enrolment, form.consented_on.data, seen_version=form.version.data, **by()),
    ):
        flash(_("Anmeldebogen an den Träger gesendet."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, send=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/rueckmeldung")
@access.requires(Permission.ENROLMENT_FORM)
def confirm(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter what the provider confirmed, with the source."""
    view, row, enrolment = seen_enrolment(number, enrolment_id)
    form = ConfirmForm()
    form.fit(family_of(row))
    said = form.confirmation(form.source.data or "")
    if form.validate_on_submit() and accepted(
        form, lambda: answers.confirm_enrolment(enrolment, said, seen_version=form.version.data, **by())
    ):
        flash(_("Rückmeldung des Trägers eingetragen."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, confirm=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/angaben")
@access.requires(Permission.ENROLMENT_FORM)
def correct(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter what the provider said later of the registration, with the source."""
    view, row, enrolment = seen_enrolment(number, enrolment_id)
    form = CorrectForm()
    form.fit(family_of(row), tells=True)
    said = form.correction(form.source.data or "")
    if form.validate_on_submit() and accepted(
        form, lambda: correct_registration(enrolment, said, seen_version=form.version.data, **by())
    ):
        flash(_("Angaben des Trägers eingetragen."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, correct=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/absage")
@access.requires(Permission.ENROLMENT_FORM)
def decline(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter that the provider said no, with its reason and the source."""
    view, _row, enrolment = seen_enrolment(number, enrolment_id)
    form = DeclineForm(Act.DECLINE)
    if form.validate_on_submit() and accepted(
        form,
        lambda: answers.decline_enrolment(
            enrolment, form.why(), form.source.data or "", seen_version=form.version.data, **by()
        ),
    ):
        flash(_("Absage des Trägers eingetragen; der Platz ist wieder frei."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, decline=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/verlauf")
@access.requires(Permission.ENROLMENT_FORM)
def progress(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter that the course began, ended or was broken off, with the source."""
    view, row, enrolment = seen_enrolment(number, enrolment_id)
    form = ToldProgressForm()
    form.offer(row.state)
    if form.validate_on_submit() and accepted(
        form,
        lambda: note_progress(enrolment, form.news(form.source.data or ""), seen_version=form.version.data, **by()),
    ):
        flash(_("Kursverlauf eingetragen."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, progress=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/stornieren")
@access.requires(Permission.COURSE_RESERVE)
def cancel(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Give the seat back."""
    view, _row, enrolment = seen_enrolment(number, enrolment_id)
    form = ReasonForm(Act.CANCEL)
    if form.validate_on_submit() and accepted(
        form,
        lambda: operations.cancel_enrolment(enrolment, form.why(), seen_version=form.version.data, **by()),
    ):
        flash(_("Anmeldung storniert; der Platz ist wieder frei."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, cancel=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/umbuchen")
@access.requires(Permission.COURSE_RESERVE)
def move(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Another course with the same access path; the old seat goes to its waiting list."""
    view, _row, enrolment = seen_enrolment(number, enrolment_id)
    form, paths = MoveForm(), access_of(view)
    form.offer([])
    course = Course.get_or_none(Course.number == (form.course.data or ""))
    seen_version = {"seen_version": form.version.data}
    if course is None:
        form.course.errors = [_("Wählen Sie einen Kurs.")]
    elif form.validate() and accepted(
        form,
        lambda: operations.move_enrolment(enrolment, course, paths.states, **seen_version, **by()),
        otherwise="course",
    ):
        flash(_("In den anderen Kurs umgebucht; der alte Platz ist wieder frei."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, enrolment_id, move=form)
