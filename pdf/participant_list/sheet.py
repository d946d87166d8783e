"""The list of participants as finished strings: a number, what stands on the released form, and where they stand.

It is for the provider's own file and does not lie open: no case number, no AZR number, nothing of health.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.sheet import Cell, Entry, Metadata, halves


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """One person on the paper."""

    name: str
    birth_date: str
    level: str
    state: str


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What the paper is made of; ``people`` in their order."""

    number: str
    title: str
    when: str
    schedule: str
    site: str
    people: Sequence[ParticipantLine]
    provider: str
    printed_by: str
    printed_at: str
    created: datetime


@dataclass(frozen=True, slots=True)
class ParticipantList:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    title: str
    head: tuple[Sequence[Entry], Sequence[Entry]]
    people: tuple[ParticipantLine, ...]


def participant_list(facts: CourseFacts) -> ParticipantList:
    """The paper for these facts."""
    entries = tuple(
        Entry(label, Cell(value))
        for label, value in (
            (N_("Kursnummer"), facts.number),
            (N_("Dauer"), facts.when),
            (N_("Kurszeiten"), facts.schedule),
            (N_("Ort"), facts.site),
            (N_("Teilnehmende"), str(len(facts.people))),
            (N_("gedruckt"), f"{facts.printed_at}, {facts.printed_by}"),
        )
        if value
    )
    return ParticipantList(
        metadata=Metadata(
            title=f"Teilnahmeliste {facts.number}",
            subject="Teilnahmeliste eines Kurses",
            author=facts.provider,
            created=facts.created,
            identity=f"{facts.number} {facts.printed_at} {len(facts.people)}",
        ),
        foot=f"Teilnahmeliste {facts.number} · {facts.provider} · nicht offen auslegen",
        title=facts.title,
        head=halves(entries),
        people=tuple(facts.people),
    )
