"""Questions of one organisation to another about an item or its evidence (features F95): who may do what when."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission, who_may
from models.rules.states import QuestionState

LONGEST = 1_000
PARTIES = who_may(Permission.QUESTION)
"""Kinds of organisation that ask and are asked: those that see cases."""

STATES = {
    QuestionState.OPEN: N_("offen"),
    QuestionState.ANSWERED: N_("beantwortet"),
    QuestionState.CLOSED: N_("geschlossen"),
}
ENDED = {
    "sight": N_("beendet: Eine der beiden Stellen sieht den Punkt nicht mehr"),
    "case": N_("beendet: Der Fall ist abgeschlossen"),
}
"""Why a question ended without the asker."""


class QuestionAct(StrEnum):
    """What may be done with a question, by the word in its address."""

    ANSWER = "antworten"
    CLOSE = "schliessen"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was typed: about which item, perhaps about which evidence of it, to which organisation."""

    item: str
    to: int
    text: str
    evidence: int | None = None


class Between(Protocol):
    """How a question stands; a stored row has it."""

    state: str
    asked_by_id: int
    asked_to_id: int


def acts_on(question: Between, mine: int | None) -> frozenset[QuestionAct]:
    """What people of the organisation ``mine`` may do with a question now."""
    found = set()
    if question.state == QuestionState.OPEN and mine == question.asked_to_id:
        found.add(QuestionAct.ANSWER)
    if question.state != QuestionState.CLOSED and mine == question.asked_by_id:
        found.add(QuestionAct.CLOSE)
    return frozenset(found)


def is_between(question: Between, mine: int | None) -> bool:
    """Whether people of the organisation ``mine`` may know of the question at all."""
    return mine is not None and mine in (question.asked_by_id, question.asked_to_id)


def checked_text(text: str, field: str) -> str:
    """What was typed, without blanks around it; RuleBroken at ``field`` for nothing or too much."""
    said = text.strip()
    problem = None
    if not said:
        problem = Message(N_("Bitte etwas schreiben."))
    elif len(said) > LONGEST:
        problem = Message(N_("Höchstens {most} Zeichen."), most=f"{LONGEST:,}".replace(",", "."))
    if problem:
        raise RuleBroken(problem, {field: problem})
    return said
