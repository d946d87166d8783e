"""Minutes as finished strings: who was there by organisation, each point, what was resolved; no person of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.sheet import Cell, Entry, Metadata, halves


@dataclass(frozen=True, slots=True)
class Present:
    """An organisation, how many of it were there, and in what functions."""

    organisation: str
    people: str
    functions: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who does what until when."""

    text: str
    owner: str
    until: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda; ``proposal`` is what the agenda said, ``said`` the minutes, both line by line."""

    title: str
    proposal: tuple[str, ...]
    said: tuple[str, ...]
    resolved: tuple[Resolved, ...]


@dataclass(frozen=True, slots=True)
class MinutesFacts:
    """What the paper is made of; ``excused`` are organisations that said that they would not come."""

    title: str
    day: str
    when: str
    place: str
    organisation: str
    writer: str
    present: Sequence[Present]
    excused: Sequence[str]
    quorum: str
    points: Sequence[Point]
    created: datetime


@dataclass(frozen=True, slots=True)
class MinutesSheet:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    title: str
    head: tuple[Sequence[Entry], Sequence[Entry]]
    present: tuple[Present, ...]
    excused: str
    points: tuple[Point, ...]
    writer: str
    organisation: str


def minutes_sheet(facts: MinutesFacts) -> MinutesSheet:
    """The paper for these facts."""
    entries = tuple(
        Entry(label, Cell(value))
        for label, value in (
            (N_("Wann"), facts.when),
            (N_("Wo"), facts.place),
            (N_("Protokoll"), facts.writer),
            (N_("Beschlussfähig"), facts.quorum),
        )
        if value
    )
    return MinutesSheet(
        metadata=Metadata(
            title=f"Protokoll {facts.title} {facts.day}",
            subject="Protokoll des Arbeitskreises",
            author=facts.organisation,
            created=facts.created,
            identity=f"{facts.title} {facts.when} {facts.created.isoformat()}",
        ),
        foot=f"Protokoll {facts.day} · {facts.organisation}",
        title=facts.title,
        head=halves(entries),
        present=tuple(facts.present),
        excused=", ".join(facts.excused),
        points=tuple(facts.points),
        writer=facts.writer,
        organisation=facts.organisation,
    )
