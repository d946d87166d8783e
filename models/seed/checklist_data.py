"""Reads code lists and the first versions of the checklists from the data files of this folder."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from models.rules.checklists import ChecklistDefinition, ChoiceList, choice_list_from_data, definition_from_dict
from models.rules.states import ListKey
from models.seed.code_data import code_contents
from models.seed.files import read_folder


@cache
def code_lists() -> Mapping[str, ChoiceList]:
    """The code lists of the data files by name. Read once per process."""
    lists = {data["list"]: choice_list_from_data(data["codes"], data["list"]) for data in code_contents()}
    return MappingProxyType(lists)


@cache
def definitions() -> Mapping[ListKey, ChecklistDefinition]:
    """The five lists of the data files, in the order of the stages, the coach's last. Read once per process."""
    return MappingProxyType(definitions_from(read_folder("checklists"), code_lists()))


def definitions_from(
    contents: Iterable[Mapping[str, Any]], lists: Mapping[str, ChoiceList], *, loosely: bool = False
) -> dict[ListKey, ChecklistDefinition]:
    """Definitions from stored contents, one version of each list. Raises DefinitionError for a mistake in one of them.

    They are read in the order of ``ListKey``, because a condition may ask for items of the lists before. ``loosely``
    is for the lists of a case, which may be of different versions: a condition that names what is not there stays
    undecided.
    """
    by_key = {data["key"]: data for data in contents}
    found: dict[ListKey, ChecklistDefinition] = {}
    for key in ListKey:
        if key in by_key:
            found[key] = definition_from_dict(by_key[key], lists, tuple(found.values()), loosely=loosely)
    return found
