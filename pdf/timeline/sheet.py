"""The timeline of a case as finished strings: what happened, in its order, as far as its reader may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.sheet import Cell, Entry, Metadata


@dataclass(frozen=True, slots=True)
class Happened:
    """One line: time, sentence, who did it and for which organisation."""

    at: str
    what: str
    who: str
    organisation: str


@dataclass(frozen=True, slots=True)
class TimelineFacts:
    """What the paper is made of. ``facts`` are labels with values, ``needs`` the line of needs, ``part`` says in words
    what was left out, ``printed_by`` and ``printed_at`` who printed it when.
    """

    name: str
    number: str
    facts: tuple[tuple[str, str], ...]
    needs: str
    part: str
    lines: tuple[Happened, ...]
    organisation: str
    printed_by: str
    printed_at: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    name: str
    needs: str
    head: tuple[Sequence[Entry], Sequence[Entry]]
    part: str
    lines: tuple[Happened, ...]


def timeline(facts: TimelineFacts) -> Timeline:
    """The paper for these facts."""
    entries = [Entry(N_("Fallnummer"), Cell(facts.number))]
    entries += [Entry(label, Cell(value)) for label, value in facts.facts]
    entries.append(Entry(N_("gedruckt"), Cell(f"{facts.printed_at}, {facts.printed_by}")))
    half = (len(entries) + 1) // 2
    return Timeline(
        metadata=Metadata(
            title=f"Verlauf {facts.number}",
            subject="Verlauf eines Falls",
            author=facts.organisation,
            created=facts.created,
            identity=f"{facts.number} {facts.part}",
        ),
        foot=f"Verlauf {facts.number} · gedruckt {facts.printed_at} · nur für den Dienstgebrauch",
        name=facts.name,
        needs=facts.needs,
        head=(entries[:half], entries[half:]),
        part=facts.part,
        lines=facts.lines,
    )
