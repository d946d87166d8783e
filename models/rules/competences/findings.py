"""What a life-line leaves open: gaps, overlaps, and a life that begins only with the entry. Questions, not errors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from models.rules.competences.months import german_month, month_of
from models.rules.competences.periods import SCHOOL_AGE, Period, PeriodKind, in_order
from models.rules.message import N_, Message

FROM_AGE = 15
"""The life-line is told from the age from which somebody can be entitled herself (§ 7 Abs. 1 S. 1 Nr. 1 SGB II)."""
LONGEST_SILENCE = 6
"""So many months may be missing without a question."""
PARALLEL = frozenset({PeriodKind.FAMILY, PeriodKind.OTHER})
"""Kinds that go with anything else."""


class FindingKind(StrEnum):
    """What is asked about."""

    GAP = "gap"
    OVERLAP = "overlap"
    ENTRY = "entry"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class Finding:
    """One question; months by number, ``about`` are the kinds of what overlaps.

    ``until_now``: it lasts, so that ``last`` is another month every month.
    """

    kind: FindingKind
    first: int
    last: int
    text: Message
    about: str = ""
    until_now: bool = False

    @property
    def key(self) -> str:
        """Names the question: what was answered stays answered until the periods change."""
        last = "now" if self.until_now else self.last
        return "-".join(str(part) for part in (self.kind, self.first, last, self.about) if part != "")

    @property
    def first_text(self) -> str:
        """The first month as people write it."""
        return german_month(self.first)

    @property
    def last_text(self) -> str:
        """The last month as people write it."""
        return german_month(self.last)


def told_from(born: date) -> int:
    """The month of the fifteenth birthday."""
    return month_of(born) + FROM_AGE * 12


def findings(
    periods: Sequence[Period], *, born: date, today: date, entered_on: date | None = None
) -> tuple[Finding, ...]:
    """All questions in the order of life; none where no period is recorded yet.

    A bare year covers the whole year, so that a gap is asked about only where there is one for sure.
    """
    if not periods:
        return ()
    begin = told_from(born)
    entry = [*_entry(periods, begin, entered_on)]
    not_asked_yet = entry[0].last + 1 if entry else begin
    found = [*entry, *_gaps(periods, not_asked_yet, today), *_overlaps(periods, today), *_early(periods, born)]
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))


def _early(periods: Sequence[Period], born: date) -> Iterator[Finding]:
    """A pre-school counts as school in some countries; more often the year is mistyped."""
    for period in periods:
        if period.kind == PeriodKind.SCHOOL and period.begins.year < born.year + SCHOOL_AGE:
            text = N_("Die Schule beginnt {begin}, vor dem sechsten Geburtstag. Stimmt das?")
            message = Message(text, begin=str(period.begins))
            yield Finding(FindingKind.EARLY, period.begins.first, period.begins.last, message)


def _entry(periods: Sequence[Period], begin: int, entered_on: date | None) -> Iterator[Finding]:
    """Nothing before the arrival: years of school and work abroad would be lost."""
    if entered_on is None or month_of(entered_on) - begin <= LONGEST_SILENCE:
        return
    if all(period.begins.last >= month_of(entered_on) for period in periods):
        text = N_("Der Werdegang beginnt erst mit der Einreise ({month}). Was war davor?")
        last = month_of(entered_on) - 1
        yield Finding(FindingKind.ENTRY, begin, last, Message(text, month=german_month(month_of(entered_on))))


def _gaps(periods: Sequence[Period], begin: int, today: date) -> Iterator[Finding]:
    reached = begin - 1
    for period in in_order(periods):
        yield from _gap(reached + 1, period.begins.first - 1)
        reached = max(reached, period.last_month(today))
    yield from _gap(reached + 1, month_of(today), until_now=True)


def _gap(first: int, last: int, *, until_now: bool = False) -> Iterator[Finding]:
    if last - first + 1 > LONGEST_SILENCE:
        text = N_("Von {first} bis {last} ist nichts eingetragen ({months} Monate). Was war da?")
        words = {"first": german_month(first), "last": german_month(last), "months": last - first + 1}
        yield Finding(FindingKind.GAP, first, last, Message(text, **words), until_now=until_now)


def _overlaps(periods: Sequence[Period], today: date) -> Iterator[Finding]:
    """Two things at the same time for sure; the month in which one follows the other is none."""
    lone = [period for period in in_order(periods) if period.kind not in PARALLEL]
    for one, other in combinations(lone, 2):
        first = max(one.begins.last, other.begins.last)
        last = min(one.first_sure_end(today), other.first_sure_end(today))
        if last > first:
            text = N_("{one} und {other} überschneiden sich von {first} bis {last}. War beides zugleich?")
            words = {"first": german_month(first), "last": german_month(last)}
            message = Message(text, one=one.name, other=other.name, **words)
            lasts = one.ends is None and other.ends is None
            yield Finding(FindingKind.OVERLAP, first, last, message, f"{one.kind}-{other.kind}", until_now=lasts)


@dataclass(frozen=True, slots=True)
class Remark:
    """The answer to a question, or that nobody can tell any more."""

    key: str
    text: str = ""
    unknown: bool = False


def still_open(found: Iterable[Finding], remarks: Mapping[str, Remark]) -> list[Finding]:
    """The questions that nobody has answered or marked as unknown."""
    return [one for one in found if one.key not in remarks]
