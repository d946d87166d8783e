"""A period of a life and what may be said of it: kinds, proofs, recognition, and which dates are impossible."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.rules.competences.months import Point, german_month, month_of
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message

SCHOOL_AGE = 6
LONGEST_TEXT, LONGEST_NAME = 500, 200
NO_PROOF = ("", "SELF", "NONE")
"""Codes of the list ``proofs`` that prove nothing."""


class PeriodKind(StrEnum):
    """What somebody did."""

    SCHOOL = "school"
    TRAINING = "training"
    STUDY = "study"
    WORK = "work"
    FAMILY = "family"
    FLIGHT = "flight"
    SEEKING = "seeking"
    OTHER = "other"


KIND_NAMES: Mapping[PeriodKind, str] = {
    PeriodKind.SCHOOL: N_("Schule"),
    PeriodKind.TRAINING: N_("Ausbildung"),
    PeriodKind.STUDY: N_("Studium"),
    PeriodKind.WORK: N_("Arbeit"),
    PeriodKind.FAMILY: N_("Familie oder Pflege"),
    PeriodKind.FLIGHT: N_("Flucht"),
    PeriodKind.SEEKING: N_("arbeitsuchend"),
    PeriodKind.OTHER: N_("Sonstiges"),
}
LEARNING = frozenset({PeriodKind.TRAINING, PeriodKind.STUDY})
OCCUPATIONAL = LEARNING | {PeriodKind.WORK}


class Trust(StrEnum):
    """How far a value can be relied on."""

    STATED = "stated"
    VERIFIED = "verified"
    CONTRADICTORY = "contradictory"


TRUST_NAMES: Mapping[Trust, str] = {
    Trust.STATED: N_("angegeben"),
    Trust.VERIFIED: N_("nachgewiesen"),
    Trust.CONTRADICTORY: N_("widersprüchlich"),
}


@dataclass(frozen=True, slots=True)
class Recognition:
    """Where the recognition of a certificate from abroad stands (§§ 4 to 7 BQFG); ``status`` is a code of the list."""

    status: str = ""
    occupation: str = ""
    office: str = ""
    file: str = ""
    applied_on: date | None = None
    result: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """One period. ``ends`` is None while it lasts, ``title`` German, ``title_original`` as on the certificate.

    ``certificate`` is a code of ``school_certificates`` for school, "yes" or "no" for training and study. ``evidence``
    is the id of a file of the case. ``contradiction`` says what contradicts it.
    """

    kind: PeriodKind
    begins: Point
    ends: Point | None = None
    approximate: bool = False
    country: str = ""
    place: str = ""
    title: str = ""
    title_original: str = ""
    kldb: str = ""
    level: str = ""
    certificate: str = ""
    proof: str = ""
    evidence: int | None = None
    recognition: Recognition = field(default_factory=Recognition)
    trust: Trust = Trust.STATED
    contradiction: str = ""
    source: str = ""

    def last_month(self, today: date) -> int:
        """The latest month of the period; this month while it lasts."""
        return self.ends.last if self.ends else month_of(today)

    def first_sure_end(self, today: date) -> int:
        """The earliest month in which it may have ended."""
        return self.ends.first if self.ends else month_of(today)

    @property
    def span(self) -> str:
        """ "03.2015 bis 08.2019", "etwa 2015 bis heute" """
        about = "etwa " if self.approximate else ""
        if self.ends == self.begins:
            return f"{about}{self.begins}"
        return f"{about}{self.begins} bis {self.ends or 'heute'}"

    @property
    def name(self) -> str:
        """ "Arbeit: Maurer", or the kind alone."""
        return ": ".join(part for part in (KIND_NAMES[self.kind], self.title or self.title_original) if part)

    @property
    def years(self) -> float | None:
        """How long it took in years, months as twelfths; None while it lasts. A bare year counts from its middle."""
        if self.ends is None:
            return None
        begun = self.begins.year + ((self.begins.month - 1) / 12 if self.begins.month else 0.5)
        ended = self.ends.year + (self.ends.month / 12 if self.ends.month else 0.5)
        return max(0.0, ended - begun)


Problems = Mapping[str, Message]


def check_period(period: Period, *, born: date, today: date, codes: Mapping[str, Collection[str]]) -> None:
    """RuleBroken by field for what cannot be; ``codes`` are the valid codes of the lists by name.

    Gaps and overlaps are no mistakes: they are asked about (``findings``).
    """
    problems: dict[str, Message] = {}
    for rule in (_dates, _age, _coded, _trusted, _recognised, _texts):
        for name, message in rule(period, born, today, codes):
            problems.setdefault(name, message)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


_Found = Iterator[tuple[str, Message]]
_Codes = Mapping[str, Collection[str]]


def _dates(period: Period, born: date, today: date, codes: _Codes) -> _Found:
    this_month = month_of(today)
    if period.begins.first > this_month:
        yield "begins", Message(N_("Der Beginn liegt in der Zukunft."))
    if period.ends is None:
        return
    if period.ends.first > this_month:
        yield "ends", Message(N_("Das Ende liegt in der Zukunft. Was noch läuft, bekommt „dauert an“."))
    if period.ends.last < period.begins.first:
        yield "ends", Message(N_("Das Ende liegt vor dem Beginn ({begin})."), begin=str(period.begins))


def _age(period: Period, born: date, today: date, codes: _Codes) -> _Found:
    if period.begins.last < month_of(born):
        birth = german_month(month_of(born))
        yield "begins", Message(N_("Das liegt vor der Geburt ({birth})."), birth=birth)


def _coded(period: Period, born: date, today: date, codes: _Codes) -> _Found:
    lists = {"country": "countries", "kldb": "kldb2", "level": "job_levels", "proof": "proofs"}
    if period.kind == PeriodKind.SCHOOL:
        lists["certificate"] = "school_certificates"
    for name, code_list in lists.items():
        if (value := getattr(period, name)) and value not in codes[code_list]:
            yield name, _UNKNOWN.get(name, Message(N_("Bitte aus der Liste wählen.")))


_UNKNOWN = {
    "kldb": Message(
        N_("Diese Berufsgruppe gibt es nicht. Gemeint ist eine der zweistelligen Gruppen der KldB 2010, etwa 32.")
    )
}


def _trusted(period: Period, born: date, today: date, codes: _Codes) -> _Found:
    if period.trust == Trust.VERIFIED and period.proof in NO_PROOF:
        yield "trust", Message(N_("Nachgewiesen ist nur, was ein Nachweis belegt. Bitte den Nachweis wählen."))
    if period.trust == Trust.CONTRADICTORY and not period.contradiction:
        yield "contradiction", Message(N_("Bitte sagen, was sich widerspricht."))
    if not period.source:
        yield "source", Message(N_("Bitte sagen, woher die Angabe kommt."))


def _recognised(period: Period, born: date, today: date, codes: _Codes) -> _Found:
    track = period.recognition
    if track.status and track.status not in codes["recognition"]:
        yield "status", Message(N_("Bitte aus der Liste wählen."))
    if track.applied_on and track.applied_on > today:
        yield "applied_on", Message(N_("Das Datum liegt in der Zukunft."))
    if track != Recognition() and not track.status:
        yield "status", Message(N_("Bitte den Stand der Anerkennung wählen."))


def _texts(period: Period, born: date, today: date, codes: _Codes) -> _Found:
    limits: tuple[tuple[str, str, int], ...] = (
        ("title", period.title, LONGEST_NAME), ("title_original", period.title_original, LONGEST_NAME),
        ("place", period.place, 120), ("source", period.source, LONGEST_NAME),
        ("contradiction", period.contradiction, LONGEST_TEXT), ("occupation", period.recognition.occupation, 200),
        ("office", period.recognition.office, 200), ("file", period.recognition.file, 60),
        ("result", period.recognition.result, 200), ("next_step", period.recognition.next_step, 200),
    )  # fmt: skip
    for name, text, most in limits:
        if len(text) > most:
            yield name, Message(N_("Höchstens {most} Zeichen."), most=most)


def kldb_code(text: str, labels: Mapping[str, str]) -> str:
    """The code of an occupational group typed as "32", "32 Hoch- und Tiefbau" or by its name; else the text itself.

    The text itself is refused as unknown, with the sentence at the field.
    """
    typed = " ".join(text.split())
    if typed[:2] in labels and (typed == typed[:2] or not typed[2:3].isdigit()):
        return typed[:2]
    wanted = typed.casefold()
    named = (code for code, label in labels.items() if wanted and wanted in (label.casefold(), label[3:].casefold()))
    return next(named, typed)


def in_order(periods: Collection[Period]) -> list[Period]:
    """By their beginning, the earlier end first."""
    return sorted(periods, key=order_of)


def order_of(period: Period) -> tuple[int, int]:
    """What periods are sorted by."""
    return period.begins.first, period.ends.last if period.ends else 10**6
