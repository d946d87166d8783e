"""The table of transitions: what it allows, what it says where it does not, and that the printed one is the same."""

import pytest

from models.rules import enrolments, handovers
from models.rules.errors import RuleBroken
from models.rules.flow import CASE_MOVES, LIST_MOVES, CaseAct, ListAct, case_after, list_after, may_return, returned_to
from models.rules.flow_table import printed_moves
from models.rules.permissions import Permission, may
from models.rules.roles import Role
from models.rules.states import CaseState, ListKey, StageState

OPEN, WORKED, DONE, WAIVED = StageState.OPEN, StageState.IN_PROGRESS, StageState.FINISHED, StageState.WAIVED
ALLOWED = {
    ListAct.FINISH: {OPEN: DONE, WORKED: DONE},
    ListAct.RETURN: {OPEN: WORKED, WORKED: WORKED, DONE: WORKED},
    ListAct.COMPLETE: {WORKED: WORKED},
    ListAct.REOPEN: {DONE: WORKED},
}


@pytest.mark.parametrize("state", StageState)
@pytest.mark.parametrize("act", ListAct)
def test_every_act_on_a_list_in_every_state(act, state):
    if state in ALLOWED[act]:
        assert list_after(act, state, "ein Grund") == ALLOWED[act][state]
        return
    with pytest.raises(RuleBroken) as broken:
        list_after(act, state, "ein Grund")
    assert str(broken.value.message)


@pytest.mark.parametrize(("act", "state"), [(ListAct.RETURN, WORKED), (ListAct.REOPEN, DONE)])
@pytest.mark.parametrize("reason", [None, "", "  "])
def test_taking_a_step_back_needs_a_reason(act, state, reason):
    with pytest.raises(RuleBroken) as broken:
        list_after(act, state, reason)
    assert set(broken.value.fields) == {"reason"}


def test_a_case_is_closed_and_opened_again():
    assert case_after(CaseAct.CLOSE, CaseState.OPEN) == CaseState.CLOSED
    assert case_after(CaseAct.REOPEN, CaseState.CLOSED, "Rückkehr") == CaseState.OPEN
    for act, state in ((CaseAct.CLOSE, CaseState.CLOSED), (CaseAct.REOPEN, CaseState.OPEN)):
        with pytest.raises(RuleBroken):
            case_after(act, state, "x")
    with pytest.raises(RuleBroken):
        case_after(CaseAct.REOPEN, CaseState.CLOSED, " ")


def test_lists_go_back_from_who_works_with_them_alone():
    assert may_return(ListKey.INTAKE, DONE, {Role.AGENTUR})
    assert not may_return(ListKey.INTAKE, DONE, {Role.MUNICIPALITY, Role.COACH})
    assert may_return(ListKey.COUNSELLING, DONE, {Role.AGENTUR}) and may_return(ListKey.COURSES, DONE, {Role.JOBCENTER})
    assert not may_return(ListKey.COURSES, DONE, {Role.ASYLBLG})
    assert not any(may_return(key, DONE, set(Role)) for key in (ListKey.HANDOVER, ListKey.COACH))
    assert not may_return(ListKey.INTAKE, WAIVED, {Role.AGENTUR})


def test_the_jobcenter_has_nothing_to_send_to_the_asylblg_unit():
    assert returned_to(ListKey.COURSES, {Role.AGENTUR}) == (Role.COACH, Role.ASYLBLG)
    assert returned_to(ListKey.COURSES, {Role.JOBCENTER, Role.AGENTUR}) == (Role.COACH,)
    assert returned_to(ListKey.HANDOVER, {Role.AGENTUR}) == ()


def test_the_permissions_say_the_same():
    for move in CASE_MOVES.values():
        assert {role for role in Role if may(role, Permission.CASE_CLOSE)} == set(move.who)
    for act, move in LIST_MOVES.items():
        needed = Permission.ITEM_ANSWER if act is ListAct.COMPLETE else Permission.STAGE_FINISH
        assert all(may(role, needed) for role in move.who)


def test_the_printed_table_has_every_row_once_and_no_word_missing():
    moves = printed_moves()
    rows = len(ListAct) + len(CaseAct) + len(enrolments.TRANSITIONS) + len(handovers.TRANSITIONS)
    assert len(moves) == rows == len({(move.subject, move.act) for move in moves})
    for move in moves:
        assert all((move.act, move.before, move.after, move.who)) and all(move.before)
