"""The columns of an arrivals list, their canonical German names and the other names under which lists carry them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from models.rules.arrivals.names import fold


class Column(StrEnum):
    """A column, by its canonical German name. Errors of a row are keyed by it."""

    RUNNING_NUMBER = "Lfd. Nr."
    AZR_NUMBER = "AZR-Nummer"
    FAMILY_NAME = "Familienname"
    GIVEN_NAME = "Vorname"
    DATE_OF_BIRTH = "Geburtsdatum"
    SEX = "Geschlecht"
    NATIONALITY = "Staatsangehörigkeit"
    LANGUAGES = "Sprachen"
    ARRIVED_ON = "Ankunft"
    MUNICIPALITY = "Gemeinde"
    STREET = "Straße"
    POSTCODE = "PLZ"
    TOWN = "Ort"
    PHONE = "Telefon"
    DOCUMENT = "Aufenthaltsdokument"
    VALID_TO = "gültig bis"
    BAMF_REFERENCE = "BAMF-Aktenzeichen"
    MARITAL_STATUS = "Familienstand"
    CHILDREN = "Kinder im Haushalt"
    INTERPRETER = "Dolmetschen"
    NOTE = "Bemerkung"


REQUIRED = (
    Column.FAMILY_NAME,
    Column.GIVEN_NAME,
    Column.DATE_OF_BIRTH,
    Column.SEX,
    Column.NATIONALITY,
    Column.ARRIVED_ON,
    Column.MUNICIPALITY,
)
"""Columns without which a list cannot be used, and whose cells may not be empty. All others may be missing."""

ERROR_COLUMN = "Fehler"
"""The column that the list of rejected rows adds; ignored when that list comes back."""

_OTHER_NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.RUNNING_NUMBER: ("Lfd.-Nr.", "Laufende Nummer", "Laufende Nr.", "Nr.", "Nummer"),
    Column.AZR_NUMBER: ("AZR-Nr.", "AZR", "Ausländerzentralregister-Nummer"),
    Column.FAMILY_NAME: ("Name", "Nachname", "Zuname", "Familiennamen"),
    Column.GIVEN_NAME: ("Vornamen", "Vorname(n)", "Rufname"),
    Column.DATE_OF_BIRTH: ("Geb.-Datum", "Geb.-Dat.", "Geb.", "geboren am", "geboren", "Geburtstag", "geb. am"),
    Column.SEX: ("Geschl.", "Sex"),
    Column.NATIONALITY: ("Staatsang.", "Staatsangehörigkeiten", "Nationalität", "Staatsbürgerschaft", "StA"),
    Column.LANGUAGES: ("Sprache", "Sprache(n)", "Muttersprache", "Sprachkenntnisse"),
    Column.ARRIVED_ON: ("Ankunftsdatum", "Ankunft am", "angekommen am", "Datum der Ankunft", "Zuzug am"),
    Column.MUNICIPALITY: ("Kommune", "Wohngemeinde", "Stadt/Gemeinde", "Gemeinde/Stadt"),
    Column.STREET: ("Straße und Hausnummer", "Straße, Hausnr.", "Straße/Nr.", "Str.", "Anschrift", "Adresse"),
    Column.POSTCODE: ("Postleitzahl",),
    Column.TOWN: ("Wohnort", "Ortsname"),
    Column.PHONE: ("Telefonnummer", "Telefon-Nr.", "Tel.", "Tel.-Nr.", "Handy", "Handynummer", "Mobil", "Mobiltelefon"),
    Column.DOCUMENT: ("Aufenthaltspapier", "Aufenthaltstitel", "Ausweisdokument", "Dokument", "Papier"),
    Column.VALID_TO: ("Gültigkeit", "gültig", "gült. bis", "Dokument gültig bis", "gültig bis (Datum)"),
    Column.BAMF_REFERENCE: ("BAMF-Az.", "BAMF Az", "Az. BAMF", "Aktenzeichen BAMF", "Aktenzeichen", "BAMF-Nr.", "Az."),
    Column.MARITAL_STATUS: ("Fam.-Stand", "Fam.Stand", "Familien-Stand"),
    Column.CHILDREN: ("Kinder", "Anzahl Kinder", "Kinder i. Haushalt", "Kinder im HH", "Kinderzahl"),
    Column.INTERPRETER: ("Dolmetscher", "Dolmetscher nötig", "Dolmetschen nötig", "Dolmetscherbedarf", "Dolm."),
    Column.NOTE: ("Bemerkungen", "Anmerkung", "Anmerkungen", "Hinweis", "Hinweise", "Notiz", "Notizen"),
}


def _header_key(header: str) -> str:
    return fold(header).replace(" ", "")


_BY_HEADER: Mapping[str, Column] = {
    _header_key(name): column for column in Column for name in (column.value, *_OTHER_NAMES[column])
}


def column_of(header: str) -> Column | None:
    """The column that a header names, whatever its case, blanks, dots and umlauts; None for an unknown one."""
    return _BY_HEADER.get(_header_key(header))


def known_headers(cells: Iterable[str]) -> int:
    """How many of the cells of a line are headers of an arrivals list."""
    return sum(column_of(cell) is not None for cell in cells)
