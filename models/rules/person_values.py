"""Checklist items whose values stand in the record of the person: how they are read from it and written to it.

There is one record of a person (case_model: Who sees what); the items of the intake are a second door to it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.rules.checklists import Value
from models.rules.digest import address_problem
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message

Columns = Mapping[str, Any]
_ADDRESS = re.compile(r"(?:(?P<street>.+),\s*)?(?P<postcode>\d{5})\s+(?P<town>[^,\d][^,]*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One item's share of the person: the field keys it covers, its columns, and both translations."""

    fields: tuple[str, ...]
    columns: tuple[str, ...]
    read: Callable[[Columns], dict[str, Value]]
    write: Callable[[Mapping[str, Value]], dict[str, Any]]


def _plain(**columns: str) -> Part:
    """Fields that stand one to one in a text column; ``field=column``."""

    def read(person: Columns) -> dict[str, Value]:
        return {field: person[column] for field, column in columns.items() if person[column] not in ("", None)}

    def write(values: Mapping[str, Value]) -> dict[str, Any]:
        return {column: values.get(field, "") for field, column in columns.items()}

    return Part(tuple(columns), tuple(columns.values()), read, write)


def _read_arrival(person: Columns) -> dict[str, Value]:
    day = person["arrived_on"]
    return {"arrived_on": day.isoformat()} if day else {}


def _write_arrival(values: Mapping[str, Value]) -> dict[str, Any]:
    text = values.get("arrived_on")
    return {"arrived_on": date.fromisoformat(str(text)) if text else None}


def _read_household(person: Columns) -> dict[str, Value]:
    children = person["children_in_household"]
    return {} if children is None else {"children": children}


def _write_household(values: Mapping[str, Value]) -> dict[str, Any]:
    return {"children_in_household": values.get("children")}


_CONTACT = _plain(phone="phone", email="email")


def _write_contact(values: Mapping[str, Value]) -> dict[str, Any]:
    if problem := address_problem(str(values.get("email", "")), wants_digest=False):
        raise RuleBroken(problem, {"email": problem})
    return _CONTACT.write(values)


def _read_address(person: Columns) -> dict[str, Value]:
    values: dict[str, Value] = {"accommodation": person["accommodation"]} if person["accommodation"] else {}
    place = f"{person['postcode']} {person['town']}".strip()
    if lines := [line for line in (person["street"], place) if line]:
        values["address"] = ", ".join(lines)
    return values


def _write_address(values: Mapping[str, Value]) -> dict[str, Any]:
    return {"accommodation": values.get("accommodation", ""), **_address_lines(str(values.get("address", "")))}


def _address_lines(text: str) -> dict[str, str]:
    if not text:
        return {"street": "", "postcode": "", "town": ""}
    found = _ADDRESS.fullmatch(text)
    if not found:
        sentence = Message(N_("Geben Sie Straße, Postleitzahl und Ort an, zum Beispiel: Hauptstraße 5, 66636 Tholey."))
        raise RuleBroken(sentence, {"address": sentence})
    return {key: (value or "").strip() for key, value in found.groupdict().items()}


_YES_NO = {"yes": True, "no": False}


def _read_language(person: Columns) -> dict[str, Value]:
    values: dict[str, Value] = {"mother_tongue": person["mother_tongue"]} if person["mother_tongue"] else {}
    if person["languages"]:
        values["understood"] = list(person["languages"])
    if person["interpreter_needed"] is not None:
        values["interpreter"] = "yes" if person["interpreter_needed"] else "no"
    return values


def _write_language(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        "mother_tongue": values.get("mother_tongue", ""),
        "languages": values.get("understood", []),
        "interpreter_needed": _YES_NO.get(str(values.get("interpreter"))),
    }


PARTS: Mapping[str, Part] = {
    "person.arrival": Part(("arrived_on",), ("arrived_on",), _read_arrival, _write_arrival),
    "person.spellings": _plain(spellings="other_spellings"),
    "person.household": Part(("children",), ("children_in_household",), _read_household, _write_household),
    "person.address": Part(
        ("accommodation", "address"), ("accommodation", "street", "postcode", "town"), _read_address, _write_address
    ),
    "person.contact": Part(("phone", "email"), ("phone", "email"), _CONTACT.read, _write_contact),
    "person.language": Part(
        ("mother_tongue", "understood", "interpreter"),
        ("mother_tongue", "languages", "interpreter_needed"),
        _read_language,
        _write_language,
    ),
    "person.customer_number": _plain(number="customer_number"),
}
"""By the ``from`` of an item. An item that asks only some of the fields (C03) leaves the other columns as they are."""


def columns_to_write(part: Part, asked: frozenset[str], values: Mapping[str, Value]) -> dict[str, Any]:
    """The columns that an answer to an item with the fields ``asked`` changes. RuleBroken with a sentence by field."""
    written = part.write({key: value for key, value in values.items() if not isinstance(value, dict)})
    if set(part.fields) <= asked:
        return written
    kept = {column for field, column in zip(part.fields, part.columns, strict=True) if field in asked}
    return {column: value for column, value in written.items() if column in kept}


def last_change(provenance: Mapping[str, Any], columns: tuple[str, ...], version: int) -> int:
    """The version of the person at which one of these columns was last changed; ``version`` where nobody noted it."""
    entries = [provenance[column] for column in columns if column in provenance]
    return max((int(entry.get("version", version)) for entry in entries), default=0)


def plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Values as an event keeps them: days as ISO text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in columns.items()}


def according_to(source: str) -> str:
    """Where a value comes from; the short form that people are asked to write is not doubled.

    >>> according_to("Ankunftsliste"), according_to("lt. Gemeinde")
    ('lt. Ankunftsliste', 'lt. Gemeinde')
    """
    return source if source.startswith("lt. ") else f"lt. {source}"
