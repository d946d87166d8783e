"""What the proposed agenda of the working group is made of: counts of everybody, names of none. Reads only."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from peewee import Expression, fn

from models.queries.seats import figures_of
from models.rules.competences.availability import LACKING
from models.rules.law.calendar import add_months
from models.rules.seats import Figures
from models.rules.states import CaseState, EnrolmentState, HandoverState
from models.rules.times import from_stamp, local_day
from models.rules.workgroup.agenda import AHEAD_MONTHS, LONG_WAIT_DAYS, AgendaFacts, OpenTask, Shortage
from models.rules.workgroup.meetings import MeetingState
from models.rules.workgroup.minutes import ResolutionState
from models.tables import (
    AgendaItem,
    AvailabilityPlan,
    Case,
    Course,
    Enrolment,
    Handover,
    Meeting,
    Organisation,
    Resolution,
)

WITHOUT_MEETING_MONTHS = 3
MOST_TASKS = 60


def agenda_facts(today: date) -> AgendaFacts:
    """The figures of this day, since the last meeting whose minutes are signed."""
    last = Meeting.select(fn.MAX(Meeting.held_on)).where(Meeting.state == MeetingState.CLOSED).scalar()
    last = date.fromisoformat(last) if isinstance(last, str) else last
    since = last or add_months(today, -WITHOUT_MEETING_MONTHS)
    courses = _courses(today, add_months(today, AHEAD_MONTHS))
    ahead = [course for course in courses if course.starts_on > today]
    waiting, long, childcare = _waiting(today)
    return AgendaFacts(
        today=today,
        since=since,
        minutes_of=last,
        arrivals=_cases(Case.opened_on >= since),
        open_cases=_cases(Case.state == CaseState.OPEN),
        accepted=_cases(Case.accepted_on >= since),
        planned=len(ahead),
        running=len(courses) - len(ahead),
        shortages=_shortages(ahead, figures_of(ahead)),
        waiting=waiting,
        waiting_long=long,
        childcare=childcare,
        with_childcare=sum(course.childcare for course in courses),
        overdue=_late(today),
        queried=int(Handover.select().where(Handover.state == HandoverState.QUERIED).count()),
        days_to_accept=_days_to_accept(since),
        open_tasks=open_tasks(),
    )


def _courses(first: date, last: date) -> list[Course]:
    """What runs between two days and was not called off."""
    ends = (Course.ends_on >= first) | (Course.ends_on.is_null() & (Course.starts_on >= first))
    held = (Course.starts_on <= last) & ends & Course.cancelled_on.is_null()
    return list(Course.select().where(held).order_by(Course.starts_on, Course.id))


def _cases(where: Expression) -> int:
    return int(Case.select(fn.COUNT(Case.id)).where(where).scalar())


def _shortages(ahead: Collection[Course], figures: dict[int, Figures]) -> tuple[Shortage, ...]:
    wanting = ((course, figures[course.id].wanting) for course in ahead)
    return tuple(Shortage(one.number, one.title, one.starts_on, lack) for one, lack in wanting if lack)


def _waiting(today: date) -> tuple[int, int, int]:
    """How many people wait for a course, how many of them for long, and how many need childcare meanwhile."""
    query = (
        Enrolment.select(Enrolment.case, fn.MIN(Enrolment.waiting_since))
        .join(Case)
        .where(Enrolment.state == EnrolmentState.WAITING, Case.state == CaseState.OPEN)
        .group_by(Enrolment.case)
    )
    since = {case_id: _day(day) for case_id, day in query.tuples()}
    border = today - timedelta(days=LONG_WAIT_DAYS)
    plans = AvailabilityPlan.select(AvailabilityPlan.content).where(AvailabilityPlan.case.in_(list(since)))
    childcare = sum((content or {}).get("childcare") in LACKING for (content,) in plans.tuples())
    return len(since), sum(day is not None and day < border for day in since.values()), childcare


def _day(value: date | str | None) -> date | None:
    """SQLite gives the least of days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _late(today: date) -> int:
    late = Handover.state.in_((HandoverState.DRAFT, HandoverState.QUERIED)) & (Handover.due_on < today)
    return int(Handover.select().where(late).count())


def _days_to_accept(since: date) -> tuple[int, ...]:
    """Days from the recorded decision to the acceptance, of what was accepted since."""
    taken = (Handover.state == HandoverState.ACCEPTED) & (Handover.accepted_at >= since.isoformat())
    query = Handover.select(Handover.recorded_on, Handover.accepted_at).where(taken)
    return tuple((_local(text) - day).days for day, text in query.tuples() if day)


def _local(text: str) -> date:
    moment: datetime = from_stamp(text)
    return local_day(moment)


def open_tasks() -> tuple[OpenTask, ...]:
    """What signed minutes resolved and nobody has reported as done, the most pressing first."""
    query = (
        Resolution.select(Resolution.text, Organisation.name, Resolution.due_on, Meeting.held_on)
        .join(AgendaItem)
        .join(Meeting)
        .join_from(Resolution, Organisation)
        .where(Resolution.state == ResolutionState.OPEN, Meeting.state == MeetingState.CLOSED)
        .order_by(Resolution.due_on, Resolution.id)
        .limit(MOST_TASKS)
    )
    return tuple(OpenTask(*row) for row in query.tuples())
