"""Where a checklist answer stands on the transfer sheet. The definitions say it: ``sheet`` of items and fields.

``sheet`` names a field ("A.phone") or a column of a table ("H.experience.level"). Fields whose key ends in a number
make that row of the table; a bare letter only says which section an item belongs to.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from models.rules.checklists import Field, Item
from models.rules.transfer_sheet import SECTIONS, SheetField

SHEET_FIELDS: Mapping[str, SheetField] = {
    f"{section.letter}.{field.key}": field for section in SECTIONS for field in section.fields
}
"""The fields of the sheet by address ("H.experience")."""

_ROW = re.compile(r"_(\d)$")


class Place(NamedTuple):
    """A place on the sheet; ``column`` is empty outside of tables, ``row`` counts from 1."""

    address: str
    column: str
    row: int


def places_of(item: Item) -> tuple[tuple[Field, Place], ...]:
    """The fields of an item that stand on the sheet, in their order.

    A place of the whole item holds for its fields, unless one of them names a place in the same field of the sheet.
    """
    own = tuple(_own_places(item))
    wide = _place(item.sheet, "")
    if wide is None or any(place.address == wide.address for _field, place in own):
        return own
    taken = {field.key for field, _place in own}
    return own + tuple((field, wide) for field in item.fields if field.key not in taken)


def addresses_of(item: Item) -> tuple[str, ...]:
    """The addresses on the sheet that an item supplies."""
    return tuple(dict.fromkeys(place.address for _field, place in places_of(item)))


def _own_places(item: Item) -> Iterator[tuple[Field, Place]]:
    for field in item.fields:
        if place := _place(field.sheet, field.key):
            yield field, place


def _place(sheet: str, key: str) -> Place | None:
    letter, _dot, rest = sheet.partition(".")
    name, _dot, column = rest.partition(".")
    address = f"{letter}.{name}"
    if address not in SHEET_FIELDS:
        return None
    row = _ROW.search(key)
    return Place(address, column, int(row[1]) if row else 1)


def _targets() -> Iterator[str]:
    for section in SECTIONS:
        yield section.letter
        for field in section.fields:
            yield f"{section.letter}.{field.key}"
            yield from (f"{section.letter}.{field.key}.{column.key}" for column in field.columns)


SHEET_TARGETS = frozenset(_targets())
"""Everything that ``sheet`` of an item or a field may name."""
