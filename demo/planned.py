"""Wiedervorlagen and a list that was sent back, so that the day of each role has something."""

from datetime import timedelta

from demo.training import Training
from models.operations.follow_ups import set_follow_up
from models.operations.stages import return_stage
from models.queries.scope import visible_cases
from models.rules.follow_ups import FollowUpPlan
from models.rules.roles import Role
from models.rules.states import CaseState, ListKey
from models.rules.times import local_day
from models.tables import Case, CaseStage

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
    _send_back(training)


def _send_back(training: Training) -> None:
    """The Agentur sends an intake list back to the municipality that has an account."""
    actor, home = training.clerks["agentur"], training.clerks["tholey"].organisation_id
    now = training.past.now
    mine = visible_cases(actor, local_day(now)) & (Case.municipality == home) & (Case.state == CaseState.OPEN)
    case = Case.select().where(mine, Case.accepted_on.is_null()).order_by(Case.id.desc()).first()
    if case:
        version = CaseStage.select(CaseStage.version).where(CaseStage.case == case.id, CaseStage.key == ListKey.INTAKE)
        reason = "Das Papier ist nicht lesbar. Bitte Art und Gültigkeit noch einmal prüfen."
        return_stage(
            case,
            ListKey.INTAKE,
            Role.MUNICIPALITY,
            reason,
            ["A05"],
            seen_version=version.scalar(),
            actor=actor,
            now=now,
        )
