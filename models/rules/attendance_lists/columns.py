"""The columns of a list of attendance, their German names and the other names under which lists carry them."""

from collections.abc import Mapping
from enum import StrEnum

from models.rules.lists.layout import Layout, headers_of
from models.rules.message import Message


class AttendanceColumn(StrEnum):
    """A column, by its German name. Errors of a row are keyed by it."""

    NUMBER = "Kursnummer"
    REFERENCE = "Zeichen"
    NAME = "Name"
    GIVEN_NAME = "Vorname"
    DAY = "Tag"
    MARK = "Anwesenheit"


REQUIRED = (AttendanceColumn.NUMBER, AttendanceColumn.DAY, AttendanceColumn.MARK)
"""Columns without which a list cannot be used. Who it was, Zeichen or Name says."""
NEEDED = (AttendanceColumn.NUMBER, AttendanceColumn.DAY)
"""Columns whose cells may not be empty. An empty mark says nothing."""

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    AttendanceColumn.NUMBER: ("Kurs-Nr.", "Kursnr.", "Kurs"),
    AttendanceColumn.REFERENCE: ("Aktenzeichen", "Zeichen des Bogens", "Unser Zeichen"),
    AttendanceColumn.NAME: ("Familienname", "Nachname", "Person", "Teilnehmer", "Teilnehmende", "TN"),
    AttendanceColumn.GIVEN_NAME: ("Vornamen", "Rufname"),
    AttendanceColumn.DAY: ("Datum", "Unterrichtstag", "Kurstag"),
    AttendanceColumn.MARK: ("Status", "anwesend", "Eintrag", "Stand"),
}

LAYOUT = Layout(
    headers_of(_OTHER_NAMES),
    REQUIRED,
    Message(
        "Keine Kopfzeile gefunden. Gebraucht werden die Spalten Kursnummer, Zeichen oder Name, Tag und Anwesenheit."
    ),
    most_rows=5_000,
)
"""A list of attendance as it is read: a course of 25 people has some 600 rows in a month."""
