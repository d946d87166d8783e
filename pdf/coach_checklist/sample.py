"""The coach's list for an invented person, half filled, and the blank page."""

from dataclasses import replace
from datetime import UTC, datetime

from pdf.coach_checklist.sheet import CoachChecklist, CoachedPerson, CoachItem, coach_checklist

PERSON = CoachedPerson(
    family_name="Rahimi",
    given_names="Samira",
    case_number="SWD-2026-00417",
    municipality="Tholey",
    language="Dari, Dolmetscher nötig",
    phone="0151 0000000",
    address="https://staffelstab.intranet/faelle/SWD-2026-00417",
)

YES_NO = ("ja", "nein")

BLANK_ITEMS = (
    CoachItem("C01", "Meldung der Gemeinde erhalten am", "must", ("date",)),
    CoachItem("C02", "Erstkontakt am", "must", ("date", "choice"), choices=("Telefon", "Besuch", "Büro")),
    CoachItem("C03", "Sprache / Dolmetscher", "must", ("choice",)),
    CoachItem("C04", "Ziel des Coachings erklärt, freiwillig", "must", ("tick",)),
    CoachItem("C05", "Einwilligung E1 unterschrieben", "must", ("choice",), choices=("erteilt", "abgelehnt")),
    CoachItem("C06", "Aufenthaltspapier gültig bis", "must", ("date",)),
    CoachItem("C07", "Nebenbestimmung gelesen und erklärt", "must", ("choice",), choices=YES_NO),
    CoachItem("C08", "Wartezeit erfüllt am (Hinweis; Erlaubnis der Ausländerbehörde nötig)", "should", ("date",)),
    CoachItem("C09", "Zeugnisse vorhanden / wo", "should", ("choice",), choices=("hier", "Herkunftsland", "keine")),
    CoachItem("C10", "Stichwort Beruf und Wunsch", "should", ("text",)),
    CoachItem("C11", "Termin Agentur vereinbart", "must", ("date",)),
    CoachItem("C12", "Anfahrt und Begleitung geklärt", "should", ("choice",), choices=YES_NO),
    CoachItem("C13", "Erinnerung 1 Tag vorher", "should", ("tick",)),
    CoachItem("C14", "Termin wahrgenommen", "must", ("choice",), choices=("ja", "nein", "verschoben")),
    CoachItem("C15", "Grund, wenn nicht", "must", ("choice",)),
    CoachItem("C16", "Kinderbetreuung: Kita-Kontakt", "should", ("tick",)),
    CoachItem("C17", "Sprachangebot bis Kursstart", "should", ("choice",), choices=("EOK", "Treff", "keines")),
    CoachItem("C18", "Unterlagen für Kursanmeldung beisammen", "should", ("tick",)),
    CoachItem("C19", "Bescheid BAMF erhalten – Agentur informiert", "must", ("date",)),
    CoachItem("C20", "Antrag Jobcenter erklärt, Termin begleitet", "must", ("date",)),
    CoachItem("C21", "Konto, Krankenkasse, Wohnung angesprochen", "should", ("tick",)),
    CoachItem("C22", "Übergabe an Jobcenter bestätigt – Coaching beendet", "must", ("date",)),
    CoachItem("C23", "Offene Punkte", "may", ("text",)),
)

ANSWERS = {
    "C01": "22.05.2026",
    "C02": "27.05.2026, Büro",
    "C03": "Dari, Dolmetscher nötig",
    "C04": "ja",
    "C05": "erteilt",
    "C06": "17.05.2027",
    "C07": "ja",
    "C09": "Zeugnis Pharmazie, übersetzt",
    "C10": "Apotheke; Wunsch: PTA",
    "C11": "02.10.2026, 10:00 Uhr, St. Wendel",
    "C12": "Bus R2, ohne Begleitung",
    "C14": "ja",
}


def _answered(item: CoachItem) -> CoachItem:
    if item.code == "C15":
        return replace(item, state="not_applicable", value="Termin wahrgenommen")
    if item.code in ANSWERS:
        return replace(item, state="done", value=ANSWERS[item.code])
    return item


def sample(without_names: bool = False) -> CoachChecklist:
    """A half-filled list."""
    items = tuple(_answered(item) for item in BLANK_ITEMS)
    moment = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    return coach_checklist(
        items, PERSON, coach="S. Wagner", printed_on="20.11.2026", created=moment, without_names=without_names
    )


def blank() -> CoachChecklist:
    """The list to fill by hand, for nobody in particular."""
    moment = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    return coach_checklist(BLANK_ITEMS, coach="", printed_on="20.11.2026", created=moment)
