"""The course of one case: access path, reservation, enrolment form, and what the provider answers."""

from datetime import date
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.forms import (
    CancelForm,
    ConfirmForm,
    DeclineForm,
    IssueForm,
    ProgressForm,
    ReservationForm,
    SendForm,
)
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.commands import settings
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to, page
from models.operations import enrolment_answers as answers
from models.operations import enrolments as operations
from models.operations.course_progress import note_progress
from models.queries import accounts, documents
from models.queries.case_view import CaseView, view_of
from models.queries.cases import seen_case
from models.queries.course_access import CourseAccess, access_of
from models.queries.courses import bookable_courses
from models.queries.dossier import dossier
from models.queries.enrolments import EnrolmentRow, consent_e2, enrolment_of, enrolments_of, tells_itself
from models.queries.needs import needs_of
from models.rules.enrolments import ISSUERS, STATE_KINDS, STATE_LABELS, Act, offered_paths, possible
from models.rules.errors import NotAllowed, NotVisible
from models.rules.permissions import Block, Permission, may
from models.rules.states import SEAT_HOLDING, ConsentState
from models.rules.times import local_day
from models.tables import Course, Enrolment
from pdf.enrolment_form.issue import Place, issue_form, missing, reference_of

KNOWN_DAYS = {"dated": "issued_on", "valid_to": "valid_to"}
SEEN_WITH = (Block.COURSES, Block.COACH_LIST)
"""The coach sees the enrolment, which is an item of its list, but not how the law judges the way into the course."""


def _view(number: str) -> CaseView:
    """The case with the right to see its course: 404 for a stranger, 403 for a colleague of another part of it."""
    today = local_day(access.now())
    seen = seen_case(access.actor(), number, today)
    if not seen.sees(*SEEN_WITH):
        raise NotAllowed
    return view_of(dossier(seen.case, today), access.actor())


def _enrolment(number: str, enrolment_id: int) -> tuple[CaseView, EnrolmentRow, Enrolment]:
    view = _view(number)
    row = enrolment_of(view.held.case.id, enrolment_id)
    return view, row, Enrolment.get_by_id(row.id)


def _place() -> Place:
    current = settings()
    return Place(current.pki, current.pepper, current.demo)


def _by() -> dict[str, Any]:
    return {"actor": access.actor(), "now": access.now()}


@bp.route("/faelle/<number>/kurs", methods=["GET"])
@access.requires(Permission.COURSE_VIEW)
def desk(number: str) -> ResponseReturnValue:
    """Enrolments of the case, the ways into a course, and the courses with free seats."""
    view = _view(number)
    note_access(view.held.case.id, "courses")
    return _desk(view)


@bp.post("/faelle/<number>/kurs")
@access.requires(Permission.COURSE_RESERVE)
def reserve(number: str) -> ResponseReturnValue:
    """Reserve a seat with a named access path."""
    view = _view(number)
    form, paths = ReservationForm(), access_of(view)
    form.offer([], paths)
    course = Course.get_or_none(Course.number == (form.course.data or ""))
    if course is None:
        form.course.errors = [_("Wählen Sie einen Kurs.")]
    elif form.validate() and accepted(
        form, lambda: operations.reserve_seat(view.held.case, course, form.named(), paths.states, **_by())
    ):
        flash(_("Kursplatz reserviert."))
        return go_to(f"/faelle/{number}/kurs")
    return _desk(view, reservation=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/bogen")
@access.requires(Permission.ENROLMENT_FORM)
def issue(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Issue the enrolment form, signed where a PIN was given."""
    view, row, _enrolled = _enrolment(number, enrolment_id)
    form = IssueForm()
    if form.validate_on_submit() and accepted(
        form,
        lambda: issue_form(view, row, form.signing_pin(), _place(), seen_version=form.version.data, **_by()),
    ):
        note_access(view.held.case.id, "enrolment_form")
        flash(_("Anmeldebogen ausgestellt."))
        return go_to(f"/faelle/{number}/kurs")
    return _desk(view, issue=form)


@bp.get("/faelle/<number>/anmeldung/<int:enrolment_id>.pdf")
@access.requires(Permission.ENROLMENT_FORM)
def form_pdf(number: str, enrolment_id: int) -> ResponseReturnValue:
    """The stored form, byte for byte."""
    view, row, _enrolled = _enrolment(number, enrolment_id)
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
    view, _row, enrolment = _enrolment(number, enrolment_id)
    form = SendForm()
    if form.validate_on_submit() and accepted(
        form,
        lambda: answers.send_to_provider(enrolment, form.consented_on.data, seen_version=form.version.data, **_by()),
    ):
        flash(_("Anmeldebogen an den Träger gesendet."))
        return go_to(f"/faelle/{number}/kurs")
    return _desk(view, send=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/rueckmeldung")
@access.requires(Permission.ENROLMENT_FORM)
def confirm(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter what the provider confirmed, with the source."""
    view, _row, enrolment = _enrolment(number, enrolment_id)
    form = ConfirmForm()
    said = answers.Confirmation(form.confirmed_on.data, form.expected_start.data, form.source.data or "")
    if form.validate_on_submit() and accepted(
        form, lambda: answers.confirm_enrolment(enrolment, said, seen_version=form.version.data, **_by())
    ):
        flash(_("Rückmeldung des Trägers eingetragen."))
        return go_to(f"/faelle/{number}/kurs")
    return _desk(view, confirm=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/absage")
@access.requires(Permission.ENROLMENT_FORM)
def decline(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter that the provider said no, with its reason and the source."""
    view, _row, enrolment = _enrolment(number, enrolment_id)
    form = DeclineForm()
    if form.validate_on_submit() and accepted(
        form,
        lambda: answers.decline_enrolment(
            enrolment, form.reason.data or "", form.source.data or "", seen_version=form.version.data, **_by()
        ),
    ):
        flash(_("Absage des Trägers eingetragen; der Platz ist wieder frei."))
        return go_to(f"/faelle/{number}/kurs")
    return _desk(view, decline=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/verlauf")
@access.requires(Permission.ENROLMENT_FORM)
def progress(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter that the course began, ended or was broken off, with the source."""
    view, row, enrolment = _enrolment(number, enrolment_id)
    form = ProgressForm()
    form.offer(row.state)
    if form.validate_on_submit() and accepted(
        form, lambda: note_progress(enrolment, form.news(), seen_version=form.version.data, **_by())
    ):
        flash(_("Kursverlauf eingetragen."))
        return go_to(f"/faelle/{number}/kurs")
    return _desk(view, progress=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/stornieren")
@access.requires(Permission.COURSE_RESERVE)
def cancel(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Give the seat back."""
    view, _row, enrolment = _enrolment(number, enrolment_id)
    form = CancelForm()
    if form.validate_on_submit() and accepted(
        form,
        lambda: operations.cancel_enrolment(enrolment, form.reason.data or "", seen_version=form.version.data, **_by()),
    ):
        flash(_("Anmeldung storniert; der Platz ist wieder frei."))
        return go_to(f"/faelle/{number}/kurs")
    return _desk(view, cancel=form)


def _desk(view: CaseView, **forms: Any) -> ResponseReturnValue:
    """The page, or its fragment for the case page; ``forms`` are those that were refused."""
    case = view.held.case
    rows = enrolments_of(case.id)
    current = next((row for row in rows if row.state in SEAT_HOLDING), None)
    context: dict[str, Any] = {
        "number": case.number,
        "person": view.held.person,
        "needs": needs_of(view),
        "current": current,
        "earlier": [row for row in rows if row is not current],
        "labels": {"state": STATE_LABELS, "kind": STATE_KINDS, "issuer": ISSUERS},
        "today": view.held.today,
    }
    if current:
        context |= _work_on(view, current, forms)
    elif _reserves(view):
        context |= _offer(view, forms.get("reservation"))
    refused = any(form.errors for form in forms.values())
    return page(
        "courses/desk.html", fragment="courses/_desk.html", status=422 if refused else 200, area="cases", **context
    )


def _reserves(view: CaseView) -> bool:
    return may(access.actor().role, Permission.COURSE_RESERVE) and Block.COURSES in view.blocks


def _work_on(view: CaseView, row: EnrolmentRow, forms: dict[str, Any]) -> dict[str, Any]:
    """What can be done with the enrolment that holds a seat."""
    known = {"version": row.version}
    speaks_itself = row.sent_on is not None and row.provider_office is not None
    answerable = possible(Act.CONFIRM, row.state) and not speaks_itself
    return {
        "reference": reference_of(view.held.case.number, row),
        "lacking": missing(view, row) if possible(Act.ISSUE_FORM, row.state) else (),
        "consent": consent_e2(view.held.case.id, row.provider_office, view.held.today) == ConsentState.GRANTED,
        "has_pin": accounts.signing_key_of(access.actor().account_id) is not None,
        "speaks_itself": speaks_itself,
        "issue": (forms.get("issue") or IssueForm(formdata=None, data=known)) if _issues(row) else None,
        "send": (forms.get("send") or SendForm(formdata=None, data=known)) if _sends(row) else None,
        "confirm": (forms.get("confirm") or ConfirmForm(formdata=None, data=known)) if answerable else None,
        "decline": (forms.get("decline") or DeclineForm(formdata=None, data=known)) if answerable else None,
        "progress": _progress_form(row, forms, view.held.today),
        "cancel": (forms.get("cancel") or CancelForm(formdata=None, data=known)) if _cancels(view, row) else None,
    }


def _progress_form(row: EnrolmentRow, forms: dict[str, Any], today: date) -> ProgressForm | None:
    """The form for how the course goes; none while nothing can be told, or where the provider tells it."""
    if not possible(Act.DROP, row.state):
        return None
    if row.sent_on and row.provider_office and tells_itself(Enrolment.get_by_id(row.id), today):
        return None
    form: ProgressForm = forms.get("progress") or ProgressForm(formdata=None, data={"version": row.version})
    form.offer(row.state)
    return form


def _issues(row: EnrolmentRow) -> bool:
    return possible(Act.ISSUE_FORM, row.state)


def _sends(row: EnrolmentRow) -> bool:
    return possible(Act.SEND, row.state) and row.document_id is not None


def _cancels(view: CaseView, row: EnrolmentRow) -> bool:
    return possible(Act.CANCEL, row.state) and _reserves(view)


def _offer(view: CaseView, refused: ReservationForm | None) -> dict[str, Any]:
    """The ways into a course and the courses with a free seat; those of the recommended kind first."""
    paths = access_of(view)
    answer = view.known.answers.get("K06")
    recommended = answer.value("kind") if answer else None
    everything = request.args.get("alle") == "1" or not isinstance(recommended, str)
    fitting = bookable_courses(view.held.today, () if everything else (str(recommended),))
    form = refused or ReservationForm(formdata=None, data=_prefilled(paths))
    form.offer(fitting, paths)
    return {"access": paths, "courses": fitting, "reservation": form, "everything": everything}


def _prefilled(paths: CourseAccess) -> dict[str, Any]:
    """What the case knows already of the leading path and its paper."""
    known = paths.paper
    days = {name: date.fromisoformat(known[key]) for name, key in KNOWN_DAYS.items() if key in known}
    leading = next((one for one in paths.states if one.path == paths.leading), None)
    if leading and leading.valid_to:
        days.setdefault("valid_to", leading.valid_to)
    usable = offered_paths(None, paths.states)
    path = next((path for path in (known.get("path"), paths.leading) if path in usable), "")
    return {"path": path, "issued_by": known.get("issued_by", ""), **days}
