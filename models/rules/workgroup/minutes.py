"""Minutes and resolutions of a meeting: no personal case in them, and no resolution without owner and day.

domain.md 6.1: "No personal cases in minutes". Who takes part is an organisation, never a person of a case.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.appointments import broken
from models.rules.azr_numbers import looks_like_azr_number
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message

LONGEST_ENTRY, LONGEST_RESOLUTION, LONGEST_NOTE = 8_000, 500, 300
FURTHEST_MONTHS = 24
OLD_YEARS = 5
"""A whole date that is older can be a birth date; a law is named by its year, a meeting was not so long ago."""

_DAY = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_BORN = re.compile(r"(\bgeb\.|\bgeboren|\bgeburtsdatum|\*)[^.\n]{0,20}?\d{1,2}\.\s?\d{1,2}\.\s?\d{2,4}", re.IGNORECASE)
_BAMF = re.compile(r"(?<!\d)\d{7}-\d{3}(?!\d)")
_CASE = re.compile(r"\bSWD-\d{4}-\d{3,}", re.IGNORECASE)


class ResolutionState(StrEnum):
    """A resolution is open until its owner reports it done, or the working group drops it."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


RESOLUTION_LABELS: Mapping[ResolutionState, str] = {
    ResolutionState.OPEN: N_("offen"),
    ResolutionState.DONE: N_("erledigt"),
    ResolutionState.DROPPED: N_("nicht weiter verfolgt"),
}


@dataclass(frozen=True, slots=True)
class ResolutionPlan:
    """Who does what until when; ``owner`` is an organisation, ``contact`` words for who there."""

    text: str
    owner: int | None
    contact: str
    due_on: date | None


def personal_data_in(text: str, today: date) -> Message | None:
    """Why this text must not stand in minutes: it holds what belongs to one person's case. None where nothing is found.

    Names cannot be told from other words; the page says so beside the field.
    """
    if names_a_case(text):
        return Message(N_("Eine Fallnummer gehört nicht in ein Protokoll. Einzelne Fälle: Fallbesprechung im Fall."))
    if found := azr_number_in(text):
        return found
    if _BAMF.search(text):
        return Message(N_("Das sieht wie ein Aktenzeichen des BAMF aus. Es gehört nicht in ein Protokoll."))
    if _BORN.search(text) or any(_is_old(day, today) for day in _days_in(text)):
        return Message(N_("Das sieht wie ein Geburtsdatum aus. Protokolle handeln nicht von einzelnen Personen."))
    return None


def names_a_case(text: str) -> bool:
    """Whether a text holds what looks like the number of a case."""
    return _CASE.search(text) is not None


def azr_number_in(text: str) -> Message | None:
    """Why a text with what looks like an AZR number cannot stay as it is, or None."""
    if not looks_like_azr_number(text):
        return None
    return Message(N_("Die zwölf Ziffern sehen wie eine AZR-Nummer aus. Sie gehören nicht in ein Protokoll."))


def _days_in(text: str) -> Iterator[date]:
    for match in _DAY.finditer(text):
        german, iso = match.group(3, 2, 1), match.group(4, 5, 6)
        year, month, day = (int(part) for part in (german if german[0] else iso))
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _is_old(day: date, today: date) -> bool:
    return day < add_months(today, -12 * OLD_YEARS)


def check_entry(text: str, today: date, field: str = "text") -> None:
    """RuleBroken at ``field`` for minutes that are too long or tell of one person's case."""
    problem = personal_data_in(text, today)
    if len(text) > LONGEST_ENTRY:
        problem = Message(N_("Höchstens {most} Zeichen."), most=LONGEST_ENTRY)
    if problem:
        raise broken({field: problem})


def check_resolution(plan: ResolutionPlan, owners: Iterable[int], held_on: date, today: date) -> None:
    """RuleBroken by field for a resolution that nobody could keep: no words, no owner, no day or one that is past."""
    problems = dict(_resolution_problems(plan, owners, held_on, today))
    if problems:
        raise broken(problems)


def _resolution_problems(
    plan: ResolutionPlan, owners: Iterable[int], held_on: date, today: date
) -> Iterator[tuple[str, Message]]:
    if not plan.text.strip():
        yield "text", Message(N_("Was wird getan? Bitte einen Satz schreiben."))
    elif len(plan.text) > LONGEST_RESOLUTION:
        yield "text", Message(N_("Höchstens {most} Zeichen."), most=LONGEST_RESOLUTION)
    if plan.owner not in set(owners):
        yield "owner", Message(N_("Wer macht das? Ein Beschluss ohne zuständige Stelle bleibt liegen."))
    for name, text in (("text", plan.text), ("contact", plan.contact)):
        if found := personal_data_in(text, today):
            yield name, found
    if problem := _due_problem(plan.due_on, held_on):
        yield "due_on", problem


def _due_problem(due_on: date | None, held_on: date) -> Message | None:
    if due_on is None:
        return Message(N_("Bis wann? Bitte einen Tag angeben."))
    if due_on < held_on:
        return Message(N_("Der Tag liegt vor der Sitzung."))
    if due_on > add_months(held_on, FURTHEST_MONTHS):
        return Message(N_("Der Tag liegt mehr als zwei Jahre voraus. Bitte das Jahr prüfen."))
    return None


def check_note(note: str, state: ResolutionState, today: date) -> str:
    """The words to a settled resolution without blanks; RuleBroken at ``note`` for dropping one without a reason."""
    text = note.strip()
    if state == ResolutionState.DROPPED and not text:
        raise broken({"note": Message(N_("Warum wird das nicht weiter verfolgt? Bitte einen Grund angeben."))})
    if len(text) > LONGEST_NOTE:
        raise broken({"note": Message(N_("Höchstens {most} Zeichen."), most=LONGEST_NOTE)})
    if found := personal_data_in(text, today):
        raise broken({"note": found})
    return text
