"""Letters from what is known now: read, rendered, and noted as printed only if nothing changed meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from models.operations.visit_letters import note_invitations, note_letter
from models.queries.appointments import AppointmentLine
from models.queries.case_view import CaseView
from models.queries.group_events import EventLine, Participant
from models.queries.letters import addressee_of
from models.queries.texts import printed_text
from models.rules.appointments import place_words
from models.rules.roles import Role
from models.rules.states import Way
from models.rules.texts import TextDocument
from models.rules.times import local_day
from models.tables import Appointment
from pdf.appointment_letter.sheet import LetterFacts, letters
from pdf.base.office import writer_of
from pdf.render import render_pdf


def print_appointment(
    view: CaseView, line: AppointmentLine, row: Appointment, *, seen_version: int, now: datetime, watermark: bool
) -> bytes:
    """The letter for one appointment. StaleVersion where appointment, address or a consent changed meanwhile."""
    to = addressee_of(view)
    facts = LetterFacts(
        name=to.name,
        address=to.lines,
        number=view.held.case.number,
        on=line.slot.on,
        begins=line.slot.begins,
        place=place_words(line.way, line.site, line.place),
        interpreter=line.interpreter,
        text=printed_text(TextDocument.APPOINTMENT_LETTER, to.language),
        in_person=line.way == Way.PERSON,
        voluntary=view.actor.role != Role.JOBCENTER,
        moved_from=line.moved_from,
    )
    sheet = letters([facts], writer_of(row.organisation_id, line.counsellor), now=now, today=local_day(now))
    content = render_pdf("appointment_letter", sheet, watermark=watermark)
    note_letter(view, row, seen_version=seen_version, now=now)
    return content


def print_invitations(
    event: EventLine, people: Sequence[tuple[CaseView, Participant]], *, now: datetime, watermark: bool
) -> bytes:
    """The letters of these people, each on a page of her own. StaleVersion as above."""
    facts = [_invitation(event, view) for view, _one in people]
    sheet = letters(facts, writer_of(event.organisation_id, event.counsellor or ""), now=now, today=local_day(now))
    content = render_pdf("appointment_letter", sheet, watermark=watermark)
    note_invitations(event, people, now=now)
    return content


def _invitation(event: EventLine, view: CaseView) -> LetterFacts:
    to = addressee_of(view)
    return LetterFacts(
        name=to.name,
        address=to.lines,
        number=view.held.case.number,
        on=event.held_on,
        begins=event.begins,
        place=event.place,
        interpreter=event.interpreter,
        text=printed_text(TextDocument.APPOINTMENT_LETTER, to.language),
        group=True,
        spoken=event.language,
        cancelled=event.is_cancelled,
    )
