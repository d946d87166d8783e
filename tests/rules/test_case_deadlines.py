"""Deadlines as people see them: those that the person is told today, with words for their distance."""

from datetime import date, timedelta

import pytest

from models.rules.case_deadlines import deadlines_of
from models.rules.message import Message
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.tasks import TASK_RULES, Due, TaskKind

TODAY = date(2026, 11, 22)
STATE = frozenset({Block.HANDOVER_STATE})


def named(kind: TaskKind, word: str) -> Message:
    return Message(TASK_RULES[kind].deadline, word=word)


def told(due: Due, blocks=STATE, role=Role.AGENTUR):
    return deadlines_of([due], blocks, role, TODAY, named)


@pytest.mark.parametrize(
    ("days", "text", "urgent", "overdue"),
    [
        (8, "in 8 Tagen", True, False),
        (11, "in 11 Tagen", False, False),
        (1, "morgen", True, False),
        (0, "heute", True, False),
        (-1, "seit gestern überfällig", True, True),
        (-3, "seit 3 Tagen überfällig", True, True),
    ],
)
def test_how_far_a_deadline_is(days, text, urgent, overdue):
    (deadline,) = told(Due(TaskKind.SEND, TODAY + timedelta(days=days)))
    assert (str(deadline.label), str(deadline.text)) == ("Übergabe an das Jobcenter", text)
    assert (deadline.is_urgent, deadline.is_overdue) == (urgent, overdue)


def test_a_deadline_is_told_to_who_sees_what_it_is_about():
    due = Due(TaskKind.PAPER, TODAY, word="AGS")
    assert told(due) == ()
    (deadline,) = told(due, frozenset({Block.PAPER_KIND}), Role.COACH)
    assert str(deadline.label) == "AGS läuft ab"


def test_what_follows_the_acceptance_is_told_to_the_jobcenter_alone():
    due = Due(TaskKind.FIRST_TALK, TODAY)
    assert told(due) == ()
    assert len(told(due, STATE, Role.JOBCENTER)) == 1


def test_nothing_is_told_before_its_time_and_no_list_of_new_cases():
    assert told(Due(TaskKind.SEND, TODAY, shown_from=TODAY + timedelta(days=1))) == ()
    assert told(Due(TaskKind.SEND, TODAY, shown_to=TODAY - timedelta(days=1))) == ()
    assert told(Due(TaskKind.CONTACT, TODAY), frozenset(Block)) == ()
