"""The table of what leads from one state to the next, for lists and for cases.

Operations ask it before they change a state, pages before they offer a button. Handovers and enrolments keep their rows
where their other rules are; ``flow_table`` prints all of them together.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.rules.answering import FINISHERS
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission, who_may
from models.rules.roles import Role
from models.rules.states import CaseState, ListKey, StageState

NO_REASON = N_("Bitte einen Grund angeben.")


class ListAct(StrEnum):
    """What may happen to a list of a case."""

    FINISH = "finish"
    RETURN = "return"
    COMPLETE = "complete"
    REOPEN = "reopen"


class CaseAct(StrEnum):
    """What may happen to a case as a whole."""

    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Move:
    """A row: an act, the states from which it is possible, the state that follows (None: it stays), who, under what.

    ``refused`` is what people read where the state forbids it, ``needs`` what has to be there besides a reason.
    """

    act: str
    label: str
    before: frozenset[str]
    after: str | None
    who: tuple[Role, ...]
    needs_reason: bool = False
    needs: str = ""
    refused: str = ""


RETURNED_TO: Mapping[ListKey, tuple[Role, ...]] = {
    ListKey.INTAKE: (Role.MUNICIPALITY,),
    ListKey.COUNSELLING: (Role.COACH,),
    ListKey.COURSES: (Role.COACH, Role.ASYLBLG),
}
"""Lists that go back to those who hold items of them. A provider has no list before it: it answers the enrolment; the
coach's own list is seen by nobody else."""
RECEIVER_NAMES: Mapping[Role, str] = {
    Role.MUNICIPALITY: N_("die Gemeinde"),
    Role.COACH: N_("den Coach"),
    Role.ASYLBLG: N_("die AsylbLG-Stelle"),
}
"""As in "An die Gemeinde zurückgeben"."""
_WORKED_ON = frozenset({StageState.OPEN, StageState.IN_PROGRESS})
_LEADERS = (*(role for role in Role if any(role in roles for roles in FINISHERS.values())), Role.JOBCENTER)
_CLOSERS = who_may(Permission.CASE_CLOSE)

LIST_MOVES: Mapping[ListAct, Move] = {
    ListAct.FINISH: Move(
        ListAct.FINISH, N_("Liste abschließen"), _WORKED_ON, StageState.FINISHED, _LEADERS,
        needs=N_("jeder nötige Pflichtpunkt ist beantwortet oder sagt, warum nicht"),
        refused=N_("Die Liste ist schon abgeschlossen."),
    ),
    ListAct.RETURN: Move(
        ListAct.RETURN, N_("Liste zurückgeben"), _WORKED_ON | {StageState.FINISHED}, StageState.IN_PROGRESS,
        (Role.AGENTUR, Role.JOBCENTER), needs_reason=True,
        needs=N_("die andere Stelle arbeitet mit, hält Punkte der Liste, und niemand hat sie schon zurück"),
        refused=N_("Die Liste entfällt in diesem Fall."),
    ),
    ListAct.COMPLETE: Move(
        ListAct.COMPLETE, N_("Ergänzung melden"), frozenset({StageState.IN_PROGRESS}), None, tuple(RECEIVER_NAMES),
        needs=N_("die Liste wurde an diese Stelle zurückgegeben"), refused=N_("Die Liste ist nicht zurückgegeben."),
    ),
    ListAct.REOPEN: Move(
        ListAct.REOPEN, N_("Liste wieder öffnen"), frozenset({StageState.FINISHED}), StageState.IN_PROGRESS, _LEADERS,
        needs_reason=True, refused=N_("Die Liste ist nicht abgeschlossen."),
    ),
}  # fmt: skip
CASE_MOVES: Mapping[CaseAct, Move] = {
    CaseAct.CLOSE: Move(
        CaseAct.CLOSE, N_("Fall abschließen"), frozenset({CaseState.OPEN}), CaseState.CLOSED, _CLOSERS,
        needs=N_("Ergebnis und Tag; keine Übergabe ist unterwegs"), refused=N_("Der Fall ist schon abgeschlossen."),
    ),
    CaseAct.REOPEN: Move(
        CaseAct.REOPEN, N_("Fall wieder öffnen"), frozenset({CaseState.CLOSED}), CaseState.OPEN, _CLOSERS,
        needs_reason=True, refused=N_("Der Fall ist nicht abgeschlossen."),
    ),
}  # fmt: skip


def list_after(act: ListAct, state: StageState, reason: str | None = None) -> StageState:
    """The state of a list after an act; RuleBroken where the table forbids it or a needed reason is missing."""
    return StageState(_after(LIST_MOVES[act], state, reason))


def case_after(act: CaseAct, state: CaseState, reason: str | None = None) -> CaseState:
    """The state of a case after an act; RuleBroken where the table forbids it or a needed reason is missing."""
    return CaseState(_after(CASE_MOVES[act], state, reason))


def _after(move: Move, state: str, reason: str | None) -> str:
    if move.needs_reason and not (reason or "").strip():
        raise RuleBroken(Message(NO_REASON), {"reason": Message(NO_REASON)})
    if state not in move.before:
        raise RuleBroken(Message(move.refused))
    return move.after or state


def returned_to(key: ListKey, acting: Collection[Role]) -> tuple[Role, ...]:
    """Roles to which people in these roles may send the list back.

    The Jobcenter has nothing to send to the AsylbLG unit: whom it takes over is past the obligation by that unit (P5).
    """
    past = {Role.ASYLBLG} if Role.JOBCENTER in acting else frozenset[Role]()
    return tuple(role for role in RETURNED_TO.get(key, ()) if role not in past and role not in acting)


def may_return(key: ListKey, state: StageState, acting: Iterable[Role]) -> bool:
    """Whether people in these roles may send the list back in this state."""
    move = LIST_MOVES[ListAct.RETURN]
    return key in RETURNED_TO and state in move.before and any(role in move.who for role in acting)
