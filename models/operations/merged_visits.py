"""Appointments, attendance, notes, path requests and conferences go on with the case that stays, and come back.

Both functions run inside the transaction of the merge or of its undoing.
"""

from collections.abc import Mapping
from typing import Any

from models.tables import (
    Appointment,
    Attendance,
    Case,
    CaseConference,
    CaseNote,
    ChangeReport,
    PathRequest,
    Question,
)

_TABLES = {
    "appointments": Appointment,
    "attendance": Attendance,
    "notes": CaseNote,
    "path_requests": PathRequest,
    "reports": ChangeReport,
    "conferences": CaseConference,
    "questions": Question,
}


def take_visits(kept: Case, gone: Case) -> dict[str, list[int]]:
    """Move the rows; returns their ids by table. Where both are on the list of one event, the kept case stays on it."""
    here = Attendance.select(Attendance.event).where(Attendance.case == kept.id)
    moved = {}
    for name, table in _TABLES.items():
        rows = table.select(table.id).where(table.case == gone.id)
        if table is Attendance:
            rows = rows.where(Attendance.event.not_in(here))
        moved[name] = [row[0] for row in rows.order_by(table.id).tuples()]
        table.update(case=kept.id).where(table.id.in_(moved[name])).execute()
    return moved


def give_back_visits(kept: Case, gone: Case, taken: Mapping[str, Any]) -> None:
    """Return the rows that a merge moved and that are still there; what was added since stays."""
    for name, table in _TABLES.items():
        table.update(case=gone.id).where(table.id.in_(taken.get(name, [])), table.case == kept.id).execute()
