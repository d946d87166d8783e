"""The columns of a list of courses, their German names and the other names under which lists carry them."""

from collections.abc import Mapping
from enum import StrEnum

from models.rules.lists.layout import Layout, headers_of
from models.rules.message import Message


class CourseColumn(StrEnum):
    """A column, by its German name. Errors of a row are keyed by it."""

    NUMBER = "Kursnummer"
    PROVIDER = "Kursträger"
    KIND = "Kursart"
    TITLE = "Bezeichnung"
    LEVEL_FROM = "Eingangsniveau"
    LEVEL_TO = "Zielniveau"
    STARTS_ON = "Beginn"
    ENDS_ON = "Ende"
    REGISTER_UNTIL = "Anmeldung bis"
    SEATS = "Plätze"
    THRESHOLD = "Startschwelle"
    PLACE = "Standort"
    TRANSPORT = "Bus und Bahn"
    TIMES = "Kurszeiten"
    UNITS = "UE"
    MODULE_FROM = "Erstes Modul"
    MODULE_TO = "Letztes Modul"
    CHILDCARE = "Kinderbetreuung"
    BARRIER_FREE = "Barrierefrei"
    ONLINE = "Online"


REQUIRED = (
    CourseColumn.NUMBER,
    CourseColumn.PROVIDER,
    CourseColumn.KIND,
    CourseColumn.TITLE,
    CourseColumn.STARTS_ON,
    CourseColumn.SEATS,
)
"""Columns without which a list cannot be used, and whose cells may not be empty. All others may be missing."""

_OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    CourseColumn.NUMBER: ("Kurs-Nr.", "Kursnr.", "Nr.", "Nummer", "Kurs"),
    CourseColumn.PROVIDER: ("Träger", "Trägerkennung", "Kennung BAMF", "Anbieter", "Sprachkursträger"),
    CourseColumn.KIND: ("Art", "Kurstyp", "Typ"),
    CourseColumn.TITLE: ("Titel", "Kursbezeichnung", "Kursname", "Name"),
    CourseColumn.LEVEL_FROM: ("Niveau von", "von Niveau", "Einstiegsniveau"),
    CourseColumn.LEVEL_TO: ("Niveau bis", "bis Niveau", "Niveau"),
    CourseColumn.STARTS_ON: ("Kursbeginn", "Start", "Beginn am", "von", "Startdatum"),
    CourseColumn.ENDS_ON: ("Kursende", "Ende am", "bis", "Enddatum"),
    CourseColumn.REGISTER_UNTIL: ("Anmeldeschluss", "Anmeldefrist", "Anmeldung bis zum"),
    CourseColumn.SEATS: ("Platzzahl", "Anzahl Plätze", "max. TN", "Teilnehmer max.", "Max. Teilnehmer"),
    CourseColumn.THRESHOLD: ("Mindestteilnehmer", "min. TN", "Mindestzahl"),
    CourseColumn.PLACE: ("Ort", "Kursort", "Unterrichtsort", "Adresse", "Anschrift"),
    CourseColumn.TRANSPORT: ("ÖPNV", "Bus/Bahn", "Erreichbarkeit"),
    CourseColumn.TIMES: ("Unterrichtszeiten", "Zeiten", "Uhrzeit", "Zeit", "Unterrichtszeiten der Woche"),
    CourseColumn.UNITS: ("Unterrichtseinheiten", "Unterrichtseinheiten (UE)", "Umfang", "Stunden"),
    CourseColumn.MODULE_FROM: ("Modul von", "ab Modul", "Modul"),
    CourseColumn.MODULE_TO: ("Modul bis", "bis Modul"),
    CourseColumn.CHILDCARE: ("Kinderbeaufsichtigung", "mit Kinderbetreuung"),
    CourseColumn.BARRIER_FREE: ("barrierefrei erreichbar", "Barrierefreiheit"),
    CourseColumn.ONLINE: ("Online-Kurs", "Onlinekurs"),
}

LAYOUT = Layout(
    headers_of(_OTHER_NAMES),
    REQUIRED,
    Message("Keine Kopfzeile gefunden. Gebraucht werden Spalten wie Kursnummer, Kursträger und Beginn."),
    most_rows=2_000,
)
"""A list of courses as it is read. The county has some hundred courses a year."""

COLUMN_OF: Mapping[str, CourseColumn] = {
    "number": CourseColumn.NUMBER,
    "provider_id": CourseColumn.PROVIDER,
    "kind": CourseColumn.KIND,
    "title": CourseColumn.TITLE,
    "level_from": CourseColumn.LEVEL_FROM,
    "level_to": CourseColumn.LEVEL_TO,
    "starts_on": CourseColumn.STARTS_ON,
    "ends_on": CourseColumn.ENDS_ON,
    "register_until": CourseColumn.REGISTER_UNTIL,
    "seats": CourseColumn.SEATS,
    "threshold": CourseColumn.THRESHOLD,
    "place": CourseColumn.PLACE,
    "place_id": CourseColumn.PLACE,
    "site": CourseColumn.PLACE,
    "transport": CourseColumn.TRANSPORT,
    "lessons": CourseColumn.TIMES,
    "schedule": CourseColumn.TIMES,
    "units": CourseColumn.UNITS,
    "module_from": CourseColumn.MODULE_FROM,
    "module_to": CourseColumn.MODULE_TO,
    "childcare": CourseColumn.CHILDCARE,
    "barrier_free": CourseColumn.BARRIER_FREE,
    "online": CourseColumn.ONLINE,
}
"""The column that fills a field of a course; a rule that refuses a field refuses it there."""
