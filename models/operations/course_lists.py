"""Courses that come as a list: the same operations as for one course, row by row."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from models.base import db
from models.operations.courses import create_course, update_course
from models.operations.ledger import record
from models.queries.course_plan import CoursePlan, PlannedCourse, plan_courses
from models.rules.course_lists.columns import COLUMN_OF, CourseColumn
from models.rules.course_lists.rows import RowErrors
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.lists.table import Table
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor

BATCH = 100
"""Rows of one transaction: between two of them others may write."""
_CHANGED_MEANWHILE = Message(N_("Der Kurs wurde gerade von jemand anderem geändert. Bitte noch einmal einlesen."))


def import_courses(table: Table, *, actor: Actor, now: datetime) -> CoursePlan:
    """Enter and change the courses of a list; returns what was done. A bad row stops no other, the same list again
    changes nothing. NotAllowed for whom the role does not let edit courses.
    """
    if not may(actor.role, Permission.COURSE_EDIT):
        raise NotAllowed
    plan = plan_courses(table)
    refused: dict[int, RowErrors] = {}
    for rows in _batches((*plan.new, *plan.changed)):
        with db.atomic():
            for row in rows:
                _store(row, refused, actor, now)
    done = _without(plan, refused)
    if done.new or done.changed:
        told: dict[str, object] = {"rows": done.total, "imported": len(done.new), "updated": len(done.changed)}
        with db.atomic():
            record(actor, "courses.imported", told | {"rejected": len(done.rejected)}, now=now)
    return done


def _batches(rows: Sequence[PlannedCourse]) -> Iterator[Sequence[PlannedCourse]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _store(row: PlannedCourse, refused: dict[int, RowErrors], actor: Actor, now: datetime) -> None:
    act: Callable[[], object]
    if row.course_id:
        act = lambda: update_course(row.course_id, row.data, seen_version=row.version, actor=actor, now=now)  # noqa: E731
    else:
        act = lambda: create_course(row.data, actor=actor, now=now)  # noqa: E731
    try:
        with db.atomic():
            act()
    except StaleVersion:
        refused[row.row] = {CourseColumn.NUMBER: _CHANGED_MEANWHILE}
    except RuleBroken as broken:
        named = {COLUMN_OF[name]: text for name, text in broken.fields.items() if name in COLUMN_OF}
        refused[row.row] = named or {CourseColumn.NUMBER: broken.message}


def _without(plan: CoursePlan, refused: dict[int, RowErrors]) -> CoursePlan:
    return replace(
        plan,
        new=tuple(row for row in plan.new if row.row not in refused),
        changed=tuple(row for row in plan.changed if row.row not in refused),
        rejected=dict(sorted({**plan.rejected, **refused}.items())),
    )
