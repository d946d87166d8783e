"""Lists and rows for the tests of this folder."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from models.rules.arrivals.columns import Column
from models.rules.arrivals.reader import read_table
from models.rules.arrivals.rows import ArrivalRow, RowErrors, parse_row
from models.rules.lists.table import TableRow
from models.seed.arrivals_data import arrival_words

TODAY = date(2026, 11, 22)
SAMPLE = Path(__file__).parent / "sample"

GOOD = {
    Column.RUNNING_NUMBER: "1",
    Column.AZR_NUMBER: "813073860281",
    Column.FAMILY_NAME: "Hamdan",
    Column.GIVEN_NAME: "Samar",
    Column.DATE_OF_BIRTH: "11.12.1973",
    Column.SEX: "w",
    Column.NATIONALITY: "Syrien",
    Column.LANGUAGES: "Arabisch",
    Column.ARRIVED_ON: "25.09.2024",
    Column.MUNICIPALITY: "Nonnweiler",
    Column.STREET: "Kirchstraße 13",
    Column.POSTCODE: "66620",
    Column.TOWN: "Nonnweiler",
    Column.PHONE: "0151 9184876",
    Column.DOCUMENT: "Ankunftsnachweis",
    Column.VALID_TO: "10.07.2027",
    Column.BAMF_REFERENCE: "1035333-475",
    Column.MARITAL_STATUS: "verwitwet",
    Column.CHILDREN: "0",
    Column.INTERPRETER: "nein",
    Column.NOTE: "",
}
MUNICIPALITIES = ("", "tholey", "namborn", "freisen", "oberthal")
HEADERS = [column.value for column in Column]


def parsed(only_municipality: str | None = None, **changes: str) -> ArrivalRow | RowErrors:
    """The good row with changed cells, parsed; keys are names of columns, e.g. ``SEX="q"``."""
    cells = GOOD | {Column[name]: text for name, text in changes.items()}
    return parse_row(TableRow(1, 2, tuple(cells.values()), cells), TODAY, arrival_words(), only_municipality)


def row(**values: Any) -> ArrivalRow:
    """The good row with other values."""
    good = parsed()
    assert isinstance(good, ArrivalRow)
    return replace(good, **values)


def people(*described: str) -> list[ArrivalRow]:
    """Rows 1, 2, … from "Familienname, Vorname, 1990-05-17" with nothing else in common but country and sex."""
    rows = []
    for number, text in enumerate(described, start=1):
        family, given, born = text.split(", ")
        rows.append(
            row(
                number=number,
                family_name=family,
                given_name=given,
                date_of_birth=date.fromisoformat(born),
                bamf_reference=None,
                street=f"Hauptstraße {number}",
                municipality=MUNICIPALITIES[number],
            )
        )
    return rows


def csv_of(*lines: list[str], separator: str = ";") -> bytes:
    """Lines without quotes, under the headers of all columns."""
    return "\r\n".join(separator.join(line) for line in (HEADERS, *lines)).encode()


def xlsx_of(*lines: list[Any], formats: dict[str, str] | None = None) -> bytes:
    """A workbook with these lines; ``formats`` are number formats by cell, e.g. ``{"A2": "00000"}``."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in lines:
        sheet.append(line)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def good_line() -> list[str]:
    """The cells of the good row in the order of the columns."""
    return list(GOOD.values())


def cells_of(content: bytes, filename: str = "liste.csv", number: int = 1) -> dict[Column, str]:
    """The cleaned cells of one data row of a file."""
    return dict(read_table(content, filename).rows[number - 1].cells)
