"""The appointments of the day for who holds them, and those whose result nobody has entered. Reads only."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from peewee import SQL, Expression, Query, Select, Value, fn

from models.queries.prepared import Prepared, Row
from models.queries.scope import coach_agreed, visible_cases
from models.rules.appointments import KINDS, SITES, WAYS
from models.rules.roles import Actor, Role
from models.rules.states import (
    AppointmentKind,
    AppointmentState,
    AttendanceState,
    CaseState,
    GroupEventState,
    Site,
    Way,
)
from models.tables import Appointment, Attendance, Case, GroupEvent, Organisation, Person

AHEAD = timedelta(days=14)
BACK = timedelta(days=30)
MOST = 50
HOLDERS = frozenset({Role.AGENTUR, Role.JOBCENTER, Role.COACH})


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
    is_mine: bool


def visits_today(actor: Actor, today: date) -> list[DayVisit]:
    """What this person holds today, and what the people do whom she coaches, in the order of the day; one statement."""
    if actor.role not in HOLDERS:
        return []
    rows = _of_day(actor.role).rows(actor.organisation_id, actor.account_id, today, today, today)
    return _lines(actor, rows)


def my_appointments(actor: Actor, today: date) -> list[DayVisit]:
    """The own appointments of the next two weeks, and before them those of the last month that have no result yet."""
    rows = _mine(actor.role).rows(actor.organisation_id, actor.account_id, today, today - BACK, today + AHEAD)
    return _lines(actor, rows)


def _lines(actor: Actor, rows: Iterable[Row]) -> list[DayVisit]:
    return [_appointment(actor, row) if row[8] else _group(actor, row) for row in rows]


def _appointment(actor: Actor, row: Row) -> DayVisit:
    on, begins, ends, kind, way, site, place, row_id, number, family, given, holder = row
    where = WAYS[Way(way)] if way != Way.PERSON else ", ".join(filter(None, (SITES[Site(site)], place)))
    address = f"/faelle/{number}/termine/{row_id}"
    title, mine = KINDS[AppointmentKind(kind)], holder == actor.organisation_id
    return DayVisit(_day(on), begins, ends, title, where, f"{family}, {given}", number, address, mine)


def _group(actor: Actor, row: Row) -> DayVisit:
    on, begins, ends, title, _way, _site, place, row_id, *_person, holder = row
    mine = holder == actor.organisation_id
    address = f"/termine/{row_id}/anwesenheit" if mine else f"/termine/{row_id}"
    return DayVisit(_day(on), begins, ends, title, place, "", "", address, mine)


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value  # a union has no types on SQLite


_KINDS = (int, int, date, date, date)


@cache
def _of_day(role: Role) -> Prepared:
    """Built once for each role: building costs more than running."""

    def build(organisation: int, account: int, today: date, first: date, last: date) -> Query:
        actor = Actor(account, "", "", "", organisation, "", "", role)
        mine = _held_by(actor)
        if role == Role.COACH:  # the Agentur's appointments with the people whom she accompanies
            mine |= Organisation.kind == Role.AGENTUR
        query = _planned(actor, today, first, last).where(mine)
        if role != Role.JOBCENTER:
            query = query + _groups(actor, today, first, last)
        return query.order_by(SQL("1"), SQL("2"), SQL("8")).limit(MOST)

    return Prepared(build, *_KINDS)


@cache
def _mine(role: Role) -> Prepared:
    def build(organisation: int, account: int, today: date, first: date, last: date) -> Query:
        actor = Actor(account, "", "", "", organisation, "", "", role)
        query = _planned(actor, today, first, last).where(_held_by(actor))
        return query.order_by(Appointment.held_on, Appointment.begins, Appointment.id).limit(MOST)

    return Prepared(build, *_KINDS)


def _held_by(actor: Actor) -> Expression:
    return (Appointment.counsellor == actor.account_id) & (Appointment.organisation == actor.organisation_id)


def _planned(actor: Actor, today: date, first: date, last: date) -> Select:
    query = (
        Appointment.select(
            Appointment.held_on, Appointment.begins, Appointment.ends, Appointment.kind, Appointment.way,
            Appointment.site, Appointment.place, Appointment.id, Case.number, Person.family_name, Person.given_name,
            Appointment.organisation,
        )
        .join(Case)
        .join(Person)
        .join_from(Appointment, Organisation)
    )  # fmt: skip
    open_still = (Appointment.state == AppointmentState.PLANNED) & (Case.state == CaseState.OPEN)
    return query.where(open_still, Appointment.held_on.between(first, last), _in_sight(actor, today))


def _in_sight(actor: Actor, today: date) -> Expression:
    """The coach sees appointments with consent E1 alone; the Agentur none of cases that it gave away."""
    seen = visible_cases(actor, today)
    if actor.role == Role.COACH:
        return seen & coach_agreed(today)
    return seen & Case.accepted_on.is_null() if actor.role == Role.AGENTUR else seen


def _groups(actor: Actor, today: date, first: date, last: date) -> Select:
    """Group information: the Agentur's own, and that to which coached people are invited."""
    nothing = Value("")
    query = GroupEvent.select(
        GroupEvent.held_on, GroupEvent.begins, GroupEvent.ends, GroupEvent.title, nothing, nothing, GroupEvent.place,
        GroupEvent.id, nothing, nothing, nothing, GroupEvent.organisation,
    )  # fmt: skip
    query = query.where(GroupEvent.held_on.between(first, last), GroupEvent.state == GroupEventState.PLANNED)
    if actor.role == Role.AGENTUR:
        led = GroupEvent.counsellor.is_null() | (GroupEvent.counsellor == actor.account_id)
        return query.where(GroupEvent.organisation == actor.organisation_id, led)
    invited = Attendance.select(Attendance.id).join(Case)
    here = (Attendance.event == GroupEvent.id) & (Attendance.state == AttendanceState.INVITED)
    return query.where(fn.EXISTS(invited.where(here, _in_sight(actor, today))))
