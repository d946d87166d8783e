"""The key figures as data: what each is called, what it counts, and what its columns are (domain.md 6.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from models.rules.figures.milestones import (
    ALONE,
    COACHED,
    COMPLETE,
    NOT_TOLD,
    TOLD,
    WITH_TALK,
    WITHOUT_TALK,
    Kind,
    Phase,
)
from models.rules.message import N_
from models.rules.roles import Role
from models.rules.states import EnrolmentState, Outcome


class Cut(StrEnum):
    """What the columns of a table are."""

    WORDS = "art"
    MUNICIPALITY = "gemeinde"
    OFFICE = "stelle"


class Shape(StrEnum):
    """How a figure is told: how often by month or quarter, how many days by month, how many stand on one day."""

    OFTEN = "often"
    DAYS = "days"
    STANDING = "standing"
    CROSSED = "crossed"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Figure:
    """One report. ``words`` are its columns where it is cut by them; of what stands on a day they are its rows.

    ``limit`` is the number of days that is aimed at. ``owners`` see the numbers of their own office as they are; those
    of the county are for who oversees it. ``delicate``: that there is nobody tells something, so quarters and no zeros.
    """

    key: str
    title: str
    definition: str
    shape: Shape
    kind: Kind
    owners: frozenset[Role]
    words: Mapping[str, str] = field(default_factory=dict)
    limit: int = 0
    delicate: bool = False

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """How it may be cut; the first is how it is shown when nothing is chosen."""
        if self.shape not in (Shape.OFTEN, Shape.DAYS):
            return (Cut.MUNICIPALITY,)
        by_words = (Cut.WORDS,) if self.words or self.shape == Shape.DAYS else ()
        return (*by_words, Cut.MUNICIPALITY, Cut.OFFICE)


_ALL = frozenset({Role.MUNICIPALITY, Role.AGENTUR, Role.JOBCENTER})
_OFFICES = frozenset({Role.AGENTUR, Role.JOBCENTER})
_AGENTUR = frozenset({Role.AGENTUR})
_JOBCENTER = frozenset({Role.JOBCENTER})

PHASE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        Phase.NEW: N_("neu, noch kein Gespräch"),
        Phase.COUNSELLED: N_("in Beratung der Agentur"),
        Phase.RECOGNISED: N_("anerkannt, noch nicht übergeben"),
        Phase.HANDED_OVER: N_("vom Jobcenter übernommen"),
        Phase.DIRECT: N_("von Anfang an beim Jobcenter"),
    }
)
OUTCOME_LABELS: Mapping[str, str] = MappingProxyType(
    {
        Outcome.WORK: N_("in Arbeit"),
        Outcome.APPRENTICESHIP: N_("in Ausbildung"),
        Outcome.STUDY: N_("im Studium"),
        Outcome.SELF_EMPLOYED: N_("selbständig"),
        "gone": N_("fortgezogen"),
        "else": N_("anderes"),
    }
)
GONE = frozenset({Outcome.MOVED, Outcome.OTHER_COUNTY, Outcome.LEFT_COUNTRY})
LEVELS: Mapping[str, str] = MappingProxyType(
    {level: level for level in ("A1", "A2", "B1", "B2", "C1", "C2")} | {"else": N_("ohne Niveau")}
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        "neuzugaenge", N_("Neuzugänge"),
        N_("Gezählt wird jeder Fall in dem Monat, in dem er angelegt wurde, auch der einer Rückkehr. Doppelt erfasste "
           "Fälle zählen einmal. Die Gemeinde ist die des Tages."),
        Shape.OFTEN, Kind.ARRIVAL, _ALL,
    ),
    Figure(
        "laufende-faelle", N_("Laufende Fälle"),
        N_("Fälle, die am Stichtag offen waren, nach dem Stand des Verfahrens und der Gemeinde."),
        Shape.STANDING, Kind.IS_RUNNING, _ALL, PHASE_LABELS,
    ),
    Figure(
        "bis-zum-erstgespraech", N_("Tage von der Ankunft bis zum ersten Gespräch"),
        N_("Tage vom Anlegen des Falls bis zum ersten Gespräch mit der zuständigen Stelle, im Monat des Gesprächs."),
        Shape.DAYS, Kind.FIRST_TALK, _ALL, limit=30,
    ),
    Figure(
        "vom-coach-gefuehrt", N_("Vom Coach zur Agentur geführt"),
        N_("Erste Gespräche mit der zuständigen Stelle, nach dem, wer vorher da war: „vom Coach geführt“ heißt, dass "
           "der erste Kontakt des Beschäftigungscoachs (C02) nicht nach diesem Gespräch lag. Nachweis für das "
           "Ministerium, das den Coach mitfinanziert."),
        Shape.OFTEN, Kind.FIRST_TALK, _AGENTUR, {COACHED: N_("vom Coach geführt"), ALONE: N_("ohne Coach")},
    ),
    Figure(
        "abstand-der-gespraeche", N_("Abstand der Gespräche"),
        N_("Tage zwischen zwei Gesprächen derselben Person, im Monat des späteren. Termine des Coachs "
           "zählen nicht."),
        Shape.DAYS, Kind.CONTACT, _OFFICES, limit=90,
    ),
    Figure(
        "lebenslaeufe", N_("Vollständigkeit der Lebensläufe"),
        N_("Personen nach dem Monat ihres ersten Gesprächs: „vollständig“ ist ein Lebenslauf, in dem keine Lücke und "
           "keine Überschneidung mehr offen ist."),
        Shape.OFTEN, Kind.LIFE_LINE, _OFFICES,
        {COMPLETE: N_("vollständig"), TOLD: N_("begonnen"), NOT_TOLD: N_("noch nicht erfasst")},
    ),
    Figure(
        "anerkennungen", N_("Anerkennungen"),
        N_("Bescheide, die den Rechtskreis ändern, im Monat der Zustellung. Gestrichene Bescheide zählen nicht."),
        Shape.OFTEN, Kind.RECOGNISED, _AGENTUR,
    ),
    Figure(
        "anerkennung-bis-uebergabe", N_("Tage von der Anerkennung bis zur Übergabe"),
        N_("Tage von der Zustellung des Bescheids bis zur ersten Übermittlung des Übergabebogens, im Monat der "
           "Übermittlung. Eigenes Ziel: fünf Arbeitstage, hier sieben Tage."),
        Shape.DAYS, Kind.SENT, _AGENTUR, limit=7,
    ),
    Figure(
        "uebergaben", N_("Antworten auf Übergaben"),
        N_("Was aus übermittelten Übergabebögen wurde, im Monat der Antwort. Ein Bogen kann erst zurückgefragt und "
           "dann angenommen werden; dann zählt beides."),
        Shape.OFTEN, Kind.ANSWERED, _AGENTUR,
        {"accepted": N_("angenommen"), "queried": N_("Rückfrage"), "rejected": N_("abgelehnt"),
         "withdrawn": N_("zurückgezogen"), "expired": N_("abgelaufen")},
    ),
    Figure(
        "uebergabe-bis-gespraech", N_("Tage von der Übergabe bis zum ersten Gespräch im Jobcenter"),
        N_("Tage von der ersten Übermittlung bis zum ersten Gespräch im Jobcenter, im Monat des Gesprächs."),
        Shape.DAYS, Kind.ANSWER_TALK, _JOBCENTER, limit=30,
    ),
    Figure(
        "anerkennung-bis-gespraech", N_("Tage von der Anerkennung bis zum ersten Gespräch im Jobcenter"),
        N_("Tage von der Zustellung des Bescheids bis zum ersten Gespräch im Jobcenter, im Monat des Gesprächs. Der "
           "Rechnungshof misst an 60 Tagen."),
        Shape.DAYS, Kind.RECOGNISED_TALK, _JOBCENTER, limit=60,
    ),
    Figure(
        "wartezeit", N_("Wartezeit bis zum Kurs"),
        N_("Tage vom Papier, das den Kurs öffnet, oder ohne dessen Datum vom Eintrag bis zum Beginn des Kurses, im "
           "Monat des Beginns. Der Kurs soll in sechs Wochen beginnen (§ 7 Abs. 5 IntV)."),
        Shape.DAYS, Kind.COURSE_START, _OFFICES, limit=42,
    ),
    Figure(
        "kursende", N_("Wie Kurse enden"),
        N_("Anmeldungen im Monat ihres Endes. Begonnene Kurse zählt „Wartezeit bis zum Kurs“, Abbrüche haben eine "
           "eigene Auswertung."),
        Shape.OFTEN, Kind.COURSE_END, _OFFICES,
        {EnrolmentState.FINISHED: N_("bis zum Ende besucht"), EnrolmentState.DECLINED: N_("vom Träger abgelehnt"),
         "else": N_("vor dem Beginn beendet")},
    ),
    Figure(
        "kursbedarf", N_("Kursbedarf und freie Plätze"),
        N_("Personen, die am Stichtag auf einen Kurs warten oder einen Platz in einem Kurs haben, der noch nicht "
           "begonnen hat, nach Zielniveau; daneben die Plätze, die heute in künftigen Kursen frei sind."),
        Shape.STANDING, Kind.IS_WANTED, _OFFICES, LEVELS,
    ),
    Figure(
        "abbrueche", N_("Abbrüche mit und ohne Gespräch"),
        N_("Abgebrochene Kurse im Monat des Abbruchs: ob zwischen Beginn und Abbruch mindestens ein Gespräch mit der "
           "zuständigen Stelle war."),
        Shape.OFTEN, Kind.DROP_OUT, _OFFICES,
        {WITH_TALK: N_("mit Gespräch"), WITHOUT_TALK: N_("ohne Gespräch")}, delicate=True,
    ),
    Figure(
        "ergebnisse", N_("Ergebnisse"),
        N_("Abgeschlossene Fälle im Monat des Ergebnisses. Wiedereröffnete Fälle und doppelt erfasste zählen nicht."),
        Shape.OFTEN, Kind.CLOSED, _OFFICES, OUTCOME_LABELS, delicate=True,
    ),
    Figure(
        "staatsangehoerigkeit", N_("Laufende Fälle nach Staatsangehörigkeit und Geschlecht"),
        N_("Fälle, die am Stichtag offen waren. Im Kreis werden in dieser Tabelle erst Zahlen ab 10 genannt."),
        Shape.CROSSED, Kind.IS_RUNNING, _ALL,
    ),
    Figure(
        "datenqualitaet", N_("Datenqualität"),
        N_("Offene Fälle, in denen heute ein Feld leer ist, als „unbekannt“, „nicht gefragt“ oder „keine Angabe“ "
           "beantwortet ist, oder in denen sich zwei Angaben widersprechen. Bei Agentur, Jobcenter "
           "und Gemeinde die Fälle, deren Daten sie führen."),
        Shape.QUALITY, Kind.IS_RUNNING, _ALL,
    ),
)  # fmt: skip
_BY_KEY = {figure.key: figure for figure in FIGURES}
OVERSEERS = frozenset({Role.COORDINATION, Role.BAMF})


def figure_named(key: str, role: Role) -> Figure | None:
    """The figure, where people of this kind of organisation may see it."""
    figure = _BY_KEY.get(key)
    return figure if figure and (role in OVERSEERS or role in figure.owners) else None


def of_same_people(figure: Figure) -> tuple[Figure, ...]:
    """The figures over time that count the same people in the same months, this one first."""
    others = (
        other
        for other in FIGURES
        if other is not figure and other.shape in _OVER_TIME and _people(other) == _people(figure)
    )
    return (figure, *others)


_OVER_TIME = (Shape.OFTEN, Shape.DAYS)
_SAME = MappingProxyType({Kind.LIFE_LINE: Kind.FIRST_TALK, Kind.ANSWER_TALK: Kind.RECOGNISED_TALK})


def _people(figure: Figure) -> Kind:
    return _SAME.get(figure.kind, figure.kind)


def figures_for(role: Role) -> tuple[Figure, ...]:
    """All that people of this kind of organisation may see."""
    return tuple(figure for figure in FIGURES if figure_named(figure.key, role))


def word_of(figure: Figure, stored: str) -> str:
    """The column or row that a stored word belongs to."""
    if figure.kind == Kind.CLOSED and stored in GONE:
        return "gone"
    return stored if stored in figure.words or not figure.words else "else"
