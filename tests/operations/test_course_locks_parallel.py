"""Clerks, batches and the calendar at the same few courses at once: nobody waits for each other in a circle."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest

from models.base import db
from models.operations import enrolment_claims
from models.operations.course_batches import move_people
from models.operations.courses import update_course
from models.operations.enrolment_answers import decline_enrolment
from models.operations.enrolments import cancel_enrolment, move_enrolment, reserve_seat
from models.operations.seats import offer_free_seats
from models.operations.waiting import (
    accept_offer,
    join_waiting_list,
    keep_waiting_lists,
    leave_waiting_list,
    refuse_offer,
)
from models.queries.audit import verify_ledger
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.reasons import Reason
from models.rules.states import LISTED, PLACED, SEAT_HOLDING, EnrolmentState
from models.tables import Course, CourseBatchRow, Enrolment
from tests.cast import make_case, member_of
from tests.conftest import LEDGER_KEY, NOW
from tests.course_cast import SELF_PAYER, make_course, make_provider, path_states
from tests.operations.test_courses import data_of

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),  # SQLite has one writer at a time
]
THREADS, ACTS, PEOPLE, SEATS = 8, 25, 24, 3
PATHS = path_states()


class Clerk:
    """Somebody who does this and that with people of three courses; what a rule refuses does not count."""

    def __init__(self, number: int, courses: list[Course], cases: list) -> None:
        self.rng, self.number, self.courses, self.cases = random.Random(number), number, courses, cases
        self.by = {"actor": member_of("agentur"), "now": NOW}
        self.sent = 0

    def work(self) -> None:
        acts: list[Callable[[], object]] = [
            self.reserve, self.wait, self.batch, self.batch, self.cancel, self.decline, self.move, self.accept,
            self.refuse, self.leave, self.change_seats, lambda: keep_waiting_lists(now=NOW),
        ]  # fmt: skip
        with db.connection_context():
            for _ in range(ACTS):
                try:
                    self.rng.choice(acts)()
                except (RuleBroken, StaleVersion, LookupError):
                    continue

    def _one(self, *states: EnrolmentState) -> Enrolment:
        rows = Enrolment.select().where(Enrolment.course.in_(self.courses), Enrolment.state.in_(states))
        return self.rng.choice(list(rows))

    def _seen(self, row: Enrolment) -> dict:
        return {"seen_version": row.version, **self.by}

    def reserve(self) -> None:
        reserve_seat(self.rng.choice(self.cases), self.rng.choice(self.courses), SELF_PAYER, PATHS, **self.by)

    def wait(self) -> None:
        join_waiting_list(self.rng.choice(self.cases), self.rng.choice(self.courses), SELF_PAYER, PATHS, **self.by)

    def batch(self) -> None:
        old, new = self.rng.sample(self.courses, 2)
        rows = Enrolment.select().where(Enrolment.course == old.id, Enrolment.state.in_((*PLACED, *LISTED)))
        self.sent += 1
        token = f"{self.number}-{self.sent}"
        move_people(old, {row.id: row.version for row in rows}, new, may_list=True, token=token, **self.by)

    def cancel(self) -> None:
        row = self._one(*PLACED)
        cancel_enrolment(row, Reason("MOVED"), **self._seen(row))

    def decline(self) -> None:
        row = self._one(*PLACED)
        decline_enrolment(row, Reason("FULL"), "lt. Träger", **self._seen(row))

    def move(self) -> None:
        row = self._one(*PLACED)
        move_enrolment(row, self.rng.choice(self.courses), PATHS, **self._seen(row))

    def accept(self) -> None:
        row = self._one(EnrolmentState.OFFERED)
        accept_offer(row, SELF_PAYER, PATHS, **self._seen(row))

    def refuse(self) -> None:
        row = self._one(EnrolmentState.OFFERED)
        refuse_offer(row, Reason("PERSONAL"), **self._seen(row))

    def leave(self) -> None:
        row = self._one(EnrolmentState.WAITING)
        leave_waiting_list(row, Reason("WORK"), **self._seen(row))

    def change_seats(self) -> None:
        row = Course.get_by_id(self.rng.choice(self.courses).id)
        update_course(row.id, data_of(row, seats=self.rng.choice((SEATS, SEATS + 1))), **self._seen(row))


def test_all_at_once_never_wait_in_a_circle_and_the_sums_add_up():
    provider = make_provider()
    courses = [make_course(provider, number, seats=SEATS) for number in ("A", "B", "C")]
    cases = [make_case(given_name=f"Person {number}") for number in range(PEOPLE)]
    for number, case in enumerate(cases):  # full courses with lists from the beginning
        enter = join_waiting_list if number >= SEATS * len(courses) else reserve_seat
        enter(case, courses[number % 3], SELF_PAYER, PATHS, actor=member_of("agentur"), now=NOW)
    clerks = [Clerk(number, courses, cases) for number in range(THREADS)]
    with ThreadPoolExecutor(THREADS) as pool:
        ended = [pool.submit(clerk.work) for clerk in clerks]
    assert [one.exception() for one in ended] == [None] * THREADS
    assert not CourseBatchRow.select().where(CourseBatchRow.outcome == "open").exists()
    for course in Course.select().where(Course.id.in_(courses)):
        held = Enrolment.select().where(Enrolment.course == course.id, Enrolment.state.in_(SEAT_HOLDING)).count()
        assert course.taken == held <= course.seats
    assert offer_free_seats([course.id for course in courses], now=NOW) == 0
    assert Enrolment.select().count() > PEOPLE
    assert verify_ledger(LEDGER_KEY).findings == []


def test_an_offer_waits_for_who_is_moving_the_same_person(monkeypatch):
    """Who moves her holds her entry and wants the course; the offer must not hold the course and want the entry."""
    old, new = (make_course(make_provider(name), name, seats=1) for name in ("A", "B"))
    by = {"actor": member_of("agentur"), "now": NOW}
    reserve_seat(make_case(), old, SELF_PAYER, PATHS, **by)
    entry = Enrolment.get_by_id(join_waiting_list(make_case(given_name="Wartet"), old, SELF_PAYER, PATHS, **by))
    Course.update(seats=2).where(Course.id == old.id).execute()
    has_entry, hold = Signal(), enrolment_claims.hold_courses

    def slowly(course_ids):
        has_entry.set()
        time.sleep(0.5)
        return hold(course_ids)

    def move() -> None:
        with db.connection_context():
            move_people(old, {entry.id: entry.version}, new, may_list=True, token="once", **by)

    monkeypatch.setattr(enrolment_claims, "hold_courses", slowly)
    with ThreadPoolExecutor(1) as pool:
        moving = pool.submit(move)
        assert has_entry.wait(10)
        offered = offer_free_seats([old.id], now=NOW)
    assert (moving.exception(), offered) == (None, 0)
    assert [row.outcome for row in CourseBatchRow.select()] == ["moved"]
    assert [Course.get_by_id(course.id).taken for course in (old, new)] == [1, 1]
