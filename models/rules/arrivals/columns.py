"""The columns of an arrivals list, their canonical German names and the other names under which lists carry them."""

from collections.abc import Mapping
from enum import StrEnum

from models.rules.lists.layout import Layout, headers_of
from models.rules.message import Message


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


LAYOUT = Layout(
    headers_of({column: _OTHER_NAMES[column] for column in Column}),
    REQUIRED,
    Message("Keine Kopfzeile gefunden. Gebraucht werden Spalten wie Familienname und Vorname."),
)
"""An arrivals list as it is read."""


def column_of(header: str) -> Column | None:
    """The column that a header names, whatever its case, blanks, dots and umlauts; None for an unknown one."""
    name = LAYOUT.column_of(header)
    return Column(name) if name else None
