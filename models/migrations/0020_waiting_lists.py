"""Waiting lists and offers of courses, and closed reasons. Frozen."""

from models.migrations.checks import allow_more

_PRIORITIES = "'', 'obliged', 'plan'"
_REASONS = (
    "'', 'WORK', 'MOVED', 'LEFT', 'CHILDCARE', 'TRAVEL', 'TIMES', 'LEVEL', 'OTHER_COURSE', 'NO_PAPER', 'NOT_WANTED', "
    "'PERSONAL', 'NO_SHOW', 'FULL', 'NOT_HELD', 'BEGUN', 'NOT_SENT', 'NO_ANSWER', 'MISTAKE', 'OTHER'"
)
_COLUMNS = (
    '"waiting_since" DATE',
    f"\"priority\" VARCHAR(8) NOT NULL DEFAULT '' CHECK (priority IN ({_PRIORITIES}))",
    '"lapses" INTEGER NOT NULL DEFAULT 0',
    '"offered_on" DATE',
    "\"double_reason\" TEXT NOT NULL DEFAULT ''",
    f"\"reason_code\" VARCHAR(12) NOT NULL DEFAULT '' CHECK (reason_code IN ({_REASONS}))",
)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the columns, let an enrolment wait or be offered, and let tasks ask for an answer to an offer."""
    for column in _COLUMNS:
        db.execute_sql(f'ALTER TABLE "enrolment" ADD COLUMN {column}')
    allow_more(db, "enrolment", "state", ("waiting", "offered"))
    allow_more(db, "case_task", "kind", ("course_offer",))
