"""Consents E1 to E5: who asks for them, when they end, what follows from what stood before, what is refused."""

from datetime import date, timedelta

import pytest

from models.rules.consents import (
    Decision,
    Purpose,
    Standing,
    check_decision,
    ends_on,
    latest_ended,
    needs_guardian,
    purposes_for,
    state_after,
    state_on,
    state_until,
)
from models.rules.errors import RuleBroken
from models.rules.permissions import Block, Relation, sight
from models.rules.roles import Role
from models.rules.states import ConsentState

TODAY, OPENED, BORN = date(2026, 11, 23), date(2026, 11, 2), date(1994, 3, 14)
FRESH = Standing(ConsentState.NONE, None, OPENED, BORN)
GIVEN = Standing(ConsentState.GRANTED, date(2026, 11, 10), OPENED, BORN)


def granted(purpose: Purpose = Purpose.E1, on: date | None = TODAY, **more: str) -> Decision:
    return Decision(purpose, True, on, 1, **more)


@pytest.mark.parametrize(
    ("decision", "before", "field", "words"),
    [
        (granted(on=None), FRESH, "decided_on", "den Tag angeben"),
        (granted(on=date(2026, 11, 24)), FRESH, "decided_on", "in der Zukunft"),
        (granted(on=date(2026, 11, 1)), FRESH, "decided_on", "vor dem Beginn des Falls am 02.11.2026"),
        (Decision(Purpose.E1, False, date(2026, 11, 9), 1), GIVEN, "decided_on", "vom 10.11.2026 ist jünger"),
        (granted(Purpose.E3), FRESH, "named", "benennen"),
        (granted(Purpose.E3, named="x" * 301), FRESH, "named", "Höchstens 300"),
        (granted(interpreter="x" * 121), FRESH, "interpreter", "Höchstens 120"),
        (granted(), Standing(ConsentState.NONE, None, OPENED, date(2009, 1, 1)), "guardian", "minderjährig"),
    ],
)
def test_what_cannot_be_is_named_at_its_field(decision, before, field, words):
    with pytest.raises(RuleBroken) as broken:
        check_decision(decision, before, TODAY)
    assert words in str(broken.value.fields[field])
    assert len(broken.value.fields) == 1


def test_a_consent_that_would_be_over_is_refused():
    old = Standing(ConsentState.NONE, None, date(2024, 1, 1), BORN)
    check_decision(granted(on=date(2024, 11, 23)), old, TODAY)
    with pytest.raises(RuleBroken, match="schon abgelaufen"):
        check_decision(granted(on=date(2024, 11, 22)), old, TODAY)


def test_a_list_asks_for_less_than_the_form():
    minor = Standing(ConsentState.NONE, None, OPENED, date(2009, 1, 1))
    check_decision(granted(Purpose.E3), minor, TODAY, by_form=False)


@pytest.mark.parametrize("purpose", Purpose)
def test_whoever_refuses_needs_no_reason_and_no_signature(purpose):
    check_decision(Decision(purpose, False, TODAY, 1), Standing(ConsentState.NONE, None, OPENED, None), TODAY)


@pytest.mark.parametrize(
    ("is_granted", "before", "after"),
    [
        (True, "none", "granted"),
        (True, "withdrawn", "granted"),
        (False, "none", "refused"),
        (False, "refused", "refused"),
        (False, "expired", "refused"),
        (False, "granted", "withdrawn"),
        (False, "withdrawn", "withdrawn"),
    ],
)
def test_what_was_granted_is_withdrawn(is_granted, before, after):
    assert state_after(Decision(Purpose.E1, is_granted, TODAY), ConsentState(before)) == after


def test_an_objection_to_health_data_needs_no_consent_before():
    assert state_after(Decision(Purpose.E3, False, TODAY, is_objection=True), ConsentState.NONE) == "withdrawn"


@pytest.mark.parametrize(
    ("since", "state"), [(date(2024, 11, 23), "granted"), (date(2024, 11, 22), "expired"), (None, "granted")]
)
def test_it_ends_after_24_months_by_itself(since, state):
    assert state_on(ConsentState.GRANTED, since, TODAY) == state
    assert ends_on(date(2024, 2, 29)) == date(2026, 2, 28)


@pytest.mark.parametrize(("born", "needs"), [(date(2008, 11, 24), True), (date(2008, 11, 23), False), (None, False)])
def test_the_guardian_signs_until_the_eighteenth_birthday(born, needs):
    assert needs_guardian(born, TODAY) is needs


def blocks(role: Role, **facts: object) -> frozenset[Block]:
    return sight(Relation(role, **facts), TODAY)


def test_who_asks_for_which():
    coach = {"coach_reported": True}
    assert purposes_for(Role.AGENTUR, blocks(Role.AGENTUR, agentur_case=True)) == tuple(Purpose)
    assert purposes_for(Role.COACH, blocks(Role.COACH, **coach)) == (Purpose.E1, Purpose.E5)
    with_e1 = blocks(Role.COACH, coach_consent=ConsentState.GRANTED, **coach)
    assert purposes_for(Role.COACH, with_e1) == (Purpose.E1, Purpose.E2, Purpose.E4, Purpose.E5)
    assert purposes_for(Role.MUNICIPALITY, blocks(Role.MUNICIPALITY, own_resident=True)) == (Purpose.E5,)
    taken = blocks(Role.JOBCENTER, responsible=True, handed_over=True)
    assert purposes_for(Role.JOBCENTER, taken) == (Purpose.E2, Purpose.E4, Purpose.E5)
    assert purposes_for(Role.ASYLBLG, blocks(Role.ASYLBLG, receives_asylblg=True)) == ()
    assert purposes_for(Role.AGENTUR, frozenset()) == ()


@pytest.mark.parametrize("today", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2026, 11, 24)])
def test_the_last_day_of_consents_that_are_over(today):
    last = latest_ended(today)
    assert ends_on(last) < today <= ends_on(last + timedelta(days=1))
    assert state_on(ConsentState.GRANTED, last, today) == ConsentState.EXPIRED
    assert state_on(ConsentState.GRANTED, last + timedelta(days=1), today) == ConsentState.GRANTED
    assert state_until(ConsentState.WITHDRAWN, today, today) == ConsentState.WITHDRAWN
