"""That a letter was printed. It counts only if nothing changed that stands in it while it was rendered."""

from collections.abc import Iterable
from datetime import datetime

from models.base import db
from models.operations.ledger import hold_case, record
from models.queries.case_view import CaseView
from models.queries.group_events import EventLine, Participant
from models.rules.errors import StaleVersion
from models.rules.message import N_, Message
from models.rules.states import AppointmentState, AttendanceState
from models.rules.times import stamp
from models.tables import Appointment, Attendance, Case, Consent, GroupEvent, Person

CHANGED = Message(
    N_("Beim Drucken hat sich etwas geändert: Termin, Anschrift oder Einwilligung. Bitte drucken Sie noch einmal.")
)


def note_letter(view: CaseView, appointment: Appointment, *, seen_version: int, now: datetime) -> None:
    """The letter for an appointment was printed from what ``view`` showed; StaleVersion where that has changed."""
    with db.atomic():
        _unchanged([view])
        kept = (Appointment.id == appointment.id) & (Appointment.version == seen_version)
        planned = kept & (Appointment.state == AppointmentState.PLANNED)
        if not Appointment.update(letter_at=stamp(now)).where(planned).execute():
            raise StaleVersion(CHANGED)
        data: dict[str, object] = {"appointment": appointment.id, "held_on": appointment.held_on.isoformat()}
        record(view.actor, "appointment.letter", data, now=now, case_id=view.held.case.id)


def note_invitations(event: EventLine, printed: Iterable[tuple[CaseView, Participant]], *, now: datetime) -> None:
    """The invitations to a group information were printed; StaleVersion where anything in one of them has changed."""
    pairs = list(printed)
    with db.atomic():
        _unchanged([view for view, _one in pairs])
        if not GroupEvent.select().where(GroupEvent.id == event.id, GroupEvent.version == event.version).exists():
            raise StaleVersion(CHANGED)
        for view, one in pairs:
            invited = (Attendance.id == one.id) & (Attendance.version == one.version)
            still = invited & (Attendance.state == AttendanceState.INVITED)
            if not Attendance.update(letter_at=stamp(now)).where(still).execute():
                raise StaleVersion(CHANGED)
            data: dict[str, object] = {"event": event.id, "held_on": event.held_on.isoformat()}
            record(view.actor, "group.letter", data, now=now, case_id=view.held.case.id)


def _unchanged(views: list[CaseView]) -> None:
    """Locks the cases in one order; StaleVersion where a person's record, a case or a consent is another one by now."""
    for view in sorted(views, key=lambda view: view.held.case.id):
        case, person = view.held.case, view.held.person
        hold_case(case.id)
        same_case = Case.select().where(Case.id == case.id, Case.version == case.version).exists()
        same_person = Person.select().where(Person.id == person.id, Person.version == person.version).exists()
        newest = max((row.id for row in view.held.consents), default=0)
        if (
            not (same_case and same_person)
            or Consent.select().where(Consent.case == case.id, Consent.id > newest).exists()
        ):
            raise StaleVersion(CHANGED)
