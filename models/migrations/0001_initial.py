"""All tables of the first version: a frozen copy, independent of models.tables.

The triggers hold the ledger append-only: peewee's table rebuilds drop triggers and CHECKs silently, so a later
migration that rebuilds one of these tables must create them again.
"""

from peewee import (
    BlobField,
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)


class Organisation(Model):
    key = CharField(unique=True, max_length=40)
    kind = CharField(max_length=20)
    name = CharField(max_length=200)
    unit = CharField(max_length=200, default="")
    phone = CharField(max_length=60, default="")
    email = CharField(max_length=200, default="")
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    ags = CharField(null=True, max_length=8)
    active = BooleanField(default=True)

    class Meta:
        table_name = "organisation"
        constraints = [
            Check(
                "kind IN ('municipality', 'asylblg', 'coach', 'agentur', 'jobcenter', 'provider', "
                "'coordination', 'bamf', 'privacy', 'admin', 'system')"
            ),
        ]


class Account(Model):
    username = CharField(unique=True, max_length=60)
    organisation = ForeignKeyField(Organisation)
    name = CharField(max_length=120)
    function = CharField(max_length=120, default="")
    phone = CharField(max_length=60, default="")
    state = CharField(max_length=10, default="new")
    password_hash = TextField(default="")
    is_demo = BooleanField(default=False)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "account"
        constraints = [
            Check("state IN ('new', 'active', 'locked')"),
        ]


class LoginSession(Model):
    token_sha256 = CharField(unique=True, max_length=64)
    account = ForeignKeyField(Account, on_delete="CASCADE")
    started_at = CharField(max_length=27)
    seen_at = CharField(max_length=27)
    ended_at = CharField(null=True, max_length=27)

    class Meta:
        table_name = "login_session"


class SigningKey(Model):
    account = ForeignKeyField(Account)
    serial = CharField(unique=True, max_length=64)
    certificate = TextField()
    sealed_key = TextField()
    issued_at = CharField(max_length=27)
    not_after = DateField()
    revoked_at = CharField(null=True, max_length=27)
    failed_pins = IntegerField(default=0)
    locked_until = CharField(null=True, max_length=27)

    class Meta:
        table_name = "signing_key"


class Household(Model):
    municipality = ForeignKeyField(Organisation, null=True)
    created_at = CharField(max_length=27)

    class Meta:
        table_name = "household"


class Person(Model):
    household = ForeignKeyField(Household, null=True)
    municipality = ForeignKeyField(Organisation, null=True)
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)
    sort_key = CharField(max_length=250)
    name_key = CharField(index=True, max_length=250)
    given_key = CharField(index=True, max_length=120)
    identity_key = CharField(index=True, null=True, max_length=300)
    birth_name = CharField(max_length=120, default="")
    other_spellings = TextField(default="")
    date_of_birth = DateField(index=True)
    place_of_birth = CharField(max_length=120, default="")
    country_of_birth = CharField(max_length=3, default="")
    sex = CharField(max_length=1)
    nationality = CharField(max_length=3)
    second_nationality = CharField(max_length=3, default="")
    marital_status = CharField(max_length=2, default="")
    languages = JSONField(default=list)
    mother_tongue = CharField(max_length=3, default="")
    interpreter_needed = BooleanField(null=True)
    phone = CharField(max_length=60, default="")
    email = CharField(max_length=200, default="")
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    accommodation = CharField(max_length=3, default="")
    children_in_household = IntegerField(null=True)
    azr_number = CharField(max_length=12, default="")
    bamf_reference = CharField(max_length=20, default="")
    customer_number = CharField(max_length=20, default="")
    arrived_on = DateField(null=True)
    remark = TextField(null=True)
    provenance = JSONField(default=dict)
    version = IntegerField(default=1)
    created_at = CharField(max_length=27)

    class Meta:
        table_name = "person"
        constraints = [
            Check("sex IN ('m', 'w', 'd', 'x')"),
        ]


class MatchKey(Model):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    key = CharField(index=True, max_length=80)

    class Meta:
        table_name = "match_key"


class ResidenceRecord(Model):
    person = ForeignKeyField(Person)
    code = CharField(max_length=10)
    label = CharField(max_length=200, default="")
    valid_from = DateField(null=True)
    valid_to = DateField(index=True, null=True)
    granted_on = DateField(null=True)
    issued_by = CharField(max_length=200, default="")
    work_note = CharField(max_length=3, default="")
    residence_condition = CharField(max_length=20, default="")
    residence_condition_until = DateField(null=True)
    seen_on = DateField(null=True)
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)
    voided_at = CharField(null=True, max_length=27)
    void_reason = TextField(default="")

    class Meta:
        table_name = "residence_record"


class AsylumDecision(Model):
    person = ForeignKeyField(Person)
    code = CharField(max_length=10)
    decided_on = DateField(null=True)
    served_on = DateField(null=True)
    action_pending = BooleanField(null=True)
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)
    voided_at = CharField(null=True, max_length=27)
    void_reason = TextField(default="")

    class Meta:
        table_name = "asylum_decision"


class Case(Model):
    number = CharField(unique=True, max_length=20)
    person = ForeignKeyField(Person)
    sort_key = CharField(index=True, max_length=250)
    municipality = ForeignKeyField(Organisation, null=True, index=False)
    responsible = ForeignKeyField(Organisation, index=False)
    agentur = ForeignKeyField(Organisation, null=True, index=False)
    origin = CharField(max_length=12)
    legal_sphere = CharField(max_length=4)
    state = CharField(max_length=8, default="open")
    outcome = CharField(null=True, max_length=20)
    outcome_on = DateField(null=True)
    opened_on = DateField()
    first_contact_on = DateField(null=True)
    receives_asylblg = BooleanField(default=False)
    asylblg_until = DateField(null=True)
    coach_reported_on = DateField(null=True)
    coach_reported_by = ForeignKeyField(Organisation, null=True)
    coach_consent = CharField(max_length=10, default="none")
    coaching_ended_on = DateField(null=True)
    accepted_on = DateField(null=True)
    agentur_sees_until = DateField(null=True)
    changed_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "case_file"
        indexes = (
            (("state", "sort_key"), False),
            (("municipality", "sort_key"), False),
            (("responsible", "sort_key"), False),
            (("agentur", "sort_key"), False),
        )
        constraints = [
            Check("origin IN ('agentur', 'municipality')"),
            Check("state IN ('open', 'closed')"),
            Check(
                "outcome IN ('work', 'apprenticeship', 'study', 'self_employed', 'moved', "
                "'other_county', 'left_country', 'no_cooperation', 'age_limit', 'death', 'duplicate', "
                "'other')"
            ),
            Check("coach_consent IN ('none', 'granted', 'refused', 'withdrawn', 'expired')"),
            Check("legal_sphere IN ('S2', 'S3', 'S12', 'KEIN', 'UNK')"),
        ]


class ChecklistDefinition(Model):
    key = CharField(max_length=12)
    version = IntegerField()
    title = CharField(max_length=100)
    content = JSONField()
    published_at = CharField(max_length=27)

    class Meta:
        table_name = "checklist_definition"
        indexes = ((("key", "version"), True),)
        constraints = [
            Check("key IN ('intake', 'counselling', 'courses', 'handover', 'coach')"),
        ]


class CaseStage(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    key = CharField(max_length=12)
    definition = ForeignKeyField(ChecklistDefinition)
    state = CharField(max_length=12, default="open")
    finished_on = DateField(null=True)
    finished_by = ForeignKeyField(Account, null=True)
    note = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        table_name = "case_stage"
        indexes = ((("case", "key"), True),)
        constraints = [
            Check("key IN ('intake', 'counselling', 'courses', 'handover', 'coach')"),
            Check("state IN ('open', 'in_progress', 'finished', 'waived')"),
        ]


class Answer(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    item = CharField(max_length=6)
    holder = CharField(max_length=10, default="joint")
    state = CharField(max_length=16)
    values = JSONField(default=dict)
    note = TextField(default="")
    reason = TextField(default="")
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, null=True, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    answered_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "answer"
        indexes = ((("case", "item", "holder"), True),)
        constraints = [
            Check("state IN ('done', 'not_applicable', 'not_asked', 'unknown', 'declined', 'cleared')"),
            Check("holder IN ('joint', 'jobcenter')"),
        ]


class Consent(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    purpose = CharField(max_length=2)
    recipient = ForeignKeyField(Organisation, null=True)
    state = CharField(max_length=10)
    decided_on = DateField()
    language = CharField(max_length=3, default="")
    interpreter = CharField(max_length=120, default="")
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)

    class Meta:
        table_name = "consent"
        constraints = [
            Check("purpose IN ('E1', 'E2', 'E3', 'E4', 'E5')"),
            Check("state IN ('none', 'granted', 'refused', 'withdrawn', 'expired')"),
        ]


class NumberSeries(Model):
    year = IntegerField(primary_key=True)
    last = IntegerField()

    class Meta:
        table_name = "number_series"


class Provider(Model):
    organisation = ForeignKeyField(Organisation, unique=True, null=True)
    name = CharField(unique=True, max_length=200)
    bamf_code = CharField(max_length=20, default="")
    street = CharField(max_length=200, default="")
    postcode = CharField(max_length=10, default="")
    town = CharField(max_length=100, default="")
    phone = CharField(max_length=60, default="")
    email = CharField(max_length=200, default="")
    active = BooleanField(default=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "provider"


class Course(Model):
    number = CharField(unique=True, max_length=40)
    provider = ForeignKeyField(Provider)
    kind = CharField(max_length=12)
    title = CharField(max_length=200)
    level_from = CharField(max_length=2, default="")
    level_to = CharField(max_length=2, default="")
    site = CharField(max_length=200, default="")
    schedule = CharField(max_length=200, default="")
    starts_on = DateField(index=True)
    ends_on = DateField(null=True)
    register_until = DateField(null=True)
    seats = IntegerField()
    threshold = IntegerField(null=True)
    taken = IntegerField(default=0)
    childcare = BooleanField(default=False)
    barrier_free = BooleanField(default=False)
    transport = CharField(max_length=200, default="")
    cancelled_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "course"
        constraints = [
            Check("taken >= 0"),
            Check("taken <= seats"),
            Check("seats >= 1"),
        ]


class Enrolment(Model):
    case = ForeignKeyField(Case)
    course = ForeignKeyField(Course)
    state = CharField(max_length=12)
    access_path = CharField(max_length=2)
    path_basis = CharField(max_length=200, default="")
    path_issued_by = CharField(max_length=200, default="")
    path_dated = DateField(null=True)
    path_valid_to = DateField(null=True)
    reserved_on = DateField()
    reserved_until = DateField(null=True)
    sent_on = DateField(null=True)
    confirmed_on = DateField(null=True)
    expected_start = DateField(null=True)
    started_on = DateField(null=True)
    ended_on = DateField(null=True)
    reason = TextField(default="")
    source = CharField(max_length=200, default="")
    form = JSONField(default=dict)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "enrolment"
        constraints = [
            Check(
                "state IN ('reserved', 'sent', 'confirmed', 'started', 'finished', 'declined', "
                "'cancelled', 'expired', 'dropped_out')"
            ),
            Check("access_path IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8')"),
        ]


class Handover(Model):
    reference = CharField(unique=True, max_length=24)
    case = ForeignKeyField(Case)
    number = IntegerField()
    state = CharField(max_length=10, default="draft")
    sender = ForeignKeyField(Organisation)
    receiver = ForeignKeyField(Organisation)
    decision_code = CharField(max_length=10, default="")
    served_on = DateField(null=True)
    recorded_on = DateField()
    asylblg_until = DateField(null=True)
    proposed_on = DateField(null=True)
    change_on = DateField(null=True)
    application_latest = DateField(null=True)
    legal_basis = CharField(max_length=200, default="")
    override_reason = TextField(default="")
    due_on = DateField(index=True, null=True)
    released = JSONField(default=dict)
    gap_reasons = JSONField(default=dict)
    informed_on = DateField(null=True)
    copy_given_on = DateField(null=True)
    snapshot = TextField(null=True)
    snapshot_sha256 = CharField(null=True, max_length=64)
    subject = CharField(max_length=250, default="")
    code = CharField(unique=True, null=True, max_length=14)
    sent_at = CharField(null=True, max_length=27)
    sent_by = ForeignKeyField(Account, null=True)
    received_at = CharField(null=True, max_length=27)
    received_by = ForeignKeyField(Account, null=True)
    accepted_at = CharField(null=True, max_length=27)
    accepted_by = ForeignKeyField(Account, null=True)
    checked = JSONField(default=dict)
    first_talk_on = DateField(null=True)
    queries = JSONField(default=list)
    reason = TextField(default="")
    closed_at = CharField(null=True, max_length=27)
    replaced_by = ForeignKeyField("self", null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "handover"
        indexes = (
            (("case", "number"), True),
            (("receiver", "state", "due_on"), False),
            (("sender", "state", "due_on"), False),
        )
        constraints = [
            Check(
                "state IN ('draft', 'sent', 'received', 'queried', 'superseded', 'accepted', 'rejected', "
                "'withdrawn', 'expired')"
            ),
        ]


class TakenField(Model):
    handover = ForeignKeyField(Handover, on_delete="CASCADE", index=False)
    field = CharField(max_length=60)
    account = ForeignKeyField(Account)
    taken_at = CharField(max_length=27)

    class Meta:
        table_name = "taken_field"
        indexes = ((("handover", "field"), True),)


class Document(Model):
    kind = CharField(max_length=20)
    case = ForeignKeyField(Case, null=True)
    handover = ForeignKeyField(Handover, null=True)
    enrolment = ForeignKeyField(Enrolment, null=True)
    code = CharField(index=True, null=True, max_length=14)
    title = CharField(max_length=200)
    filename = CharField(max_length=120)
    media_type = CharField(max_length=60, default="application/pdf")
    sha256 = CharField(unique=True, max_length=64)
    signatures = IntegerField(default=0)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    issued_at = CharField(max_length=27)
    replaced_by = ForeignKeyField("self", null=True)

    class Meta:
        table_name = "document"
        constraints = [
            Check("kind IN ('transfer_sheet', 'receipt', 'enrolment_form', 'coach_checklist')"),
        ]


class DocumentContent(Model):
    document = ForeignKeyField(Document, primary_key=True, on_delete="CASCADE")
    content = BlobField()

    class Meta:
        table_name = "document_content"


class Chain(Model):
    ordinal = IntegerField(unique=True)
    name = CharField(unique=True, max_length=40)
    length = IntegerField()
    head = CharField(max_length=64)
    seal = CharField(max_length=64)

    class Meta:
        table_name = "chain"


class ChainRegister(Model):
    chains = IntegerField()
    seal = CharField(max_length=64)

    class Meta:
        table_name = "chain_register"


class Event(Model):
    chain = CharField(max_length=40)
    seq = IntegerField()
    at = CharField(max_length=27)
    kind = CharField(max_length=60)
    case_id = IntegerField(index=True, null=True)
    account_id = IntegerField(null=True)
    actor = CharField(max_length=120)
    organisation = CharField(max_length=40)
    data = TextField()
    hash = CharField(max_length=64)

    class Meta:
        table_name = "event"
        indexes = ((("chain", "seq"), True),)


class Anchor(Model):
    at = CharField(max_length=27)
    last_event = IntegerField()
    events = IntegerField()
    chains = IntegerField()
    digest = CharField(unique=True, max_length=64)

    class Meta:
        table_name = "anchor"


class ErasureRecord(Model):
    chain = CharField(unique=True, max_length=40)
    ordinal = IntegerField(unique=True)
    length = IntegerField()
    head = CharField(max_length=64)
    hashes = TextField()
    erased_at = CharField(max_length=27)
    account = ForeignKeyField(Account, null=True)
    reason = TextField()

    class Meta:
        table_name = "erasure_record"


class AccessLog(Model):
    at = CharField(index=True, max_length=27)
    account = ForeignKeyField(Account)
    organisation = ForeignKeyField(Organisation)
    case_id = IntegerField(index=True, null=True)
    action = CharField(max_length=40)

    class Meta:
        table_name = "access_log"


class Code(Model):
    list = CharField(max_length=40)
    code = CharField(max_length=20)
    label = CharField(max_length=200)
    position = IntegerField()
    norm = CharField(max_length=200, default="")
    source = CharField(max_length=200, default="")
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)

    class Meta:
        table_name = "code"
        indexes = ((("list", "code"), True),)


class LawEntry(Model):
    topic = CharField(max_length=40)
    content = JSONField()
    source = CharField(max_length=200, default="")
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    recorded_at = CharField(max_length=27)

    class Meta:
        table_name = "law_entry"
        indexes = ((("topic", "valid_from"), False),)


class ImportBatch(Model):
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account)
    state = CharField(max_length=10)
    format = CharField(max_length=4)
    content = BlobField(null=True)
    report = JSONField(default=dict)
    rejected = BlobField(null=True)
    token = CharField(unique=True, null=True, max_length=43)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "import_batch"
        constraints = [
            Check("state IN ('staged', 'done', 'discarded')"),
        ]


TABLES = (
    Organisation,
    Account,
    LoginSession,
    SigningKey,
    Household,
    Person,
    MatchKey,
    ResidenceRecord,
    AsylumDecision,
    Case,
    ChecklistDefinition,
    CaseStage,
    Answer,
    Consent,
    NumberSeries,
    Provider,
    Course,
    Enrolment,
    Handover,
    TakenField,
    Document,
    DocumentContent,
    Chain,
    ChainRegister,
    Event,
    Anchor,
    ErasureRecord,
    AccessLog,
    Code,
    LawEntry,
    ImportBatch,
)

_LEDGER_IS_APPEND_ONLY = "the ledger is append-only"

SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} {when} "
    f"BEGIN SELECT RAISE(ABORT, '{_LEDGER_IS_APPEND_ONLY}'); END"
    for table, name, act, when in (
        ("event", "kept", "UPDATE", ""),
        ("event", "stays", "DELETE", "WHEN NOT EXISTS (SELECT 1 FROM erasure_record r WHERE r.chain = OLD.chain)"),
        ("anchor", "kept", "UPDATE", ""),
        ("anchor", "stays", "DELETE", ""),
        ("erasure_record", "kept", "UPDATE", ""),
        ("erasure_record", "stays", "DELETE", ""),
        ("chain", "grows", "UPDATE", "WHEN NEW.length <= OLD.length OR NEW.name <> OLD.name"),
        ("chain", "stays", "DELETE", "WHEN NOT EXISTS (SELECT 1 FROM erasure_record r WHERE r.chain = OLD.name)"),
    )
)

POSTGRES_TRIGGERS = (
    f"""CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_LEDGER_IS_APPEND_ONLY}'; END $$""",
    """CREATE OR REPLACE FUNCTION ledger_erases() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM erasure_record r WHERE r.chain = to_jsonb(OLD) ->> TG_ARGV[0]) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'the ledger is append-only';
    END $$""",
    """CREATE TRIGGER chain_grows BEFORE UPDATE ON chain FOR EACH ROW
    WHEN (NEW.length <= OLD.length OR NEW.name <> OLD.name) EXECUTE FUNCTION ledger_refuses()""",
    *(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuses()"
        for table in ("event", "anchor", "erasure_record")
    ),
    *(
        f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuses()"
        for table in ("anchor", "erasure_record")
    ),
    *(
        f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_erases('{column}')"
        for table, column in (("event", "chain"), ("chain", "name"))
    ),
    *(
        f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()"
        for table in ("event", "anchor", "erasure_record", "chain")
    ),
)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create all tables and the triggers of this kind of database."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
    triggers = SQLITE_TRIGGERS if "sqlite" in type(db).__name__.lower() else POSTGRES_TRIGGERS
    for statement in triggers:
        db.execute_sql(statement)
