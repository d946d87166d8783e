"""The own courses of a provider, and who takes part in them. Reads only, and nothing but what was released to it."""

from datetime import date
from typing import NamedTuple

from peewee import Case, Expression, fn

from models.queries.courses import kind_names
from models.queries.released import PAGE, ReleasedRow, released_rows, released_since, released_to
from models.rules.enrolments import seen_until
from models.rules.errors import NotVisible
from models.rules.roles import Actor
from models.rules.states import EnrolmentState
from models.tables import Course, Enrolment, Provider

ON_THE_LIST = (EnrolmentState.CONFIRMED, EnrolmentState.STARTED, EnrolmentState.FINISHED)
"""Who takes part: the paper names these."""
SHOWN = (EnrolmentState.SENT, *ON_THE_LIST, EnrolmentState.DROPPED_OUT)
"""The page also shows who waits for an answer and who broke off; not who never came."""


class OwnCourse(NamedTuple):
    """A course as its provider reads it."""

    id: int
    number: str
    kind: str
    title: str
    level_from: str
    level_to: str
    site: str
    schedule: str
    starts_on: date
    ends_on: date | None
    seats: int
    cancelled_on: date | None

    @property
    def kind_name(self) -> str:
        """The kind of course in German."""
        return kind_names().get(self.kind, self.kind)

    @property
    def last_day(self) -> date | None:
        """The last day on which the provider sees it; None as long as no end is known."""
        return seen_until(self.ends_on, None)


_COURSE = (
    Course.id, Course.number, Course.kind, Course.title, Course.level_from, Course.level_to, Course.site,
    Course.schedule, Course.starts_on, Course.ends_on, Course.seats, Course.cancelled_on,
)  # fmt: skip


def own_courses(actor: Actor, today: date, page: int) -> tuple[list[OwnCourse], bool]:
    """One page of the courses of this provider and whether there is a next one: those that run, then the others, the
    latest start first.
    """
    runs = (Course.starts_on <= today) & (Course.ends_on.is_null() | (Course.ends_on >= today))
    query = Course.select(*_COURSE).join(Provider).where(_own(actor, today))
    ordered = query.order_by(Case(None, [(runs, 0)], 1), Course.starts_on.desc(), Course.id.desc())
    rows = ordered.limit(PAGE + 1).offset((page - 1) * PAGE)
    found = [OwnCourse(*row) for row in rows.tuples()]
    return found[:PAGE], len(found) > PAGE


def own_course(actor: Actor, number: str, today: date) -> OwnCourse:
    """One course of this provider by its number; NotVisible for any other, and some weeks after its end."""
    row = Course.select(*_COURSE).join(Provider).where(_own(actor, today), Course.number == number).tuples().first()
    if row is None:
        raise NotVisible
    return OwnCourse(*row)


def _own(actor: Actor, today: date) -> Expression:
    in_time = Course.ends_on.is_null() | (Course.ends_on >= released_since(today).over)
    return (Provider.organisation == actor.organisation_id) & in_time


def how_many_take_part(actor: Actor, courses: list[OwnCourse], today: date) -> dict[int, int]:
    """How many people take part in these courses, by the id of the course; in one statement."""
    here = Enrolment.course.in_([course.id for course in courses]) & Enrolment.state.in_(ON_THE_LIST)
    query = (
        Enrolment.select(Enrolment.course, fn.COUNT(1))
        .join(Course)
        .join(Provider)
        .where(released_to(actor, released_since(today)) & here)
        .group_by(Enrolment.course)
    )
    return dict(query.tuples()) if courses else {}


def participants_of(actor: Actor, course: OwnCourse, today: date) -> list[ReleasedRow]:
    """Who was released to this provider for the course, by name; not who was declined or gave the seat back."""
    here = (Enrolment.course == course.id) & Enrolment.state.in_(SHOWN)
    rows = released_rows(released_to(actor, released_since(today)) & here)
    return sorted(rows, key=lambda row: (row.name.casefold(), row.id))


def taking_part(people: list[ReleasedRow]) -> list[ReleasedRow]:
    """Those of them who take part, and so stand on the paper."""
    return [row for row in people if row.state in ON_THE_LIST]


def cases_of(people: list[ReleasedRow]) -> list[int]:
    """The cases behind these enrolments, for the log of reads alone."""
    ids = [row.id for row in people]
    query = Enrolment.select(Enrolment.case).where(Enrolment.id.in_(ids)).distinct()
    return [case_id for (case_id,) in query.tuples()] if ids else []
