"""A sheet of attendance as a page shows it: cells with what is stored, what was typed, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.queries.course_attendance import CourseSheet, Participant
from models.rules.course_attendance import MARK_LABELS, Typed, cell_name, compare, refusal, shown_words
from models.rules.message import N_, Message
from models.rules.states import DayMark


@dataclass(frozen=True, slots=True)
class Cell:
    """One person on one day. ``problem``: why it was not stored; without ``can_mark`` there is nothing to say."""

    name: str
    day: date
    mark: DayMark | None
    can_mark: bool
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class GridRow:
    """One person. ``shown`` comes back with the form, so that cells which nobody touched say nothing."""

    person: Participant
    shown: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    """Of how many people who can be marked on a day somebody has said something."""

    day: date
    marked: int
    people: int

    @property
    def is_filled(self) -> bool:
        """Whether nobody is left."""
        return self.marked == self.people


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a sheet for some of its days."""

    days: tuple[date, ...]
    rows: tuple[GridRow, ...]

    @property
    def problems(self) -> tuple[tuple[GridRow, Cell], ...]:
        """The cells that need another look, in the order of the page."""
        return tuple((row, cell) for row in self.rows for cell in row.cells if cell.problem)

    @property
    def counts(self) -> tuple[DayCount, ...]:
        """For each day how far it is filled; days on which nobody can be marked are left out."""
        columns = zip(*(row.cells for row in self.rows), strict=True)
        found = [[cell for cell in column if cell.can_mark] for column in columns]
        return tuple(
            DayCount(open_[0].day, sum(cell.mark is not None for cell in open_), len(open_)) for open_ in found if open_
        )

    @property
    def is_filled(self) -> bool:
        """Whether there is nothing left to mark."""
        return all(count.is_filled for count in self.counts)

    @property
    def has_open(self) -> bool:
        """Whether anything can be marked at all."""
        return any(cell.can_mark for row in self.rows for cell in row.cells)


def grid_of(
    sheet: CourseSheet,
    today: date,
    only: date | None = None,
    typed: Mapping[int, Typed] | None = None,
    problems: Mapping[str, Message] | None = None,
) -> Grid:
    """The sheet of a month, or one day of it; after a refusal with what was typed, beside what others stored."""
    days = (only,) if only else sheet.days
    tried = typed or {}
    rows = tuple(_row(sheet, one, days, today, tried.get(one.enrolment_id), problems or {}) for one in sheet.markable)
    if only:  # a list of one day has those alone who were there to come
        rows = tuple(row for row in rows if row.cells[0].can_mark)
    return Grid(days, rows)


def _row(
    sheet: CourseSheet,
    one: Participant,
    days: tuple[date, ...],
    today: date,
    typed: Typed | None,
    problems: Mapping[str, Message],
) -> GridRow:
    stored = sheet.marks.get(one.enrolment_id, {})
    found = compare(typed, stored) if typed else None
    cells = []
    for day in days:
        name, mark = cell_name(one.enrolment_id, day), stored.get(day)
        problem = problems.get(name)
        if found and day in found.changes:
            mark = found.changes[day]
        elif found and typed and day in found.clashes:
            mark, problem = typed.marks[day], _clash(found.clashes[day])
        can_mark = day in stored or refusal(day, sheet.teaching, one.stay, today) is None
        cells.append(Cell(name, day, mark, can_mark or problem is not None, problem))
    return GridRow(one, shown_words(stored), tuple(cells))


def _clash(now: DayMark | None) -> Message:
    said = MARK_LABELS[now] if now else N_("nichts eingetragen")
    return Message(N_("Inzwischen steht dort: {mark}. Speichern Sie noch einmal, gilt Ihr Eintrag."), mark=said)
