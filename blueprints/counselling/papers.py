"""What is printed: letters to those who are invited, and the attendance list."""

from flask import Response, current_app

from blueprints.counselling import frame
from blueprints.counselling.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.case_frame import opened
from blueprints.shared.forms import EmptyForm, PressForm
from blueprints.shared.render import download
from models.queries.appointments import appointment_of, seen_appointment
from models.queries.case_view import CaseView
from models.queries.group_events import EventLine, Participant, event_of, own_event, participant_of, participants_of
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.states import AttendanceState

PDF = "application/pdf"
MOST_LETTERS = 60


def _watermark() -> bool:
    return bool(current_app.config["SETTINGS"].demo)


@bp.post("/faelle/<number>/termine/<int:appointment_id>/brief.pdf")
@access.requires(Permission.APPOINTMENT_EDIT)
def appointment_letter(number: str, appointment_id: int) -> Response:
    """The letter for one appointment, made from what is known now."""
    from pdf.appointment_letter.issue import print_appointment  # imports WeasyPrint

    form, view = PressForm(), frame.view_for(number)
    row = appointment_of(access.actor(), view.held.case.id, appointment_id)
    if not form.validate_on_submit():
        raise StaleVersion
    content = print_appointment(
        view,
        seen_appointment(view, appointment_id),
        row,
        seen_version=form.version.data,
        now=access.now(),
        watermark=_watermark(),
    )
    note_access(view.held.case.id, "appointment_letter")
    return download(content, f"Terminbrief-{number}.pdf", PDF)


@bp.post("/termine/<int:event_id>/brief/<int:attendance_id>/brief.pdf")
@access.requires(Permission.GROUP_EVENT_VIEW)
def invitation(event_id: int, attendance_id: int) -> Response:
    """The letter for one person on the list."""
    line = event_of(access.actor(), event_id)
    return _letters(line, [participant_of(access.actor(), event_id, attendance_id, frame.today())])


@bp.post("/termine/<int:event_id>/briefe.pdf")
@access.requires(Permission.GROUP_EVENT_VIEW)
def invitations(event_id: int) -> Response:
    """The letters for all who are invited and have none yet, or an old one."""
    line = event_of(access.actor(), event_id)
    people = participants_of(access.actor(), event_id, frame.today())
    due = [one for one in people if one.letter_at is None or one.letter_at < line.changed_at]
    return _letters(line, due[:MOST_LETTERS])


def _letters(line: EventLine, people: list[Participant]) -> Response:
    from pdf.appointment_letter.issue import print_invitations

    if not EmptyForm().validate_on_submit():
        raise StaleVersion
    due = [one for one in people if one.state == AttendanceState.INVITED]
    if not due:
        raise RuleBroken(Message(N_("Für niemanden auf der Liste ist ein Brief zu drucken.")))
    pairs = [(_view(one.number), one) for one in due]
    content = print_invitations(line, pairs, now=access.now(), watermark=_watermark())
    for one in due:
        note_access(one.case_id, "appointment_letter")
    return download(content, f"Einladungen-{line.held_on:%Y-%m-%d}.pdf", PDF)


def _view(number: str) -> CaseView:
    return opened(number)


@bp.get("/termine/<int:event_id>/anwesenheitsliste.pdf")
@access.requires(Permission.GROUP_EVENT_EDIT)
def attendance_paper(event_id: int) -> Response:
    """The attendance list to sign; each printed person is noted in the access log."""
    from pdf.attendance_list.issue import print_attendance

    line = own_event(access.actor(), event_id)
    people = participants_of(access.actor(), event_id, frame.today())
    content = print_attendance(line, people, actor=access.actor(), now=access.now(), watermark=_watermark())
    for one in people:
        note_access(one.case_id, "attendance_list")
    return download(content, f"Anwesenheitsliste-{line.held_on:%Y-%m-%d}.pdf", PDF)
