"""Who could read what was sent to a provider before its access was taken away. Frozen."""


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the column."""
    db.execute_sql('ALTER TABLE "provider" ADD COLUMN "last_reader_id" INTEGER REFERENCES "organisation" ("id")')
