"""The maintained law as dated entries with their history, its changes, and requests for a transfer.

``law_entry`` held copies of the data files that nothing read; the entries take its place. Its triggers hold it
append-only: an entry is replaced once, by one that comes after it, and never deleted.
"""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, Model


class Account(Model):
    class Meta:
        table_name = "account"


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Case(Model):
    class Meta:
        table_name = "case_file"


TOPICS = (
    "topic IN ('safe_countries', 'admission_suspensions', 'residence_codes', 'deadlines', 'course_kinds', "
    "'blocking_letters', 'ban_exceptions', 'decisions', 'work_notes')"
)


class LawEntry(Model):
    topic = CharField(max_length=30)
    key = CharField(max_length=120)
    position = IntegerField()
    content = JSONField()
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    source = CharField(max_length=300)
    note = CharField(max_length=500, default="")
    origin = CharField(max_length=14)
    identity = CharField(max_length=200, null=True, index=True)
    digest = CharField(max_length=64)
    reason = CharField(max_length=500, default="")
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    replaced_at = CharField(max_length=27, null=True)
    replaced_by = ForeignKeyField("self", null=True)

    class Meta:
        table_name = "law_entry"
        indexes = ((("topic", "replaced_at"), False),)
        constraints = [
            Check(TOPICS),
            Check("origin IN ('files', 'administration')"),
            Check("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to"),
        ]


class LawState(Model):
    version = IntegerField()
    as_of = DateField()
    checked_on = DateField()
    source = CharField(max_length=300)

    class Meta:
        table_name = "law_state"


class LawChange(Model):
    act = CharField(max_length=10)
    topic = CharField(max_length=30)
    title = CharField(max_length=300)
    effective_on = DateField(null=True)
    touched = JSONField(default=dict)
    entry = ForeignKeyField(LawEntry, null=True)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)

    class Meta:
        table_name = "law_change"
        constraints = [
            Check(TOPICS),
            Check("act IN ('added', 'ended', 'corrected', 'succeeded', 'withdrawn')"),
        ]


class TransferRequest(Model):
    requester = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, index=False)
    token = CharField(max_length=43, unique=True)
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)
    date_of_birth = DateField(null=True)
    made_at = CharField(max_length=27)
    ends_on = DateField()
    state = CharField(max_length=10, default="open")
    case = ForeignKeyField(Case, null=True)
    reason = CharField(max_length=1000, default="")
    answered_by = ForeignKeyField(Account, null=True, index=False)
    answered_at = CharField(max_length=27, null=True)
    forgotten_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "transfer_request"
        indexes = ((("state", "ends_on"), False),)
        constraints = [
            Check("state IN ('open', 'started', 'refused', 'nobody')"),
        ]


TABLES = (LawEntry, LawState, LawChange, TransferRequest)
INDEXES = (
    'CREATE INDEX "person_nationality" ON "person" ("nationality")',
    'CREATE INDEX "residence_record_code" ON "residence_record" ("code")',
)
_KEPT = "the law keeps its history"
_FIXED = (
    "topic", "key", "position", "content", "valid_from", "valid_to", "source", "note", "origin", "identity", "digest",
    "reason", "account_id", "recorded_at",
)  # fmt: skip
_CHANGED = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _FIXED)

SQLITE_TRIGGERS = (
    f"CREATE TRIGGER law_entry_kept BEFORE UPDATE ON law_entry "
    f"WHEN OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL OR {_CHANGED} "
    f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END",
    f"CREATE TRIGGER law_entry_stays BEFORE DELETE ON law_entry BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END",
)
POSTGRES_TRIGGERS = (
    f"""CREATE OR REPLACE FUNCTION law_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_KEPT}'; END $$""",
    """CREATE TRIGGER law_entry_kept BEFORE UPDATE ON law_entry FOR EACH ROW
    WHEN (OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL
          OR (to_jsonb(NEW) - 'replaced_at' - 'replaced_by_id') <> (to_jsonb(OLD) - 'replaced_at' - 'replaced_by_id'))
    EXECUTE FUNCTION law_refuses()""",
    "CREATE TRIGGER law_entry_stays BEFORE DELETE ON law_entry FOR EACH ROW EXECUTE FUNCTION law_refuses()",
    "CREATE TRIGGER law_entry_whole BEFORE TRUNCATE ON law_entry FOR EACH STATEMENT EXECUTE FUNCTION law_refuses()",
)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Put the dated entries in the place of the copies, add the tables beside them, and what finds touched cases."""
    db.execute_sql('DROP TABLE "law_entry"')
    with db.bind_ctx((Account, Organisation, Case, *TABLES)):
        db.create_tables(TABLES, safe=False)
    triggers = SQLITE_TRIGGERS if "sqlite" in type(db).__name__.lower() else POSTGRES_TRIGGERS
    for statement in (*INDEXES, *triggers):
        db.execute_sql(statement)
