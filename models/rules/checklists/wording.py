"""Conditions in German: "nur wenn Kinder im Haushalt: mindestens 1"."""

from collections.abc import Iterable, Mapping

from models.rules.checklists.conditions import All, AnyOf, Condition, FactTest, ItemTest, Leaf, Not, Test
from models.rules.checklists.definition import ChecklistDefinition, Field, Item, Kind
from models.rules.checklists.facts import CASE_FACTS
from models.rules.message import N_, Message


def describe(condition: Condition, items: Mapping[str, Item]) -> Message:
    """The sentence "nur wenn …" of a condition; ``items`` are all items of the case's lists by code."""
    return Message(N_("nur wenn {condition}"), condition=_phrase(condition, items))


def condition_sentence(owner: Item | ChecklistDefinition, items: Mapping[str, Item]) -> Message | None:
    """What an item or a list is only meant for: its own words where it has them, else ``describe``; None for always."""
    if owner.condition_text:
        return Message(N_("nur wenn {condition}"), condition=owner.condition_text)
    return describe(owner.condition, items) if owner.condition else None


def decided_by(leaves: Iterable[Leaf], items: Mapping[str, Item]) -> Message:
    """What is still to be known before an item can be judged: "Ob der Punkt nötig ist, zeigt sich aus: …"."""
    names = dict.fromkeys(_name(leaf, items) for leaf in leaves)
    return Message(N_("Ob der Punkt nötig ist, ergibt sich aus: {names}"), names=", ".join(names))


def _name(leaf: Leaf, items: Mapping[str, Item]) -> str:
    if isinstance(leaf, FactTest):
        return CASE_FACTS[leaf.name].label
    item = items.get(leaf.item)
    return f"{leaf.item} {item.text}" if item else leaf.item


def _phrase(condition: Condition, items: Mapping[str, Item], negated: bool = False) -> str:
    if isinstance(condition, Not):
        return _phrase(condition.part, items, not negated)
    if isinstance(condition, All | AnyOf):
        return _group(condition, items, negated)
    if isinstance(condition, FactTest):
        return _fact_phrase(condition, items, negated)
    return _item_phrase(condition, items, negated)


def _group(condition: All | AnyOf, items: Mapping[str, Item], negated: bool) -> str:
    joined_by_and = isinstance(condition, All) != negated
    parts = [_phrase(part, items, negated) for part in condition.parts]
    if joined_by_and:
        parts = [f"({text})" if " oder " in text else text for text in parts]
    return (" und " if joined_by_and else " oder ").join(parts)


def _fact_phrase(leaf: FactTest, items: Mapping[str, Item], negated: bool) -> str:
    fact = CASE_FACTS[leaf.name]
    if isinstance(leaf.test.wanted, bool):
        wanted = leaf.test.wanted != negated
        if leaf.test.op == "answered":
            return f"{fact.label} {'bekannt' if wanted else 'nicht bekannt'}"
        return f"{fact.label}: {'ja' if wanted else 'nein'}"
    labels = fact.values or _labels_of_fact(leaf.name, items)
    return f"{fact.label}: {_comparison(leaf.test, labels, negated)}"


def _item_phrase(leaf: ItemTest, items: Mapping[str, Item], negated: bool) -> str:
    item = items.get(leaf.item)
    field = next((field for field in item.fields if field.key == leaf.field), None) if item else None
    if leaf.test.op == "answered":
        return f"{leaf.item} {'beantwortet' if leaf.test.wanted != negated else 'nicht beantwortet'}"
    if field is None or field.kind == Kind.TICK:
        return f"{leaf.item} {'nicht erledigt' if negated else 'erledigt'}"
    return f"{leaf.item} {_asked(field)}{_comparison(leaf.test, _labels(field), negated)}"


def _asked(field: Field) -> str:
    return f"{field.label}: " if field.label else "= "


def _labels(field: Field) -> Mapping[str, str]:
    return {choice.code: choice.label for choice in field.choices}


def _labels_of_fact(name: str, items: Mapping[str, Item]) -> Mapping[str, str]:
    for item in items.values():
        for field in item.fields:
            if name in field.facts and field.choices.choices:
                return _labels(field)
    return {}


def _comparison(test: Test, labels: Mapping[str, str], negated: bool) -> str:
    if test.op in ("at_least", "at_most"):
        at_least = (test.op == "at_least") != negated
        limit = test.wanted if not negated else test.wanted + (1 if test.op == "at_most" else -1)
        return f"{'mindestens' if at_least else 'höchstens'} {limit}"
    codes = test.wanted if test.op == "in" else (test.wanted,)
    texts = [labels.get(str(code), str(code)) for code in codes]
    listed = " oder ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)
    return f"nicht {listed}" if negated else listed
