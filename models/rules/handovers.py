"""The handover: its states and the one table of what leads from one to the next (case_model: Handover states).

§ 50 Abs. 1 SGB II and § 69 Abs. 1 Nr. 1 SGB X are the basis of the transfer; the deadlines are the parties' own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from models.rules.errors import RuleBroken
from models.rules.law.calendar import add_months, last_day_of_month
from models.rules.law.deadlines import handover_due
from models.rules.law.workdays import add_working_days, last_working_day_before
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.states import HandoverState as State

LEGAL_BASIS = "§ 50 Abs. 1 SGB II, § 69 Abs. 1 Nr. 1 SGB X"
AGENTUR_SEES_MONTHS = 12
DAYS_TO_SEND = 5
DAYS_TO_ACCEPT = 3
FRESH_MONTHS = 3
"""Data older than this is not handed over (U08); so a sheet that nobody accepted by then has expired."""


class Action(StrEnum):
    """What people, or the calendar, do with a handover."""

    PREPARE = "prepare"
    SEND = "send"
    WITHDRAW = "withdraw"
    RENEW = "renew"
    RECEIVE = "receive"
    ACCEPT = "accept"
    QUERY = "query"
    REJECT = "reject"
    EXPIRE = "expire"
    NOTE_COPY = "note_copy"
    NOTE_FIRST_TALK = "note_first_talk"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: who may do what from which states, and where it leads (None: the state stays)."""

    action: Action
    before: frozenset[State]
    after: State | None
    who: Role
    needs_reason: bool = False


_UNDER_WAY = frozenset({State.SENT, State.RECEIVED})
_SENT_ONCE = frozenset(State) - {State.DRAFT}
_GIVEN_BACK = frozenset({State.QUERIED, State.REJECTED, State.WITHDRAWN, State.EXPIRED})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Action.PREPARE, frozenset({State.DRAFT}), None, Role.AGENTUR),
    Transition(Action.SEND, frozenset({State.DRAFT}), State.SENT, Role.AGENTUR),
    Transition(Action.WITHDRAW, _UNDER_WAY | {State.QUERIED}, State.WITHDRAWN, Role.AGENTUR, needs_reason=True),
    Transition(Action.RENEW, _GIVEN_BACK, None, Role.AGENTUR),
    Transition(Action.NOTE_COPY, _SENT_ONCE, None, Role.AGENTUR),
    Transition(Action.RECEIVE, frozenset({State.SENT}), State.RECEIVED, Role.JOBCENTER),
    Transition(Action.ACCEPT, frozenset({State.RECEIVED}), State.ACCEPTED, Role.JOBCENTER),
    Transition(Action.QUERY, _UNDER_WAY, State.QUERIED, Role.JOBCENTER, needs_reason=True),
    Transition(Action.REJECT, _UNDER_WAY, State.REJECTED, Role.JOBCENTER, needs_reason=True),
    Transition(Action.NOTE_FIRST_TALK, frozenset({State.ACCEPTED}), None, Role.JOBCENTER),
    Transition(Action.EXPIRE, _UNDER_WAY, State.EXPIRED, Role.SYSTEM),
)
_BY_ACTION: Mapping[Action, Transition] = {row.action: row for row in TRANSITIONS}

STATE_LABELS: Mapping[State, str] = {
    State.DRAFT: N_("Entwurf"),
    State.SENT: N_("übermittelt"),
    State.RECEIVED: N_("eingegangen"),
    State.QUERIED: N_("Rückfrage"),
    State.SUPERSEDED: N_("ersetzt"),
    State.ACCEPTED: N_("angenommen"),
    State.REJECTED: N_("abgelehnt"),
    State.WITHDRAWN: N_("zurückgezogen"),
    State.EXPIRED: N_("abgelaufen"),
}
STATE_BADGES: Mapping[State, str] = {
    State.DRAFT: "info",
    State.SENT: "info",
    State.RECEIVED: "info",
    State.QUERIED: "warning",
    State.SUPERSEDED: "info",
    State.ACCEPTED: "success",
    State.REJECTED: "danger",
    State.WITHDRAWN: "warning",
    State.EXPIRED: "warning",
}
OPEN_STATES = (State.DRAFT, State.SENT, State.RECEIVED, State.QUERIED)
CONTENT_STATES = frozenset({State.SENT, State.RECEIVED, State.QUERIED, State.ACCEPTED})
"""States in which the receiver needs the content. Withdrawn, rejected, expired or replaced: the purpose is gone."""


def next_state(action: Action, state: State, role: Role, reason: str | None = None) -> State:
    """The state after an action, or RuleBroken with the German sentence that says why it cannot be done now."""
    row = _BY_ACTION[action]
    if row.who != role:
        raise RuleBroken(Message(N_("Das ist Sache der anderen Stelle.")))
    if state not in row.before:
        raise RuleBroken(Message(N_("Das geht nicht mehr: Die Übergabe ist {state}."), state=STATE_LABELS[state]))
    if row.needs_reason and not (reason or "").strip():
        message = Message(N_("Bitte einen Grund angeben."))
        raise RuleBroken(message, {"reason": message})
    return row.after or state


def may_now(action: Action, state: State, role: Role) -> bool:
    """Whether to offer an action: the same table that ``next_state`` enforces."""
    row = _BY_ACTION[action]
    return row.who == role and state in row.before


def shows_content(state: State, role: Role) -> bool:
    """Whether the values and the sheet are shown to this side; the sender always sees what it sent."""
    return role == Role.AGENTUR or state in CONTENT_STATES


def days_of_change(change_on: date | None) -> dict[str, date | None]:
    """The days that hang on the change: no gap between the two benefits, and the last day for the application.

    An application in the first month counts from its first day (§ 37 Abs. 2 S. 2 SGB II).
    """
    return {
        "change_on": change_on,
        "asylblg_until": change_on - timedelta(days=1) if change_on else None,
        "application_latest": last_day_of_month(change_on) if change_on else None,
    }


def change_problems(change_on: date | None, proposed_on: date | None, reason: str) -> dict[str, Message]:
    """What speaks against a day of the change, by field: it is the first of a month, and as proposed or reasoned."""
    problems = {}
    if change_on and change_on.day != 1:
        problems["change_on"] = Message(N_("Der Wechsel ist immer am Ersten eines Monats (§ 1 Abs. 3 AsylbLG)."))
    if change_on and change_on != proposed_on and not reason.strip():
        problems["override_reason"] = Message(N_("Begründen Sie, warum der Wechseltermin vom Vorschlag abweicht."))
    return problems


def version_due(begun: date, change_on: date | None, days: int = DAYS_TO_SEND) -> date:
    """Last day for sending a version begun (its service recorded) that day; so many working days without a change."""
    return handover_due(begun, change_on, days) if change_on else add_working_days(begun, days)


def acceptance_due(received: date, change_on: date | None) -> date:
    """Last day for accepting: before the change-over, but never sooner than three working days after receipt."""
    soonest = add_working_days(received, DAYS_TO_ACCEPT)
    return max(soonest, last_working_day_before(change_on)) if change_on else soonest


def expires_on(sent_on: date) -> date:
    """The first day on which a sheet that nobody has accepted is too old (U08: not older than three months)."""
    return add_months(sent_on, FRESH_MONTHS) + timedelta(days=1)
