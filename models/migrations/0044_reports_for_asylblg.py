"""The AsylbLG unit takes notice of change reports. Frozen."""


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the column."""
    db.execute_sql('ALTER TABLE "change_report" ADD COLUMN "asylblg_noted_at" VARCHAR(27)')
