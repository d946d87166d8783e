"""Checks of a definition that need more than one key: fields, items, references between lists, cycles."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.rules.checklists.conditions import (
    All,
    AnyOf,
    Condition,
    DefinitionError,
    FactTest,
    ItemTest,
    Leaf,
    Not,
    Test,
)
from models.rules.checklists.definition import ChecklistDefinition, Field, Item, Kind
from models.rules.checklists.facts import CASE_FACTS, LAW_FACTS, items_by_code

PAPERS = ("coach", "provider")
_WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
_NUMERIC = frozenset({"at_least", "at_most"})
_FACT_NAMES = frozenset(CASE_FACTS).union(*LAW_FACTS.values())


def checked_field(field: Field, where: str) -> Field:
    """The field itself, or DefinitionError for parts that do not fit together."""
    if (field.kind in _WITH_CHOICES) != bool(field.choices.choices):
        raise DefinitionError(f"{where}: choices belong to kind choice or choices, and only there")
    for name in field.facts:
        if name not in _FACT_NAMES:
            raise DefinitionError(f"{where}: unknown fact {name!r}")
    if field.rule and field.rule not in LAW_FACTS:
        raise DefinitionError(f"{where}: unknown rule {field.rule!r}")
    for code in field.means:
        if code not in field.choices.by_code:
            raise DefinitionError(f"{where}: means names the unknown code {code!r}")
    if field.signature and field.kind != Kind.DOCUMENT:
        raise DefinitionError(f"{where}: only a document can be signed")
    return field


def checked_item(item: Item, where: str) -> Item:
    """The item itself, or DefinitionError for fields that do not fit together or papers that must not carry it."""
    keys = [field.key for field in item.fields]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise DefinitionError(f"{where}: field {min(twice)!r} stands twice")
    for field in item.fields:
        if field.when and not _when_fits(item, field):
            raise DefinitionError(f"{where}.{field.key}: when names an unknown field or code of this item")
    for paper in item.papers:
        if paper not in PAPERS:
            raise DefinitionError(f"{where}: unknown paper {paper!r}")
    if item.papers and item.sensitive:
        raise DefinitionError(f"{where}: a sensitive item stands on no paper for coach or provider")
    return item


def _when_fits(item: Item, field: Field) -> bool:
    when = field.when
    before = item.fields[: item.fields.index(field)]
    source = next((other for other in before if when and other.key == when.field), None)
    if source is None or when is None:
        return False
    codes = {"yes"} if source.kind == Kind.TICK else set(source.choices.by_code)
    return set(when.codes) <= codes


def checked(definition: ChecklistDefinition, others: Sequence[ChecklistDefinition]) -> ChecklistDefinition:
    """The definition with its conditions tied to fields, or DefinitionError for what does not exist or goes round."""
    _no_code_twice(definition, others)
    known = {**items_by_code(others), **definition.by_code}
    items = tuple(_tied_item(item, definition, known) for item in definition.items)
    condition = definition.condition and _tied(definition.condition, known, definition.key)
    tied = replace(definition, items=items, condition=condition)
    _no_cycle({**items_by_code(others), **tied.by_code}, definition.key)
    return tied


def _no_code_twice(definition: ChecklistDefinition, others: Sequence[ChecklistDefinition]) -> None:
    seen = set(items_by_code(other for other in others if other.key != definition.key))
    for item in definition.items:
        if item.code in seen:
            raise DefinitionError(f"{definition.key} {item.code}: this code stands twice")
        seen.add(item.code)


def _tied_item(item: Item, definition: ChecklistDefinition, known: Mapping[str, Item]) -> Item:
    where = f"{definition.key} {item.code}"
    for code in (*item.after, *(code for field in item.fields for code in field.after)):
        if code not in definition.by_code:
            raise DefinitionError(f"{where}: after names {code!r}, which is no item of this list")
    return replace(item, condition=_tied(item.condition, known, where)) if item.condition else item


def _tied(condition: Condition, known: Mapping[str, Item], where: str) -> Condition:
    if isinstance(condition, All):
        return All(tuple(_tied(part, known, where) for part in condition.parts))
    if isinstance(condition, AnyOf):
        return AnyOf(tuple(_tied(part, known, where) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(_tied(condition.part, known, where))
    return _tied_leaf(condition, known, where)


def _tied_leaf(leaf: Leaf, known: Mapping[str, Item], where: str) -> Leaf:
    if isinstance(leaf, FactTest):
        if leaf.name not in CASE_FACTS:
            raise DefinitionError(f"{where}: condition names the unknown fact {leaf.name!r}")
        if values := CASE_FACTS[leaf.name].values:
            _known_codes(leaf.test, values, where)
        return leaf
    if leaf.item not in known:
        raise DefinitionError(f"{where}: condition names the unknown item {leaf.item!r}")
    field = _tested_field(known[leaf.item], leaf.field, where)
    if field.kind in _WITH_CHOICES:
        _known_codes(leaf.test, field.choices.by_code, where)
    if (field.kind == Kind.NUMBER) != (leaf.test.op in _NUMERIC) and leaf.test.op != "answered":
        raise DefinitionError(f"{where}: {leaf.test.op} does not fit the field {leaf.item}.{field.key}")
    return ItemTest(leaf.item, field.key, leaf.test)


def _tested_field(item: Item, key: str, where: str) -> Field:
    if not key and len(item.fields) == 1:
        return item.fields[0]
    for field in item.fields:
        if field.key == key:
            return field
    raise DefinitionError(f"{where}: condition must name a field of {item.code}, not {key!r}")


def _known_codes(test: Test, codes: Mapping[str, object], where: str) -> None:
    if test.op not in ("is", "in"):
        return
    for code in test.wanted if test.op == "in" else (test.wanted,):
        if code not in codes:
            raise DefinitionError(f"{where}: condition compares with the unknown code {code!r}")


def _no_cycle(items: Mapping[str, Item], where: str) -> None:
    finished: set[str] = set()
    for code in items:
        _walk(code, items, [], finished, where)


def _walk(code: str, items: Mapping[str, Item], path: list[str], finished: set[str], where: str) -> None:
    if code in path:
        raise DefinitionError(f"{where}: conditions go round: {' → '.join([*path[path.index(code) :], code])}")
    if code in finished or code not in items:
        return
    for needed in _needs(items[code]):
        _walk(needed, items, [*path, code], finished, where)
    finished.add(code)


def _needs(item: Item) -> set[str]:
    needed = {*item.after, *(code for field in item.fields for code in field.after)}
    leaves = item.condition.leaves() if item.condition else ()
    return needed | {leaf.item for leaf in leaves if isinstance(leaf, ItemTest)}
