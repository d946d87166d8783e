"""The attendance list as finished strings: a number, a name and room to sign; it lies open for everybody who comes.

So it says nothing of anybody but the name: no case number, no birth date, no AZR number, nothing of health.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.sheet import Cell, Entry, Metadata

BLANK_LINES = 6
"""For people who come uninvited."""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What the paper is made of; ``names`` are those on the list, in their order."""

    title: str
    day: str
    when: str
    place: str
    language: str
    interpreter: str
    leader: str
    names: Sequence[str]
    organisation: str
    printed_by: str
    printed_at: str
    created: datetime


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    title: str
    head: tuple[Sequence[Entry], Sequence[Entry]]
    names: tuple[str, ...]


def attendance_list(facts: ListFacts) -> AttendanceList:
    """The paper for these facts."""
    entries = [
        Entry(label, Cell(value))
        for label, value in (
            (N_("Wann"), facts.when),
            (N_("Wo"), facts.place),
            (N_("Sprache"), facts.language),
            (N_("Dolmetschen durch"), facts.interpreter),
            (N_("Leitung"), facts.leader),
            (N_("gedruckt"), f"{facts.printed_at}, {facts.printed_by}"),
        )
        if value
    ]
    half = (len(entries) + 1) // 2
    return AttendanceList(
        metadata=Metadata(
            title=f"Anwesenheitsliste {facts.day}",
            subject="Gruppeninformation",
            author=facts.organisation,
            created=facts.created,
            identity=f"{facts.day} {facts.when} {len(facts.names)}",
        ),
        foot=f"Anwesenheitsliste {facts.day} · {facts.organisation}",
        title=facts.title,
        head=(entries[:half], entries[half:]),
        names=(*facts.names, *[""] * BLANK_LINES),
    )
