"""Uploaded lists of courses as a page shows them, and the catalogue as such a list. No personal data."""

from typing import Any

from models.queries.course_plan import CoursePlan, PlannedCourse, plan_courses
from models.queries.courses import CourseRow, kind_names
from models.queries.import_batches import SHOWN, file_of
from models.rules.course_lists.columns import CourseColumn
from models.rules.errors import NotVisible
from models.rules.lesson_times import lesson_words
from models.rules.lists.rejected import rejected_table
from models.rules.lists.table import Table
from models.rules.table_files import as_csv
from models.tables import ImportBatch


def list_picture(plan: CoursePlan, table: Table) -> dict[str, Any]:
    """What a page says about an import, as plain data, before and after it."""
    lines = {row.number: row for row in table.rows}
    wrong = list(plan.rejected.items())[:SHOWN]
    return {
        "rows": plan.total,
        "imported": len(plan.new),
        "updated": len(plan.changed),
        "unchanged": plan.unchanged,
        "rejected": len(plan.rejected),
        "ignored": list(table.ignored_headers),
        "new": [_said(one) for one in plan.new[:SHOWN]],
        "changes": [_said(one) for one in plan.changed[:SHOWN]],
        "errors": [
            {
                "line": lines[number].line,
                "name": lines[number].cells.get(CourseColumn.NUMBER, ""),
                "errors": [[str(column), str(message)] for column, message in errors.items()],
            }
            for number, errors in wrong
        ],
    }


def _said(one: PlannedCourse) -> dict[str, Any]:
    changes = [[str(column), before, after] for column, before, after in one.changes]
    return {"line": one.line, "number": one.data.number, "title": one.data.title, "changes": changes}


def rejected_courses(batch: ImportBatch) -> bytes:
    """The rows that were, or would be, rejected, as a list to correct and send again. NotVisible without any."""
    if batch.state == "staged":
        table = file_of(batch)
        errors = plan_courses(table).rejected
        content = rejected_table(table, errors) if errors else b""
    else:
        content = bytes(batch.rejected or b"")
    if not content:
        raise NotVisible
    return content


def catalogue_file(rows: list[CourseRow]) -> bytes:
    """Courses as a list that can be changed and read in again; without any, the headers to begin with."""
    names = kind_names()
    return as_csv([str(column) for column in CourseColumn], [_cells(row, names) for row in rows])


def _cells(row: CourseRow, names: dict[str, str]) -> list[str]:
    cells: dict[CourseColumn, object] = {
        CourseColumn.NUMBER: row.number,
        CourseColumn.PROVIDER: row.provider_name,
        CourseColumn.KIND: names.get(row.kind, row.kind),
        CourseColumn.TITLE: row.title,
        CourseColumn.LEVEL_FROM: row.level_from,
        CourseColumn.LEVEL_TO: row.level_to,
        CourseColumn.STARTS_ON: f"{row.starts_on:%d.%m.%Y}",
        CourseColumn.ENDS_ON: f"{row.ends_on:%d.%m.%Y}" if row.ends_on else None,
        CourseColumn.REGISTER_UNTIL: f"{row.register_until:%d.%m.%Y}" if row.register_until else None,
        CourseColumn.SEATS: row.seats,
        CourseColumn.THRESHOLD: row.threshold,
        CourseColumn.PLACE: row.site,
        CourseColumn.TRANSPORT: row.transport,
        CourseColumn.TIMES: lesson_words(row.lessons) or row.schedule,
        CourseColumn.UNITS: row.units,
        CourseColumn.MODULE_FROM: row.module_from,
        CourseColumn.MODULE_TO: row.module_to,
        CourseColumn.CHILDCARE: "ja" if row.childcare else "nein",
        CourseColumn.BARRIER_FREE: "ja" if row.barrier_free else "nein",
        CourseColumn.ONLINE: "ja" if row.online else "nein",
    }
    return ["" if cells[column] is None else str(cells[column]) for column in CourseColumn]
