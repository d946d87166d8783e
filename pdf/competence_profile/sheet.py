"""Life-line and competences as finished strings.

The paper goes along to talks with the person, coaches and employers: no AZR number, no health, no obstacles on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.sheet import Cell, Entry, Metadata


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period: its number in the picture, time, what, where, proof, and where it comes from."""

    number: str
    span: str
    what: tuple[str, ...]
    where: str
    proof: str
    source: str


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """A language with its four levels, the proof, and until when it counts."""

    language: str
    levels: tuple[str, str, str, str]
    proof: str
    valid: str


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """What the paper is made of. ``picture`` is our own SVG markup; ``questions`` are those with what was answered."""

    name: str
    number: str
    facts: tuple[tuple[str, str], ...]
    needs: str
    picture: str
    periods: tuple[PeriodLine, ...]
    questions: tuple[tuple[str, str], ...]
    languages: tuple[LanguageLine, ...]
    script: str
    week: tuple[tuple[str, str], ...]
    organisation: str
    printed_by: str
    printed_at: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    name: str
    needs: str
    head: tuple[Sequence[Entry], Sequence[Entry]]
    picture: str
    periods: tuple[PeriodLine, ...]
    questions: tuple[tuple[str, str], ...]
    languages: tuple[LanguageLine, ...]
    script: str
    week: tuple[Entry, ...]


def profile(facts: ProfileFacts) -> Profile:
    """The paper for these facts."""
    entries = [Entry(N_("Fallnummer"), Cell(facts.number))]
    entries += [Entry(label, Cell(value)) for label, value in facts.facts]
    entries.append(Entry(N_("gedruckt"), Cell(f"{facts.printed_at}, {facts.printed_by}")))
    half = (len(entries) + 1) // 2
    return Profile(
        metadata=Metadata(
            title=f"Werdegang und Kompetenzen {facts.number}",
            subject="Werdegang und Kompetenzen einer Person",
            author=facts.organisation,
            created=facts.created,
            identity=f"{facts.number} {len(facts.periods)} {len(facts.languages)}",
        ),
        foot=f"Werdegang und Kompetenzen {facts.number} · gedruckt {facts.printed_at}",
        name=facts.name,
        needs=facts.needs,
        head=(entries[:half], entries[half:]),
        picture=facts.picture,
        periods=facts.periods,
        questions=facts.questions,
        languages=facts.languages,
        script=facts.script,
        week=tuple(Entry(label, Cell(value)) for label, value in facts.week if value),
    )
