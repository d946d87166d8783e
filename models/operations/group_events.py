"""Group information: planned alone or as a series, changed or called off one by one."""

from datetime import date, datetime

from peewee import IntegrityError

from models.base import db
from models.operations.appointments import take_time_of
from models.operations.attendance import clash_reasons
from models.operations.ledger import claim, record
from models.queries.appointments import taken_by_counsellor
from models.queries.follow_ups import colleagues_of
from models.queries.group_events import EventLine
from models.rules.appointments import (
    EventPlan,
    Series,
    broken,
    check_event,
    check_reason,
    clashes,
    dates_of,
    on_day,
    refuse_clash,
)
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.states import AttendanceState, CaseState, GroupEventState
from models.rules.times import german_date, local_day, stamp
from models.tables import Attendance, Case, GroupEvent, Person

MARKED = (AttendanceState.ATTENDED, AttendanceState.ABSENT, AttendanceState.EXCUSED)


def plan_events(
    plan: EventPlan, series: Series | None, *, token: str, despite: str = "", actor: Actor, now: datetime
) -> list[int]:
    """Plan a group information, or one on each day of a series; returns their ids in the order of their days.

    ``token`` came with the form and counts once: sent again, it plans nothing and gives the same result. RuleBroken by
    field for what cannot be held, and where who leads it has something else then and nobody gave a reason.
    """
    _may(actor)
    check_event(plan, local_day(now))
    plans = [on_day(plan, day) for day in dates_of(plan.slot.on, series)]
    with db.atomic():
        known = _planned_before(token, actor)
        if known:
            return known
        _check_leader(actor, plans, despite)
        ids = _create(plans, token, actor, now)
        if not ids:
            return _planned_before(token, actor)
        days = [one.slot.on.isoformat() for one in plans]
        record(actor, "group_event.planned", {"events": ids, "days": days, "despite": despite.strip()}, now=now)
    return ids


def _may(actor: Actor) -> None:
    if not may(actor.role, Permission.GROUP_EVENT_EDIT):
        raise NotAllowed


def _planned_before(token: str, actor: Actor) -> list[int]:
    query = GroupEvent.select(GroupEvent.id).where(
        GroupEvent.series == token, GroupEvent.organisation == actor.organisation_id
    )
    return [row[0] for row in query.order_by(GroupEvent.number).tuples()]


def _create(plans: list[EventPlan], token: str, actor: Actor, now: datetime) -> list[int]:
    try:
        with db.atomic():
            return [_insert(one, token, number, actor, now) for number, one in enumerate(plans, start=1)]
    except IntegrityError:  # the same form, sent twice at once
        return []


def _insert(plan: EventPlan, token: str, number: int, actor: Actor, now: datetime) -> int:
    row = GroupEvent.create(
        series=token,
        number=number,
        organisation=actor.organisation_id,
        created_by=actor.account_id,
        created_at=stamp(now),
        **_columns(plan, now),
    )
    return int(row.id)


def _columns(plan: EventPlan, now: datetime) -> dict[str, object]:
    return {
        "title": plan.title.strip(),
        "held_on": plan.slot.on,
        "begins": plan.slot.begins,
        "ends": plan.slot.ends,
        "site": plan.site,
        "place": plan.place.strip(),
        "language": plan.language,
        "interpreter": plan.interpreter.strip(),
        "capacity": plan.capacity,
        "counsellor": plan.counsellor,
        "changed_at": stamp(now),
    }


def _check_leader(actor: Actor, plans: list[EventPlan], despite: str, without: int | None = None) -> str:
    """Why whoever leads it does so in spite of something else; empty where there is nothing."""
    account = plans[0].counsellor
    if account is None:
        return ""
    take_time_of(account)
    if account not in colleagues_of(actor):
        raise broken({"counsellor": Message(N_("Wählen Sie eine Kollegin oder einen Kollegen Ihrer Stelle."))})
    found = [
        Message(N_("{day}: {sentence}"), day=german_date(plan.slot.on), sentence=str(sentence))
        for plan in plans
        for sentence in clashes(plan.slot, taken_by_counsellor(actor, account, plan.slot.on, without_event=without))
    ]
    return refuse_clash(found, despite)


def change_event(
    event: EventLine,
    plan: EventPlan,
    reason: str,
    *,
    seen_version: int,
    despite: str = "",
    despite_people: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Change one group information, also of a series.

    RuleBroken without a reason, for another day where somebody was marked already, and where who leads it (``despite``)
    or is invited (``despite_people``) has something else then and nobody said why; StaleVersion for a changed one.
    """
    _may(actor)
    check_event(plan, local_day(now))
    why = check_reason(reason)
    with db.atomic():
        _take(event, seen_version)
        _refuse_held(event, plan.slot.on)
        leads_despite = _check_leader(actor, [plan], despite, without=event.id)
        _check_invited(event, plan, despite_people, actor)
        GroupEvent.update(**_columns(plan, now), reason=why).where(GroupEvent.id == event.id).execute()
        data = {
            "event": event.id,
            "held_on": [event.held_on.isoformat(), plan.slot.on.isoformat()],
            "begins": [event.begins, plan.slot.begins],
            "place": [event.place, plan.place.strip()],
            "reason": why,
            "despite": leads_despite,
            "from_version": seen_version,
        }
        record(actor, "group_event.changed", data, now=now)


def cancel_event(event: EventLine, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Call off one group information; who was invited stays on its list, to be told and invited anew.

    RuleBroken without a reason, and for one that is over or where somebody was marked already.
    """
    _may(actor)
    why = check_reason(reason, "cancel_reason")
    if event.held_on < local_day(now):
        raise RuleBroken(Message(N_("Was schon war, lässt sich nicht absagen.")))
    with db.atomic():
        _take(event, seen_version)
        _refuse_held(event, None)
        GroupEvent.update(state=GroupEventState.CANCELLED, reason=why, changed_at=stamp(now)).where(
            GroupEvent.id == event.id
        ).execute()
        data: dict[str, object] = {"event": event.id, "reason": why, "from_version": seen_version}
        record(actor, "group_event.cancelled", data, now=now)


def _refuse_held(event: EventLine, day: date | None) -> None:
    """What took place is neither called off (no ``day``) nor put on another day: the marks would say what was not."""
    marked = (Attendance.event == event.id) & Attendance.state.in_(MARKED)
    if day == event.held_on or not Attendance.select(Attendance.id).where(marked).exists():
        return
    sentence = Message(N_("Für diese Gruppeninformation ist schon jemand abgehakt; sie hat stattgefunden."))
    raise RuleBroken(sentence, {"held_on" if day else "cancel_reason": sentence})


def _check_invited(event: EventLine, plan: EventPlan, despite: str, actor: Actor) -> None:
    """Another time must fit those who are invited, as at the invitation; the reason is kept with each of them."""
    slot = plan.slot
    if slot == event.slot:
        return
    query = Case.select(Case, Person).join(Person).join_from(Case, Attendance).order_by(Case.id)
    open_ones = (Case.state == CaseState.OPEN) & Case.accepted_on.is_null()
    cases = list(query.where(Attendance.event == event.id, Attendance.state == AttendanceState.INVITED, open_ones))
    moved = event._replace(held_on=slot.on, begins=slot.begins, ends=slot.ends)
    for case_id, reason in clash_reasons(cases, moved, despite, actor, "despite_people").items():
        mine = (Attendance.event == event.id) & (Attendance.case == case_id)
        Attendance.update(despite=reason).where(mine).execute()


def _take(event: EventLine, seen_version: int) -> None:
    planned = GroupEvent.select(GroupEvent.id).where(
        GroupEvent.id == event.id, GroupEvent.state == GroupEventState.PLANNED
    )
    if not claim(GroupEvent, event.id, seen_version) or not planned.exists():
        raise StaleVersion(Message(N_("Die Gruppeninformation wurde inzwischen geändert oder abgesagt.")))
