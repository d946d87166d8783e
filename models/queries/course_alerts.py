"""Courses about whose start somebody has to decide, for who keeps the catalogue. One statement, no personal data."""

from datetime import date, timedelta

from peewee import Case as Cases
from peewee import ModelSelect, fn

from models.queries.law import current_law
from models.queries.prepared import Prepared
from models.rules.course_alerts import CourseAlert, Gathering, course_alert, first_day_told
from models.rules.law.deadlines import counted, threshold_reminder
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.states import PLACED, EnrolmentState
from models.rules.waiting import last_day_to_register
from models.tables import Course, Enrolment

MOST = 5
AHEAD = timedelta(weeks=16)
"""Of courses that begin later nobody is told that their registration ends: it does not yet."""
_A_DAY = timedelta(days=1)


def course_alerts(actor: Actor, today: date) -> list[CourseAlert]:
    """The courses whose registration ends below their threshold, or that reached it lately; the nearest first."""
    if not may(actor.role, Permission.COURSE_EDIT):
        return []
    law = current_law()
    # a day more, because the last day to register may be that before the start
    soon = today + (today - counted(law, threshold_reminder, today)) + _A_DAY
    rows = _COMING.rows(first_day_told(today), today, soon, today + AHEAD)
    alerts = (course_alert(_gathering(*row), law, today) for row in rows)
    return sorted((one for one in alerts if one), key=lambda one: (one.last_day, one.number))[:MOST]


def _gathering(
    number: str, title: str, threshold: int, taken: int, offered: int, lately: int, starts: date, until: date | None
) -> Gathering:
    return Gathering(number, title, threshold, taken - offered, lately, last_day_to_register(starts, until))


def _coming(since: date, today: date, soon: date, far: date) -> ModelSelect:
    """Of all courses ahead only those that are near or that somebody came to lately are counted."""
    here = Enrolment.select(fn.COUNT(1)).where(Enrolment.course == Course.id)
    offered = here.where(Enrolment.state == EnrolmentState.OFFERED)
    came = here.where(Enrolment.state.in_(PLACED), Enrolment.reserved_on > since)
    is_new = Course.id.in_(Enrolment.select(Enrolment.course).where(Enrolment.reserved_on > since))
    near = (Course.starts_on <= far) & ((Course.register_until <= soon) | (Course.starts_on <= soon))
    columns = (Course.number, Course.title, Course.threshold, Course.taken, offered, Cases(None, ((is_new, came),), 0))
    return Course.select(*columns, Course.starts_on, Course.register_until).where(
        Course.starts_on > today,
        near | is_new,
        Course.cancelled_on.is_null(),
        Course.threshold > 0,
    )


_COMING = Prepared(_coming, date, date, date, date)
