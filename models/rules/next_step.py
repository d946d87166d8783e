"""The one next step for a person on a case: the page's primary button, or a sentence where there is none."""

from collections.abc import Callable
from dataclasses import dataclass

from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import HandoverState


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What the next step depends on. ``open_item`` is code and text of the first open item that this person answers.

    ``proposed``: the rules propose a change and no handover is under way. ``returned_word`` is the list that was sent
    back to this person's organisation, ``elsewhere`` says who else has the next deadline. ``finishable`` is the title
    of the shown list where it was begun, this person may finish it and nothing required is missing.
    """

    role: Role
    blocks: frozenset[Block]
    case_open: bool = True
    responsible: bool = False
    fresh: bool = False
    reference: str = ""
    handover: HandoverState | None = None
    first_talk_missing: bool = False
    proposed: bool = False
    coach_to_report: bool = False
    list_word: str = ""
    open_item: tuple[str, str] | None = None
    finishable: str = ""
    returned_word: str = ""
    elsewhere: Message | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """A link below the case's address (or one that begins with "/"), or only a sentence. ``posts``: it is an act."""

    text: Message
    path: str = ""
    posts: bool = False


def next_step(facts: StepFacts) -> NextStep:
    """The first rule that applies: what waits for others before what only goes on."""
    if not facts.case_open:
        return NextStep(Message(N_("Der Fall ist abgeschlossen.")))
    for rule in (_handover, _returned, _contact, _proposal, _coach, _finish, _item):
        if step := rule(facts):
            return step
    return NextStep(facts.elsewhere or Message(N_("Für Sie ist hier gerade nichts offen.")))


_Rule = Callable[[StepFacts], NextStep | None]


def _handover(facts: StepFacts) -> NextStep | None:
    if facts.handover is None or not facts.reference:
        return None
    place = f"/uebergaben/{facts.reference}"
    if facts.role == Role.JOBCENTER and facts.first_talk_missing:
        return NextStep(Message(N_("Ersttermin eintragen")), place)
    if facts.role != Role.AGENTUR or Block.HANDOVER not in facts.blocks:
        return None
    if facts.handover == HandoverState.DRAFT:
        return NextStep(Message(N_("Übergabe vorbereiten")), place)
    if facts.handover == HandoverState.QUERIED:
        return NextStep(Message(N_("Rückfrage beantworten")), place)
    return None


def _returned(facts: StepFacts) -> NextStep | None:
    if facts.returned_word:
        return NextStep(Message(N_("Zurückgegebene Liste ergänzen")), f"?liste={facts.returned_word}")
    return None


def _contact(facts: StepFacts) -> NextStep | None:
    if facts.fresh and facts.responsible:
        return NextStep(Message(N_("Ersten Kontakt eintragen")), "erstkontakt")
    return None


def _proposal(facts: StepFacts) -> NextStep | None:
    if facts.proposed and facts.role == Role.AGENTUR and Block.HANDOVER in facts.blocks:
        return NextStep(Message(N_("Übergabe anlegen")), "uebergabe-anlegen", posts=True)
    return None


def _coach(facts: StepFacts) -> NextStep | None:
    if facts.coach_to_report and facts.role == Role.MUNICIPALITY:
        return NextStep(Message(N_("An den Coach melden")), "coach-melden")
    return None


def _finish(facts: StepFacts) -> NextStep | None:
    """What is only recommended holds nothing up, so it does not stand before the end of the list either."""
    if not facts.finishable:
        return None
    return NextStep(Message(N_("{list} abschließen"), list=facts.finishable), f"?liste={facts.list_word}#abschliessen")


def _item(facts: StepFacts) -> NextStep | None:
    if facts.open_item is None:
        return None
    code, text = facts.open_item
    return NextStep(Message(N_("Weiter: {item}"), item=text), f"?liste={facts.list_word}#punkt-{code}")
