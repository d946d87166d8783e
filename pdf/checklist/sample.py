"""The coach's list for an invented person, half filled and blank; a roomy list; and the bundle of a day."""

from dataclasses import replace
from datetime import UTC, datetime

from pdf.checklist.sheet import (
    Checklists,
    FieldKind,
    Level,
    ListFacts,
    Names,
    PaperField,
    PaperItem,
    PaperPerson,
    Route,
    Stop,
    bundle,
    checklist,
)

MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
PRINTED_ON = "20.11.2026"
TITLE, SUBTITLE = "Checkliste Beschäftigungscoach", "Landkreis St. Wendel · Beschäftigungscoaching, freiwillig"


def _item(code: str, text: str, level: Level, kinds: tuple[FieldKind, ...], choices: tuple[str, ...] = ()) -> PaperItem:
    return PaperItem(code, text, level, tuple(PaperField(kind, "", choices) for kind in kinds))


PERSON = PaperPerson(
    family_name="Rahimi",
    given_names="Samira",
    case_number="SWD-2026-00417",
    municipality="Tholey",
    language="Dari, Dolmetscher nötig",
    phone="0151 0000000",
    address="https://staffelstab.intranet/faelle/SWD-2026-00417/papier/coach/1",
)

YES_NO = ("ja", "nein")

BLANK_ITEMS = (
    _item("C01", "Meldung der Gemeinde erhalten am", "must", ("date",)),
    _item("C02", "Erstkontakt am", "must", ("date", "choice"), choices=("Telefon", "Besuch", "Büro")),
    _item("C03", "Sprache / Dolmetscher", "must", ("choice",)),
    _item("C04", "Ziel des Coachings erklärt, freiwillig", "must", ("tick",)),
    _item("C05", "Einwilligung E1 unterschrieben", "must", ("choice",), choices=("erteilt", "abgelehnt")),
    _item("C06", "Aufenthaltspapier gültig bis", "must", ("date",)),
    _item("C07", "Nebenbestimmung gelesen und erklärt", "must", ("choice",), choices=YES_NO),
    _item("C08", "Wartezeit erfüllt am (Hinweis; Erlaubnis der Ausländerbehörde nötig)", "should", ("date",)),
    _item("C09", "Zeugnisse vorhanden / wo", "should", ("choice",), choices=("hier", "Herkunftsland", "keine")),
    _item("C10", "Stichwort Beruf und Wunsch", "should", ("text",)),
    _item("C11", "Termin Agentur vereinbart", "must", ("date",)),
    _item("C12", "Anfahrt und Begleitung geklärt", "should", ("choice",), choices=YES_NO),
    _item("C13", "Erinnerung 1 Tag vorher", "should", ("tick",)),
    _item("C14", "Termin wahrgenommen", "must", ("choice",), choices=("ja", "nein", "verschoben")),
    _item("C15", "Grund, wenn nicht", "must", ("choice",)),
    _item("C16", "Kinderbetreuung: Kita-Kontakt", "should", ("tick",)),
    _item("C17", "Sprachangebot bis Kursstart", "should", ("choice",), choices=("EOK", "Treff", "keines")),
    _item("C18", "Unterlagen für Kursanmeldung beisammen", "should", ("tick",)),
    _item("C19", "Bescheid BAMF erhalten – Agentur informiert", "must", ("date",)),
    _item("C20", "Antrag Jobcenter erklärt, Termin begleitet", "must", ("date",)),
    _item("C21", "Konto, Krankenkasse, Wohnung angesprochen", "should", ("tick",)),
    _item("C22", "Übergabe an Jobcenter bestätigt – Coaching beendet", "must", ("date",)),
    _item("C23", "Offene Punkte", "may", ("text",)),
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


def _answered(item: PaperItem) -> PaperItem:
    if item.code == "C15":
        return replace(item, state="not_applicable", value="Termin wahrgenommen")
    if item.code in ANSWERS:
        return replace(item, state="done", value=ANSWERS[item.code])
    return item


def facts(items: tuple[PaperItem, ...] = BLANK_ITEMS, *, blank: bool = False) -> ListFacts:
    """The coach's list of the invented person with these items."""
    return ListFacts(TITLE, SUBTITLE, PERSON, items, "Coach", "S. Wagner", blank, tight=True)


def sample(names: Names = Names.FULL) -> Checklists:
    """A half-filled list."""
    filled = facts(tuple(_answered(item) for item in BLANK_ITEMS))
    return checklist(filled, printed_on=PRINTED_ON, created=MOMENT, names=names)


def blank() -> Checklists:
    """The list to fill by hand, with the number of the case alone."""
    return checklist(facts(blank=True), printed_on=PRINTED_ON, created=MOMENT, names=Names.NUMBER)


def roomy() -> Checklists:
    """A blank list with several fields to an item, on as many pages as it needs."""
    household = tuple(PaperField("number", label) for label in ("Erwachsene", "Kinder"))
    paper = (PaperField("choice", "Art", ("Ausweis", "Pass", "keines")), PaperField("date", "gültig bis"))
    items = (
        PaperItem("A05", "Aufenthaltspapier gesehen", "must", paper),
        PaperItem("A10", "Haushalt und Kinder erfasst", "must", household),
        PaperItem("A13", "Sprache", "must", (PaperField("choice", "", tuple(map(str, range(73)))),)),
    ) * 9
    listed = ListFacts("Aufnahme", "Gemeinde Tholey", PERSON, items, "Bearbeitung", "S. Wagner", True, False, ("B41",))
    return checklist(listed, printed_on=PRINTED_ON, created=MOMENT)


def day(names: Names = Names.FULL) -> Checklists:
    """A day with two visits."""
    name, phone = PERSON.named(names), PERSON.phone if names == Names.FULL else ""
    stops = tuple(
        Stop(order, name, PERSON.case_number, time, "Tholey, Rathaus", phone, PERSON.language)
        for order, time in (("1", "9:00"), ("2", "10:30"))
    )
    route = Route("Tagesmappe 20.11.2026", SUBTITLE, "Tagesmappe 20.11.2026", stops)
    return bundle((facts(), facts(blank=True)), route, printed_on=PRINTED_ON, created=MOMENT, names=names)
