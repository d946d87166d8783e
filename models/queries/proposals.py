"""What providers proposed for enrolments, and what they may propose. Reads only."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from peewee import JOIN, Expression, ModelSelect

from models.queries.law import current_law
from models.queries.prepared import Prepared, Row
from models.queries.released import ReleasedRow
from models.queries.seats import figures_of
from models.rules.proposals import ProposalState
from models.rules.reasons import reason_told
from models.rules.roles import Actor
from models.rules.waiting import last_day_to_register
from models.tables import Course, CourseProposal, Enrolment, Provider

MOST_COURSES = 50


class ProposalRow(NamedTuple):
    """One proposal with the course it names, and what became of it."""

    id: int
    enrolment_id: int
    state: ProposalState
    starts_on: date | None
    sentence: str
    proposed_on: date
    settled_on: date | None
    reason_code: str
    reason: str
    course_number: str | None
    course_title: str | None
    course_starts_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == ProposalState.OPEN

    @property
    def reason_told(self) -> str:
        """Why it was declined, in German."""
        return reason_told(self.reason_code, self.reason)


_COLUMNS = (
    CourseProposal.starts_on, CourseProposal.sentence, CourseProposal.proposed_on, CourseProposal.settled_on,
    CourseProposal.reason_code, CourseProposal.reason, Course.number, Course.title, Course.starts_on,
)  # fmt: skip


def proposals_of_case(case_id: int) -> list[ProposalRow]:
    """What was proposed for the enrolments of a case, the newest first."""
    return _read(_OF_CASE.rows(case_id))


def proposals_of(enrolment_id: int) -> list[ProposalRow]:
    """What was proposed for one enrolment, the newest first."""
    return _read(_OF_ENROLMENT.rows(enrolment_id))


def _read(rows: Iterable[Row]) -> list[ProposalRow]:
    return [ProposalRow(row[0], row[1], ProposalState(row[2]), *row[3:]) for row in rows]


def _select(where: Expression) -> ModelSelect:
    return (
        CourseProposal.select(CourseProposal.id, CourseProposal.enrolment, CourseProposal.state, *_COLUMNS)
        .join(Enrolment)
        .join_from(CourseProposal, Course, JOIN.LEFT_OUTER)
        .where(where)
        .order_by(CourseProposal.id.desc())
    )


_OF_CASE = Prepared(lambda case_id: _select(Enrolment.case == case_id), int)
_OF_ENROLMENT = Prepared(lambda enrolment_id: _select(Enrolment.id == enrolment_id), int)


def courses_to_propose(actor: Actor, row: ReleasedRow, today: date) -> list[Course]:
    """The other courses of this provider that take people and have a free seat, of the same family; soonest first."""
    mine = (Provider.organisation == actor.organisation_id) & Course.cancelled_on.is_null()
    coming = mine & (Course.starts_on > today) & (Course.number != row.course_number)
    query = Course.select(Course, Provider).join(Provider).where(coming).order_by(Course.starts_on, Course.id)
    family = current_law().course_family
    courses = [one for one in query.limit(MOST_COURSES) if family(one.kind) == row.family]
    figures = figures_of(courses)
    return [
        one
        for one in courses
        if figures[one.id].is_open and last_day_to_register(one.starts_on, one.register_until) >= today
    ]
