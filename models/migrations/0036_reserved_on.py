"""Find who came to a course lately without looking through all enrolments. Frozen."""


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Find enrolments by the day of their reservation."""
    db.execute_sql('CREATE INDEX "enrolment_reserved_on" ON "enrolment" ("reserved_on")')
