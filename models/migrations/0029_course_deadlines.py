"""Tasks for the deadlines of courses and for who waits too long. Frozen."""

from models.migrations.checks import allow_more

_KINDS = (
    "course_elsewhere",
    "course_register",
    "course_permit",
    "course_lapse",
    "course_report",
    "course_ended",
    "course_wait",
    "course_test",
)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Let tasks be of these kinds."""
    allow_more(db, "case_task", "kind", _KINDS)
