"""A conference about one case (Fallbesprechung): who may take part and read, and decisions that become tasks.

Only organisations with a right to the case (F94). Each says what the others need for their task (§ 67b Abs. 1, § 69
Abs. 1 Nr. 1 SGB X); with the coach the Agentur speaks only with consent E1 (domain.md 4.1, D3 and D4).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.appointments import broken
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.times import german_date
from models.rules.workgroup.minutes import azr_number_in

FEWEST = 2
FURTHEST_MONTHS = 12
LONGEST_TOPIC, LONGEST_SAID, LONGEST_DECISION, LONGEST_FUNCTIONS = 200, 4_000, 250, 200
_NEEDED: Mapping[Role, Block] = {
    Role.COACH: Block.COACH_LIST,
    Role.AGENTUR: Block.COUNSELLING,
    Role.JOBCENTER: Block.IDENTITY,
    Role.ASYLBLG: Block.IDENTITY,
    Role.MUNICIPALITY: Block.IDENTITY,
}


def may_confer(role: Role, blocks: Collection[Block]) -> bool:
    """Whether an organisation that sees these blocks of the case today takes part in talks about it.

    The coach with consent E1 alone, the Agentur until the Jobcenter has taken over.
    """
    return role in _NEEDED and _NEEDED[role] in blocks


def may_read(role: Role, blocks: Collection[Block]) -> bool:
    """Whether an organisation that took part still reads it: as long as it sees the case, the coach with consent E1."""
    return may_confer(role, blocks) or (role == Role.AGENTUR and bool(blocks))


@dataclass(frozen=True, slots=True)
class ConferencePlan:
    """A day, and who takes part: functions like "Teamleitung" by organisation."""

    held_on: date | None
    parties: Mapping[int, str]


def check_conference(plan: ConferencePlan, able: Collection[int], mine: int, opened_on: date, today: date) -> None:
    """RuleBroken by field for a conference without a day or with nobody to talk to.

    ``able`` are the organisations that may take part today, ``mine`` is the one that writes it down.
    """
    problems = dict(_problems(plan, able, mine, opened_on, today))
    if problems:
        raise broken(problems)


def _problems(
    plan: ConferencePlan, able: Collection[int], mine: int, opened_on: date, today: date
) -> Iterator[tuple[str, Message]]:
    if problem := _day_problem(plan.held_on, opened_on, today):
        yield "held_on", problem
    if not set(plan.parties) <= set(able):
        yield "parties", Message(N_("Eine gewählte Stelle hat kein Recht an diesem Fall. Bitte neu wählen."))
    elif mine not in plan.parties or len(plan.parties) < FEWEST:
        yield "parties", Message(N_("Bitte die eigene und wenigstens eine andere Stelle wählen."))
    if any(len(words) > LONGEST_FUNCTIONS for words in plan.parties.values()):
        yield "parties", Message(N_("Funktionen: höchstens {most} Zeichen."), most=LONGEST_FUNCTIONS)


def _day_problem(day: date | None, opened_on: date, today: date) -> Message | None:
    if day is None:
        return Message(N_("Bitte den Tag angeben."))
    if day < opened_on:
        sentence = N_("Das Datum liegt vor dem Beginn des Falls am {day}. Bitte prüfen.")
        return Message(sentence, day=german_date(opened_on))
    if day > add_months(today, FURTHEST_MONTHS):
        return Message(N_("Der Tag liegt mehr als ein Jahr voraus. Bitte das Jahr prüfen."))
    return None


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """What was talked about; a ``decision`` has an ``owner`` and a day."""

    topic: str
    said: str
    decision: str
    owner: int | None
    due_on: date | None


def check_topic(plan: TopicPlan, able: Collection[int], today: date) -> None:
    """RuleBroken by field: a topic needs words, a decision an owner with a right to the case and a day ahead."""
    problems = dict(_topic_problems(plan))
    if plan.decision.strip() or plan.owner is not None or plan.due_on is not None:
        problems |= dict(_decision_problems(plan, able, today))
    if problems:
        raise broken(problems)


def _topic_problems(plan: TopicPlan) -> Iterator[tuple[str, Message]]:
    texts = (
        ("topic", plan.topic, LONGEST_TOPIC),
        ("said", plan.said, LONGEST_SAID),
        ("decision", plan.decision, LONGEST_DECISION),
    )
    if not plan.topic.strip():
        yield "topic", Message(N_("Worum ging es? Bitte ein Stichwort."))
    for name, text, most in texts:
        if len(text.strip()) > most:
            yield name, Message(N_("Höchstens {most} Zeichen."), most=most)
        elif found := azr_number_in(text):
            yield name, found


def _decision_problems(plan: TopicPlan, able: Collection[int], today: date) -> Iterator[tuple[str, Message]]:
    if not plan.decision.strip():
        yield "decision", Message(N_("Was wird getan? Bitte einen Satz schreiben."))
    if plan.owner not in set(able):
        yield "owner", Message(N_("Wer macht das? Bitte eine Stelle wählen, die dabei war und den Fall noch sieht."))
    if plan.due_on is None:
        yield "due_on", Message(N_("Bis wann? Bitte einen Tag angeben."))
    elif plan.due_on < today:
        yield "due_on", Message(N_("Der Tag liegt in der Vergangenheit."))
    elif plan.due_on > add_months(today, FURTHEST_MONTHS):
        yield "due_on", Message(N_("Der Tag liegt mehr als ein Jahr voraus. Bitte das Jahr prüfen."))


def task_words(held_on: date, decision: str) -> str:
    """The reason of the Wiedervorlage that a decision becomes."""
    return f"Fallbesprechung {german_date(held_on)}: {decision.strip()}"
