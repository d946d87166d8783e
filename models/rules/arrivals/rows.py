"""A row of an arrivals list, checked: either all its values in normal form, or every error in it by column."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from models.rules.arrivals import cells
from models.rules.arrivals.columns import REQUIRED, Column
from models.rules.arrivals.word_lists import Municipality, WordLists
from models.rules.lists.cells import day, up_to, yes_or_no
from models.rules.lists.reading import RowReading
from models.rules.lists.table import Table, TableRow
from models.rules.message import Message

RowErrors = dict[Column, Message]
"""What is wrong in a row: a German sentence by column, in the order of the columns."""
OTHER_MUNICIPALITY = Message("Eine Gemeinde kann nur ihre eigenen Zeilen einlesen.")
"""Of a row that is not this municipality's business at all: nothing in it is for her to correct."""

_OLDEST = 120
_ANNOUNCED_AHEAD = timedelta(days=366)
"""An arrival may be announced before it happens; a year that lies further ahead is a slip."""
_EARLIEST_DOCUMENT = 1990


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """One person as a municipality reports it, in normal form. ``number`` is the data row in the list, from 1.

    Codes: ``sex`` m, w, d, x; ``nationality`` ISO 3166-1 alpha-3; ``languages`` ISO 639-3; ``municipality`` the key of
    a municipality of the county, None before the allocation; ``marital_status`` DSMeld. None where nothing was said.
    ``document_label`` is the paper as the list names it.
    """

    number: int
    running_number: str | None
    azr_number: str | None
    family_name: str
    given_name: str
    date_of_birth: date
    sex: str
    nationality: str
    languages: tuple[str, ...]
    arrived_on: date | None
    municipality: str | None
    street: str | None
    postcode: str | None
    town: str | None
    phone: str | None
    document_label: str | None
    valid_to: date | None
    bamf_reference: str | None
    marital_status: str
    children: int | None
    interpreter_needed: bool | None
    note: str | None


_FIELDS: Mapping[str, tuple[Column, Callable[[str], object]]] = {
    "running_number": (Column.RUNNING_NUMBER, up_to(20)),
    "azr_number": (Column.AZR_NUMBER, cells.azr_number),
    "family_name": (Column.FAMILY_NAME, cells.family_name),
    "given_name": (Column.GIVEN_NAME, cells.given_name),
    "date_of_birth": (Column.DATE_OF_BIRTH, day),
    "sex": (Column.SEX, cells.sex),
    "arrived_on": (Column.ARRIVED_ON, day),
    "street": (Column.STREET, up_to(120)),
    "postcode": (Column.POSTCODE, cells.postcode),
    "town": (Column.TOWN, up_to(80)),
    "phone": (Column.PHONE, cells.phone),
    "document_label": (Column.DOCUMENT, up_to(200)),
    "valid_to": (Column.VALID_TO, cells.valid_to),
    "bamf_reference": (Column.BAMF_REFERENCE, cells.bamf_reference),
    "marital_status": (Column.MARITAL_STATUS, cells.marital_status),
    "children": (Column.CHILDREN, cells.children),
    "interpreter_needed": (Column.INTERPRETER, yes_or_no),
    "note": (Column.NOTE, up_to(1_000)),
}
_MARITAL_STATUS_UNKNOWN = "NB"


def parse_row(
    row: TableRow,
    today: date,
    lists: WordLists,
    only_municipality: str | None = None,
    needed: Collection[Column] = REQUIRED,
) -> ArrivalRow | RowErrors:
    """The row in normal form, or all errors in it.

    ``only_municipality`` is the key of the municipality that sends the list: rows of others are refused. ``needed``
    are the columns that may not be empty; the Agentur records people who are not allocated yet.
    """
    reading = RowReading(row, needed)
    values: dict[str, Any] = {name: reading.value(column, read) for name, (column, read) in _FIELDS.items()}
    municipality = reading.value(Column.MUNICIPALITY, partial(cells.municipality, lists=lists))
    values["nationality"] = reading.value(Column.NATIONALITY, partial(cells.nationality, lists=lists))
    values["languages"] = reading.value(Column.LANGUAGES, partial(cells.languages, lists=lists)) or ()
    _check_dates(reading, values, today)
    _check_place(reading, municipality, values["postcode"], only_municipality)
    if row.has_surplus:
        reading.refuse(Column.NOTE, Message("Die Zeile hat mehr Spalten als die Kopfzeile. Ist etwas verrutscht?"))
    if reading.errors:
        return {column: reading.errors[column] for column in Column if column in reading.errors}
    values["marital_status"] = values["marital_status"] or _MARITAL_STATUS_UNKNOWN
    values["note"] = _note(reading, values)
    return ArrivalRow(number=row.number, municipality=municipality.key if municipality else None, **values)


def _note(reading: RowReading, values: Mapping[str, Any]) -> str | None:
    """The note, with what the codes of other columns cannot say put before it."""
    parts = []
    if cells.is_separated(reading.text(Column.MARITAL_STATUS)):
        parts.append("getrennt lebend")
    if cells.OTHER_LANGUAGE in values["languages"]:
        parts.append(f"Sprachen: {reading.text(Column.LANGUAGES)}")
    return "; ".join(filter(None, (*parts, values["note"]))) or None


def _check_dates(reading: RowReading, values: Mapping[str, Any], today: date) -> None:
    _check_birth(reading, values["date_of_birth"], today)
    born, arrived, valid_to = values["date_of_birth"], values["arrived_on"], values["valid_to"]
    if arrived and arrived > today + _ANNOUNCED_AHEAD:
        reading.refuse(Column.ARRIVED_ON, Message("Die Ankunft liegt mehr als ein Jahr in der Zukunft."))
    if born and arrived and arrived < born and Column.DATE_OF_BIRTH not in reading.errors:
        reading.refuse(Column.ARRIVED_ON, Message("Die Ankunft liegt vor der Geburt."))
    if valid_to and valid_to.year < _EARLIEST_DOCUMENT:
        reading.refuse(Column.VALID_TO, Message("Das Papier wäre vor 1990 abgelaufen. Bitte das Jahr prüfen."))


def _check_birth(reading: RowReading, born: date | None, today: date) -> None:
    if born and born > today:
        reading.refuse(Column.DATE_OF_BIRTH, Message("Das Geburtsdatum liegt in der Zukunft."))
    if born and born.year < today.year - _OLDEST:
        reading.refuse(Column.DATE_OF_BIRTH, Message("Das Geburtsdatum liegt mehr als 120 Jahre zurück."))


def _check_place(
    reading: RowReading, municipality: Municipality | None, postcode: str | None, only_municipality: str | None
) -> None:
    if municipality is None:
        return
    if only_municipality and municipality.key != only_municipality:
        reading.refuse(Column.MUNICIPALITY, OTHER_MUNICIPALITY)
    if postcode and postcode not in municipality.postcodes:
        reading.refuse(
            Column.POSTCODE,
            Message("Die Postleitzahl {postcode} gehört nicht zu {name}.", postcode=postcode, name=municipality.name),
        )


def to_correct(rejected: Mapping[int, RowErrors]) -> dict[int, RowErrors]:
    """The rejected rows without those of other municipalities."""
    return {number: errors for number, errors in rejected.items() if OTHER_MUNICIPALITY not in errors.values()}


def parse_rows(
    table: Table, today: date, lists: WordLists, only_municipality: str | None = None
) -> tuple[list[ArrivalRow], dict[int, RowErrors]]:
    """All rows of a list: the good ones in their order, and the errors of the others by data row number."""
    good: list[ArrivalRow] = []
    rejected: dict[int, RowErrors] = {}
    for row in table.rows:
        parsed = parse_row(row, today, lists, only_municipality)
        if isinstance(parsed, ArrivalRow):
            good.append(parsed)
        else:
            rejected[row.number] = parsed
    return good, rejected
