"""Wiedervorlagen, so that the day of each role has some."""

from datetime import timedelta

from demo.training import Training
from models.operations.follow_ups import set_follow_up
from models.queries.scope import visible_cases
from models.rules.follow_ups import FollowUpPlan
from models.rules.states import CaseState
from models.rules.times import local_day
from models.tables import Case

PLANS = (
    ("agentur", 0, "Zeugnisse aus Herat da?"),
    ("agentur", 3, "Rückruf: Kita-Platz ab Januar?"),
    ("jobcenter", 0, "Nachweis der Krankenkasse fehlt noch"),
    ("coach", 1, "Begleitung zum Termin bei der Agentur"),
    ("tholey", 2, "Neue Anschrift melden lassen"),
    ("asyl", 4, "Bescheid zur Verpflichtung entwerfen"),
)
"""Account, days ahead, reason; set on the first cases that the account sees."""


def plan_ahead(training: Training) -> None:
    """Set the plans, each on a case of its own where there is one."""
    now = training.past.now
    today = local_day(now)
    for place, (name, days, reason) in enumerate(PLANS):
        actor = training.clerks[name]
        seen = Case.select().where(visible_cases(actor, today), Case.state == CaseState.OPEN).order_by(Case.id)
        case = seen.offset(place).first()
        if case:
            due = today + timedelta(days=days)
            set_follow_up(case, FollowUpPlan(due, reason, actor.account_id), actor=actor, now=now)
