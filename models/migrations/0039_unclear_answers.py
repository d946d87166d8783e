"""Answers without a value among all answers. Frozen."""


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Find the items that were answered as unknown, not asked or declined by themselves."""
    unclear = "\"state\" IN ('unknown', 'not_asked', 'declined')"
    db.execute_sql(f'CREATE INDEX "answer_unclear" ON "answer" ("state", "holder", "item", "case_id") WHERE {unclear}')
