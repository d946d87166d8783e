"""The seats of a course: held one at a time under the lock of its row, and offered to the waiting list when free.

Every transaction locks in one order: the case, its enrolment, the courses by id, the chain of its events. Offers are a
transaction of their own for each person, so that no two cases are locked at once: who comes first is looked up before
she is locked, and again when the course is held.
"""

from collections.abc import Iterable
from datetime import date, datetime

from models.base import db
from models.operations.ledger import hold_case, record
from models.queries.law import current_law
from models.queries.seats import entries_of, how_many_wait
from models.rules.errors import RuleBroken
from models.rules.law.deadlines import counted, seat_offer_until
from models.rules.message import N_, Message
from models.rules.roles import SYSTEM
from models.rules.states import EnrolmentState
from models.rules.times import local_day
from models.rules.waiting import Entry, last_day_to_register
from models.tables import Course, Enrolment


def hold_courses(course_ids: Iterable[int]) -> dict[int, Course]:
    """Lock courses in the order of their ids; returns them as they stand now."""
    ids = sorted(set(course_ids))
    for course_id in ids:
        Course.update(taken=Course.taken).where(Course.id == course_id).execute()
    return {course.id: course for course in Course.select().where(Course.id.in_(ids))}


def take_seat(course: Course, today: date) -> None:
    """Take a seat of a course that is held. RuleBroken at ``course`` where it takes nobody, or others come first."""
    refuse_full(course, today)
    Course.update(taken=Course.taken + 1).where(Course.id == course.id).execute()


def refuse_full(course: Course, today: date) -> None:
    """RuleBroken at ``course`` where nobody can reserve: it is closed or full, or its seats belong to who waits."""
    refuse_closed(course, today)
    if course.taken >= course.seats:
        raise at_course(
            N_("Der Kurs ist voll. Setzen Sie die Person auf die Warteliste; dort warten zurzeit {count}."),
            count=how_many_wait(course.id),
        )
    if waiting := how_many_wait(course.id):
        raise at_course(
            N_("Freie Plätze bekommt zuerst die Warteliste, dort warten {count}. Setzen Sie die Person dazu."),
            count=waiting,
        )


def refuse_closed(course: Course, today: date) -> None:
    """RuleBroken at ``course`` where it takes nobody any more, with the reason."""
    if course.cancelled_on:
        raise at_course(N_("Der Kurs ist abgesagt."))
    if course.starts_on <= today:
        raise at_course(N_("Der Kurs hat schon begonnen."))
    if last_day_to_register(course.starts_on, course.register_until) < today:
        raise at_course(N_("Die Anmeldefrist des Kurses ist vorbei."))


def at_course(text: str, **values: object) -> RuleBroken:
    """A refusal with this sentence at the choice of the course."""
    sentence = Message(text, **values)
    return RuleBroken(sentence, {"course": sentence})


def free_seat(course_id: int) -> None:
    """Give one seat of a course back, never below none; inside the transaction that ends the enrolment."""
    Course.update(taken=Course.taken - 1).where(Course.id == course_id, Course.taken > 0).execute()


def offer_free_seats(course_ids: Iterable[int], *, now: datetime) -> int:
    """Offer every free seat of these courses to who comes first on their lists; returns how many offers were made.

    To be called after the transaction that freed a seat. The offer holds the seat until its deadline, at the latest
    until the registration ends.
    """
    made = 0
    for course_id in sorted(set(course_ids)):
        while _offer_next(course_id, now):
            made += 1
    return made


def _offer_next(course_id: int, now: datetime) -> bool:
    """Whether a seat was offered; asked again where the list has changed until its first was locked."""
    today = local_day(now)
    while first := _first_in_line(Course.get_by_id(course_id), today):
        with db.atomic():
            hold_case(first.case_id)
            _hold_enrolment(first.id)
            course = hold_courses([course_id])[course_id]
            if _first_in_line(course, today) == first:
                _offer(course, first, now)
                return True
    return False


def _first_in_line(course: Course, today: date) -> Entry | None:
    """Who gets the next free seat; None where there is none, where it may not be offered, and where nobody waits."""
    over = last_day_to_register(course.starts_on, course.register_until) < today
    if course.cancelled_on or over or course.taken >= course.seats:
        return None
    return next(iter(entries_of([course.id])[course.id]), None)


def _hold_enrolment(enrolment_id: int) -> None:
    Enrolment.update(state=Enrolment.state).where(Enrolment.id == enrolment_id).execute()


def _offer(course: Course, entry: Entry, now: datetime) -> None:
    today, last_day = local_day(now), last_day_to_register(course.starts_on, course.register_until)
    until = min(counted(current_law(), seat_offer_until, today), last_day)
    Enrolment.update(
        state=EnrolmentState.OFFERED, offered_on=today, reserved_until=until, version=Enrolment.version + 1
    ).where(Enrolment.id == entry.id).execute()
    Course.update(taken=Course.taken + 1).where(Course.id == course.id).execute()
    data = {"enrolment": entry.id, "course": course.number, "until": until.isoformat()}
    record(SYSTEM, "enrolment.offered", data, now=now, case_id=entry.case_id)
