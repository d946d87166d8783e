"""Small arrivals lists for tests, and how they are imported."""

from typing import Any

from models.operations.arrivals import ImportReport, import_rows
from models.rules.arrivals.columns import Column
from models.rules.arrivals.reader import read_table
from models.rules.lists.table import Table
from models.rules.roles import SYSTEM
from tests.conftest import NOW

SAMAR = {
    Column.FAMILY_NAME: "Hamdan",
    Column.GIVEN_NAME: "Samar",
    Column.DATE_OF_BIRTH: "11.12.1983",
    Column.SEX: "w",
    Column.NATIONALITY: "Syrien",
    Column.LANGUAGES: "Arabisch",
    Column.ARRIVED_ON: "25.09.2026",
    Column.MUNICIPALITY: "Tholey",
    Column.STREET: "Kirchstraße 13",
    Column.POSTCODE: "66636",
    Column.TOWN: "Tholey",
    Column.PHONE: "0151 9184876",
    Column.DOCUMENT: "Aufenthaltsgestattung § 55 AsylG",
    Column.VALID_TO: "10.07.2027",
    Column.BAMF_REFERENCE: "1035333-475",
    Column.INTERPRETER: "ja",
}


def csv_of(*rows: dict[str, str]) -> bytes:
    """A list with these rows; each is Samar Hamdan of Tholey but for the named columns, e.g. ``{"SEX": "q"}``."""
    people = [SAMAR | {Column[name]: text for name, text in row.items()} for row in rows]
    columns = list(dict.fromkeys([*SAMAR, *(column for person in people for column in person)]))
    lines = [";".join(columns), *(";".join(person.get(column, "") for column in columns) for person in people)]
    return ("\r\n".join(lines) + "\r\n").encode()


def table_of(*rows: dict[str, str]) -> Table:
    """The same, read."""
    return read_table(csv_of(*rows), "liste.csv")


def bring(*rows: dict[str, str], **options: Any) -> ImportReport:
    """Import these rows as the system, unless told otherwise."""
    return import_rows(table_of(*rows), **{"actor": SYSTEM, "now": NOW} | options)


OMAR = {"GIVEN_NAME": "Omar", "SEX": "m", "DATE_OF_BIRTH": "02.03.1980"}
OKSANA = {
    "FAMILY_NAME": "Melnyk",
    "GIVEN_NAME": "Oksana",
    "DATE_OF_BIRTH": "20.10.1973",
    "NATIONALITY": "Ukraine",
    "DOCUMENT": "Aufenthaltserlaubnis § 24 AufenthG",
    "BAMF_REFERENCE": "",
    "STREET": "Am Markt 1",
}
