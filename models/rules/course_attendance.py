"""Attendance in a course: which days may be marked for whom, and what a sheet changes (§ 8 Abs. 3 IntV, domain.md D9).

Status only: a mark has no reason, because what keeps somebody away may be health.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from models.rules.competences.availability import DAYS, Lesson
from models.rules.course_calendar import later_month
from models.rules.errors import RuleBroken
from models.rules.law.workdays import is_public_holiday, is_working_day
from models.rules.lesson_times import SHORT
from models.rules.message import N_, Message
from models.rules.states import DayMark
from models.rules.times import german_date

Marks = Mapping[date, DayMark]
"""What is known of one person: a day without a mark is left out."""

MARK_LABELS: Mapping[DayMark, str] = MappingProxyType(
    {
        DayMark.PRESENT: N_("anwesend"),
        DayMark.EXCUSED: N_("entschuldigt"),
        DayMark.ABSENT: N_("unentschuldigt gefehlt"),
    }
)
MARK_SIGNS: Mapping[DayMark, str] = MappingProxyType({DayMark.PRESENT: "A", DayMark.EXCUSED: "E", DayMark.ABSENT: "U"})
"""The letters of a cell, also on paper."""

_ONE_DAY = timedelta(days=1)
_WEEK = list(DAYS)


@dataclass(frozen=True, slots=True)
class Teaching:
    """When a course is taught: from, to (None: open) and the lessons of a usual week (empty: nobody entered them)."""

    starts_on: date
    ends_on: date | None
    lessons: tuple[Lesson, ...] = ()

    def is_on(self, day: date) -> bool:
        """Whether the day lies between start and end."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def has_lessons(self, day: date) -> bool:
        """Whether it is taught on a day by its weekly times; never on a public holiday. Without times it may be."""
        if not self.lessons:
            return True
        weekday = _WEEK[day.weekday()]
        return not is_public_holiday(day) and any(lesson.day == weekday for lesson in self.lessons)

    def shown(self, day: date) -> bool:
        """Whether a sheet has a column for a day; without weekly times working days alone."""
        return self.is_on(day) and (self.has_lessons(day) if self.lessons else is_working_day(day))


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return later_month(self.first, 1) - _ONE_DAY

    @property
    def word(self) -> str:
        """``2026-11``, as it stands in addresses."""
        return f"{self.first:%Y-%m}"

    def days(self, teaching: Teaching, marked: Collection[date] = ()) -> tuple[date, ...]:
        """The columns of its sheet: days with lessons, and days that were marked all the same."""
        every = (self.first + timedelta(days=number) for number in range(self.last.day))
        return tuple(day for day in every if day in marked or teaching.shown(day))


def weekday(day: date) -> str:
    """``Mo`` for a Monday."""
    return SHORT[_WEEK[day.weekday()]]


def month_of(word: str) -> Month:
    """The month of ``2026-11``; ValueError for anything else."""
    if len(word) != 7:
        raise ValueError(word)
    first = date.fromisoformat(f"{word}-01")
    if not 2000 <= first.year <= 2100:
        raise ValueError(word)
    return Month(first)


@dataclass(frozen=True, slots=True)
class Stay:
    """How long somebody is in the course: since (None: not begun) and until. ``told``: who teaches may report on her
    by law or with consent E4.
    """

    name: str
    since: date | None
    until: date | None
    told: bool

    def is_in(self, day: date) -> bool:
        """Whether she is in the course on a day."""
        return self.since is not None and self.since <= day and (self.until is None or day <= self.until)

    def is_in_month(self, month: Month) -> bool:
        """Whether she is in the course on any day of a month."""
        return self.since is not None and self.since <= month.last and (self.until is None or self.until >= month.first)


def refusal(day: date, teaching: Teaching, stay: Stay, today: date) -> Message | None:
    """Why nobody may mark this day for this person; None where she may be marked."""
    words = {"name": stay.name, "day": german_date(day)}
    if not stay.told:
        return Message(N_("{name}: Ohne Verpflichtung oder Einwilligung E4 wird nichts gemeldet."), **words)
    if day > today:
        return Message(N_("Der {day} liegt in der Zukunft."), **words)
    if not teaching.is_on(day):
        return Message(N_("Am {day} läuft der Kurs nicht."), **words)
    if not teaching.has_lessons(day):
        return Message(N_("Am {day} ist nach den Kurszeiten kein Unterricht."), **words)
    if stay.since is None:
        return Message(N_("{name} hat den Kurs noch nicht begonnen. Tragen Sie zuerst den Beginn ein."), **words)
    if not stay.is_in(day):
        return Message(N_("{name} ist am {day} nicht im Kurs."), **words)
    return None


@dataclass(frozen=True, slots=True)
class Typed:
    """What a sheet says of one person, by day; None for an empty cell. ``shown``: what stood there when it came."""

    marks: Mapping[date, DayMark | None]
    shown: Marks = field(default_factory=dict)


def cell_name(enrolment_id: int, day: date) -> str:
    """The name of a cell: of its control, and of what is said about it."""
    return f"m-{enrolment_id}-{day.isoformat()}"


_CELL = re.compile(r"m-([1-9][0-9]{0,8})-([0-9]{4}-[0-9]{2}-[0-9]{2})")
_SHOWN = re.compile(r"([0-9]{2})([AEU])")
_MARKS = {sign: mark for mark, sign in MARK_SIGNS.items()}


def shown_words(marks: Marks) -> str:
    """The marks of a person in a month in one word, ``02A04U``: a page gives it back with what was typed."""
    return "".join(f"{day:%d}{MARK_SIGNS[mark]}" for day, mark in sorted(marks.items()))


def read_sheet(posted: Mapping[str, str], month: Month, filled: date | None = None) -> dict[int, Typed]:
    """What a page sent back, by enrolment: cells by ``cell_name``, beside ``shown-<enrolment>``.

    ``filled``: on that day everybody who has no mark was there. RuleBroken by cell for what is no mark.
    """
    found = defaultdict[int, dict[date, DayMark | None]](dict)
    for name, value in posted.items():
        if match := _CELL.fullmatch(name):
            day = _day(name, match[2])
            mark = _mark(name, value)
            found[int(match[1])][day] = DayMark.PRESENT if day == filled and mark is None else mark
    return {one: Typed(marks, _shown(posted.get(f"shown-{one}", ""), month)) for one, marks in found.items()}


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _unreadable(name) from None


def _mark(name: str, value: str) -> DayMark | None:
    if value and value not in MARK_LABELS:
        raise _unreadable(name)
    return DayMark(value) if value else None


def _unreadable(name: str) -> RuleBroken:
    sentence = Message(N_("Diesen Eintrag gibt es nicht. Bitte laden Sie die Seite neu."))
    return RuleBroken(sentence, {name: sentence})


def _shown(text: str, month: Month) -> Marks:
    parts = ((int(day), _MARKS[sign]) for day, sign in _SHOWN.findall(text))
    return {month.first.replace(day=day): mark for day, mark in parts if 1 <= day <= month.last.day}


@dataclass(frozen=True, slots=True)
class Comparison:
    """``changes`` are to be stored; ``clashes`` are days that somebody else marked differently meanwhile."""

    changes: Mapping[date, DayMark | None]
    clashes: Mapping[date, DayMark | None]


def compare(typed: Typed, stored: Marks) -> Comparison:
    """What was typed against what is stored now. Cells that nobody touched say nothing, whatever happened to them."""
    changes, clashes = dict[date, DayMark | None](), dict[date, DayMark | None]()
    for day, mark in typed.marks.items():
        before, now = typed.shown.get(day), stored.get(day)
        if mark in (before, now):
            continue
        if now == before:
            changes[day] = mark
        else:
            clashes[day] = now
    return Comparison(changes, clashes)


@dataclass(frozen=True, slots=True)
class Summary:
    """How often somebody came in a month: of so many days with lessons up to now."""

    month: Month
    lessons: int
    present: int
    excused: int
    absent: int

    @property
    def unmarked(self) -> int:
        """Days with lessons of which nobody has said anything."""
        return max(self.lessons - self.present - self.excused - self.absent, 0)


def summaries(marks: Marks, teaching: Teaching, stay: Stay, today: date) -> tuple[Summary, ...]:
    """The months with a mark, the newest first, counted up to today."""
    months = sorted({Month(day.replace(day=1)) for day in marks}, key=lambda month: month.first, reverse=True)
    return tuple(_summary(month, marks, teaching, stay, today) for month in months)


def _summary(month: Month, marks: Marks, teaching: Teaching, stay: Stay, today: date) -> Summary:
    own = [mark for day, mark in marks.items() if month.first <= day <= month.last]
    days = [day for day in month.days(teaching, marks) if day <= today and (stay.is_in(day) or day in marks)]
    counts = {mark: own.count(mark) for mark in DayMark}
    return Summary(month, len(days), counts[DayMark.PRESENT], counts[DayMark.EXCUSED], counts[DayMark.ABSENT])


MISSED_IN_A_ROW = 2
"""So many marked days without an excuse in a row ask for a talk (features F47)."""


def missed_since(missed: Iterable[date], contact: date | None) -> date | None:
    """The day from which somebody should be asked: the second missed day in a row since the last contact.

    ``missed`` are the unexcused days after the last day on which she came or was excused.
    """
    days = sorted(day for day in missed if contact is None or day > contact)
    return days[MISSED_IN_A_ROW - 1] if len(days) >= MISSED_IN_A_ROW else None
