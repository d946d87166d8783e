"""The attendance list on paper: printed, not kept."""

from collections.abc import Sequence
from datetime import datetime

from models.queries.group_events import EventLine, Participant
from models.rules.message import N_
from models.rules.roles import Actor
from models.rules.times import german_date, german_time, stamp
from pdf.attendance_list.sheet import ListFacts, attendance_list
from pdf.render import render_pdf


def print_attendance(
    event: EventLine, people: Sequence[Participant], *, actor: Actor, now: datetime, watermark: bool
) -> bytes:
    """The list as a PDF."""
    facts = ListFacts(
        title=event.title,
        day=german_date(event.held_on),
        when=f"{german_date(event.held_on)}, {event.begins}–{event.ends} {N_('Uhr')}",
        place=event.place,
        language=event.language_name,
        interpreter=event.interpreter,
        leader=event.counsellor or "",
        names=[one.name for one in people],
        organisation=actor.organisation_name,
        printed_by=actor.name,
        printed_at=german_time(stamp(now)),
        created=now,
    )
    return render_pdf("attendance_list", attendance_list(facts), watermark=watermark)
