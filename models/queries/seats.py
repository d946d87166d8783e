"""Figures of courses and their waiting lists. Counts of everybody, names of none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from peewee import Query, fn

from models.queries.by_ids import PreparedByIds
from models.queries.law import current_law
from models.queries.prepared import Prepared
from models.rules.seats import Figures, figures
from models.rules.states import SEAT_HOLDING, CaseState, EnrolmentState
from models.rules.waiting import Entry, Priority, Rank, rank_of, ranked
from models.tables import Case, Enrolment

_WAITS = (Enrolment.state == EnrolmentState.WAITING) & (Case.state == CaseState.OPEN)
_ENTRY = (Enrolment.id, Enrolment.case, Enrolment.priority, Enrolment.waiting_since, Enrolment.lapses)


def _counted(ids: Sequence[int]) -> Query:
    """Who holds seats is counted in the index alone; only for those who wait the case is looked at."""
    each = (Enrolment.course, Enrolment.state)
    held = Enrolment.select(*each, fn.COUNT(1)).where(Enrolment.course.in_(ids), Enrolment.state.in_(SEAT_HOLDING))
    waiting = Enrolment.select(*each, fn.COUNT(1)).join(Case).where(Enrolment.course.in_(ids), _WAITS)
    return held.group_by(*each).union_all(waiting.group_by(*each))


_COUNTED = PreparedByIds(_counted)
_LISTS = Prepared(lambda: Enrolment.select(Enrolment.course).join(Case).where(_WAITS).distinct())


class Seated(Protocol):
    """What of a course its figures need."""

    id: int
    seats: int
    threshold: int | None
    taken: int


def figures_of(courses: Sequence[Seated]) -> dict[int, Figures]:
    """The figures of these courses by id, in one statement for a page of them."""
    counted: dict[int, dict[EnrolmentState, int]] = defaultdict(dict)
    for course_id, state, count in _COUNTED.rows(course.id for course in courses):
        counted[course_id][EnrolmentState(state)] = count
    return {course.id: figures(course.seats, course.taken, course.threshold, counted[course.id]) for course in courses}


def courses_with_a_list() -> set[int]:
    """The courses for whose seats people wait."""
    return {course_id for (course_id,) in _LISTS.rows()}


def entries_of(course_ids: Iterable[int]) -> dict[int, list[Entry]]:
    """The waiting lists of these courses in their order; closed cases keep their date but do not wait."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for course_id, number, case_id, priority, since, lapses in _ENTRIES.rows(set(course_ids)):
        found[course_id].append(Entry(number, case_id, Priority(priority), since, lapses))
    return defaultdict(list, {course_id: ranked(entries) for course_id, entries in found.items()})


_ENTRIES = PreparedByIds(
    lambda ids: Enrolment.select(Enrolment.course, *_ENTRY).join(Case).where(Enrolment.course.in_(ids), _WAITS)
)


def how_many_wait(course_id: int) -> int:
    """So many people wait for a seat of this course."""
    return int(Enrolment.select().join(Case).where(Enrolment.course == course_id, _WAITS).count())


class Listed(Protocol):
    """An enrolment that stands on a list."""

    id: int
    course_id: int
    course_kind: str


def ranks_of(rows: Sequence[Listed]) -> dict[int, Rank | None]:
    """The ranks of the entries of one case by id, in one statement."""
    lists = entries_of({row.course_id for row in rows}) if rows else {}
    law = current_law()
    return {row.id: rank_of(row.id, lists[row.course_id], law.course_family(row.course_kind)) for row in rows}
