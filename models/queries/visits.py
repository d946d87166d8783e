"""Appointments, attendance and the days of notes of a case, as plain rows for rules. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from peewee import SQL, Query, Value, fn

from models.queries.by_ids import PreparedByIds
from models.queries.prepared import Prepared, Row
from models.rules.states import AppointmentState, AttendanceState, FollowUpState, GroupEventState
from models.rules.visits import Source, Visit
from models.tables import Appointment, Attendance, CaseNote, FollowUp, GroupEvent


def read(rows: Iterable[Row]) -> tuple[Visit, ...]:
    """The rows of ``OF_CASE`` for rules."""
    return tuple(_visit(row) for row in rows)


def _visit(row: Row) -> Visit:
    return Visit(row[0], row[1], row[2], _day(row[3]), *row[4:])


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value  # a union has no types on SQLite


def _of_case(case_id: int) -> Query:
    appointments = Appointment.select(
        Value(Source.APPOINTMENT.value), Appointment.id, Appointment.kind, Appointment.held_on, Appointment.begins,
        Appointment.state, Appointment.site, Appointment.way, Appointment.reason, Appointment.organisation,
    ).where(Appointment.case == case_id)  # fmt: skip
    groups = (
        Attendance.select(
            Value(Source.GROUP.value), GroupEvent.id, Value(""), GroupEvent.held_on, GroupEvent.begins,
            Attendance.state, GroupEvent.site, Value(""), Attendance.reason, GroupEvent.organisation,
        )
        .join(GroupEvent)
        .where(Attendance.case == case_id, GroupEvent.state == GroupEventState.PLANNED)
    )  # fmt: skip
    notes = (
        CaseNote.select(
            Value(Source.NOTE.value), Value(0), Value(""), fn.MAX(CaseNote.noted_on), Value(""), Value(""), Value(""),
            Value(""), Value(""), CaseNote.organisation,
        )
        .where(CaseNote.case == case_id)
        .group_by(CaseNote.organisation)
    )  # fmt: skip
    reminders = (
        FollowUp.select(
            Value(Source.FOLLOW_UP.value), Value(0), Value(""), fn.MIN(FollowUp.due_on), Value(""), Value(""),
            Value(""), Value(""), Value(""), FollowUp.organisation,
        )
        .where(FollowUp.case == case_id, FollowUp.state == FollowUpState.OPEN)
        .group_by(FollowUp.organisation)
    )  # fmt: skip
    return (appointments + groups + notes + reminders).order_by(SQL("1"), SQL("2"), SQL("10"))


OF_CASE = Prepared(_of_case, int)
"""Appointments, group information, and of each organisation the day of the newest note and of the nearest open
Wiedervorlage: the columns of ``Visit``."""


def contacts_of(case_ids: Iterable[int]) -> Mapping[int, dict[int, date]]:
    """By case the day of the last contact with each organisation: a meeting that took place, or a note."""
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for case_id, organisation, day in _CONTACTS.rows(case_ids):
        last = found[case_id].get(organisation, date.min)
        found[case_id][organisation] = max(last, _day(day))
    return found


def _contacts(ids: Sequence[int]) -> Query:
    appointments = Appointment.select(Appointment.case, Appointment.organisation, fn.MAX(Appointment.held_on)).where(
        Appointment.case.in_(ids), Appointment.state == AppointmentState.ATTENDED
    )
    groups = (
        Attendance.select(Attendance.case, GroupEvent.organisation, fn.MAX(GroupEvent.held_on))
        .join(GroupEvent)
        .where(Attendance.case.in_(ids), Attendance.state == AttendanceState.ATTENDED)
    )
    notes = CaseNote.select(CaseNote.case, CaseNote.organisation, fn.MAX(CaseNote.noted_on)).where(
        CaseNote.case.in_(ids)
    )
    return (
        appointments.group_by(Appointment.case, Appointment.organisation)
        + groups.group_by(Attendance.case, GroupEvent.organisation)
        + notes.group_by(CaseNote.case, CaseNote.organisation)
    )


_CONTACTS = PreparedByIds(_contacts)
