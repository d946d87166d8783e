"""When a course asks its keepers to decide: its threshold was reached, or its registration ends below it (F51)."""

from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.law.data import Law
from models.rules.law.deadlines import counted, threshold_reminder
from models.rules.message import N_, Message
from models.rules.times import german_date

REACHED_FOR = timedelta(days=7)
"""So long it is told that the threshold was reached."""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A course that has not begun: ``registered`` people (an offer is no registration), ``lately`` of them since the
    day from which a reached threshold is still told.
    """

    number: str
    title: str
    threshold: int
    registered: int
    lately: int
    last_day: date


@dataclass(frozen=True, slots=True)
class CourseAlert:
    """What is told of a course, and whether it is pressing."""

    number: str
    title: str
    last_day: date
    sentence: Message
    is_short: bool


def course_alert(course: Gathering, law: Law, today: date) -> CourseAlert | None:
    """What the keepers of the catalogue are told of a course today; None for nothing."""
    wanting = course.threshold - course.registered
    if wanting > 0:
        if not counted(law, threshold_reminder, course.last_day) <= today <= course.last_day:
            return None
        text = N_("noch {wanting} bis zur Startschwelle von {threshold}, Anmeldung bis {day}")
    elif wanting + course.lately <= 0:
        return None
    else:
        text = N_("Startschwelle von {threshold} erreicht: {registered} angemeldet, Anmeldung bis {day}")
    day = german_date(course.last_day)
    known = {"wanting": wanting, "threshold": course.threshold, "registered": course.registered}
    return CourseAlert(course.number, course.title, course.last_day, Message(text, day=day, **known), wanting > 0)


def first_day_told(today: date) -> date:
    """Who registered since this day may have brought a course to its threshold just now."""
    return today - REACHED_FOR
