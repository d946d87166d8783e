"""The agreement of first steps: what is agreed, until when, who acts, how it is closed, what becomes of it.

Source: domain.md 8.8, 3.3; §§ 29, 37 SGB III. No form is prescribed. A refused or not yet possible agreement is kept
with its reason and blocks nothing (rules.md 11).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.errors import RuleBroken
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message
from models.rules.roles import Role
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
class AgreementPlan:
    """What is agreed. ``next_on`` and ``next_where`` are the next appointment."""

    goal: str
    steps: tuple[StepPlan, ...]
    services: str = ""
    contributions: str = ""
    next_on: date | None = None
    next_where: str = ""
    language: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """How an agreement is closed: on which day, by the counsellor's key or on paper, whether a copy was handed over."""

    agreed_on: date | None
    with_pin: bool = False
    paper_reason: str = ""
    copy_on: date | None = None


def check_plan(plan: AgreementPlan, today: date) -> None:
    """RuleBroken by field: without a goal or a step, with days past or far ahead, with texts that are too long."""
    problems = {name: text for name, text in _plan_problems(plan, today) if text}
    for step in plan.steps:
        problems |= {f"{name}_{step.row}": text for name, text in _step_problems(step, today) if text}
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _plan_problems(plan: AgreementPlan, today: date) -> Iterator[tuple[str, Message | None]]:
    yield "goal", _text(plan.goal, LONGEST) or _missing(plan.goal, N_("Bitte das Ziel in einem Satz angeben."))
    yield "kind_1", None if plan.steps else Message(N_("Bitte mindestens einen Schritt eintragen."))
    yield "services", _text(plan.services, LONGEST)
    yield "contributions", _text(plan.contributions, LONGEST)
    yield "next_on", _ahead(plan.next_on, today) if plan.next_on else None
    yield "next_where", _text(plan.next_where, LONGEST_DETAIL)
    yield "interpreter", _text(plan.interpreter, 120)


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


def past_day_problem(day: date | None, opened_on: date, today: date) -> Message | None:
    """What speaks against a day on which something of the case has happened, or None."""
    if day is None:
        return Message(N_("Bitte den Tag angeben."))
    if day > today:
        return Message(N_("Das Datum liegt in der Zukunft."))
    if day < opened_on:
        return Message(N_("Das Datum liegt vor dem Beginn des Falls am {day}."), day=german_date(opened_on))
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
