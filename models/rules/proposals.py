"""What a provider proposes instead of confirming as asked: another of its courses, or another start (features F44)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.rules.message import N_, Message
from models.rules.reasons import OTHER
from models.rules.times import german_date

MOST_SENTENCE = 300
FURTHEST = timedelta(days=366)
"""Nobody is asked to wait longer for a course: the registration may lapse after a year (§ 4 Abs. 1 Satz 3 IntV)."""


class ProposalState(StrEnum):
    """An open proposal waits for the authority; ``replaced``: something newer came in its place."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


PROPOSAL_LABELS: Mapping[ProposalState, str] = MappingProxyType(
    {
        ProposalState.OPEN: N_("wartet auf Antwort"),
        ProposalState.ACCEPTED: N_("angenommen"),
        ProposalState.DECLINED: N_("abgelehnt"),
        ProposalState.WITHDRAWN: N_("zurückgezogen"),
        ProposalState.REPLACED: N_("überholt"),
    }
)
PROPOSAL_KINDS: Mapping[ProposalState, str] = MappingProxyType(
    {
        ProposalState.OPEN: "warning",
        ProposalState.ACCEPTED: "success",
        ProposalState.DECLINED: "danger",
        ProposalState.WITHDRAWN: "info",
        ProposalState.REPLACED: "info",
    }
)
"""Colour of the badge; the label says the same in words."""
PROPOSAL_NAMES: Mapping[str, Mapping[ProposalState, str]] = MappingProxyType(
    {"state": PROPOSAL_LABELS, "kind": PROPOSAL_KINDS}
)
"""Both, as pages take them."""

REFUSALS = (
    "CHILDCARE", "TRAVEL", "TIMES", "LEVEL", "OTHER_COURSE", "WORK", "MOVED", "NOT_WANTED", "PERSONAL", OTHER,
)  # fmt: skip
"""Why an authority declines a proposal, by the codes of ``reasons``."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Either another course, by its number, or another first day in the same one; and why, in a sentence."""

    course: str = ""
    starts_on: date | None = None
    sentence: str = ""


def proposal_problems(said: Proposal, asked_for: date, today: date) -> dict[str, Message]:
    """What cannot be, by form field; ``asked_for`` is the start that the authority asked for."""
    problems = {}
    if bool(said.course) == bool(said.starts_on):
        problems["course"] = Message(N_("Schlagen Sie entweder einen anderen Kurs oder einen anderen Beginn vor."))
    elif said.starts_on:
        problems |= _day_problems(said.starts_on, asked_for, today)
    if not said.sentence:
        problems["sentence"] = Message(N_("Schreiben Sie in einem Satz, warum."))
    elif len(said.sentence) > MOST_SENTENCE:
        problems["sentence"] = Message(N_("Höchstens 300 Zeichen."))
    return problems


def _day_problems(day: date, asked_for: date, today: date) -> dict[str, Message]:
    if day <= today:
        return {"starts_on": Message(N_("Der Beginn muss in der Zukunft liegen."))}
    if day == asked_for:
        return {"starts_on": Message(N_("Der {day} ist schon vorgesehen: Bestätigen Sie."), day=german_date(day))}
    if day > today + FURTHEST:
        return {"starts_on": Message(N_("Der Beginn liegt mehr als ein Jahr voraus."))}
    return {}
