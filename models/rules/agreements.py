"""The agreement of first steps: what is agreed, until when, who acts, how it is closed, what becomes of it.

Source: domain.md 8.8, 3.3; §§ 29, 37 SGB III. No form is prescribed. A refused or not yet possible agreement is kept
with its reason and blocks nothing (rules.md 11).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.rules.appointments import (
    USUAL_MINUTES,
    AppointmentPlan,
    check_appointment,
    place_words,
    read_slot,
)
from models.rules.errors import RuleBroken
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message
from models.rules.past_days import past_day_problem
from models.rules.roles import Role
from models.rules.states import AppointmentKind, Site, Way
from models.rules.times import german_date

MOST_STEPS = 8
LONGEST = 500
LONGEST_DETAIL = 150
FURTHEST_MONTHS = 24


class AgreementState(StrEnum):
    """A draft is being written; of the closed ones the newest holds."""

    DRAFT = "draft"
    AGREED = "agreed"
    REFUSED = "refused"
    NOT_YET = "not_yet"


STATES: Mapping[AgreementState, tuple[str, str]] = {
    AgreementState.DRAFT: (N_("Entwurf"), "info"),
    AgreementState.AGREED: (N_("geschlossen"), "success"),
    AgreementState.REFUSED: (N_("abgelehnt"), "warning"),
    AgreementState.NOT_YET: (N_("noch nicht möglich"), "warning"),
}


class StepKind(StrEnum):
    """The choices of domain.md 8.8; codes as in item B38, so that the sheet and the Jobcenter read the same."""

    COURSE = "COURSE"
    TEST = "TEST"
    CERTIFICATES = "CERTIFICATES"
    RECOGNITION = "RECOGNITION"
    CV = "CV"
    SKILLS = "SKILLS"
    INTERNSHIP = "INTERNSHIP"
    CHILDCARE = "CHILDCARE"
    PERMIT = "PERMIT"
    APPLICATION = "APPLICATION"
    COACH = "COACH"
    OTHER = "OTHER"


STEP_LABELS: Mapping[StepKind, str] = {
    StepKind.COURSE: N_("Deutschkurs"),
    StepKind.TEST: N_("Einstufungstest"),
    StepKind.CERTIFICATES: N_("Zeugnisse beschaffen oder übersetzen"),
    StepKind.RECOGNITION: N_("Anerkennungsberatung"),
    StepKind.CV: N_("Lebenslauf"),
    StepKind.SKILLS: N_("Kompetenzfeststellung"),
    StepKind.INTERNSHIP: N_("Praktikum oder Hospitation"),
    StepKind.CHILDCARE: N_("Kita-Platz"),
    StepKind.PERMIT: N_("Beschäftigungserlaubnis beantragen"),
    StepKind.APPLICATION: N_("Bewerbung"),
    StepKind.COACH: N_("Termin beim Coach"),
    StepKind.OTHER: N_("Sonstiges"),
}


class Who(StrEnum):
    """Who takes a step."""

    PERSON = "PERSON"
    AGENTUR = "AGENTUR"
    COACH = "COACH"


WHO_LABELS: Mapping[Who, str] = {
    Who.PERSON: N_("Person"),
    Who.AGENTUR: N_("Agentur"),
    Who.COACH: N_("Coach"),
}


class StepState(StrEnum):
    """Progress of a step."""

    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"


STEP_STATES: Mapping[StepState, tuple[str, str]] = {
    StepState.OPEN: (N_("offen"), "info"),
    StepState.DONE: (N_("erledigt"), "success"),
    StepState.DROPPED: (N_("entfällt"), "warning"),
}
PAPER_REASONS: Mapping[str, str] = {
    "wish": N_("möchte auf Papier unterschreiben"),
    "no_device": N_("hat kein Gerät und keine E-Mail-Adresse"),
    "literacy": N_("liest oder schreibt nicht sicher"),
    "guardian": N_("die gesetzliche Vertretung unterschreibt"),
    "absent": N_("unterschreibt später"),
}
"""Why the person signs on paper where the counsellor signs electronically (F76)."""


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One line of the agreement; ``row`` is its line in the form, counted from 1."""

    row: int
    kind: str
    detail: str
    who: str
    until: date | None


@dataclass(frozen=True, slots=True)
class NextTalk:
    """The next appointment of an agreement: ``chosen`` among those of the case, or a new one; empty for none."""

    chosen: int | None = None
    on: date | None = None
    begins: str = ""
    site: str = Site.AGENTUR
    place: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it is agreed together with the agreement."""
        return self.on is not None

    def plan(self, counsellor: int, despite: str = "") -> AppointmentPlan:
        """The appointment that is made of a new one; RuleBroken at ``begins`` for what is no time."""
        assert self.on is not None
        slot = read_slot(self.on, self.begins, USUAL_MINUTES)
        return AppointmentPlan(
            AppointmentKind.COUNSELLING, slot, Way.PERSON, Site(self.site), self.place, counsellor, despite=despite
        )

    @property
    def said(self) -> "TalkSaid | None":
        """What the agreement says of a new one."""
        where = place_words(Way.PERSON, self.site, self.place)
        return TalkSaid(self.on, self.begins, where) if self.on else None


class TalkSaid(NamedTuple):
    """What an agreement says of its next appointment."""

    on: date
    begins: str
    where: str

    @property
    def words(self) -> str:
        """ "12.01.2027, 09:30 Uhr, Agentur für Arbeit, Zimmer 114"."""
        time = f"{self.begins} {N_('Uhr')}" if self.begins else ""
        return ", ".join(part for part in (german_date(self.on), time, self.where) if part)


@dataclass(frozen=True, slots=True)
class AgreementPlan:
    """What is agreed."""

    goal: str
    steps: tuple[StepPlan, ...]
    services: str = ""
    contributions: str = ""
    talk: NextTalk = NextTalk()
    language: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """How an agreement is closed: on which day, by the counsellor's key or on paper, whether a copy was handed over.

    ``despite``: why the next appointment is right although there is another one at its time.
    """

    agreed_on: date | None
    with_pin: bool = False
    paper_reason: str = ""
    copy_on: date | None = None
    despite: str = ""


def check_plan(plan: AgreementPlan, today: date) -> None:
    """RuleBroken by field: without a goal or a step, with days past or far ahead, with texts that are too long."""
    problems = {name: text for name, text in _plan_problems(plan, today) if text} | _talk_problems(plan.talk, today)
    for step in plan.steps:
        problems |= {f"{name}_{step.row}": text for name, text in _step_problems(step, today) if text}
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _plan_problems(plan: AgreementPlan, today: date) -> Iterator[tuple[str, Message | None]]:
    yield "goal", _text(plan.goal, LONGEST) or _missing(plan.goal, N_("Bitte das Ziel in einem Satz angeben."))
    yield "kind_1", None if plan.steps else Message(N_("Bitte mindestens einen Schritt eintragen."))
    yield "services", _text(plan.services, LONGEST)
    yield "contributions", _text(plan.contributions, LONGEST)
    yield "interpreter", _text(plan.interpreter, 120)


_TALK_FIELDS = {"held_on": "next_on", "begins": "next_begins", "minutes": "next_begins", "place": "next_where"}
"""Fields of the agreement by those of an appointment."""


def _talk_problems(talk: NextTalk, today: date) -> dict[str, Message]:
    """By field: a new appointment beside a chosen one, one without a day, and whatever an appointment cannot be."""
    if talk.chosen and (talk.is_new or talk.begins):
        return {"next_on": Message(N_("Bitte entweder einen Termin wählen oder einen neuen eintragen."))}
    if not talk.is_new:
        started = talk.begins or talk.place
        return {"next_on": Message(N_("Bitte auch den Tag angeben."))} if started and not talk.chosen else {}
    if talk.site not in set(Site):
        return {"next_site": Message(N_("Bitte den Ort wählen."))}
    if problem := _text(talk.place, LONGEST_DETAIL):
        return {"next_where": problem}
    try:
        check_appointment(talk.plan(counsellor=0), Role.AGENTUR, today)
    except RuleBroken as broken:
        return {_TALK_FIELDS[name]: sentence for name, sentence in broken.fields.items()}
    return {}


def _step_problems(step: StepPlan, today: date) -> Iterator[tuple[str, Message | None]]:
    yield "kind", None if step.kind in set(StepKind) else Message(N_("Bitte den Schritt wählen."))
    yield "who", None if step.who in set(Who) else Message(N_("Bitte wählen, wer den Schritt geht."))
    yield "until", _ahead(step.until, today) if step.until else Message(N_("Bitte angeben, bis wann."))
    needs = step.kind == StepKind.OTHER
    yield "detail", _text(step.detail, LONGEST_DETAIL) or (_missing(step.detail, N_("Was genau?")) if needs else None)


def _ahead(day: date, today: date) -> Message | None:
    if day < today:
        return Message(N_("Der Tag liegt in der Vergangenheit."))
    if day > add_months(today, FURTHEST_MONTHS):
        return Message(N_("Der Tag liegt mehr als zwei Jahre voraus. Bitte das Jahr prüfen."))
    return None


def _missing(text: str, sentence: str) -> Message | None:
    return None if text.strip() else Message(sentence)


def _text(text: str, most: int) -> Message | None:
    return Message(N_("Höchstens {most} Zeichen."), most=most) if len(text.strip()) > most else None


def check_closing(closing: Closing, *, opened_on: date, today: date) -> None:
    """RuleBroken by field for days that cannot be, and for a paper signature beside a key without its reason."""
    problems = {}
    if text := past_day_problem(closing.agreed_on, opened_on, today):
        problems["agreed_on"] = text
    if closing.with_pin and closing.paper_reason not in PAPER_REASONS:
        problems["paper_reason"] = Message(N_("Bitte angeben, warum die Person auf Papier unterschreibt."))
    if closing.copy_on and closing.agreed_on and (text := copy_problem(closing.copy_on, closing.agreed_on, today)):
        problems["copy_on"] = text
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def copy_problem(on: date | None, agreed_on: date, today: date) -> Message | None:
    """What speaks against the day on which the person was given her copy (§ 37 Abs. 3 SGB III), or None."""
    if on is None:
        return Message(N_("Bitte den Tag angeben."))
    if on > today or on < agreed_on:
        return Message(N_("Die Kopie wird am Tag der Vereinbarung oder danach ausgehändigt, nicht im Voraus."))
    return None


def check_reason(reason: str) -> None:
    """RuleBroken where a refused or not yet possible agreement has no reason."""
    problem = _missing(reason, N_("Bitte einen Grund angeben.")) or _text(reason, LONGEST)
    if problem:
        raise RuleBroken(problem, {"reason": problem})


def may_settle(role: Role, who: str) -> bool:
    """Whether this person notes the progress of a step: the counsellor of each, the coach of her own."""
    return role == Role.AGENTUR or (role == Role.COACH and who == Who.COACH)


def step_text(kind: str, detail: str) -> str:
    """ "Deutschkurs: Integrationskurs ab Modul 3"."""
    label = STEP_LABELS[StepKind(kind)]
    if kind == StepKind.OTHER:
        return detail
    return f"{label}: {detail}" if detail else label
