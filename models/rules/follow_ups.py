"""A Wiedervorlage: a day ahead and a reason, for oneself, a colleague or the whole organisation."""

from dataclasses import dataclass
from datetime import date

from models.rules.errors import RuleBroken
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message

LONGEST_REASON = 300
FURTHEST_MONTHS = 60


@dataclass(frozen=True, slots=True)
class FollowUpPlan:
    """What somebody sets; ``assigned`` is an account, None for the whole organisation."""

    due_on: date
    reason: str
    assigned: int | None


def check_follow_up(plan: FollowUpPlan, today: date) -> None:
    """RuleBroken by field for a day in the past or beyond five years, and without a reason."""
    problems = {}
    if plan.due_on < today:
        problems["due_on"] = Message(N_("Der Tag liegt in der Vergangenheit."))
    elif plan.due_on > add_months(today, FURTHEST_MONTHS):
        problems["due_on"] = Message(N_("Der Tag liegt mehr als fünf Jahre voraus. Bitte das Jahr prüfen."))
    if not plan.reason.strip():
        problems["reason"] = Message(N_("Bitte einen Grund angeben."))
    elif len(plan.reason.strip()) > LONGEST_REASON:
        problems["reason"] = Message(N_("Höchstens {most} Zeichen."), most=LONGEST_REASON)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)
