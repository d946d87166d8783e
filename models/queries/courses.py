"""Courses and providers. No personal data: everybody who arranges courses sees all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, NamedTuple

from peewee import Expression, ModelSelect, Value

from models.queries.law import current_law
from models.queries.prepared import AsModel, Prepared, Row
from models.rules.competences.availability import Lesson
from models.rules.course_batches import cancel_reason_told
from models.rules.courses import CourseData, SiteData, module_words
from models.rules.errors import NotVisible
from models.rules.law.data import CourseKind
from models.rules.lesson_times import lessons_of
from models.rules.roles import Role
from models.tables import Course, Organisation, Provider, Site

PAGE = 25
MOST_REPLACEMENTS = 50


class CourseRow(NamedTuple):
    """A course as lists show it."""

    id: int
    number: str
    kind: str
    title: str
    level_from: str
    level_to: str
    site: str
    schedule: str
    transport: str
    starts_on: date
    ends_on: date | None
    register_until: date | None
    seats: int
    threshold: int | None
    taken: int
    childcare: bool
    barrier_free: bool
    cancelled_on: date | None
    cancel_code: str
    cancel_text: str
    version: int
    provider_id: int
    provider_name: str
    provider_office: int | None
    place_id: int | None
    lesson_rows: list[list[str]] | None
    online: bool
    units: int | None
    module_from: int | None
    module_to: int | None

    @property
    def level(self) -> str:
        """``A2 → B1``, or what is known of it."""
        return " → ".join(level for level in (self.level_from, self.level_to) if level)

    @property
    def cancel_told(self) -> str:
        """Why it was called off, in German."""
        return cancel_reason_told(self.cancel_code, self.cancel_text)

    @property
    def kind_name(self) -> str:
        """The kind of course in German."""
        return kind_names().get(self.kind, self.kind)

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """The times of a usual week; empty where nobody has entered them."""
        return lessons_of(self.lesson_rows or ())

    @property
    def modules(self) -> str:
        """``3–6`` or what is known of it."""
        return module_words(self.module_from, self.module_to)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; nothing of it is personal data."""

    kind: str = ""
    provider: int | None = None
    level: str = ""
    free: bool = False
    childcare: bool = False
    past: bool = False


_COLUMNS = (
    Course.id, Course.number, Course.kind, Course.title, Course.level_from, Course.level_to, Course.site,
    Course.schedule, Course.transport, Course.starts_on, Course.ends_on, Course.register_until, Course.seats,
    Course.threshold, Course.taken, Course.childcare, Course.barrier_free, Course.cancelled_on,
    Course.cancel_code, Course.cancel_text, Course.version,
    Provider.id, Provider.name, Provider.organisation, Course.place, Course.lessons, Course.online, Course.units,
    Course.module_from, Course.module_to,
)  # fmt: skip


def kind_names() -> dict[str, str]:
    """The German name of every kind of course, abolished ones too: old courses keep theirs."""
    return {kind.code: kind.name for kind in current_law().course_kinds}


def kinds_offered(day: date) -> tuple[CourseKind, ...]:
    """The kinds that may be offered on a day; abolished ones are left out (rules.md 10)."""
    return current_law().course_kinds_on(day)


def course_page(filters: Filters, today: date, page: int) -> tuple[list[CourseRow], bool]:
    """One page of courses by their start, and whether there is a next one. Past ones only where asked for."""
    start = (page - 1) * PAGE
    if filters == Filters():
        return _paged(_AS_IT_OPENS.rows(today, start))
    return _paged(_select(_filtered(filters, today), PAGE + 1, start).tuples())


def _paged(found: Iterable[Row]) -> tuple[list[CourseRow], bool]:
    rows = list(map(CourseRow._make, found))
    return rows[:PAGE], len(rows) > PAGE


def _select(where: Expression, limit: int, offset: int = 0) -> ModelSelect:
    query = Course.select(*_COLUMNS).join(Provider).where(where).order_by(Course.starts_on, Course.id)
    return query.limit(limit).offset(offset)


def _rows(where: Expression, limit: int, offset: int = 0) -> list[CourseRow]:
    return list(map(CourseRow._make, _select(where, limit, offset).tuples()))


def _filtered(filters: Filters, today: date) -> Expression:
    where: Any = Course.id > 0 if filters.past else _not_over(today)
    if filters.kind:
        where &= Course.kind == filters.kind
    if filters.provider:
        where &= Course.provider == filters.provider
    if filters.level:
        where &= Course.level_from == filters.level
    if filters.free:
        where &= (Course.taken < Course.seats) & Course.cancelled_on.is_null()
    if filters.childcare:
        where &= Course.childcare
    return where


def _not_over(today: date) -> Expression:
    return (Course.ends_on >= today) | (Course.ends_on.is_null() & (Course.starts_on >= today))


_AS_IT_OPENS = Prepared(lambda today, start: _select(_not_over(today), PAGE + 1, start), date, int)


def course_numbered(number: str) -> CourseRow:
    """The course of that number; NotVisible for none."""
    rows = _rows(Course.number == number, 1)
    if not rows:
        raise NotVisible
    return rows[0]


class OpenCourse(NamedTuple):
    """What courses are compared by; ``lessons`` are still the stored text."""

    id: int
    number: str
    kind: str
    title: str
    provider_name: str
    level_from: str
    level_to: str
    site: str
    transport: str
    starts_on: date
    register_until: date | None
    seats: int
    taken: int
    childcare: bool
    online: bool
    lessons: str | None


def open_courses(today: date, kind: str, limit: int) -> list[OpenCourse]:
    """Courses of a kind (of all that are offered, where none is named) that take people, the soonest first.

    Full ones too: they have a waiting list.
    """
    offered = {one.code for one in kinds_offered(today)}
    rows = _OPEN.rows(kind, kind, today, today, limit)
    return [course for course in map(OpenCourse._make, rows) if course.kind in offered]


def _open(kind: str, any_kind: str, today: date, until: date, limit: int) -> ModelSelect:
    where = (
        ((Course.kind == kind) | (Value(any_kind) == ""))
        & (Course.starts_on > today)
        & Course.cancelled_on.is_null()
        & (Course.register_until.is_null() | (Course.register_until >= until))
        & Provider.active
    )
    columns = (
        Course.id, Course.number, Course.kind, Course.title, Provider.name, Course.level_from, Course.level_to,
        Course.site, Course.transport, Course.starts_on, Course.register_until, Course.seats, Course.taken,
        Course.childcare, Course.online, Course.lessons.cast("TEXT"),
    )  # fmt: skip
    return Course.select(*columns).join(Provider).where(where).order_by(Course.starts_on, Course.id).limit(limit)


_OPEN = Prepared(_open, str, str, date, date, int)
_MOST_BY_ID = 10
_BY_ID = Prepared(lambda *ids: Course.select(*_COLUMNS).join(Provider).where(Course.id.in_(ids)), *(int,) * _MOST_BY_ID)


def courses_by_id(ids: Sequence[int]) -> list[CourseRow]:
    """At most ten courses, in the order of their ids as given."""
    padded = [*ids, *(0,) * (_MOST_BY_ID - len(ids))]
    found = {row[0]: CourseRow(*row) for row in _BY_ID.rows(*padded)}
    return [found[one] for one in ids]


def replacements_for(course: CourseRow, today: date) -> list[CourseRow]:
    """Courses of the same family that take people, those of the same kind and level first, then the soonest."""
    law = current_law()
    family = law.course_family(course.kind)
    where = (
        (Course.starts_on > today)
        & Course.cancelled_on.is_null()
        & (Course.register_until.is_null() | (Course.register_until >= today))
        & Course.kind.in_([kind.code for kind in law.course_kinds if law.course_family(kind.code) == family])
        & Provider.active
        & (Course.id != course.id)
    )
    others = _rows(where, MOST_REPLACEMENTS)
    return sorted(others, key=lambda row: (row.kind != course.kind, row.level_from != course.level_from, row.starts_on))


def providers(*, active_only: bool = False) -> list[Provider]:
    """Providers by name."""
    found = [_AS_PROVIDER(row) for row in _PROVIDERS.rows()]
    return [one for one in found if one.active] if active_only else found


_AS_PROVIDER = AsModel(Provider, Provider._meta.sorted_fields)
_PROVIDERS = Prepared(lambda: Provider.select().order_by(Provider.name))


def provider_by_id(provider_id: int) -> Provider:
    """One provider; NotVisible for none."""
    provider: Provider | None = Provider.get_or_none(Provider.id == provider_id)
    if provider is None:
        raise NotVisible
    return provider


def sites(*, of: int | None = None, active_only: bool = False) -> list[Site]:
    """Sites by the name of their provider and their own; ``of`` is one provider."""
    query = Site.select(Site, Provider).join(Provider).order_by(Provider.name, Site.name)
    query = query.where(Site.provider == of) if of is not None else query
    return list(query.where(Site.active, Provider.active) if active_only else query)


def site_by_id(site_id: int) -> Site:
    """One site with its provider; NotVisible for none."""
    site: Site | None = Site.select(Site, Provider).join(Provider).where(Site.id == site_id).first()
    if site is None:
        raise NotVisible
    return site


def site_data(site: Site) -> SiteData:
    """A stored site as it was entered."""
    return SiteData(
        site.provider_id, site.name, site.street, site.postcode, site.town, site.barrier_free, site.transport,
        site.active,
    )  # fmt: skip


def course_data(course: Course) -> CourseData:
    """A stored course as it was entered."""
    names = (one.name for one in fields(CourseData))
    return CourseData(**{name: getattr(course, name) for name in names} | {"lessons": lessons_of(course.lessons or ())})


def courses_between(filters: Filters, first: date, last: date, page: int) -> tuple[list[CourseRow], bool]:
    """One page of the courses that run between two days, and whether there is a next one."""
    start = (page - 1) * PAGE
    if filters == Filters():
        return _paged(_BETWEEN.rows(first, last, start))
    where = _runs(first, last) & _filtered(replace(filters, past=True), first)
    return _paged(_select(where, PAGE + 1, start).tuples())


def _runs(first: date, last: date) -> Expression:
    """A course that runs between two days; one without an end is found by its start."""
    return (Course.starts_on <= last) & _not_over(first)


_BETWEEN = Prepared(lambda first, last, start: _select(_runs(first, last), PAGE + 1, start), date, date, int)


def filtered_courses(filters: Filters, today: date, limit: int) -> list[CourseRow]:
    """The courses of a list on all its pages, by their start."""
    return _rows(_filtered(filters, today), limit)


def offices_of_providers() -> list[Organisation]:
    """The organisations whose people log in for a provider."""
    query = Organisation.select().where(Organisation.kind == Role.PROVIDER, Organisation.active)
    return list(query.order_by(Organisation.name))
