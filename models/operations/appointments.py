"""Appointments of one person: agreed, moved, called off, held, missed. Only the own organisation's."""

from datetime import datetime
from typing import Any

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.ledger import claim, record
from models.queries.appointments import taken_by_counsellor, taken_by_person
from models.queries.case_view import CaseView
from models.queries.consent_states import may_call
from models.queries.follow_ups import colleagues_of
from models.rules.appointments import AppointmentPlan, broken, check_appointment, check_reason, clashes, refuse_clash
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.states import AppointmentKind, AppointmentState, MissReason, Way
from models.rules.times import german_date, local_day, stamp
from models.tables import Account, Appointment, Case

_FIRST = (AppointmentKind.FIRST_TALK, AppointmentKind.COUNSELLING)


def agree_appointment(view: CaseView, plan: AppointmentPlan, *, now: datetime) -> int:
    """Agree an appointment with the person; returns its id.

    RuleBroken by field for an impossible time, for two at one time without a reason, and for the same one again.
    """
    _check(view, plan, now)
    with db.atomic():
        take_open_case(view.held.case.id, actor=view.actor, now=now)
        if _same_planned(view, plan):
            raise RuleBroken(Message(N_("Diesen Termin gibt es schon.")))
        number = _create(view, plan, _confirmed(view, plan), now)
        record(view.actor, "appointment.made", _told(number, plan), now=now, case_id=view.held.case.id)
    return number


def move_appointment(
    view: CaseView, appointment: Appointment, plan: AppointmentPlan, reason: str, *, seen_version: int, now: datetime
) -> int:
    """Agree another time for a planned appointment; the old one stays and points to the new one, whose id comes back.

    RuleBroken without a reason and as for a new one, StaleVersion where it is not planned any more.
    """
    _check(view, plan, now)
    why = check_reason(reason, "reason")
    with db.atomic():
        take_open_case(view.held.case.id, actor=view.actor, now=now)
        _take(appointment, seen_version)
        number = _create(view, plan, _confirmed(view, plan, without=appointment.id), now)
        _close(appointment, AppointmentState.MOVED, now, note=why, successor=number)
        data = _told(number, plan) | {"moved": appointment.id, "reason": why, "from_version": seen_version}
        record(view.actor, "appointment.moved", data, now=now, case_id=view.held.case.id)
    return number


def cancel_appointment(
    view: CaseView, appointment: Appointment, reason: str, *, seen_version: int, now: datetime
) -> None:
    """Call off a planned appointment. RuleBroken without a reason, StaleVersion where it is not planned any more."""
    _may(view)
    why = check_reason(reason, "cancel_reason")
    with db.atomic():
        take_open_case(view.held.case.id, actor=view.actor, now=now)
        _take(appointment, seen_version)
        _close(appointment, AppointmentState.CANCELLED, now, note=why)
        _tell(view, "appointment.cancelled", appointment, {"reason": why, "from_version": seen_version}, now)


def note_attended(view: CaseView, appointment: Appointment, *, seen_version: int, now: datetime) -> None:
    """The person came. A talk with the responsible organisation is also its first contact, if there was none.

    RuleBroken before its day, StaleVersion for a second click.
    """
    _may(view)
    _has_come(appointment, now)
    with db.atomic():
        take_open_case(view.held.case.id, actor=view.actor, now=now)
        _take(appointment, seen_version)
        _close(appointment, AppointmentState.ATTENDED, now)
        _first_contact(view, appointment, now)
        _tell(view, "appointment.attended", appointment, {"from_version": seen_version}, now)


def note_missed(view: CaseView, appointment: Appointment, reason: str, *, seen_version: int, now: datetime) -> None:
    """The person did not come, for a reason of the list (C15). RuleBroken before the day and without a reason."""
    _may(view)
    _has_come(appointment, now)
    if reason not in tuple(MissReason):
        raise broken({"miss_reason": Message(N_("Bitte einen Grund aus der Liste wählen."))})
    with db.atomic():
        take_open_case(view.held.case.id, actor=view.actor, now=now)
        _take(appointment, seen_version)
        _close(appointment, AppointmentState.MISSED, now, reason=reason)
        _tell(view, "appointment.missed", appointment, {"why": reason, "from_version": seen_version}, now)


def _may(view: CaseView) -> None:
    if not may(view.actor.role, Permission.APPOINTMENT_EDIT) or view.standing.read_only:
        raise NotAllowed


def _check(view: CaseView, plan: AppointmentPlan, now: datetime) -> None:
    _may(view)
    check_appointment(plan, view.actor.role, local_day(now))
    _may_call(view, plan)
    if plan.counsellor not in colleagues_of(view.actor):
        raise broken({"counsellor": Message(N_("Wählen Sie eine Kollegin oder einen Kollegen Ihrer Stelle."))})


def _may_call(view: CaseView, plan: AppointmentPlan) -> None:
    """Who has said no to consent E5 towards this organisation is not called (domain.md 8.9); post reaches her."""
    if plan.way != Way.PERSON and not may_call(view.held, view.actor.organisation_id):
        sentence = N_("Die Person möchte nicht angerufen werden (Einwilligung E5). Bitte persönlich vereinbaren.")
        raise broken({"way": Message(sentence)})


def take_time_of(account_id: int) -> None:
    """The counsellor's row is the lock for her time: two cases do not get the same hour without a reason."""
    Account.update(name=Account.name).where(Account.id == account_id).execute()


def _same_planned(view: CaseView, plan: AppointmentPlan) -> bool:
    same = (
        (Appointment.case == view.held.case.id)
        & (Appointment.organisation == view.actor.organisation_id)
        & (Appointment.state == AppointmentState.PLANNED)
        & (Appointment.held_on == plan.slot.on)
        & (Appointment.begins == plan.slot.begins)
    )
    return bool(Appointment.select(Appointment.id).where(same).exists())


def _confirmed(view: CaseView, plan: AppointmentPlan, without: int | None = None) -> str:
    take_time_of(plan.counsellor)
    day = plan.slot.on
    taken = [
        *taken_by_person(view, day, without),
        *taken_by_counsellor(view.actor, plan.counsellor, day, without),
    ]
    # the same appointment clashes for the person and for who holds it: once is enough
    return refuse_clash(dict.fromkeys(clashes(plan.slot, taken)), plan.despite)


def _create(view: CaseView, plan: AppointmentPlan, despite: str, now: datetime) -> int:
    row = Appointment.create(
        case=view.held.case.id,
        organisation=view.actor.organisation_id,
        kind=plan.kind,
        held_on=plan.slot.on,
        begins=plan.slot.begins,
        ends=plan.slot.ends,
        way=plan.way,
        site=plan.site,
        place=plan.place.strip(),
        counsellor=plan.counsellor,
        interpreter=plan.interpreter.strip(),
        despite=despite,
        created_by=view.actor.account_id,
        created_at=stamp(now),
    )
    return int(row.id)


def _take(appointment: Appointment, seen_version: int) -> None:
    planned = Appointment.select(Appointment.id).where(
        Appointment.id == appointment.id, Appointment.state == AppointmentState.PLANNED
    )
    if not claim(Appointment, appointment.id, seen_version) or not planned.exists():
        raise StaleVersion(Message(N_("Der Termin wurde inzwischen geändert. Die Seite zeigt den neuen Stand.")))


def _close(appointment: Appointment, state: AppointmentState, now: datetime, **more: Any) -> None:
    Appointment.update(state=state, closed_at=stamp(now), **more).where(Appointment.id == appointment.id).execute()


def _has_come(appointment: Appointment, now: datetime) -> None:
    if local_day(now) < appointment.held_on:
        raise RuleBroken(Message(N_("Der Termin ist erst am {day}."), day=german_date(appointment.held_on)))


def _first_contact(view: CaseView, appointment: Appointment, now: datetime) -> None:
    """ "Neu, noch kein Kontakt" ends with the first talk."""
    if appointment.kind not in _FIRST:
        return
    first = Case.update(first_contact_on=appointment.held_on, version=Case.version + 1).where(
        Case.id == view.held.case.id,
        Case.responsible == view.actor.organisation_id,
        Case.first_contact_on.is_null(),
    )
    if first.execute():
        data: dict[str, object] = {"on": appointment.held_on.isoformat(), "appointment": appointment.id}
        record(view.actor, "case.first_contact", data, now=now, case_id=view.held.case.id)


def _told(number: int, plan: AppointmentPlan) -> dict[str, object]:
    return {
        "appointment": number,
        "kind": plan.kind,
        "held_on": plan.slot.on.isoformat(),
        "begins": plan.slot.begins,
        "despite": plan.despite.strip(),
    }


def _tell(view: CaseView, kind: str, appointment: Appointment, more: dict[str, object], now: datetime) -> None:
    data: dict[str, object] = {
        "appointment": appointment.id,
        "kind": appointment.kind,
        "held_on": appointment.held_on.isoformat(),
    }
    record(view.actor, kind, data | more, now=now, case_id=view.held.case.id)
