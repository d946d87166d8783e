"""Seats under load and in any order: never one too many, never two for one person, never past who comes first."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from models.base import db, is_sqlite
from models.operations.course_batches import Off, cancel_course, move_people
from models.operations.courses import update_course
from models.operations.enrolment_answers import Confirmation, confirm_enrolment, decline_enrolment
from models.operations.enrolments import cancel_enrolment, expire_reservations, move_enrolment, reserve_seat
from models.operations.waiting import (
    accept_offer,
    join_waiting_list,
    keep_waiting_lists,
    leave_waiting_list,
    refuse_offer,
)
from models.queries.seats import figures_of
from models.rules.enrolments import NamedPath
from models.rules.errors import RuleBroken
from models.rules.reasons import Reason
from models.rules.states import LISTED, PLACED, SEAT_HOLDING, EnrolmentState
from models.rules.times import local_day
from models.tables import Case, Course, CourseBatch, Enrolment, Event
from tests.cast import make_case, member_of
from tests.conftest import NOW, TODAY
from tests.course_cast import LATER, SELF_PAYER, make_course, make_enrolment, make_provider, path_states
from tests.operations.test_courses import data_of

pytestmark = pytest.mark.usefixtures("database")
PEOPLE = 200
AT_ONCE = 25
"""Threads that begin together, each with a connection: fewer than the pool has for PostgreSQL."""


def held_in(course: Course) -> int:
    return Enrolment.select().where(Enrolment.course == course.id, Enrolment.state.in_(SEAT_HOLDING)).count()


def test_two_hundred_at_once_take_the_last_five_seats_and_no_more():
    course = make_course(make_provider(), seats=25, taken=20)
    with db.atomic():
        cases = [make_case(given_name=f"Person {number}") for number in range(PEOPLE)]
    actor, start = member_of("agentur"), Barrier(AT_ONCE)

    def try_to_reserve(some: list[Case]) -> list[str]:
        with db.connection_context():
            start.wait()
            return [_answer(lambda case=case: make_enrolment(case, course, actor)) for case in some]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = pool.map(try_to_reserve, [cases[number::AT_ONCE] for number in range(AT_ONCE)])
    answers = [answer for part in parts for answer in part]
    assert len(answers) == PEOPLE and answers.count("done") == 5
    refused = "Der Kurs ist voll. Setzen Sie die Person auf die Warteliste; dort warten zurzeit 0."
    assert set(answers) == {"done", refused}
    known = Course.get_by_id(course.id)
    figures = figures_of([known])[course.id]
    assert (known.taken, held_in(course), figures.reserved, figures.elsewhere, figures.free) == (25, 5, 5, 20, 0)
    assert Event.select().where(Event.kind == "enrolment.reserved").count() == 5


def _answer(act: Callable[[], object]) -> str:
    try:
        act()
    except RuleBroken as refused:
        return str(refused.message)
    return "done"


def test_seats_given_back_at_once_are_offered_once_each():
    course, actor = make_course(make_provider(), seats=6), member_of("agentur")
    rows = [make_enrolment(make_case(given_name=f"Platz {number}"), course, actor) for number in range(6)]
    for number in range(4):
        case = make_case(given_name=f"Wartet {number}")
        join_waiting_list(case, course, SELF_PAYER, path_states(), actor=actor, now=NOW)

    def give_back(row: Enrolment) -> None:
        with db.connection_context():
            cancel_enrolment(row, Reason("MOVED"), seen_version=row.version, actor=actor, now=NOW)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(give_back, rows))
    assert Enrolment.select().where(Enrolment.state == EnrolmentState.OFFERED).count() == 4
    assert Course.get_by_id(course.id).taken == held_in(course) == 4


PATHS = path_states(P3="hint")
BY_JC = NamedPath("P3", "§ 44a AufenthG", "JC", TODAY - timedelta(days=30))
some_number = st.integers(0, 5)


class Seats(RuleBasedStateMachine):
    """Six people and three courses, of which two are at the same time; clerks and the calendar act in any order."""

    @initialize()
    def begin(self):
        self.actor, self.now = member_of("agentur"), NOW
        provider = make_provider(f"Träger {Course.select().count()}")
        last = Course.select().count()
        self.courses = [
            make_course(provider, f"A-{last}", seats=2),
            make_course(provider, f"B-{last}", seats=2, register_until=TODAY + timedelta(days=30)),
            make_course(provider, f"C-{last}", seats=1, starts_on=LATER + timedelta(days=9), ends_on=None),
        ]
        self.cases = [make_case(given_name=f"Person {number}", sphere="S2") for number in range(6)]
        self.before = {}
        for person in (4, 5):  # full from the beginning, else most examples never get to the list
            reserve_seat(self.cases[person], self.courses[0], SELF_PAYER, PATHS, **self.by())
        for person in (3, 2):
            join_waiting_list(self.cases[person], self.courses[0], SELF_PAYER, PATHS, **self.by())
        join_waiting_list(self.cases[1], self.courses[0], BY_JC, PATHS, **self.by())

    def attempt(self, act):
        """Whatever a rule refuses must change nothing."""
        before = self._snapshot()
        self.before = {key: row for key, row in before.items() if row[1] == EnrolmentState.WAITING}
        try:
            act()
        except RuleBroken:
            assert self._snapshot() == before

    def _snapshot(self):
        columns = (Enrolment.course, Enrolment.state, Enrolment.lapses, Enrolment.priority, Enrolment.waiting_since)
        query = Enrolment.select(Enrolment.id, *columns).where(Enrolment.course.in_(self.courses))
        return {row[0]: row[1:] for row in query.tuples()}

    def by(self, **more):
        return {"actor": self.actor, "now": self.now, **more}

    def _in(self, states, number):
        rows = list(
            Enrolment.select()
            .where(Enrolment.course.in_(self.courses), Enrolment.state.in_(states))
            .order_by(Enrolment.id)
        )
        return rows[number % len(rows)] if rows else None

    def _act(self, states, number, act):
        if row := self._in(states, number):
            self.attempt(lambda: act(row))

    @rule(person=some_number, course=some_number)
    def reserve(self, person, course):
        case, wanted = self.cases[person], self.courses[course % 3]
        self.attempt(lambda: reserve_seat(case, wanted, SELF_PAYER, PATHS, **self.by()))

    @rule(person=some_number, course=some_number, obliged=st.booleans())
    def wait(self, person, course, obliged):
        case, wanted, named = self.cases[person], self.courses[course % 3], BY_JC if obliged else SELF_PAYER
        self.attempt(lambda: join_waiting_list(case, wanted, named, PATHS, **self.by()))

    @rule(number=some_number)
    def confirm(self, number):
        said = Confirmation(local_day(self.now), None, "lt. Träger")
        self._act(PLACED, number, lambda row: confirm_enrolment(row, said, seen_version=row.version, **self.by()))

    @rule(number=some_number)
    def cancel(self, number):
        why = Reason("MOVED")
        self._act(PLACED, number, lambda row: cancel_enrolment(row, why, seen_version=row.version, **self.by()))

    @rule(number=some_number)
    def decline(self, number):
        why = Reason("FULL")
        self._act(
            PLACED, number, lambda row: decline_enrolment(row, why, "lt. Träger", seen_version=row.version, **self.by())
        )

    @rule(number=some_number, course=some_number)
    def move(self, number, course):
        wanted = self.courses[course % 3]
        self._act(PLACED, number, lambda row: move_enrolment(row, wanted, PATHS, seen_version=row.version, **self.by()))

    @rule(number=some_number)
    def accept(self, number):
        self._act(
            LISTED,
            number,
            lambda row: accept_offer(row, SELF_PAYER, PATHS, seen_version=row.version, **self.by()),
        )

    @rule(number=some_number)
    def refuse(self, number):
        why = Reason("PERSONAL")
        self._act(LISTED, number, lambda row: refuse_offer(row, why, seen_version=row.version, **self.by()))

    @rule(number=some_number)
    def leave(self, number):
        why = Reason("WORK")
        self._act(LISTED, number, lambda row: leave_waiting_list(row, why, seen_version=row.version, **self.by()))

    @rule(days=st.sampled_from([1, 4, 9]))
    def the_calendar_goes_on(self, days):
        self.now += timedelta(days=days)

        def daily():
            expire_reservations(now=self.now)
            keep_waiting_lists(now=self.now)

        self.attempt(daily)

    @rule(course=some_number, seats=st.integers(1, 3))
    def change_the_maximum(self, course, seats):
        row = Course.get_by_id(self.courses[course % 3].id)
        self.attempt(lambda: update_course(row.id, data_of(row, seats=seats), seen_version=row.version, **self.by()))

    @rule(course=some_number, other=some_number)
    def move_all(self, course, other):
        old, new = self.courses[course % 3], self.courses[other % 3]
        rows = Enrolment.select().where(Enrolment.course == old.id, Enrolment.state.in_((*PLACED, *LISTED)))
        chosen, token = {row.id: row.version for row in rows}, f"t{CourseBatch.select().count()}"
        self.attempt(lambda: move_people(old, chosen, new, may_list=bool(other % 2), token=token, **self.by()))

    @rule(instead=st.booleans())
    def call_off(self, instead):
        row, token = Course.get_by_id(self.courses[2].id), f"t{CourseBatch.select().count()}"
        off = Off("TOO_FEW", "", self.courses[0] if instead else None)
        self.attempt(lambda: cancel_course(row, off, seen_version=row.version, token=token, **self.by()))

    @invariant()
    def the_sum_adds_up(self):
        for course in Course.select().where(Course.id.in_(self.courses)):
            figures = figures_of([course])[course.id]
            assert course.taken == held_in(course) == figures.taken <= course.seats
            assert figures.free >= 0 and figures.elsewhere == 0

    @invariant()
    def nobody_has_two_places(self):
        for case in self.cases:
            own = list(Enrolment.select().where(Enrolment.case == case.id, Enrolment.state.in_((*PLACED, *LISTED))))
            at_once = [row for row in own if row.state in PLACED and row.course_id != self.courses[2].id]
            assert len(at_once) <= 1
            assert len({row.course_id for row in own}) == len(own)

    @invariant()
    def the_order_is_kept(self):
        now = self._snapshot()

        def key(number):
            _course, _state, lapses, priority, since = now[number]
            return (lapses, priority == "", since, number)

        for course in self.courses:
            here = {number for number, row in now.items() if row[0] == course.id}
            waiting = [number for number in here if now[number][1] == EnrolmentState.WAITING]
            offered = [n for n in here if now[n][1] == EnrolmentState.OFFERED and n in self.before]
            assert all(key(first) < key(behind) for first in offered for behind in waiting)
            figures = figures_of([Course.get_by_id(course.id)])[course.id]
            if waiting and local_day(self.now) < (course.register_until or course.starts_on):
                assert figures.free == 0


EXAMPLES = os.environ.get("SEARCH_EXAMPLES")
"""`make check` looks for orders that nobody has tried; `make test` tries the same ones each time."""


def test_seats_hold_in_any_order():
    run_state_machine_as_test(
        Seats,
        settings=settings(
            max_examples=int(EXAMPLES or (10 if is_sqlite() else 5)),  # PostgreSQL takes twice as long
            derandomize=not EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
