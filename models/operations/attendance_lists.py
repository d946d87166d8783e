"""Attendance that comes as a list: the same operation as for a sheet, course by course and month by month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from models.base import db
from models.operations.course_attendance import FilledSheet, record_attendance
from models.operations.import_batches import Imported, carry_out
from models.operations.ledger import record
from models.queries.attendance_plan import AttendancePlan, PlannedMark, attendance_picture, plan_attendance
from models.rules.attendance_lists.columns import AttendanceColumn
from models.rules.attendance_lists.rows import RowErrors
from models.rules.course_attendance import Month, Typed
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.lists.table import Table
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import DayMark
from models.rules.times import local_day
from models.tables import ImportBatch

_CHANGED_MEANWHILE = Message(N_("Diesen Monat hat gerade jemand anderes geändert. Bitte noch einmal einlesen."))


def confirm_attendance(batch: ImportBatch, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Import a staged list and drop its content. StaleVersion where it was confirmed or discarded already."""

    def run(table: Table) -> Imported:
        done = import_attendance(table, actor=actor, now=now)
        return done.rejected, attendance_picture(done, table, names=False)

    carry_out(batch, run, seen_version=seen_version)


def import_attendance(table: Table, *, actor: Actor, now: datetime) -> AttendancePlan:
    """Store what a list says; returns what was done. Each month of a course is a transaction of its own.

    A bad row stops no other; the same list again changes nothing.
    """
    plan = plan_attendance(table, actor, local_day(now))
    refused: dict[int, RowErrors] = {}
    grouped: dict[tuple[str, Month], list[PlannedMark]] = defaultdict(list)
    for one in (*plan.new, *plan.changed):
        grouped[one.number, one.month].append(one)
    for (number, month), marks in grouped.items():
        try:
            record_attendance(FilledSheet(number, month, _typed(marks)), actor=actor, now=now)
        except (StaleVersion, RuleBroken, NotVisible):
            refused |= {one.row: {AttendanceColumn.DAY: _CHANGED_MEANWHILE} for one in marks}
    done = replace(
        plan,
        new=tuple(one for one in plan.new if one.row not in refused),
        changed=tuple(one for one in plan.changed if one.row not in refused),
        rejected=dict(sorted({**plan.rejected, **refused}.items())),
    )
    if done.new or done.changed:
        told: dict[str, object] = {"rows": done.total, "imported": len(done.new), "updated": len(done.changed)}
        with db.atomic():
            record(actor, "attendance.imported", told | {"rejected": len(done.rejected)}, now=now)
    return done


def _typed(marks: Sequence[PlannedMark]) -> dict[int, Typed]:
    typed: dict[int, dict[date, DayMark | None]] = defaultdict(dict)
    shown: dict[int, dict[date, DayMark]] = defaultdict(dict)
    for one in marks:
        typed[one.enrolment_id][one.day] = one.mark
        if one.before:
            shown[one.enrolment_id][one.day] = one.before
    return {number: Typed(days, shown[number]) for number, days in typed.items()}
