"""The appointments of the day for who holds them, and those whose result nobody has entered. Reads only."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from peewee import Expression, Select

from models.queries.scope import visible_cases
from models.rules.appointments import KINDS, SITES, WAYS
from models.rules.message import N_
from models.rules.roles import Actor, Role
from models.rules.states import (
    AppointmentKind,
    AppointmentState,
    AttendanceState,
    CaseState,
    ConsentState,
    GroupEventState,
    Site,
    Way,
)
from models.tables import Appointment, Attendance, Case, GroupEvent, Organisation, Person

AHEAD = timedelta(days=14)
BACK = timedelta(days=30)
MOST = 50
GROUP = N_("Gruppeninformation")


class DayVisit(NamedTuple):
    """An appointment as a line of the day. ``name`` and ``number`` are empty for a group information."""

    on: date
    begins: str
    ends: str
    title: str
    where: str
    name: str
    number: str
    address: str
    is_mine: bool = True


def visits_today(actor: Actor, today: date) -> list[DayVisit]:
    """What this person holds today, and what the people do whom she coaches, in the order of the day."""
    if actor.role not in (Role.AGENTUR, Role.JOBCENTER, Role.COACH):
        return []
    lines = [*_appointments(actor, today, today, today)]
    if actor.role != Role.JOBCENTER:
        lines.extend(_groups(actor, today))
    return sorted(lines, key=lambda line: (line.begins, line.name))


def my_appointments(actor: Actor, today: date) -> list[DayVisit]:
    """The own appointments of the next two weeks, and before them those of the last month that have no result yet."""
    return [*_appointments(actor, today, today - BACK, today + AHEAD, mine_alone=True)]


def _appointments(
    actor: Actor, today: date, first: date, last: date, *, mine_alone: bool = False
) -> Iterator[DayVisit]:
    mine = (Appointment.counsellor == actor.account_id) & (Appointment.organisation == actor.organisation_id)
    if actor.role == Role.COACH and not mine_alone:
        mine |= _of_coached(actor)
    query = _planned(actor, today).where(mine, Appointment.held_on.between(first, last))
    for on, begins, ends, kind, way, site, place, number, row_id, family, given, holder in query.tuples():
        where = str(WAYS[Way(way)]) if way != Way.PERSON else ", ".join(filter(None, (SITES[Site(site)], place)))
        yield DayVisit(
            on, begins, ends, KINDS[AppointmentKind(kind)], where, f"{family}, {given}", number,
            f"/faelle/{number}/termine/{row_id}", holder == actor.organisation_id,
        )  # fmt: skip


def _planned(actor: Actor, today: date) -> Select:
    query = (
        Appointment.select(
            Appointment.held_on, Appointment.begins, Appointment.ends, Appointment.kind, Appointment.way,
            Appointment.site, Appointment.place, Case.number, Appointment.id, Person.family_name, Person.given_name,
            Appointment.organisation,
        )
        .join(Case)
        .join(Person)
        .join_from(Appointment, Organisation)
        .where(Appointment.state == AppointmentState.PLANNED, Case.state == CaseState.OPEN, _in_sight(actor, today))
    )  # fmt: skip
    return query.order_by(Appointment.held_on, Appointment.begins, Appointment.id).limit(MOST)


def _in_sight(actor: Actor, today: date) -> Expression:
    """The coach sees appointments with consent E1 alone; the Agentur none of cases that it gave away."""
    seen = visible_cases(actor, today)
    if actor.role == Role.COACH:
        return seen & (Case.coach_consent == ConsentState.GRANTED)
    return seen & Case.accepted_on.is_null() if actor.role == Role.AGENTUR else seen


def _of_coached(actor: Actor) -> Expression:
    """The Agentur's appointments with the people whom the coach accompanies."""
    return Organisation.kind == Role.AGENTUR


def _groups(actor: Actor, today: date) -> Iterator[DayVisit]:
    """The group information of the day: the Agentur's own, and those to which coached people are invited."""
    query = GroupEvent.select(
        GroupEvent.id, GroupEvent.begins, GroupEvent.ends, GroupEvent.title, GroupEvent.place, GroupEvent.organisation
    ).where(GroupEvent.held_on == today, GroupEvent.state == GroupEventState.PLANNED)
    if actor.role == Role.AGENTUR:
        led = GroupEvent.counsellor.is_null() | (GroupEvent.counsellor == actor.account_id)
        query = query.where(GroupEvent.organisation == actor.organisation_id, led)
    else:
        invited = (
            Attendance.select(Attendance.event)
            .join(Case)
            .where(Attendance.state == AttendanceState.INVITED, _in_sight(actor, today))
        )
        query = query.where(GroupEvent.id.in_(invited))
    for number, begins, ends, title, place, holder in query.order_by(GroupEvent.begins).tuples():
        mine = holder == actor.organisation_id
        address = f"/termine/{number}/anwesenheit" if mine else f"/termine/{number}"
        yield DayVisit(today, begins, ends, title, place, "", "", address, mine)
