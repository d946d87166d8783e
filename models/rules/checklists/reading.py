"""Read a checklist definition from plain data (YAML, JSON, an imported file) and refuse every mistake by name."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from models.rules.checklists.checking import checked, checked_field, checked_item
from models.rules.checklists.conditions import DefinitionError, condition_from_data
from models.rules.checklists.definition import (
    NO_CHOICES,
    ChecklistDefinition,
    Choice,
    ChoiceList,
    Field,
    Gate,
    Item,
    Kind,
    Level,
    When,
)
from models.rules.roles import Role

CodeLists = Mapping[str, ChoiceList]
_Name = TypeVar("_Name", bound=StrEnum)

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ITEM_CODE = re.compile(r"[A-Z]\d{2}")
_DEFINITION_KEYS = frozenset({"key", "version", "title", "items", "condition", "condition_text"})
_ITEM_KEYS = frozenset(
    {
        "code",
        "text",
        "help",
        "roles",
        "level",
        "fields",
        "condition",
        "condition_text",
        "basis",
        "from",
        "sheet",
        "sensitive",
        "papers",
        "after",
        "gate",
    }
)
_FIELD_KEYS = frozenset(
    {
        "key",
        "kind",
        "label",
        "required",
        "choices",
        "codes",
        "fact",
        "rule",
        "means",
        "unit",
        "min",
        "max",
        "decimals",
        "max_length",
        "multiline",
        "not_future",
        "signature",
        "when",
        "after",
        "sheet",
        "gate",
    }
)
_MULTILINE_LENGTH = 2000


def choice_list_from_data(codes: Iterable[Mapping[str, Any]], where: str) -> ChoiceList:
    """Entries with code, label, valid_from, valid_to as choices, in their order.

    They are a list and no mapping, because a database may store the keys of a JSON object in another order.
    """
    choices = tuple(_choice(entry, where) for entry in codes)
    twice = {choice.code for choice in choices if [other.code for other in choices].count(choice.code) > 1}
    if twice:
        raise DefinitionError(f"{where}: code {min(twice)!r} stands twice")
    return ChoiceList(choices)


def definition_from_dict(
    data: Mapping[str, Any], code_lists: CodeLists | None = None, others: Sequence[ChecklistDefinition] = ()
) -> ChecklistDefinition:
    """Read one version of a checklist.

    ``code_lists`` are the maintained lists that fields may name, ``others`` the lists of the same case whose items
    conditions may ask for. Raises DefinitionError, which names list, item and key.
    """
    where = str(data.get("key", "checklist"))
    _only(data, _DEFINITION_KEYS, where)
    items = tuple(_item(entry, code_lists or {}, where) for entry in _list(data, "items", where))
    condition = condition_from_data(data["condition"], where) if data.get("condition") else None
    definition = ChecklistDefinition(
        key=_text(data, "key", where),
        version=_whole(data, "version", where),
        title=_text(data, "title", where),
        items=items,
        condition=condition,
        condition_text=str(data.get("condition_text", "")),
    )
    return checked(definition, others)


def _item(data: Mapping[str, Any], code_lists: CodeLists, where: str) -> Item:
    code = _text(data, "code", where)
    where = f"{where} {code}"
    if not _ITEM_CODE.fullmatch(code):
        raise DefinitionError(f"{where}: a code is a capital letter and two digits")
    _only(data, _ITEM_KEYS, where)
    return checked_item(
        Item(
            code=code,
            text=_text(data, "text", where),
            help=_text(data, "help", where),
            roles=tuple(_named(Role, role, "roles", where) for role in _list(data, "roles", where)),
            level=_named(Level, data.get("level"), "level", where),
            fields=tuple(_field(entry, code_lists, where) for entry in _list(data, "fields", where)),
            condition=condition_from_data(data["condition"], where) if data.get("condition") else None,
            condition_text=str(data.get("condition_text", "")),
            basis=str(data.get("basis", "")),
            derived_from=str(data.get("from", "")),
            sheet=str(data.get("sheet", "")),
            sensitive=str(data.get("sensitive", "")),
            papers=_strings(data, "papers"),
            after=_strings(data, "after"),
            gate=_named(Gate, data["gate"], "gate", where) if data.get("gate") else None,
        ),
        where,
    )


def _field(data: Mapping[str, Any], code_lists: CodeLists, where: str) -> Field:
    key = _text(data, "key", where)
    where = f"{where}.{key}"
    if not _FIELD_NAME.fullmatch(key):
        raise DefinitionError(f"{where}: a field key is lower case letters, digits and underscores")
    _only(data, _FIELD_KEYS, where)
    multiline = bool(data.get("multiline", False))
    return checked_field(
        Field(
            key=key,
            kind=_named(Kind, data.get("kind"), "kind", where),
            label=str(data.get("label", "")),
            required=bool(data.get("required", True)),
            choices=_choices(data, code_lists, where),
            code_lists=_strings(data, "codes"),
            facts=_strings(data, "fact"),
            means=dict(data.get("means", {})),
            rule=str(data.get("rule", "")),
            unit=str(data.get("unit", "")),
            minimum=_number(data, "min", where),
            maximum=_number(data, "max", where),
            decimals=int(data.get("decimals", 0)),
            max_length=int(data.get("max_length", _MULTILINE_LENGTH if multiline else 200)),
            multiline=multiline,
            not_future=bool(data.get("not_future", False)),
            signature=bool(data.get("signature", False)),
            when=_when(data["when"], where) if data.get("when") else None,
            after=_strings(data, "after"),
            sheet=str(data.get("sheet", "")),
            gate=_named(Gate, data["gate"], "gate", where) if data.get("gate") else None,
        ),
        where,
    )


def _choices(data: Mapping[str, Any], code_lists: CodeLists, where: str) -> ChoiceList:
    own = data.get("choices")
    if own is not None:
        return choice_list_from_data(_list(data, "choices", where), where)
    names = _strings(data, "codes")
    for name in names:
        if name not in code_lists:
            raise DefinitionError(f"{where}: unknown code list {name!r}")
    if len(names) == 1:
        return code_lists[names[0]]
    return ChoiceList(tuple(choice for name in names for choice in code_lists[name])) if names else NO_CHOICES


def _when(data: object, where: str) -> When:
    if not isinstance(data, Mapping) or set(data) != {"field", "in"} or not isinstance(data["in"], list):
        raise DefinitionError(f"{where}: when needs field and a list in")
    return When(str(data["field"]), tuple(str(code) for code in data["in"]))


def _choice(entry: object, where: str) -> Choice:
    if not isinstance(entry, Mapping):
        raise DefinitionError(f"{where}: a choice needs code and label, not {entry!r}")
    return Choice(
        _text(entry, "code", where),
        _text(entry, "label", where),
        _day(entry, "valid_from", where),
        _day(entry, "valid_to", where),
    )


def _only(data: Mapping[str, Any], allowed: frozenset[str], where: str) -> None:
    if extra := sorted(set(data) - allowed):
        raise DefinitionError(f"{where}: unknown key {extra[0]!r}")


def _text(data: Mapping[str, Any], key: str, where: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DefinitionError(f"{where}: {key} must be a text, not {value!r}")
    return value.strip()


def _list(data: Mapping[str, Any], key: str, where: str) -> list[Any]:
    value = data.get(key)
    if not isinstance(value, list) or not value:
        raise DefinitionError(f"{where}: {key} must be a list with at least one entry")
    return value


def _strings(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key) or ()
    return (value,) if isinstance(value, str) else tuple(str(entry) for entry in value)


def _named(kind: type[_Name], value: object, key: str, where: str) -> _Name:
    try:
        return kind(str(value))
    except ValueError:
        known = ", ".join(kind)
        raise DefinitionError(f"{where}: unknown {key} {value!r}, known are {known}") from None


def _converted(convert: Callable[[Any], Any], data: Mapping[str, Any], key: str, where: str) -> Any:
    value = data.get(key)
    try:
        return None if value is None else convert(value)
    except (TypeError, ValueError):
        raise DefinitionError(f"{where}: {key} cannot be {value!r}") from None


def _whole(data: Mapping[str, Any], key: str, where: str) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise DefinitionError(f"{where}: {key} must be a number from 1")
    return value


def _number(data: Mapping[str, Any], key: str, where: str) -> float | None:
    number: float | None = _converted(float, data, key, where)
    return number


def _day(data: Mapping[str, Any], key: str, where: str) -> date | None:
    value = data.get(key)
    day: date | None = value if isinstance(value, date) else _converted(date.fromisoformat, data, key, where)
    return day
