"""The appointments of a day with the people whom a coach accompanies: her own ones and the Agentur's. Reads only."""

from datetime import date

from peewee import Expression, Value

from models.queries.scope import coach_agreed, visible_cases
from models.rules.appointments import SITES, WAYS
from models.rules.day_bundle import PLACE_LENGTH
from models.rules.roles import Actor
from models.rules.states import (
    AppointmentState,
    AttendanceState,
    CaseState,
    GroupEventState,
    Site,
    Way,
)
from models.tables import Appointment, Attendance, Case, GroupEvent

MOST = 60
Agreed = dict[int, tuple[str, str]]
"""Time and place by case."""


def with_consent(actor: Actor, today: date) -> Expression:
    """The open cases of which appointments are told: those with consent E1."""
    return visible_cases(actor, today) & (Case.state == CaseState.OPEN) & coach_agreed(today)


def agreed_on(actor: Actor, day: date, today: date) -> Agreed:
    """The first appointment of each case on this day, group information included."""
    offices = (Appointment.organisation == actor.organisation_id) | (Appointment.organisation == Case.agentur)
    appointments = (
        Appointment.select(Appointment.case, Appointment.begins, Appointment.site, Appointment.place, Appointment.way)
        .join(Case)
        .where(
            with_consent(actor, today),
            offices,
            Appointment.held_on == day,
            Appointment.state == AppointmentState.PLANNED,
        )
    )
    groups = (
        Attendance.select(Attendance.case, GroupEvent.begins, GroupEvent.site, GroupEvent.place, Value(Way.PERSON))
        .join(Case)
        .join_from(Attendance, GroupEvent)
        .where(
            with_consent(actor, today),
            GroupEvent.held_on == day,
            GroupEvent.state == GroupEventState.PLANNED,
            Attendance.state == AttendanceState.INVITED,
        )
    )
    rows = [*appointments.limit(MOST).tuples(), *groups.limit(MOST).tuples()]
    latest_first = sorted(rows, key=lambda row: str(row[1]), reverse=True)
    return {case_id: (begins, _where(site, place, way)) for case_id, begins, site, place, way in latest_first}


def _where(site: str, place: str, way: str) -> str:
    """Short enough for the route: the place as it was typed, else the kind of place."""
    if way != Way.PERSON:
        return WAYS[Way(way)]
    return (place or SITES[Site(site)])[:PLACE_LENGTH]
