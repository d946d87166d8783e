"""Consents E1 to E5: for what, to whom, how long, and what may be decided when.

Source: domain.md 8.9; § 67b Abs. 2 SGB X, Art. 7 DSGVO (purpose, refusal without disadvantage, withdrawal at any time).
The transfer from Agentur to Jobcenter rests on the law and needs none (§ 50 Abs. 1 SGB II, § 69 Abs. 1 Nr. 1 SGB X).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from models.rules.errors import RuleBroken
from models.rules.law.calendar import ADULT, add_months, has_completed
from models.rules.message import N_, Message
from models.rules.past_days import past_day_problem
from models.rules.permissions import Block, Permission, may
from models.rules.roles import Role
from models.rules.states import ConsentState
from models.rules.times import german_date

LONGEST_MONTHS = 24
LONGEST_NAME = 120
LONGEST_NAMED = 300


class Purpose(StrEnum):
    """What a person may consent to (domain.md 8.9)."""

    E1 = "E1"
    E2 = "E2"
    E3 = "E3"
    E4 = "E4"
    E5 = "E5"


PURPOSES: Mapping[Purpose, str] = {
    Purpose.E1: N_("Zusammenarbeit von Coach und Agentur für Arbeit"),
    Purpose.E2: N_("Kursanmeldung an den Kursträger"),
    Purpose.E3: N_("Gesundheitsangaben an das Jobcenter"),
    Purpose.E4: N_("Rückmeldung des Kursträgers an Coach und Agentur"),
    Purpose.E5: N_("Kontakt per Telefon, Messenger oder E-Mail"),
}
CONSEQUENCES: Mapping[Purpose, str] = {
    Purpose.E1: N_("Nach einem Widerruf sieht der Coach den Fall nicht mehr."),
    Purpose.E2: N_(
        "Nach einem Widerruf bekommt der Träger nichts mehr; was er noch nicht beantwortet hat, sieht er nicht mehr."
    ),
    Purpose.E3: N_("Nach einem Widerruf gehen keine Gesundheitsangaben in den Übergabebogen."),
    Purpose.E4: N_("Nach einem Widerruf meldet der Träger nur, was er nach dem Gesetz melden muss."),
    Purpose.E5: N_("Nach einem Widerruf schreiben Sie mit der Post."),
}
STATES: Mapping[ConsentState, tuple[str, str]] = {
    ConsentState.NONE: (N_("nicht gefragt"), "info"),
    ConsentState.GRANTED: (N_("erteilt"), "success"),
    ConsentState.REFUSED: (N_("abgelehnt"), "warning"),
    ConsentState.WITHDRAWN: (N_("widerrufen"), "danger"),
    ConsentState.EXPIRED: (N_("abgelaufen"), "warning"),
}
_ASKED_BY: Mapping[Role, frozenset[Purpose]] = {
    Role.AGENTUR: frozenset(Purpose),
    Role.COACH: frozenset({Purpose.E1, Purpose.E2, Purpose.E4, Purpose.E5}),
    Role.JOBCENTER: frozenset({Purpose.E2, Purpose.E4, Purpose.E5}),
    Role.MUNICIPALITY: frozenset({Purpose.E5}),
}
_COURSES = frozenset({Block.COURSES, Block.COACH_LIST})
_SEEN_WITH: Mapping[Purpose, frozenset[Block]] = {
    Purpose.E1: frozenset({Block.COUNSELLING, Block.COACH_FIRST}),
    Purpose.E2: _COURSES,
    Purpose.E3: frozenset({Block.HANDOVER}),
    Purpose.E4: _COURSES,
    Purpose.E5: frozenset({Block.PERSON, Block.CONTACT, Block.SNAPSHOT}),
}
TO_PROVIDERS = frozenset({Purpose.E2, Purpose.E4})
"""Consents that name a course provider."""


def purposes_for(role: Role, blocks: frozenset[Block]) -> tuple[Purpose, ...]:
    """The consents that this person asks for and sees the state of, within what she sees of the case."""
    asked = _ASKED_BY.get(role, frozenset()) if may(role, Permission.CONSENT) else frozenset()
    return tuple(one for one in Purpose if one in asked and not blocks.isdisjoint(_SEEN_WITH[one]))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: ``granted`` or not, when, in which language, with whose help.

    ``recipient`` is an organisation. ``named`` are the health data of E3. ``guardian`` signs for minors.
    ``is_objection``: the person objects to health data going over, asked for a consent or not (§ 76 Abs. 2 SGB X).
    """

    purpose: Purpose
    is_granted: bool
    decided_on: date | None
    recipient: int | None = None
    language: str = ""
    interpreter: str = ""
    guardian: str = ""
    named: str = ""
    is_objection: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood before: the state, since when; and what the decision is measured by."""

    state: ConsentState
    since: date | None
    opened_on: date
    born: date | None


def ends_on(granted_on: date) -> date:
    """The last day of a consent (domain.md 8.9: at most 24 months)."""
    return add_months(granted_on, LONGEST_MONTHS)


def state_on(state: ConsentState, since: date | None, today: date) -> ConsentState:
    """The state on a day: a granted one ends by itself, whether or not the daily run has noted it yet."""
    return state_until(state, ends_on(since) if since else None, today)


def state_until(state: ConsentState, until: date | None, today: date) -> ConsentState:
    """The same by the last day of the consent."""
    is_over = state == ConsentState.GRANTED and until is not None and today > until
    return ConsentState.EXPIRED if is_over else state


@lru_cache(maxsize=8)
def latest_ended(today: date) -> date:
    """The last day on which a consent was given that is over today, for what asks the database (``ends_on``)."""
    day = add_months(today, -LONGEST_MONTHS)
    while ends_on(day) >= today:
        day -= timedelta(days=1)
    return day


def state_after(decision: Decision, before: ConsentState) -> ConsentState:
    """The state that follows: who takes back what she granted withdraws it."""
    if decision.is_granted:
        return ConsentState.GRANTED
    taken_back = decision.is_objection or before in (ConsentState.GRANTED, ConsentState.WITHDRAWN)
    return ConsentState.WITHDRAWN if taken_back else ConsentState.REFUSED


def check_decision(decision: Decision, before: Standing, today: date, *, by_form: bool = True) -> None:
    """RuleBroken by field for a day that cannot be and, on the form of the consent, for what it has to name.

    ``by_form`` is False for an item of a list, which asks for the decision and its day alone.
    """
    found = [("decided_on", _day_problem(decision, before, today))]
    problems = {name: text for name, text in found + (_on_form(decision, before) if by_form else []) if text}
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _on_form(decision: Decision, before: Standing) -> list[tuple[str, Message | None]]:
    return [
        ("named", _named_problem(decision)),
        ("interpreter", _too_long(decision.interpreter, LONGEST_NAME)),
        ("guardian", _guardian_problem(decision, before)),
    ]


def _day_problem(decision: Decision, before: Standing, today: date) -> Message | None:
    day = decision.decided_on
    problem = past_day_problem(day, before.opened_on, today)
    if problem or day is None:
        return problem
    if before.since and day < before.since:
        return Message(
            N_("Die Entscheidung vom {day} ist jünger. Bitte das Datum prüfen."), day=german_date(before.since)
        )
    if decision.is_granted and today > ends_on(day):
        return Message(N_("Eine Einwilligung von diesem Tag wäre schon abgelaufen. Bitte neu fragen."))
    return None


def _named_problem(decision: Decision) -> Message | None:
    if decision.purpose == Purpose.E3 and decision.is_granted and not decision.named.strip():
        return Message(N_("Bitte die Angaben oder Gutachten benennen, um die es geht."))
    return _too_long(decision.named, LONGEST_NAMED)


def _guardian_problem(decision: Decision, before: Standing) -> Message | None:
    if decision.is_granted and needs_guardian(before.born, decision.decided_on) and not decision.guardian.strip():
        return Message(
            N_("Die Person ist minderjährig: Bitte angeben, wer sie gesetzlich vertritt und unterschrieben hat.")
        )
    return _too_long(decision.guardian, LONGEST_NAME)


def _too_long(text: str, most: int) -> Message | None:
    return Message(N_("Höchstens {most} Zeichen."), most=most) if len(text) > most else None


def needs_guardian(born: date | None, on: date | None) -> bool:
    """Whether the legal guardian has to sign as well: the person is under 18 on that day."""
    return born is not None and on is not None and not has_completed(born, ADULT, on)
