"""The checklists that a case is pinned to, read once per process for each combination of versions."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from models.queries.dossier import Dossier
from models.rules.checklists import ChecklistDefinition, ChoiceList, Item, choice_list_from_data, items_by_code
from models.rules.states import ListKey
from models.seed.checklist_data import definitions_from
from models.tables import ChecklistDefinition as StoredDefinition
from models.tables import Code

Definitions = Mapping[ListKey, ChecklistDefinition]


def definitions_of(held: Dossier) -> Definitions:
    """The five lists of a case in their versions, by key in the order of the stages."""
    return _read(tuple(stage.definition_id for stage in held.stages.values()))


def items_of(definitions: Definitions) -> Mapping[str, Item]:
    """All items of these lists by code."""
    return _items(tuple(definitions.values()))


@lru_cache(maxsize=64)
def _read(ids: tuple[int, ...]) -> Definitions:
    contents = StoredDefinition.select(StoredDefinition.content).where(StoredDefinition.id.in_(ids)).tuples()
    return MappingProxyType(definitions_from((row[0] for row in contents), _code_lists()))


@lru_cache(maxsize=64)
def _items(definitions: tuple[ChecklistDefinition, ...]) -> Mapping[str, Item]:
    return MappingProxyType(items_by_code(definitions))


def _code_lists() -> dict[str, ChoiceList]:
    rows = Code.select(Code.list, Code.code, Code.label, Code.valid_from, Code.valid_to)
    grouped: dict[str, list[dict[str, object]]] = {}
    for name, code, label, valid_from, valid_to in rows.order_by(Code.list, Code.position).tuples():
        entry = {"code": code, "label": label, "valid_from": valid_from, "valid_to": valid_to}
        grouped.setdefault(name, []).append(entry)
    return {name: choice_list_from_data(entries, name) for name, entries in grouped.items()}
