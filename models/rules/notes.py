"""Notes of counselling by topic (features F28): a closed list of topics, a text, a decision, a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.appointments import Problems, broken
from models.rules.message import N_, Message
from models.rules.permissions import Block, Permission, may
from models.rules.roles import Role
from models.rules.states import NoteTopic

LONGEST_TEXT, LONGEST_DECISION = 4_000, 600
LONGEST_RELEASED = 600
"""What is handed over is short and to the point (domain.md 8.6 K)."""

TOPICS: Mapping[NoteTopic, str] = {
    NoteTopic.WORK: N_("Arbeit und Bewerbung"),
    NoteTopic.TRAINING: N_("Schule, Ausbildung, Studium"),
    NoteTopic.LANGUAGE: N_("Sprache und Kurs"),
    NoteTopic.RECOGNITION: N_("Anerkennung"),
    NoteTopic.FAMILY: N_("Familie und Kinderbetreuung"),
    NoteTopic.HOUSING: N_("Wohnen und Mobilität"),
    NoteTopic.PAPERS: N_("Aufenthalt und Papiere"),
    NoteTopic.COOPERATION: N_("Termine und Mitwirkung"),
    NoteTopic.OTHER: N_("Sonstiges"),
}

WRITTEN_WITH = frozenset({Block.COUNSELLING, Block.COACH_LIST, Block.OWN_ENTRIES})
"""Who sees one of these counsels the person and may write notes."""


def hands_over(role: Role) -> bool:
    """Whether notes of this kind of organisation may go on a transfer sheet: those of who sends it alone."""
    return may(role, Permission.HANDOVER_SEND)


@dataclass(frozen=True, slots=True)
class NotePlan:
    """What somebody writes down; ``for_transfer``: it goes on the transfer sheet."""

    topic: NoteTopic
    text: str
    decision: str
    noted_on: date
    for_transfer: bool


def check_note(plan: NotePlan, born: date, today: date) -> None:
    """RuleBroken by field for a day ahead or before the birth, without a text, and for what is too long."""
    problems: Problems = {}
    if plan.noted_on > today:
        problems["noted_on"] = Message(N_("Das Datum liegt in der Zukunft."))
    elif plan.noted_on < born:
        problems["noted_on"] = Message(N_("Das Datum liegt vor der Geburt."))
    if not plan.text.strip():
        problems["text"] = Message(N_("Bitte den Vermerk eintragen."))
    elif len(plan.text) > LONGEST_TEXT:
        problems["text"] = Message(N_("Höchstens {most} Zeichen."), most=LONGEST_TEXT)
    elif plan.for_transfer and len(plan.text) > LONGEST_RELEASED:
        sentence = N_("Für die Übergabe höchstens {most} Zeichen: kurz und sachlich. Es sind {count}.")
        problems["text"] = Message(sentence, most=LONGEST_RELEASED, count=len(plan.text))
    if len(plan.decision) > LONGEST_DECISION:
        problems["decision"] = Message(N_("Höchstens {most} Zeichen."), most=LONGEST_DECISION)
    if problems:
        raise broken(problems)
