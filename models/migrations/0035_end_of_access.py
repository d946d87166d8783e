"""The last day on which a provider saw an enrolment, once it sees it no more. Frozen."""


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the column."""
    db.execute_sql('ALTER TABLE "enrolment" ADD COLUMN "access_ended_on" DATE')
