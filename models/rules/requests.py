"""Requests for a transfer (Übermittlungsersuchen, § 65d SGB II): what the requester sees, and what may be answered.

The Jobcenter asks by name and birth date and sees nothing of a case: not whether a person is known, who has her or what
was answered. So its view follows from the days of the request and from a sheet that was transmitted to it, never from
the answer: a refusal, an answer that nobody is meant, and no answer at all look alike and end on the same day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from models.rules.arrivals.names import fold
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.states import RequestState

MOST_A_DAY = 20
"""Requests of one person in a day: who asks oftener is trying names."""
FORGOTTEN_AFTER_DAYS = 30
"""Name and birth date of a request that led to nothing are kept so long after its end, for questions."""
OLDEST_YEARS = 120


class Seen(StrEnum):
    """What the requester sees of a request."""

    WAITING = "waiting"
    ENDED = "ended"
    TRANSMITTED = "transmitted"


SEEN_LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Seen.WAITING: (N_("gestellt"), "info"),
        Seen.ENDED: (N_("beendet, keine Übermittlung"), "info"),
        Seen.TRANSMITTED: (N_("übermittelt"), "success"),
    }
)
ANSWER_LABELS: Mapping[str, str] = MappingProxyType(
    {
        RequestState.OPEN: N_("offen"),
        RequestState.STARTED: N_("Übergabe begonnen"),
        RequestState.REFUSED: N_("abgelehnt"),
        RequestState.NOBODY: N_("niemand von uns"),
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the Jobcenter asks for."""

    family_name: str
    given_name: str
    date_of_birth: date

    def is_same(self, family: str, given: str, born: date | None) -> bool:
        """Whether another request asks for the same person."""
        names = fold(f"{self.family_name} {self.given_name}") == fold(f"{family} {given}")
        return names and self.date_of_birth == born


def seen(ends_on: date, reference: str | None, today: date) -> Seen:
    """What the requester sees: ``reference`` is the sheet that was transmitted to it for this request, if any."""
    if reference:
        return Seen.TRANSMITTED
    return Seen.WAITING if today <= ends_on else Seen.ENDED


def check_asked(asked: Asked, today: date) -> None:
    """RuleBroken with a sentence for each wrong field."""
    problems = {}
    for name in ("family_name", "given_name"):
        if not any(letter.isalpha() for letter in getattr(asked, name)):
            problems[name] = Message(N_("Bitte den Namen eingeben."))
    if asked.date_of_birth > today or asked.date_of_birth.year < today.year - OLDEST_YEARS:
        problems["date_of_birth"] = Message(N_("Das Geburtsdatum kann nicht stimmen."))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def check_number(today_so_far: int) -> None:
    """RuleBroken where this person asked often enough today. It counts requests, so it tells nothing of people."""
    if today_so_far >= MOST_A_DAY:
        text = N_("Heute haben Sie schon {number} Ersuchen gestellt. Morgen geht es weiter.")
        problem = Message(text, number=today_so_far)
        raise RuleBroken(problem, {"family_name": problem})


def check_answer(answer: RequestState, case_number: str, offered: tuple[str, ...], reason: str) -> None:
    """RuleBroken where an answer does not say whom or why."""
    problems = {}
    if answer is not RequestState.NOBODY and case_number not in offered:
        problems["case"] = Message(N_("Wählen Sie, wer gemeint ist."))
    if answer is RequestState.REFUSED and not reason.strip():
        problems["reason"] = Message(N_("Nennen Sie den Grund. Er bleibt bei Ihnen; das Jobcenter liest ihn nicht."))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)
