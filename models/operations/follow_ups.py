"""Wiedervorlagen: set, change or move, done. Only the own organisation sees and touches them."""

from datetime import datetime

from models.base import db
from models.operations.ledger import claim, hold_case, record
from models.queries.follow_ups import colleagues_of, stands_in_for
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.follow_ups import FollowUpPlan, check_follow_up
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import FollowUpState
from models.rules.times import local_day, stamp
from models.tables import Case, FollowUp


def set_follow_up(case: Case, plan: FollowUpPlan, *, actor: Actor, now: datetime) -> int:
    """Set a Wiedervorlage; returns its id. RuleBroken by field, also where the same one is open (a double click)."""
    _check(plan, actor, now)
    with db.atomic():
        hold_case(case.id)  # one after the other
        if _same_open(case, plan, actor):
            raise RuleBroken(Message(N_("Diese Wiedervorlage gibt es schon.")))
        follow_up = FollowUp.create(
            case=case.id,
            organisation=actor.organisation_id,
            assigned=plan.assigned,
            due_on=plan.due_on,
            reason=plan.reason.strip(),
            created_by=actor.account_id,
            created_at=stamp(now),
        )
        data: dict[str, object] = {"follow_up": follow_up.id, "due_on": plan.due_on.isoformat(), "for": plan.assigned}
        record(actor, "follow_up.set", data, now=now, case_id=case.id)
    return int(follow_up.id)


def _same_open(case: Case, plan: FollowUpPlan, actor: Actor) -> bool:
    same = (
        (FollowUp.case == case.id)
        & (FollowUp.organisation == actor.organisation_id)
        & (FollowUp.state == FollowUpState.OPEN)
        & (FollowUp.due_on == plan.due_on)
        & (FollowUp.reason == plan.reason.strip())
    )
    return bool(FollowUp.select(FollowUp.id).where(same).exists())


def change_follow_up(
    follow_up: FollowUp, plan: FollowUpPlan, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Move a Wiedervorlage to another day, word it anew, give it to somebody else. StaleVersion, RuleBroken."""
    _check(plan, actor, now)
    with db.atomic():
        _take(follow_up, seen_version)
        FollowUp.update(due_on=plan.due_on, reason=plan.reason.strip(), assigned=plan.assigned).where(
            FollowUp.id == follow_up.id
        ).execute()
        data = {"follow_up": follow_up.id, "due_on": plan.due_on.isoformat(), "for": plan.assigned}
        _record(follow_up, "follow_up.moved", data, seen_version, actor, now)


def finish_follow_up(follow_up: FollowUp, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Mark a Wiedervorlage as done. StaleVersion for a double click or where a colleague was faster."""
    with db.atomic():
        _take(follow_up, seen_version)
        FollowUp.update(state=FollowUpState.DONE, done_by=actor.account_id, done_at=stamp(now)).where(
            FollowUp.id == follow_up.id
        ).execute()
        _record(follow_up, "follow_up.done", {"follow_up": follow_up.id}, seen_version, actor, now)


def _take(follow_up: FollowUp, seen_version: int) -> None:
    still_open = FollowUp.select(FollowUp.id).where(FollowUp.id == follow_up.id, FollowUp.state == FollowUpState.OPEN)
    if not claim(FollowUp, follow_up.id, seen_version) or not still_open.exists():
        raise StaleVersion(Message(N_("Die Wiedervorlage wurde inzwischen geändert oder erledigt.")))


def _record(
    follow_up: FollowUp, kind: str, data: dict[str, object], seen_version: int, actor: Actor, now: datetime
) -> None:
    """Who acts for an absent colleague is logged as such."""
    absent = stands_in_for(actor, local_day(now))
    if follow_up.assigned_id in absent:
        data["stands_in_for"] = follow_up.assigned_id
    record(actor, kind, data | {"from_version": seen_version}, now=now, case_id=follow_up.case_id)


def _check(plan: FollowUpPlan, actor: Actor, now: datetime) -> None:
    check_follow_up(plan, local_day(now))
    if plan.assigned is not None and plan.assigned not in colleagues_of(actor):
        sentence = Message(N_("Wählen Sie eine Kollegin oder einen Kollegen Ihrer Stelle."))
        raise RuleBroken(sentence, {"assigned": sentence})
