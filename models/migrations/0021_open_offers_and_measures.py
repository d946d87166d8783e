"""Paths into open offers and measures, and places found by their state. Frozen."""

from models.migrations.checks import allow_more


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Let an enrolment name the two paths, and find those who wait or run among all that ended."""
    allow_more(db, "enrolment", "access_path", ("P0", "P9"))
    db.execute_sql('CREATE INDEX "enrolment_state_course_id" ON "enrolment" ("state", "course_id")')
