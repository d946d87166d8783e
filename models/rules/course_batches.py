"""Several people of one course at once: moved to another course, or told that their course is called off."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from models.rules.enrolments import Act
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.states import EnrolmentState

OTHER = "OTHER"
MOST_TEXT = 200


class BatchKind(StrEnum):
    """What is done with the people of a course."""

    MOVE = "move"
    CANCEL = "cancel"


class Outcome(StrEnum):
    """What became of one of them; OPEN: nobody has come to her yet, or the work was interrupted."""

    OPEN = ""
    MOVED = "moved"
    LISTED = "listed"
    ENDED = "ended"
    REFUSED = "refused"


OUTCOME_LABELS: Mapping[Outcome, tuple[str, str]] = MappingProxyType(
    {
        Outcome.OPEN: (N_("noch offen"), "warning"),
        Outcome.MOVED: (N_("umgebucht"), "success"),
        Outcome.LISTED: (N_("auf die Warteliste gesetzt"), "info"),
        Outcome.ENDED: (N_("Anmeldung beendet"), "warning"),
        Outcome.REFUSED: (N_("nicht umgebucht"), "danger"),
    }
)
"""German word and colour of the badge."""

CANCEL_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "TOO_FEW": N_("zu wenige Anmeldungen"),
        "TEACHER": N_("keine Lehrkraft"),
        "ROOM": N_("kein Raum"),
        "FUNDING": N_("keine Zulassung oder Finanzierung"),
        OTHER: N_("Sonstiges"),
    }
)
"""Why a course is called off; only "Sonstiges" carries text."""

_LEAVING: Mapping[EnrolmentState, Act] = MappingProxyType(
    {
        EnrolmentState.WAITING: Act.LEAVE,
        EnrolmentState.OFFERED: Act.REFUSE,
        EnrolmentState.RESERVED: Act.CANCEL,
        EnrolmentState.SENT: Act.CANCEL,
        EnrolmentState.CONFIRMED: Act.CANCEL,
        EnrolmentState.STARTED: Act.DROP,
    }
)


MOVABLE = frozenset(state for state, act in _LEAVING.items() if act != Act.DROP)
"""Who is in one of these states may be moved to another course."""


def leaving_act(state: EnrolmentState, kind: BatchKind) -> Act | None:
    """The act by which somebody in this state leaves the course; None where nothing of it is left.

    Nobody is moved out of a course that runs for her; where it is called off, she breaks it off.
    """
    act = _LEAVING.get(state)
    return Act.CANCEL if act == Act.DROP and kind == BatchKind.MOVE else act


def check_cancel_reason(code: str, text: str) -> None:
    """RuleBroken at ``reason`` without a code of the table, at ``reason_text`` for text that lacks or is too much."""
    if code not in CANCEL_REASONS:
        raise _at("reason", N_("Bitte einen Grund auswählen."))
    if code == OTHER and not text:
        raise _at("reason_text", N_("Beschreiben Sie den Grund in wenigen Worten."))
    if code != OTHER and text:
        raise _at("reason_text", N_("Text gehört nur zu „Sonstiges“: Wählen Sie das aus oder leeren Sie das Feld."))
    if len(text) > MOST_TEXT:
        raise _at("reason_text", N_("Höchstens 200 Zeichen."))


def cancel_reason_told(code: str, text: str) -> str:
    """The reason in German; empty for courses that were called off without one."""
    return ": ".join(part for part in (CANCEL_REASONS.get(code, ""), text) if part)


def _at(field: str, text: str) -> RuleBroken:
    return RuleBroken(Message(text), {field: Message(text)})
