"""Attendance as files: a sheet to be filled elsewhere, and the rows of a list that were not taken over."""

from datetime import date

from models.queries.attendance_plan import plan_attendance
from models.queries.course_attendance import CourseSheet
from models.queries.import_batches import file_of
from models.rules.attendance_lists.columns import AttendanceColumn
from models.rules.course_attendance import MARK_SIGNS, refusal
from models.rules.errors import NotVisible
from models.rules.lists.rejected import rejected_table
from models.rules.roles import Actor
from models.rules.table_files import as_csv
from models.rules.times import german_date
from models.tables import ImportBatch


def sheet_file(sheet: CourseSheet, today: date) -> bytes:
    """A row for each person and day that can be marked, with what stands there; read in again it changes nothing."""
    rows = []
    for one in sheet.markable:
        marks = sheet.marks.get(one.enrolment_id, {})
        family, _comma, given = one.name.partition(", ")
        for day in sheet.days:
            if day in marks or refusal(day, sheet.teaching, one.stay, today) is None:
                sign = MARK_SIGNS[marks[day]] if day in marks else ""
                rows.append([sheet.course.number, one.reference, family, given, german_date(day), sign])
    return as_csv([str(column) for column in AttendanceColumn], rows)


def rejected_marks(batch: ImportBatch, actor: Actor, today: date) -> bytes:
    """The rows that were, or would be, rejected, as a list to correct and send again. NotVisible without any."""
    if batch.state == "staged":
        table = file_of(batch)
        errors = plan_attendance(table, actor, today).rejected
        content = rejected_table(table, errors) if errors else b""
    else:
        content = bytes(batch.rejected or b"")
    if not content:
        raise NotVisible
    return content
