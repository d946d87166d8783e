"""A task for who misses two lesson days in a row. Frozen."""

from models.migrations.checks import allow_more


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Let tasks ask for somebody who misses her course."""
    allow_more(db, "case_task", "kind", ("course_missed",))
