"""From checklist answers to the cells of the transfer sheet: definitions, answers and sources come in, cells go out."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.checklists import AnswerValues, Field, Item, Kind, display, display_field
from models.rules.checklists.values import missing_mark
from models.rules.message import N_
from models.rules.sheet.places import SHEET_FIELDS, addresses_of, places_of
from models.rules.sheet.tables import may_follow, table_cell
from models.rules.states import AnswerState
from models.rules.transfer_sheet import Cell, given, not_given

NOT_WISHED = N_("von der Person nicht gewünscht")
UNKNOWN = N_("nicht bekannt")
DOES_NOT_APPLY = N_("entfällt")


@dataclass(frozen=True, slots=True)
class Said:
    """One answer with the item it belongs to and its source in words."""

    item: Item
    answer: AnswerValues
    source: str

    def fields_at(self, address: str) -> tuple[Field, ...]:
        """The fields of the item that stand at an address of the sheet."""
        return tuple(field for field, place in places_of(self.item) if place.address == address)


def cells_from_answers(said: Iterable[Said]) -> dict[str, Cell]:
    """Cells by address ("F.school_years") from all answers that have a place; nothing where nobody answered."""
    by_address: dict[str, list[Said]] = {}
    for one in said:
        for address in addresses_of(one.item):
            by_address.setdefault(address, []).append(one)
    return {address: _cell(address, several) for address, several in by_address.items()}


def _cell(address: str, said: list[Said]) -> Cell:
    """Several items may supply one field; the first that has a value counts, tables are put together."""
    if SHEET_FIELDS[address].kind == "table":
        rows = [(one.item, one.answer, one.source) for one in said if one.answer.state is AnswerState.DONE]
        cell = table_cell(address, rows)
        return cell or _first([_without_value(one.answer) for one in said])
    return _first([_value(address, one) for one in said])


def _first(cells: list[Cell]) -> Cell:
    valued = (cell for cell in cells if cell["value"])
    said = (cell for cell in cells if cell["reason"])
    return next(valued, None) or next(said, None) or cells[0]


def _value(address: str, said: Said) -> Cell:
    answer = said.answer
    if answer.state is not AnswerState.DONE:
        return _without_value(answer)
    fields = said.fields_at(address)
    filled = [field for field in fields if field.key in answer.values]
    if not filled:
        applies = any(may_follow(field, answer.values) for field in fields)
        return not_given() if applies else given(DOES_NOT_APPLY, said.source)
    if len(filled) == 1:
        return cell_of(filled[0], said.answer, said.source)
    if len(fields) == len(said.item.fields):
        return given(display(said.item, answer), said.source)
    return given(", ".join(display_field(field, answer.values[field.key]) for field in filled), said.source)


def cell_of(field: Field, answer: AnswerValues, source: str) -> Cell:
    """The cell of one filled field; its code is the chosen code or the ISO date."""
    value = answer.values[field.key]
    if mark := missing_mark(value):
        return _marked(AnswerState(mark))
    code = value if isinstance(value, str) and field.kind in (Kind.CHOICE, Kind.DATE) else None
    return given("; ".join(display_field(field, value).splitlines()), source, code)


def _without_value(answer: AnswerValues) -> Cell:
    if answer.state is AnswerState.NOT_APPLICABLE:
        return not_given(reason=f"{DOES_NOT_APPLY}: {answer.reason}")
    return _marked(answer.state)


def _marked(state: AnswerState) -> Cell:
    if state is AnswerState.DECLINED:
        return not_given("declined", NOT_WISHED)
    return given(UNKNOWN) if state is AnswerState.UNKNOWN else not_given()
