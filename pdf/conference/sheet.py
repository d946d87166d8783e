"""A conference as finished strings: who took part by organisation, topics, decisions; no AZR number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.sheet import Cell, Entry, Metadata, halves


@dataclass(frozen=True, slots=True)
class TookPart:
    """An organisation and the functions of its people."""

    organisation: str
    functions: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What was talked about, line by line; a decision has an owner, a day and a state."""

    title: str
    said: tuple[str, ...]
    decision: str
    owner: str
    until: str
    state: str


@dataclass(frozen=True, slots=True)
class ConferenceFacts:
    """What the paper is made of."""

    name: str
    number: str
    day: str
    parties: Sequence[TookPart]
    topics: Sequence[Topic]
    organisation: str
    printed_by: str
    printed_at: str
    created: datetime


@dataclass(frozen=True, slots=True)
class ConferenceSheet:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    name: str
    head: tuple[Sequence[Entry], Sequence[Entry]]
    parties: tuple[TookPart, ...]
    topics: tuple[Topic, ...]


def conference_sheet(facts: ConferenceFacts) -> ConferenceSheet:
    """The paper for these facts."""
    printed = f"{facts.printed_at}, {facts.printed_by}"
    values = ((N_("Fallnummer"), facts.number), (N_("Tag"), facts.day), (N_("gedruckt"), printed))
    return ConferenceSheet(
        metadata=Metadata(
            title=f"Fallbesprechung {facts.number} {facts.day}",
            subject="Fallbesprechung",
            author=facts.organisation,
            created=facts.created,
            identity=f"{facts.number} {facts.day} {len(facts.topics)}",
        ),
        foot=f"Fallbesprechung {facts.number} · gedruckt {facts.printed_at} · nur für den Dienstgebrauch",
        name=facts.name,
        head=halves(tuple(Entry(label, Cell(value)) for label, value in values)),
        parties=tuple(facts.parties),
        topics=tuple(facts.topics),
    )
