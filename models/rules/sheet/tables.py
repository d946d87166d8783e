"""Tables of the transfer sheet from checklist answers: numbered fields make rows, lists of codes or lines spread."""

from collections.abc import Iterable, Iterator, Mapping

from models.rules.checklists import AnswerValues, Field, Item, Kind, Value, asked, display_field
from models.rules.checklists.values import missing_mark
from models.rules.message import N_
from models.rules.sheet.places import SHEET_FIELDS, places_of
from models.rules.transfer_sheet import Cell, given, listed, not_given

NONE = N_("keine")
DOES_NOT_APPLY = N_("entfällt")
IMPLIED: Mapping[str, Mapping[str, str]] = {"P.enclosures": {"enclosed": N_("ja")}}
"""Columns that no checklist asks, because standing in the list says it."""

Row = dict[str, Cell]
Answered = tuple[Item, AnswerValues, str]


def table_cell(address: str, answered: Iterable[Answered]) -> Cell | None:
    """The cell of a table from all items that supply columns of it; None where none of them was answered.

    Items complete one another row by row. An answered item without any row says that there is none.
    """
    supplying = [one for one in answered if _supplies(one[0], address)]
    if not supplying:
        return None
    rows = _merged([list(_rows(address, *one)) for one in supplying])
    if not rows:
        return not_given() if any(_is_open(address, *one) for one in supplying) else given(NONE, supplying[0][2])
    if alone := _alone(rows):
        return alone
    for row in rows:
        source = next((cell["source"] for cell in row.values() if cell["value"]), None)
        row.update({key: given(text, source) for key, text in IMPLIED.get(address, {}).items()})
    return listed(rows[: SHEET_FIELDS[address].most_rows])


def _merged(tables: list[list[Row]]) -> list[Row]:
    merged: list[Row] = []
    for rows in tables:
        for number, row in enumerate(rows):
            if number == len(merged):
                merged.append(dict(row))
                continue
            merged[number] = {key: _better(merged[number][key], cell) for key, cell in row.items()}
    return merged


def _better(known: Cell, other: Cell) -> Cell:
    return other if not known["value"] and (other["value"] or other["reason"]) else known


def may_follow(field: Field, values: Mapping[str, Value]) -> bool:
    """Whether a value may still come: the field is asked, or nobody has said yet what decides that."""
    decider = values.get(field.when.field) if field.when else None
    return asked(field, values) or (field.when is not None and (decider is None or bool(missing_mark(decider))))


def _is_open(address: str, item: Item, answer: AnswerValues, _source: str) -> bool:
    fields = [field for field, place in places_of(item) if place.address == address and place.column]
    return any(may_follow(field, answer.values) for field in fields)


def _supplies(item: Item, address: str) -> bool:
    return any(place.column and place.address == address for _field, place in places_of(item))


def _alone(rows: list[Row]) -> Cell | None:
    """One row that says only one thing ("kein Hauptschulabschluss", "keine") needs no table."""
    if len(rows) != 1:
        return None
    valued = [cell for cell in rows[0].values() if cell["value"] and cell["value"] != DOES_NOT_APPLY]
    settled = all(cell["value"] or cell["reason"] for cell in rows[0].values())
    if len(valued) == 1 and (settled or valued[0]["value"] == NONE):
        return valued[0]
    return None


def _rows(address: str, item: Item, answer: AnswerValues, source: str) -> Iterator[Row]:
    placed = [(field, place) for field, place in places_of(item) if place.address == address]
    for number in sorted({place.row for _field, place in placed}):
        fields = [(field, place.column) for field, place in placed if place.row == number]
        yield from _spread(_columns(address, fields, answer, source))


def _columns(address: str, fields: list[tuple[Field, str]], answer: AnswerValues, source: str) -> dict[str, list[Cell]]:
    """The columns of one row; each may still hold several values."""
    return {
        column.key: _column([field for field, name in fields if name == column.key], answer, source)
        for column in SHEET_FIELDS[address].columns
    }


def _column(fields: list[Field], answer: AnswerValues, source: str) -> list[Cell]:
    values = answer.values
    filled = [field for field in fields if field.key in values]
    if not filled:
        open_still = not fields or any(may_follow(field, values) for field in fields)
        return [not_given() if open_still else given(DOES_NOT_APPLY)]
    if len(filled) > 1:
        return [given(": ".join(display_field(field, values[field.key]) for field in filled), source)]
    return _several(filled[0], answer, source)


def _several(field: Field, answer: AnswerValues, source: str) -> list[Cell]:
    value = answer.values[field.key]
    if missing_mark(value):
        return [given(display_field(field, value), source)]
    if isinstance(value, list):
        return [given(field.choices.label(code), source, code) for code in value]
    if field.multiline and isinstance(value, str):
        return [given(line.strip(), source) for line in value.splitlines() if line.strip()]
    code = value if isinstance(value, str) and field.kind in (Kind.CHOICE, Kind.DATE) else None
    return [given(display_field(field, value), source, code)]


def _spread(columns: Mapping[str, list[Cell]]) -> Iterator[Row]:
    """One row for each value of a column that holds several; nothing for a row without any value of its own."""
    cells = [cell for several in columns.values() for cell in several]
    if not any(cell["value"] and cell["value"] != DOES_NOT_APPLY for cell in cells):
        return
    for number in range(max(len(several) for several in columns.values())):
        yield {key: several[number] if number < len(several) else not_given() for key, several in columns.items()}
