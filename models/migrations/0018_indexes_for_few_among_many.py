"""Days and lists that look for few cases among many. Frozen."""


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Find the appointments of a day by their day, the people who are coached by name, lists by their state."""
    db.execute_sql('CREATE INDEX "appointment_state_held_on" ON "appointment" ("state", "held_on")')
    coached = '"coach_reported_on" IS NOT NULL AND "coaching_ended_on" IS NULL'
    db.execute_sql(f'CREATE INDEX "case_coached" ON "case_file" ("state", "sort_key") WHERE {coached}')
    db.execute_sql('CREATE INDEX "casestage_key_state_case_id" ON "case_stage" ("key", "state", "case_id")')
