"""What a condition can ask for, offered for choice: the facts of a case, and the fields of items that stand before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.rules.checklists.conditions import Condition, FactTest, ItemTest, Leaf, Not, Test
from models.rules.checklists.definition import ChecklistDefinition, Field, Item, Kind
from models.rules.checklists.facts import CASE_FACTS, meaning_of
from models.rules.checklists.values import AnswerValues, FactValue, Value
from models.rules.message import N_


class Asked(StrEnum):
    """What kind of comparison a subject allows beside "beantwortet"."""

    CHOICE = "choice"
    YES_NO = "yes_no"
    NUMBER = "number"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that a condition can ask for. ``key`` is "fact:paper" or "item:A13.interpreter"."""

    key: str
    label: str
    asked: Asked
    options: tuple[tuple[str, str], ...] = ()
    item: str = ""
    field: str = ""
    name: str = ""

    @property
    def ways(self) -> tuple[tuple[str, str], ...]:
        """The comparisons that it allows, with their German words."""
        if self.item and self.asked != Asked.NUMBER:
            return WAYS[self.asked] + ANSWERED
        return WAYS[self.asked] + (ANSWERED if self.item else KNOWN)


WAYS: Mapping[Asked, tuple[tuple[str, str], ...]] = {
    Asked.CHOICE: (("in", N_("ist eines von")), ("not_in", N_("ist keines von"))),
    Asked.YES_NO: (("yes", N_("ja")), ("no", N_("nein"))),
    Asked.NUMBER: (("at_least", N_("mindestens")), ("at_most", N_("höchstens"))),
    Asked.NOTHING: (),
}
ANSWERED = (("answered", N_("ist beantwortet")), ("unanswered", N_("ist nicht beantwortet")))
KNOWN = (("answered", N_("ist bekannt")), ("unanswered", N_("ist nicht bekannt")))
_NUMBERS = frozenset({"age"})
"""Facts that the case supplies and no field: the age is a number, the others are yes or no."""


def subjects(definition: ChecklistDefinition, lists: Sequence[ChecklistDefinition], code: str) -> tuple[Subject, ...]:
    """Everything that the condition of item ``code`` may ask for: facts, items of this list, items of those before.

    ``lists`` are all lists in their order. ``code`` may be empty for the list's own condition.
    """
    before = lists[: [one.key for one in lists].index(definition.key)]
    items = {item.code: item for one in (*lists, definition) for item in one.items}
    found = [_of_fact(name, items) for name in CASE_FACTS]
    found += [one for item in definition.items if item.code != code for one in _of_item(item)]
    found += [one for other in before for item in other.items for one in _of_item(item)]
    return tuple(found)


def deciding(definition: ChecklistDefinition, everything: Sequence[Subject]) -> tuple[Subject, ...]:
    """The subjects that conditions of this list really ask for, in the order of ``everything``."""
    conditions = [definition.condition, *(item.condition for item in definition.items)]
    asked = {key_of(leaf) for condition in conditions if condition for leaf in condition.leaves()}
    return tuple(subject for subject in everything if subject.key in asked)


def key_of(leaf: Leaf) -> str:
    """The key of the subject that a test asks for."""
    return f"fact:{leaf.name}" if isinstance(leaf, FactTest) else f"item:{leaf.item}.{leaf.field}"


def _of_fact(name: str, items: Mapping[str, Item]) -> Subject:
    fact = CASE_FACTS[name]
    feeders = [field for item in items.values() for field in item.fields if name in field.facts]
    options = dict(fact.values) or {str(m): label for m, label in _meanings(feeders) if not isinstance(m, bool)}
    if options:
        return Subject(f"fact:{name}", fact.label, Asked.CHOICE, tuple(options.items()), name=name)
    number = name in _NUMBERS or any(field.kind == Kind.NUMBER for field in feeders)
    return Subject(f"fact:{name}", fact.label, Asked.NUMBER if number else Asked.YES_NO, name=name)


def _meanings(feeders: Iterable[Field]) -> Iterator[tuple[FactValue, str]]:
    for field in feeders:
        for choice in field.choices:
            meaning = meaning_of(field, choice.code)
            if meaning is not None:
                yield meaning, choice.label


def _of_item(item: Item) -> Iterator[Subject]:
    for field in item.fields:
        name = f": {field.label}" if len(item.fields) > 1 else ""
        options = tuple((choice.code, choice.label) for choice in field.choices)
        asked = Asked.CHOICE if options else Asked.NUMBER if field.kind == Kind.NUMBER else Asked.NOTHING
        label = f"{item.code} {item.text}{name}"
        yield Subject(f"item:{item.code}.{field.key}", label, asked, options, item.code, field.key)


def comparison_of(subject: Subject, way: str, codes: Sequence[str], number: float | None) -> Condition | None:
    """The condition that was put together by choosing; None where the comparison lacks its value."""
    if way not in dict(subject.ways):
        return None
    if way in ("answered", "unanswered"):
        return _leaf(subject, Test("answered", way == "answered"))
    if way in ("yes", "no"):
        return _leaf(subject, Test("is", way == "yes"))
    if way in ("at_least", "at_most"):
        return None if number is None else _leaf(subject, Test(way, int(number) if number == int(number) else number))
    known = dict(subject.options)
    if not codes or any(code not in known for code in codes):
        return None
    leaf = _leaf(subject, Test("is", codes[0]) if len(codes) == 1 else Test("in", tuple(codes)))
    return Not(leaf) if way == "not_in" else leaf


def _leaf(subject: Subject, test: Test) -> Leaf:
    return FactTest(subject.name, test) if subject.name else ItemTest(subject.item, subject.field, test)


def sample_of(
    chosen: Mapping[Subject, str], items: Mapping[str, Item]
) -> tuple[dict[str, AnswerValues], dict[str, FactValue]]:
    """Invented answers and facts from what was chosen for each subject; what has no fitting value is left out."""
    values: dict[str, dict[str, Value]] = {}
    facts: dict[str, FactValue] = {}
    for subject, text in chosen.items():
        value = _sample_value(subject, text)
        if value is None:
            continue
        if subject.name:
            facts[subject.name] = value
        else:
            values.setdefault(subject.item, {})[subject.field] = _as_stored(items[subject.item], subject.field, value)
    return {code: AnswerValues(values=fields) for code, fields in values.items()}, facts


def _sample_value(subject: Subject, text: str) -> bool | int | str | None:
    if subject.asked == Asked.CHOICE:
        return text if text in dict(subject.options) else None
    if subject.asked == Asked.NUMBER:
        return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
    return {"yes": True, "no": False}.get(text) if subject.name else (True if text == "yes" else None)


LONGEST_NUMBER = 6


def _as_stored(item: Item, key: str, value: bool | int | str) -> Value:
    """The value in the form of its field; for a text or a day any value says that there is one."""
    kind = item.field(key).kind
    samples: Mapping[Kind, Value] = {Kind.CHOICES: [str(value)], Kind.DATE: SAMPLE_DAY, Kind.TEXT: str(N_("Muster")),
                                     Kind.DOCUMENT: {"state": "presented"}}  # fmt: skip
    return samples.get(kind, value)


SAMPLE_DAY = "2026-01-15"
