"""The waiting list of a course: who comes first, why, and how often a seat is offered.

Rank: people with priority (§ 7 Abs. 4 S. 4 IntV, § 8 Abs. 3 DeuFöV), then the date of entry, then the entry's number.
Who lets an offer lapse goes behind everybody who has not, once; after the second one she leaves the list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.rules.enrolments import INTEGRATION_FAMILY, VOCATIONAL_FAMILY, NamedPath
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.times import german_date

MOST_OFFERS = 2
"""So many offers may lapse; with the last one a person leaves the list."""


class Priority(StrEnum):
    """Why somebody comes before others."""

    NONE = ""
    OBLIGED = "obliged"
    PLAN = "plan"


PRIORITY_LABELS: Mapping[Priority, str] = MappingProxyType(
    {
        Priority.NONE: N_("ohne Vorrang"),
        Priority.OBLIGED: N_("Vorrang, vom Jobcenter verpflichtet"),
        Priority.PLAN: N_("Vorrang, Kurs im Kooperationsplan"),
    }
)
PRIORITY_NORMS: Mapping[str, str] = MappingProxyType(
    {INTEGRATION_FAMILY: "§ 7 Abs. 4 S. 4 IntV", VOCATIONAL_FAMILY: "§ 8 Abs. 3 DeuFöV"}
)
"""The ground of priority by the family of the course; other courses know none."""
_BY_PATH = MappingProxyType({"P3": Priority.OBLIGED, "P4": Priority.PLAN})


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody on the list of a course; ``lapses``: so many offers passed without an answer."""

    id: int
    case_id: int
    priority: Priority
    since: date
    lapses: int = 0


def priority_of(named: NamedPath, family: str | None, *, in_plan: bool, receives_sgb2: bool) -> Priority:
    """The priority that the access path and the Kooperationsplan give in a course of this family.

    RuleBroken at ``in_plan`` where somebody who does not belong to SGB II is said to have the course in her plan.
    """
    if in_plan and not receives_sgb2:
        sentence = Message(N_("Ein Kooperationsplan gilt nur mit Grundsicherungsgeld (SGB II)."))
        raise RuleBroken(sentence, {"in_plan": sentence})
    if family not in PRIORITY_NORMS:
        return Priority.NONE
    return _BY_PATH.get(named.path, Priority.PLAN if in_plan else Priority.NONE)


def ranked(entries: Iterable[Entry]) -> list[Entry]:
    """The list in its order; the first gets the next seat."""
    return sorted(entries, key=lambda one: (one.lapses, one.priority == Priority.NONE, one.since, one.id))


@dataclass(frozen=True, slots=True)
class Rank:
    """Where somebody stands and why; the sentence names nobody else."""

    number: int
    of: int
    entry: Entry
    family: str | None

    @property
    def sentence(self) -> Message:
        """ "Rang 2 von 5: ohne Vorrang, eingetragen am 12.11.2026."."""
        why = PRIORITY_LABELS[self.entry.priority]
        if self.entry.priority != Priority.NONE:
            why = f"{why} ({PRIORITY_NORMS.get(self.family or '', '')})"
        if self.entry.lapses:
            why = f"{why}; nach einem verstrichenen Angebot hinter allen anderen"
        return Message(
            N_("Rang {rank} von {all}: {why}, eingetragen am {day}."),
            rank=self.number,
            all=self.of,
            why=why,
            day=german_date(self.entry.since),
        )


def rank_of(entry_id: int, entries: Iterable[Entry], family: str | None) -> Rank | None:
    """The rank of one entry among all of its course; None where it is not (or no longer) on the list."""
    order = ranked(entries)
    for number, entry in enumerate(order, start=1):
        if entry.id == entry_id:
            return Rank(number, len(order), entry, family)
    return None


def last_day_to_register(starts_on: date, register_until: date | None) -> date:
    """The last day on which a seat of a course can still be taken."""
    before = starts_on - timedelta(days=1)
    return min(before, register_until) if register_until else before
