"""Checks of a definition that need more than one key: fields, items, references between lists, cycles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from models.rules.checklists.conditions import (
    All,
    AnyOf,
    Condition,
    FactTest,
    ItemTest,
    Leaf,
    Not,
    Test,
)
from models.rules.checklists.definition import ChecklistDefinition, Field, Item, Kind
from models.rules.checklists.facts import CASE_FACTS, LAW_FACTS, items_by_code
from models.rules.checklists.mistakes import DefinitionError, Place
from models.rules.checklists.responsibility import ROLE_NAMES
from models.rules.message import N_, Message

PAPERS = ("coach", "provider")
_WITH_CHOICES = frozenset({Kind.CHOICE, Kind.CHOICES})
_NUMERIC = frozenset({"at_least", "at_most"})
_FACT_NAMES = frozenset(CASE_FACTS).union(*LAW_FACTS.values())


def checked_field(field: Field, where: Place) -> Field:
    """The field itself, or DefinitionError for parts that do not fit together."""
    if (field.kind in _WITH_CHOICES) != bool(field.choices.choices):
        sentence = N_("Eine Auswahl gehört zu den Arten „choice“ und „choices“, und nur dorthin.")
        raise DefinitionError(where, Message(sentence), "choices")
    for name in field.facts:
        if name not in _FACT_NAMES:
            raise DefinitionError(where, Message(N_("Die Tatsache „{name}“ gibt es nicht."), name=name), "fact")
    if field.rule and field.rule not in LAW_FACTS:
        raise DefinitionError(where, Message(N_("Die Regel „{name}“ gibt es nicht."), name=field.rule), "rule")
    for code in field.means:
        if code not in field.choices.by_code:
            sentence = N_("„means“ nennt das Kürzel „{code}“, das die Auswahl nicht hat.")
            raise DefinitionError(where, Message(sentence, code=code), "means")
    _check_limits(field, where)
    return field


def _check_limits(field: Field, where: Place) -> None:
    if field.signature and field.kind != Kind.DOCUMENT:
        raise DefinitionError(where, Message(N_("Nur ein Dokument kann unterschrieben werden.")), "signature")
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        raise DefinitionError(where, Message(N_("Der kleinste Wert ist größer als der größte.")), "min")


def checked_item(item: Item, where: Place) -> Item:
    """The item itself, or DefinitionError for fields that do not fit together or papers that must not carry it."""
    keys = [field.key for field in item.fields]
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise DefinitionError(where, Message(N_("Das Feld „{key}“ steht doppelt."), key=min(twice)), "fields")
    for field in item.fields:
        if field.when and not _when_fits(item, field):
            sentence = N_("„Nur bei“ nennt ein Feld oder einen Wert, den dieser Punkt davor nicht hat.")
            raise DefinitionError(where._replace(field=field.key), Message(sentence), "when")
    if nobody := [role for role in item.roles if role not in ROLE_NAMES]:
        sentence = N_("„{role}“ beantwortet keine Punkte.")
        raise DefinitionError(where, Message(sentence, role=nobody[0]), "roles")
    for paper in item.papers:
        if paper not in PAPERS:
            raise DefinitionError(where, Message(N_("Den Vordruck „{name}“ gibt es nicht."), name=paper), "papers")
    if item.papers and item.sensitive:
        sentence = N_("Ein besonders geschützter Punkt steht auf keinem Vordruck für Coach oder Träger.")
        raise DefinitionError(where, Message(sentence), "papers")
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
    for mistake in mistakes_between(definition, others):
        raise mistake
    return tied_loosely(definition, others)


def mistakes_between(
    definition: ChecklistDefinition, others: Sequence[ChecklistDefinition]
) -> Iterator[DefinitionError]:
    """Everything that is wrong between the items of a list, or between them and those of other lists."""
    known = {**items_by_code(others), **definition.by_code}
    yield from _codes_twice(definition, others)
    for item in definition.items:
        yield from _mistakes_of_item(item, definition, known)
    if definition.condition:
        yield from _mistakes_of_condition(definition.condition, known, Place(definition.key))
    yield from _circles(tied_loosely(definition, others), known)


def _codes_twice(definition: ChecklistDefinition, others: Sequence[ChecklistDefinition]) -> Iterator[DefinitionError]:
    seen = set(items_by_code(other for other in others if other.key != definition.key))
    for item in definition.items:
        if item.code in seen:
            yield DefinitionError(Place(definition.key, item.code), Message(N_("Diese Nummer steht doppelt.")), "code")
        seen.add(item.code)


def _mistakes_of_item(
    item: Item, definition: ChecklistDefinition, known: Mapping[str, Item]
) -> Iterator[DefinitionError]:
    where = Place(definition.key, item.code)
    for code in (*item.after, *(code for field in item.fields for code in field.after)):
        if code not in definition.by_code:
            sentence = N_("„Erst nach“ nennt {code}; diesen Punkt gibt es in der Liste nicht.")
            yield DefinitionError(where, Message(sentence, code=code), "after")
    if item.condition:
        yield from _mistakes_of_condition(item.condition, known, where)


def _mistakes_of_condition(condition: Condition, known: Mapping[str, Item], where: Place) -> Iterator[DefinitionError]:
    for leaf in condition.leaves():
        try:
            _check_leaf(leaf, known, where)
        except DefinitionError as mistake:
            yield mistake


def tied_loosely(definition: ChecklistDefinition, others: Sequence[ChecklistDefinition]) -> ChecklistDefinition:
    """The definition with each test of an item tied to the item's only field; what does not exist stays as it is."""
    known = {**items_by_code(others), **definition.by_code}
    items = tuple(
        replace(item, condition=_tied(item.condition, known)) if item.condition else item for item in definition.items
    )
    return replace(definition, items=items, condition=definition.condition and _tied(definition.condition, known))


def _tied(condition: Condition, known: Mapping[str, Item]) -> Condition:
    if isinstance(condition, All):
        return All(tuple(_tied(part, known) for part in condition.parts))
    if isinstance(condition, AnyOf):
        return AnyOf(tuple(_tied(part, known) for part in condition.parts))
    if isinstance(condition, Not):
        return Not(_tied(condition.part, known))
    if isinstance(condition, FactTest) or condition.field or condition.item not in known:
        return condition
    fields = known[condition.item].fields
    return replace(condition, field=fields[0].key) if len(fields) == 1 else condition


def _check_leaf(leaf: Leaf, known: Mapping[str, Item], where: Place) -> None:
    if isinstance(leaf, FactTest):
        _check_fact(leaf, where)
        return
    if leaf.item not in known:
        sentence = N_("Die Bedingung fragt nach {code}; diesen Punkt gibt es nicht oder er ist entfallen.")
        raise _wrong(where, Message(sentence, code=leaf.item))
    field = _tested_field(known[leaf.item], leaf.field, where)
    if field.kind in _WITH_CHOICES:
        _known_codes(leaf.test, field.choices.by_code, where)
    if (field.kind == Kind.NUMBER) != (leaf.test.op in _NUMERIC) and leaf.test.op != "answered":
        sentence = N_("Der Vergleich „{op}“ passt nicht zum Feld {field}.")
        raise _wrong(where, Message(sentence, op=leaf.test.op, field=f"{leaf.item}.{field.key}"))


def _check_fact(leaf: FactTest, where: Place) -> None:
    if leaf.name not in CASE_FACTS:
        raise _wrong(where, Message(N_("Die Bedingung fragt nach der unbekannten Tatsache „{name}“."), name=leaf.name))
    if values := CASE_FACTS[leaf.name].values:
        _known_codes(leaf.test, values, where)


def _tested_field(item: Item, key: str, where: Place) -> Field:
    if not key and len(item.fields) == 1:
        return item.fields[0]
    for field in item.fields:
        if field.key == key:
            return field
    sentence = N_("Die Bedingung muss ein Feld von {code} nennen, „{field}“ ist keines.")
    raise _wrong(where, Message(sentence, code=item.code, field=key))


def _known_codes(test: Test, codes: Mapping[str, object], where: Place) -> None:
    if test.op not in ("is", "in"):
        return
    for code in test.wanted if test.op == "in" else (test.wanted,):
        if code not in codes:
            raise _wrong(where, Message(N_("Die Bedingung vergleicht mit dem unbekannten Wert „{code}“."), code=code))


def _wrong(where: Place, sentence: Message) -> DefinitionError:
    return DefinitionError(where, sentence, "condition")


def _circles(definition: ChecklistDefinition, known: Mapping[str, Item]) -> Iterator[DefinitionError]:
    """Conditions and "erst nach" that lead back to where they began; each circle once."""
    items = {**known, **definition.by_code}
    finished: set[str] = set()
    for item in definition.items:
        if circle := _circle(item.code, items, [], finished):
            finished.update(circle)
            sentence = N_("Die Bedingungen drehen sich im Kreis: {codes}")
            where = Place(definition.key, circle[0])
            yield DefinitionError(where, Message(sentence, codes=" → ".join(circle)), "condition")


def _circle(code: str, items: Mapping[str, Item], path: list[str], finished: set[str]) -> list[str]:
    if code in path:
        return [*path[path.index(code) :], code]
    if code in finished or code not in items:
        return []
    for needed in sorted(_needs(items[code])):
        if circle := _circle(needed, items, [*path, code], finished):
            return circle
    finished.add(code)
    return []


def _needs(item: Item) -> set[str]:
    needed = {*item.after, *(code for field in item.fields for code in field.after)}
    leaves = item.condition.leaves() if item.condition else ()
    return needed | {leaf.item for leaf in leaves if isinstance(leaf, ItemTest)}
