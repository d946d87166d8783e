"""Access to work as a page tells it: what the law says, when, what is missing and from whom, what it rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from models.queries.case_view import CaseView
from models.queries.checklists import LIST_WORDS
from models.queries.code_names import code_names
from models.queries.facts import work_of
from models.queries.law import current_law
from models.rules.checklists import LAW_FACTS, Field, Item, display, evaluate, role_names
from models.rules.law.facts import FACT_LABELS
from models.rules.law.outcomes import WorkOutcome
from models.rules.law.work_words import Verdict, steps_of, verdict_of
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import AnswerState, ListKey

RULE = "work_access"
_DERIVED_PAGES = {"residence.": "aufenthalt", "decision.": "aufenthalt"}
"""Where a record is entered that answers an item by itself."""


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that the rule asks for: in which item it is answered, by whom, and the address where this person may."""

    label: str
    item: str
    who: str
    address: str


@dataclass(frozen=True, slots=True)
class Ground:
    """An answer that the rule rests on, with who said it when."""

    text: str
    value: str
    office: str
    on: date | None
    address: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """All of it. ``starts_on`` is the day after the last day of the waiting time (rules.md 8).

    ``whole``: all of it is shown; the coach is told the day of the waiting time alone, because reasons and paragraphs
    tell of the procedure.
    """

    outcome: WorkOutcome
    verdict: Verdict
    starts_on: date | None
    steps: tuple[Message, ...]
    note: str
    lists: tuple[Message, ...]
    missing: tuple[MissingFact, ...]
    grounds: tuple[Ground, ...]
    whole: bool


def sees_work(view: CaseView) -> bool:
    """Whether this person is told what the law says about employment: who counsels, and the coach with consent."""
    counsels = Block.COUNSELLING in view.blocks
    took_over = view.actor.role == Role.JOBCENTER and Block.OWN_ENTRIES in view.blocks
    return counsels or took_over or Block.COACH_LIST in view.blocks


def work_page(view: CaseView) -> WorkPage:
    """The page for a person who ``sees_work``, from the facts that she may know."""
    outcome, today = work_of(view.held, view.known), view.held.today
    whole = Block.COACH_LIST not in view.blocks
    complete = outcome.waiting_complete
    return WorkPage(
        outcome=outcome,
        verdict=verdict_of(outcome, today),
        starts_on=complete + timedelta(days=1) if complete else None,
        steps=steps_of(outcome, today),
        note=_note(view) if whole else "",
        lists=tuple(_lists(view)) if whole else (),
        missing=tuple(_missing(view, outcome)) if whole else (),
        grounds=tuple(_grounds(view)) if whole else (),
        whole=whole,
    )


def _note(view: CaseView) -> str:
    """What stands on the paper about employment."""
    record = view.held.records[0] if view.held.records and Block.PAPERS in view.blocks else None
    return code_names("work_notes").get(record.work_note, "") if record else ""


def _lists(view: CaseView) -> Iterator[Message]:
    """The lists of the maintained law that name the person's country: a warning for a person, never the answer."""
    country = view.held.person.nationality
    for name in current_law().safe_country_lists(country, view.held.today):
        text = N_("{country} steht auf der Liste {list}. Ob sie hier zählt, prüft eine Person.")
        yield Message(text, country=code_names("countries").get(country, country), list=name)


def _missing(view: CaseView, outcome: WorkOutcome) -> Iterator[MissingFact]:
    for name in outcome.missing:
        key, item = _supplier(view, name)
        label = FACT_LABELS.get(name, name)
        if item is None or key is None:
            yield MissingFact(label, "", "", "")
        else:
            yield MissingFact(label, f"{item.code} {item.text}", role_names(item.roles), _address(view, key, item))


def _supplier(view: CaseView, fact: str) -> tuple[ListKey | None, Item | None]:
    """The item that supplies a fact; of several the one that is asked for in this case."""
    found = [(key, item) for key, item in _items(view) if any(fact in entry.facts for entry in _feeding(item))]
    asked = [one for one in found if evaluate(one[1].condition, view.known) is not False]
    return (asked or found or [(None, None)])[0]


def _items(view: CaseView) -> Iterator[tuple[ListKey, Item]]:
    for key, definition in view.definitions.items():
        yield from ((ListKey(key), item) for item in definition.items)


def _feeding(item: Item) -> Iterator[Field]:
    wanted = LAW_FACTS[RULE]
    return (entry for entry in item.fields if entry.rule in ("", RULE) and wanted.intersection(entry.facts))


def _address(view: CaseView, key: ListKey, item: Item) -> str:
    """Where this person answers it; empty where she cannot."""
    case = f"/faelle/{view.held.case.number}"
    if page := next((page for begin, page in _DERIVED_PAGES.items() if item.derived_from.startswith(begin)), ""):
        return f"{case}/{page}" if Block.PAPERS in view.blocks else ""
    return f"{case}?liste={LIST_WORDS[key]}#punkt-{item.code}" if view.sees(key, item) else ""


def _grounds(view: CaseView) -> Iterator[Ground]:
    for key, item in _items(view):
        answer, entry = view.known.answers.get(item.code), view.entries.get(item.code)
        if answer is None or answer.state != AnswerState.DONE or not any(_feeding(item)):
            continue
        yield Ground(
            text=f"{item.code} {item.text}",
            value=display(item, answer),
            office=entry.office if entry else "",
            on=entry.day if entry else None,
            address=_address(view, key, item),
        )
