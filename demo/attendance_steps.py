"""Attendance in the courses that run: by the provider itself, and written down for the one that works on paper."""

from datetime import date, timedelta

from demo.training import Training
from models.operations.course_attendance import FilledSheet, record_attendance
from models.queries.course_attendance import course_taught, participants, teaching_of
from models.rules.course_attendance import Month, Typed
from models.rules.roles import Actor
from models.rules.states import DayMark
from models.rules.times import local_day

RUNNING = (("BB-IK-06", "traeger", ""), ("KV-IK-08", "agentur", "lt. Träger, Kursliste auf Papier"))
"""Course, who fills the sheet, and from what."""
LATELY = 2
"""The first person of each course missed so many days at the end, without a word."""
EXCUSED = 5
"""Every so many days somebody has an excuse."""


def add_attendance(training: Training) -> None:
    """The days up to yesterday; today's sheet is still to be filled."""
    for number, clerk, source in RUNNING:
        _fill(training, number, training.clerks[clerk], source)


def _fill(training: Training, number: str, actor: Actor, source: str) -> None:
    now = training.past.now
    today = local_day(now)
    course = course_taught(actor, number, today)
    teaching = teaching_of(course)
    past = [course.starts_on + timedelta(days=count) for count in range((today - course.starts_on).days)]
    days = [day for day in past if teaching.shown(day)]
    people = [one for one in participants(actor, course, today) if one.stay.since]
    for month in sorted({Month(day.replace(day=1)) for day in days}, key=lambda month: month.first):
        own = [day for day in days if month.first <= day <= month.last]
        typed = {
            one.enrolment_id: Typed({day: _mark(place, day, days) for day in own if one.stay.is_in(day)})
            for place, one in enumerate(people)
        }
        record_attendance(FilledSheet(number, month, typed, source), actor=actor, now=now)


def _mark(place: int, day: date, days: list[date]) -> DayMark:
    if place == 0 and day in days[-LATELY:]:
        return DayMark.ABSENT
    return DayMark.EXCUSED if (days.index(day) + place) % EXCUSED == EXCUSED - 1 else DayMark.PRESENT
