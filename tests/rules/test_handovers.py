"""The table of transitions as a whole, and the days that follow from it."""

from datetime import date
from itertools import product

import pytest

from models.rules.errors import RuleBroken
from models.rules.handovers import (
    STATE_BADGES,
    STATE_LABELS,
    TRANSITIONS,
    Action,
    acceptance_due,
    change_problems,
    days_of_change,
    expires_on,
    may_now,
    next_state,
    shows_content,
    version_due,
)
from models.rules.roles import Role
from models.rules.states import HandoverState as State

LEADS_TO = {
    (Action.PREPARE, State.DRAFT): State.DRAFT,
    (Action.SEND, State.DRAFT): State.SENT,
    (Action.RECEIVE, State.SENT): State.RECEIVED,
    (Action.ACCEPT, State.RECEIVED): State.ACCEPTED,
    (Action.QUERY, State.SENT): State.QUERIED,
    (Action.QUERY, State.RECEIVED): State.QUERIED,
    (Action.REJECT, State.SENT): State.REJECTED,
    (Action.REJECT, State.RECEIVED): State.REJECTED,
    (Action.WITHDRAW, State.SENT): State.WITHDRAWN,
    (Action.WITHDRAW, State.RECEIVED): State.WITHDRAWN,
    (Action.WITHDRAW, State.QUERIED): State.WITHDRAWN,
    (Action.EXPIRE, State.SENT): State.EXPIRED,
    (Action.EXPIRE, State.RECEIVED): State.EXPIRED,
    (Action.RENEW, State.QUERIED): State.QUERIED,
    (Action.RENEW, State.REJECTED): State.REJECTED,
    (Action.RENEW, State.WITHDRAWN): State.WITHDRAWN,
    (Action.RENEW, State.EXPIRED): State.EXPIRED,
    (Action.NOTE_FIRST_TALK, State.ACCEPTED): State.ACCEPTED,
    **{(Action.NOTE_COPY, state): state for state in State if state is not State.DRAFT},
}
WHO = {row.action: row.who for row in TRANSITIONS}


@pytest.mark.parametrize(("action", "state"), list(product(Action, State)))
def test_every_action_in_every_state(action, state):
    if (action, state) in LEADS_TO:
        assert next_state(action, state, WHO[action], "Grund") == LEADS_TO[action, state]
        assert may_now(action, state, WHO[action])
    else:
        with pytest.raises(RuleBroken):
            next_state(action, state, WHO[action], "Grund")
        assert not may_now(action, state, WHO[action])


@pytest.mark.parametrize(
    ("action", "role"), [(row.action, role) for row in TRANSITIONS for role in Role if role != row.who]
)
def test_nobody_else_may(action, role):
    state = next(state for known, state in LEADS_TO if known is action)
    with pytest.raises(RuleBroken):
        next_state(action, state, role, "Grund")


def test_the_receiver_acts_for_itself_alone():
    receiver = {Action.RECEIVE, Action.ACCEPT, Action.QUERY, Action.REJECT, Action.NOTE_FIRST_TALK}
    assert {action for action, who in WHO.items() if who == Role.JOBCENTER} == receiver
    assert {action for action, who in WHO.items() if who == Role.SYSTEM} == {Action.EXPIRE}


@pytest.mark.parametrize("action", [Action.WITHDRAW, Action.REJECT, Action.QUERY])
def test_coming_back_needs_a_reason(action):
    with pytest.raises(RuleBroken) as broken:
        next_state(action, State.SENT, WHO[action], "   ")
    assert "reason" in broken.value.fields


def test_every_state_has_its_word_and_colour():
    assert set(STATE_LABELS) == set(STATE_BADGES) == set(State)
    assert len(set(STATE_LABELS.values())) == len(State)


def test_the_receiver_sees_content_only_while_it_needs_it():
    seen = {state for state in State if shows_content(state, Role.JOBCENTER)}
    assert seen == {State.SENT, State.RECEIVED, State.QUERIED, State.ACCEPTED}
    assert all(shows_content(state, Role.AGENTUR) for state in State)


@pytest.mark.parametrize(
    ("change_on", "proposed_on", "reason", "fields"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "", set()),
        (date(2027, 1, 1), date(2026, 12, 1), "Titel fehlt noch", set()),
        (date(2027, 1, 1), date(2026, 12, 1), " ", {"override_reason"}),
        (date(2027, 1, 1), None, "", {"override_reason"}),
        (date(2026, 12, 15), date(2026, 12, 1), "wegen Umzug", {"change_on"}),
        (None, date(2026, 12, 1), "", set()),
    ],
)
def test_days_of_the_change_that_do_not_fit(change_on, proposed_on, reason, fields):
    assert set(change_problems(change_on, proposed_on, reason)) == fields


def test_what_hangs_on_the_change():
    assert days_of_change(date(2027, 2, 1)) == {
        "change_on": date(2027, 2, 1),
        "asylblg_until": date(2027, 1, 31),
        "application_latest": date(2027, 2, 28),
    }


def test_days():
    monday = date(2026, 11, 16)
    assert version_due(monday, None) == date(2026, 11, 23)
    assert version_due(monday, date(2026, 11, 20)) == date(2026, 11, 19), "before the change-over at the latest"
    assert acceptance_due(date(2026, 11, 23), date(2026, 12, 7)) == date(2026, 12, 4)
    assert acceptance_due(date(2026, 11, 30), date(2026, 12, 1)) == date(2026, 12, 3), "never sooner than three days"
    assert expires_on(date(2026, 11, 30)) == date(2027, 3, 1)
