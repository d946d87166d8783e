"""The checklists that a case is pinned to, read once per process for each combination of versions."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from models.queries.dossier import Dossier
from models.rules.checklists import ChecklistDefinition, ChoiceList, Item, choice_list_from_data, items_by_code
from models.rules.checklists.conditions import FactTest, ItemTest
from models.rules.states import ListKey
from models.seed.checklist_data import definitions_from
from models.tables import ChecklistDefinition as StoredDefinition
from models.tables import Code


class Definitions(dict[ListKey, ChecklistDefinition]):
    """The five lists by key in the order of the stages; never changed once read.

    ``by_code`` are all their items, ``list_by_code`` the list of each. ``moving`` are the items whose answer may change
    how others of the same list are shown, ``elsewhere`` those whose answer a record of the case may hold, ``alone``
    those whose answer nothing else rests on.
    """

    def __init__(self, lists: Mapping[ListKey, ChecklistDefinition]) -> None:
        super().__init__(lists)
        self.by_code: Mapping[str, Item] = MappingProxyType(items_by_code(lists.values()))
        self.list_by_code = {code: key for key, definition in lists.items() for code in definition.by_code}
        self.elsewhere = tuple(item for item in self.by_code.values() if item.derived_from)
        self.moving = frozenset(code for definition in lists.values() for code in _moving(definition))
        feeding = {item.code for item in self.by_code.values() if any(field.facts for field in item.fields)}
        self.alone = self.by_code.keys() - self.moving - feeding


def _moving(definition: ChecklistDefinition) -> Iterator[str]:
    """Items that others wait for or depend on, and those whose value is kept in a record that anything may ask."""
    conditions = [item.condition for item in definition.items if item.condition]
    leaves = [leaf for condition in conditions for leaf in condition.leaves()]
    facts = {leaf.name for leaf in leaves if isinstance(leaf, FactTest)}
    asked = {leaf.item for leaf in leaves if isinstance(leaf, ItemTest)}
    for item in definition.items:
        asked.update(item.after, *(field.after for field in item.fields))
    for item in definition.items:
        feeds = facts.intersection(name for field in item.fields for name in field.facts)
        if not item.in_list or feeds or item.code in asked:
            yield item.code


def definitions_of(held: Dossier) -> Definitions:
    """The lists of a case in their versions."""
    return _read(tuple(stage.definition_id for stage in held.stages.values()))


def items_of(definitions: Definitions) -> Mapping[str, Item]:
    """All items of these lists by code."""
    return definitions.by_code


@lru_cache(maxsize=64)
def _read(ids: tuple[int, ...]) -> Definitions:
    contents = StoredDefinition.select(StoredDefinition.content).where(StoredDefinition.id.in_(ids)).tuples()
    return Definitions(definitions_from((row[0] for row in contents), all_code_lists(), loosely=True))


def all_code_lists() -> dict[str, ChoiceList]:
    """The maintained code lists by name."""
    rows = Code.select(Code.list, Code.code, Code.label, Code.valid_from, Code.valid_to)
    grouped: dict[str, list[dict[str, object]]] = {}
    for name, code, label, valid_from, valid_to in rows.order_by(Code.list, Code.position).tuples():
        entry = {"code": code, "label": label, "valid_from": valid_from, "valid_to": valid_to}
        grouped.setdefault(name, []).append(entry)
    return {name: choice_list_from_data(entries, name) for name, entries in grouped.items()}
