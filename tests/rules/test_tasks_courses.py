"""The deadlines of courses (domain.md 2.3) and the wait for one: what sets each off, for whom, and when it is gone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.course_wait import wait_in, wait_of
from models.rules.states import EnrolmentState as State
from models.rules.states import PathRequestState
from models.rules.tasks import TaskKind, tasks_of
from models.rules.tasks.facts import PaperFacts, PathFacts, SeatFacts
from tests.rules.test_tasks import AGENTUR, COACH, DAY, SETTLED, found

SEAT = SeatFacts(State.CONFIRMED, "IK", registered_on=DAY, id=4, booker=AGENTUR, path="P1", path_dated=DAY)
SIX_WEEKS = date(2027, 1, 4)


def seat(state: State, **changes: object) -> tuple[SeatFacts, ...]:
    return (replace(SEAT, state=state, **changes),)


def test_who_is_obliged_registers_at_once_by_an_own_goal():
    due = found(TaskKind.COURSE_REGISTER, path="P2", path_issued_on=DAY)
    assert (due.due_on, due.who, due.shown_from) == (date(2026, 12, 7), AGENTUR, DAY)
    assert due.shown_to == SIX_WEEKS - timedelta(days=1)
    assert found(TaskKind.COURSE_REGISTER, seats=seat(State.WAITING, path="P5")).due_on == due.due_on
    assert found(TaskKind.COURSE_REGISTER, path="P1", path_issued_on=DAY) is None
    granted = PathFacts("P5", "ASYLBLG", PathRequestState.GRANTED, DAY, AGENTUR, dated=DAY)
    assert found(TaskKind.COURSE_REGISTER, paths=(granted,)).due_on == due.due_on
    assert found(TaskKind.COURSE_WAIT, paths=(granted,)).due_on == SIX_WEEKS
    assert found(TaskKind.COURSE_WAIT, paths=(replace(granted, state=PathRequestState.REFUSED),)) is None
    for state in (State.RESERVED, State.OFFERED, State.SENT, State.CONFIRMED, State.STARTED):
        assert found(TaskKind.COURSE_REGISTER, path="P2", path_issued_on=DAY, seats=seat(state)) is None


def test_an_entitlement_to_a_vocational_course_lapses_without_registration():
    waits = seat(State.WAITING, family="BSK", path="P8")
    due = found(TaskKind.COURSE_PERMIT, seats=waits)
    assert (due.due_on, due.shown_from, due.who) == (date(2027, 2, 23), date(2027, 1, 26), AGENTUR)
    shorter = seat(State.RESERVED, family="BSK", path="P8", path_valid_to=date(2026, 12, 31))
    assert found(TaskKind.COURSE_PERMIT, seats=shorter).due_on == date(2026, 12, 31)
    assert found(TaskKind.COURSE_PERMIT, seats=seat(State.CONFIRMED, family="BSK", path="P8")) is None
    assert found(TaskKind.COURSE_PERMIT, seats=seat(State.WAITING)) is None


def test_a_vocational_course_has_four_weeks_and_then_two_to_go_elsewhere():
    formed = found(TaskKind.COURSE_FORMED, seats=seat(State.CONFIRMED, family="BSK"))
    elsewhere = found(TaskKind.COURSE_ELSEWHERE, seats=seat(State.CONFIRMED, family="BSK"))
    assert (formed.due_on, formed.shown_to) == (date(2026, 12, 21), date(2026, 12, 21))
    assert (elsewhere.due_on, elsewhere.shown_from) == (SIX_WEEKS, date(2026, 12, 22))
    assert found(TaskKind.COURSE_ELSEWHERE, seats=seat(State.STARTED, family="BSK")) is None


@pytest.mark.parametrize(
    ("state", "changes", "day"),
    [
        (State.CONFIRMED, {}, date(2027, 11, 23)),
        (State.DROPPED_OUT, {"ended_on": date(2026, 3, 2)}, date(2027, 3, 2)),
        (State.CONFIRMED, {"path": "P2"}, None),
        (State.CONFIRMED, {"path": "P7"}, None),
        (State.CONFIRMED, {"family": "BSK"}, None),
        (State.STARTED, {}, None),
    ],
)
def test_a_year_without_a_course_is_a_hint_for_claims_and_nobodys_task(state, changes, day):
    due = found(TaskKind.COURSE_LAPSE, seats=seat(state, **changes))
    assert (due.due_on if due else None) == day
    assert due is None or due.who is None
    back = (*seat(State.DROPPED_OUT, ended_on=DAY), replace(SEAT, state=State.STARTED))
    assert found(TaskKind.COURSE_LAPSE, seats=back) is None


def test_a_course_that_is_not_held_asks_for_another_one_until_there_is_a_place():
    due = found(TaskKind.COURSE_OFF, course_lost_on=DAY)
    assert (due.due_on, due.who, due.shown_from) == (date(2026, 11, 30), AGENTUR, DAY)
    assert found(TaskKind.COURSE_OFF, course_lost_on=DAY, seats=seat(State.WAITING)).due_on == due.due_on
    for state in (State.OFFERED, State.RESERVED, State.STARTED):
        assert found(TaskKind.COURSE_OFF, course_lost_on=DAY, seats=seat(state)) is None


@pytest.mark.parametrize(
    ("changes", "word", "due_on"),
    [
        ({}, "2026-11", date(2026, 12, 7)),
        ({"marked_until": date(2026, 11, 24)}, "2026-12", date(2027, 1, 8)),
        ({"marked_until": date(2026, 11, 24), "course_ends_on": date(2026, 11, 27)}, None, None),
        ({"path": "P1"}, None, None),
    ],
)
def test_a_month_without_attendance_is_asked_for_where_the_law_has_it_told(changes, word, due_on):
    running = seat(State.STARTED, started_on=date(2026, 11, 2), path="P5")
    due = found(TaskKind.COURSE_REPORT, seats=(replace(running[0], **changes),))
    assert (due.word, due.due_on, due.who) == (word, due_on, AGENTUR) if word else due is None


def test_a_placement_test_without_a_result_is_asked_about():
    due = found(TaskKind.COURSE_TEST, seats=seat(State.CONFIRMED, test_without_result=DAY))
    assert (due.due_on, due.shown_from) == (date(2026, 11, 30), DAY + timedelta(days=1))
    assert found(TaskKind.COURSE_TEST, seats=seat(State.CONFIRMED)) is None


def test_a_course_that_is_over_asks_how_it_ended():
    due = found(TaskKind.COURSE_ENDED, seats=seat(State.STARTED, course_ends_on=DAY))
    assert (due.due_on, due.shown_from) == (date(2026, 11, 30), DAY + timedelta(days=1))
    assert found(TaskKind.COURSE_ENDED, seats=seat(State.FINISHED, course_ends_on=DAY)) is None


def test_the_coach_asks_too_while_there_is_consent_and_either_talk_counts():
    running = {"seats": seat(State.STARTED, started_on=DAY)}
    agreed = running | {"coach_agreed": True, "coach_agreed_until": date(2027, 6, 1)}
    both = [due for due in tasks_of(replace(SETTLED, **agreed)) if due.kind == TaskKind.CHECK_IN]
    assert [(due.who, due.due_on, due.shown_to) for due in both] == [
        (AGENTUR, SIX_WEEKS, None),
        (COACH, SIX_WEEKS, date(2027, 6, 1)),
    ]
    talked = [due.due_on for due in tasks_of(replace(SETTLED, coach_contact=date(2026, 12, 1), **agreed))]
    assert talked == [date(2027, 1, 12)] * 2
    assert found(TaskKind.CHECK_IN, coach_contact=date(2026, 12, 1), **running).due_on == SIX_WEEKS


def test_the_wait_runs_from_the_earliest_paper_to_the_start_and_is_told_at_six_weeks():
    due = found(TaskKind.COURSE_WAIT, seats=seat(State.WAITING))
    assert (due.due_on, due.who, due.shown_from, due.shown_to) == (SIX_WEEKS, AGENTUR, SIX_WEEKS, date(2027, 11, 23))
    earlier = {"path_issued_on": date(2026, 11, 2), "seats": seat(State.WAITING)}
    assert found(TaskKind.COURSE_WAIT, **earlier).due_on == date(2026, 12, 14)
    title = PaperFacts("AE2521", granted_on=DAY, claim=True)
    assert found(TaskKind.COURSE_WAIT, paper=title) is None
    assert found(TaskKind.COURSE_WAIT, paper=title, seats=seat(State.SENT, path_dated=None)).due_on == SIX_WEEKS
    assert found(TaskKind.COURSE_WAIT, path_issued_on=DAY, seats=seat(State.CONFIRMED)) is None
    wait = wait_in(replace(SETTLED, **earlier), date(2026, 12, 15))
    assert (wait.days, wait.is_long, wait.line) == (43, True, date(2026, 12, 14))
    assert "seit 43 Tagen (Berechtigung vom 02.11.2026)" in str(wait.sentence)
    begun = wait_in(replace(SETTLED, seats=seat(State.STARTED, started_on=DAY + timedelta(days=9))), SIX_WEEKS)
    assert (begun.days, begun.is_long, begun.is_over) == (9, False, True)
    assert wait_of(None, None, SETTLED.law, DAY) is wait_of(SIX_WEEKS, None, SETTLED.law, DAY) is None
