"""What the import of a list of courses would do: the preview and the import itself follow the same plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from models.queries.courses import course_data, kind_names, providers, site_data, sites
from models.queries.law import current_law
from models.rules.arrivals.word_lists import word_key
from models.rules.course_lists.columns import COLUMN_OF, CourseColumn
from models.rules.course_lists.rows import CourseWords, ListedCourse, RowErrors, course_of, parse_course
from models.rules.courses import CourseData, SiteData, course_problems, placed
from models.rules.lesson_times import lesson_words
from models.rules.lists.table import Table
from models.rules.message import N_, Message
from models.rules.times import german_date
from models.tables import Course

CHUNK = 500
"""Course numbers of one query: SQLite takes a limited number of parameters."""


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    """A course to be entered or changed. ``course_id`` and ``version`` are those of the stored one, 0 for a new one.

    ``changes`` are the columns with the words before and after.
    """

    row: int
    line: int
    data: CourseData
    course_id: int = 0
    version: int = 0
    changes: tuple[tuple[CourseColumn, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What is to be done with each row of a list; ``rejected`` has the errors by row number."""

    total: int
    new: tuple[PlannedCourse, ...]
    changed: tuple[PlannedCourse, ...]
    rejected: Mapping[int, RowErrors]

    @property
    def unchanged(self) -> int:
        """Rows that say what is stored already, or what an earlier row has said."""
        return self.total - len(self.new) - len(self.changed) - len(self.rejected)


def plan_courses(table: Table) -> CoursePlan:
    """Read, check and compare the rows of a list of courses. A bad row stops no other."""
    planner = _Planner()
    good: list[ListedCourse] = []
    rejected: dict[int, RowErrors] = {}
    for row in table.rows:
        parsed = parse_course(row, planner.words)
        if isinstance(parsed, ListedCourse):
            good.append(parsed)
        else:
            rejected[row.number] = parsed
    once, twice = _once(good)
    stored = _stored([listed.number for listed in once])
    planned = []
    for listed in once:
        found = planner.plan(listed, stored.get(listed.number))
        if isinstance(found, PlannedCourse):
            planned.append(found)
        elif found:
            rejected[listed.row] = found
    new = tuple(one for one in planned if not one.course_id)
    changed = tuple(one for one in planned if one.course_id)
    return CoursePlan(len(table.rows), new, changed, dict(sorted((rejected | twice).items())))


def _once(rows: Sequence[ListedCourse]) -> tuple[list[ListedCourse], dict[int, RowErrors]]:
    """Each course number once. A row that says the same again is no error, one that says something else is."""
    first: dict[str, ListedCourse] = {}
    twice: dict[int, RowErrors] = {}
    for row in rows:
        known = first.setdefault(row.number, row)
        if known is not row and known.said != row.said:
            twice[row.row] = {
                CourseColumn.NUMBER: Message(N_("Diese Nummer steht schon in Zeile {line}."), line=known.line)
            }
    return list(first.values()), twice


def _stored(numbers: Sequence[str]) -> dict[str, Course]:
    found: dict[str, Course] = {}
    for start in range(0, len(numbers), CHUNK):
        part = Course.select().where(Course.number.in_(numbers[start : start + CHUNK]))
        found |= {course.number: course for course in part}
    return found


class _Planner:
    """Knows the providers, sites and kinds of one moment; compares a row with the stored course."""

    def __init__(self) -> None:
        self._all_sites: dict[int, SiteData] = {site.id: site_data(site) for site in sites()}
        usable = {site.id: self._all_sites[site.id] for site in sites(active_only=True)}
        everybody = providers()
        active = [provider for provider in everybody if provider.active]
        self._names = {provider.id: provider.name for provider in everybody}
        self._kinds = kind_names()
        self._offered: dict[date, frozenset[str]] = {}
        self.words = CourseWords(
            providers={
                word_key(text): provider.id
                for provider in active
                for text in (provider.bamf_code, provider.name)
                if text
            },
            kinds={word_key(text): code for code, name in self._kinds.items() for text in (code, name)},
            sites={
                (site.provider_id, word_key(text)): key
                for key, site in usable.items()
                for text in (site.words, site.name)
            },
        )

    def plan(self, listed: ListedCourse, course: Course | None) -> PlannedCourse | RowErrors | None:
        """What to do with a row: a course, the reasons why not, or None where it says nothing new."""
        before = course_data(course) if course else None
        wanted = course_of(listed, before)
        data = placed(wanted, self._all_sites.get(wanted.place_id or 0))
        changes = self._changes(before, data) if before else ()
        if course and not changes:
            return None
        if problems := self._problems(data, before, course):
            return problems
        known = (course.id, course.version) if course else (0, 0)
        return PlannedCourse(listed.row, listed.line, data, *known, changes)

    def _problems(self, data: CourseData, before: CourseData | None, course: Course | None) -> RowErrors:
        found = {COLUMN_OF[name]: text for name, text in course_problems(data, self._kinds_on(data.starts_on)).items()}
        if course is None or before is None:
            return found
        if before.provider_id != data.provider_id:
            name = self._names[before.provider_id]
            text = N_("Diese Nummer gehört zu einem Kurs von {provider}.")
            found = {CourseColumn.NUMBER: Message(text, provider=name), **found}
        if course.cancelled_on:
            text = N_("Dieser Kurs ist seit {day} abgesagt und bleibt es. Findet er doch statt: neue Kursnummer.")
            found = {CourseColumn.NUMBER: Message(text, day=german_date(course.cancelled_on)), **found}
        if data.seats < course.taken:
            text = N_("{taken} Plätze sind schon vergeben; weniger geht nicht.")
            found.setdefault(CourseColumn.SEATS, Message(text, taken=course.taken))
        return found

    def _kinds_on(self, day: date) -> frozenset[str]:
        if day not in self._offered:
            self._offered[day] = frozenset(kind.code for kind in current_law().course_kinds_on(day))
        return self._offered[day]

    def _changes(self, before: CourseData, after: CourseData) -> tuple[tuple[CourseColumn, str, str], ...]:
        """What a person sees of the difference; the words of a site or of times stand for them."""
        different = (one.name for one in fields(CourseData) if getattr(before, one.name) != getattr(after, one.name))
        told: dict[CourseColumn, tuple[str, str]] = {}
        for name in different:
            words = self._words(name, before), self._words(name, after)
            told.setdefault(COLUMN_OF[name], words)
        return tuple(
            (column, *words) for column, words in sorted(told.items(), key=lambda one: list(CourseColumn).index(one[0]))
        )

    def _words(self, name: str, data: CourseData) -> str:
        value: Any = getattr(data, name)
        if name in ("place_id", "site"):
            return data.site if data.place_id is None else f"{data.site} (Standort)"
        if name in ("lessons", "schedule"):
            return lesson_words(data.lessons) if name == "lessons" else data.schedule
        if name == "provider_id":
            return self._names[value]
        if name == "kind":
            return self._kinds.get(value, str(value))
        if isinstance(value, bool):
            return "ja" if value else "nein"
        if isinstance(value, date):
            return f"{value:%d.%m.%Y}"
        return "" if value is None else str(value)
