"""Read a checklist definition from plain data (YAML, JSON, an imported file) and refuse every mistake by name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from models.rules.checklists.checking import checked, checked_field, checked_item, tied_loosely
from models.rules.checklists.conditions import Condition, condition_from_data
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
from models.rules.checklists.mistakes import DefinitionError, Place
from models.rules.checklists.plain import (
    count,
    day,
    entries,
    is_plain,
    mapping,
    named,
    number,
    only,
    strings,
    switch,
    text,
    whole,
    words,
)
from models.rules.checklists.values import FactValue
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.states import ListKey

CodeLists = Mapping[str, ChoiceList]

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
_CHOICE_CODE = re.compile(r"[A-Za-z0-9_.-]{1,20}")
MOST_ITEMS, MOST_FIELDS, MOST_CHOICES = 150, 40, 300


def choice_list_from_data(codes: Iterable[Mapping[str, Any]], where: Place | str) -> ChoiceList:
    """Entries with code, label, valid_from, valid_to as choices, in their order.

    They are a list and no mapping, because a database may store the keys of a JSON object in another order.
    """
    choices = tuple(_choice(entry, where) for entry in codes)
    codes_seen = [choice.code for choice in choices]
    if twice := {code for code in codes_seen if codes_seen.count(code) > 1}:
        raise DefinitionError(where, Message(N_("Das Kürzel „{code}“ steht doppelt."), code=min(twice)), "choices")
    return ChoiceList(choices)


def definition_from_dict(
    data: Mapping[str, Any],
    code_lists: CodeLists | None = None,
    others: Sequence[ChecklistDefinition] = (),
    *,
    loosely: bool = False,
) -> ChecklistDefinition:
    """Read one version of a checklist.

    ``code_lists`` are the maintained lists that fields may name, ``others`` the lists of the same case whose items
    conditions may ask for. Raises DefinitionError, which names list, item and field. ``loosely``: a condition may name
    what is not there, because lists of different versions stand beside each other; it then stays undecided.
    """
    definition = shaped(data, code_lists)
    return tied_loosely(definition, others) if loosely else checked(definition, others)


def shaped(data: Mapping[str, Any], code_lists: CodeLists | None = None) -> ChecklistDefinition:
    """Read a list by itself: every entry has its form, but nothing is said about what conditions name."""
    lists = code_lists or {}
    head = head_from_data(data)
    where = Place(head.key)
    items = tuple(item_from_data(entry, lists, where) for entry in entries(data, "items", where, MOST_ITEMS))
    return replace(head, items=items)


def head_from_data(data: object) -> ChecklistDefinition:
    """Key, version, title and condition of a list, without its items."""
    content = mapping(data, Place("checklist"))
    where = Place(text(content, "key", Place(_short_key(content))))
    if where.list not in set(ListKey):
        known = ", ".join(ListKey)
        raise DefinitionError(
            where, Message(N_("Diese Liste gibt es nicht; bekannt sind {known}."), known=known), "key"
        )
    only(content, _DEFINITION_KEYS, where)
    return ChecklistDefinition(
        key=where.list,
        version=whole(content, "version", where),
        title=text(content, "title", where),
        items=(),
        condition=_condition(content, where),
        condition_text=words(content, "condition_text", where),
    )


def _short_key(content: Mapping[str, Any]) -> str:
    return str(content.get("key") or "checklist")[:20]


def item_from_data(data: object, code_lists: CodeLists, where: Place) -> Item:
    """One item of a list, by itself."""
    content = mapping(data, where)
    code = text(content, "code", where)
    where = where._replace(item=code[:20])
    if not _ITEM_CODE.fullmatch(code):
        sentence = N_("Die Nummer eines Punkts ist ein Großbuchstabe und zwei Ziffern, zum Beispiel A05.")
        raise DefinitionError(where, Message(sentence), "code")
    only(content, _ITEM_KEYS, where)
    return checked_item(
        Item(
            code=code,
            text=text(content, "text", where),
            help=text(content, "help", where),
            roles=tuple(named(Role, role, "roles", where) for role in entries(content, "roles", where, len(Role))),
            level=named(Level, content.get("level"), "level", where),
            fields=tuple(
                field_from_data(entry, code_lists, where) for entry in entries(content, "fields", where, MOST_FIELDS)
            ),
            condition=_condition(content, where),
            condition_text=words(content, "condition_text", where),
            basis=words(content, "basis", where),
            derived_from=words(content, "from", where),
            sheet=words(content, "sheet", where),
            sensitive=words(content, "sensitive", where),
            papers=strings(content, "papers", where),
            after=strings(content, "after", where),
            gate=named(Gate, content["gate"], "gate", where) if content.get("gate") else None,
        ),
        where,
    )


def field_from_data(data: object, code_lists: CodeLists, where: Place) -> Field:
    """One field of an item, by itself."""
    content = mapping(data, where)
    key = text(content, "key", where)
    where = where._replace(field=key[:40])
    if not _FIELD_NAME.fullmatch(key):
        sentence = N_("Der Name eines Felds besteht aus Kleinbuchstaben, Ziffern und Unterstrich.")
        raise DefinitionError(where, Message(sentence), "key")
    only(content, _FIELD_KEYS, where)
    multiline = switch(content, "multiline", where)
    usual_length = _MULTILINE_LENGTH if multiline else 200
    return checked_field(
        Field(
            key=key,
            kind=named(Kind, content.get("kind"), "kind", where),
            label=words(content, "label", where),
            required=switch(content, "required", where, unsaid=True),
            choices=_choices(content, code_lists, where),
            code_lists=strings(content, "codes", where),
            facts=strings(content, "fact", where),
            means=_meanings(content, where),
            rule=words(content, "rule", where),
            unit=words(content, "unit", where),
            minimum=number(content, "min", where),
            maximum=number(content, "max", where),
            decimals=count(content, "decimals", where, 0, 6),
            max_length=count(content, "max_length", where, usual_length, _MULTILINE_LENGTH * 5),
            multiline=multiline,
            not_future=switch(content, "not_future", where),
            signature=switch(content, "signature", where),
            when=_when(content["when"], where) if content.get("when") else None,
            after=strings(content, "after", where),
            sheet=words(content, "sheet", where),
            gate=named(Gate, content["gate"], "gate", where) if content.get("gate") else None,
        ),
        where,
    )


def _condition(data: Mapping[str, Any], where: Place) -> Condition | None:
    return condition_from_data(data["condition"], where) if data.get("condition") else None


def _choices(data: Mapping[str, Any], code_lists: CodeLists, where: Place) -> ChoiceList:
    own = data.get("choices")
    if own is not None:
        choices = choice_list_from_data(entries(data, "choices", where, MOST_CHOICES), where)
        for choice in choices:
            if not _CHOICE_CODE.fullmatch(choice.code):
                sentence = N_("Das Kürzel „{code}“ darf nur Buchstaben, Ziffern, Punkt, Strich und Unterstrich haben.")
                raise DefinitionError(where, Message(sentence, code=choice.code[:40]), "choices")
        return choices
    names = strings(data, "codes", where)
    for name in names:
        if name not in code_lists:
            raise DefinitionError(where, Message(N_("Die Werteliste „{name}“ gibt es nicht."), name=name[:40]), "codes")
    if len(names) == 1:
        return code_lists[names[0]]
    return ChoiceList(tuple(choice for name in names for choice in code_lists[name])) if names else NO_CHOICES


def _when(data: object, where: Place) -> When:
    if not isinstance(data, Mapping) or set(data) != {"field", "in"} or not isinstance(data["in"], list):
        raise DefinitionError(where, Message(N_("„when“ braucht ein Feld (field) und eine Liste (in).")), "when")
    return When(str(data["field"]), tuple(str(code) for code in data["in"]))


def _choice(entry: object, where: Place | str) -> Choice:
    if not isinstance(entry, Mapping):
        raise DefinitionError(where, Message(N_("Eine Auswahl braucht Kürzel (code) und Text (label).")), "choices")
    return Choice(
        text(entry, "code", where),
        text(entry, "label", where),
        day(entry, "valid_from", where),
        day(entry, "valid_to", where),
    )


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_VALUE and is_plain(value)


LONGEST_VALUE = 100


def _meanings(data: Mapping[str, Any], where: Place) -> dict[str, FactValue]:
    means = data.get("means") or {}
    plain = isinstance(means, Mapping) and all(
        isinstance(code, str) and (value is None or isinstance(value, bool | int | float) or _is_short(value))
        for code, value in means.items()
    )
    if not plain:
        raise DefinitionError(where, Message(N_("„means“ ordnet Kürzeln je einen Wert zu.")), "means")
    return dict(means)
