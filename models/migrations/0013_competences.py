"""Life-line, languages, script and availability of a case, and what the lists need of them. Frozen copies."""

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, Model, TextField

from models.migrations.checks import allow_more


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Case(Model):
    class Meta:
        table_name = "case_file"


class Evidence(Model):
    class Meta:
        table_name = "evidence"


TRUST = "trust IN ('stated', 'verified', 'contradictory')"
DOUBT = "(trust = 'contradictory') = (contradiction <> '')"


class LifePeriod(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    kind = CharField(max_length=8)
    begins = CharField(max_length=7)
    ends = CharField(max_length=7, default="")
    approximate = BooleanField(default=False)
    country = CharField(max_length=3, default="")
    place = CharField(max_length=120, default="")
    title = CharField(max_length=200, default="")
    title_original = CharField(max_length=200, default="")
    kldb = CharField(max_length=2, default="")
    level = CharField(max_length=1, default="")
    certificate = CharField(max_length=3, default="")
    proof = CharField(max_length=12, default="")
    evidence = ForeignKeyField(Evidence, null=True, index=False)
    recognition = JSONField(default=dict)
    trust = CharField(max_length=13, default="stated")
    contradiction = TextField(default="")
    source = CharField(max_length=200)
    carried = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "life_period"
        constraints = [
            Check("kind IN ('school', 'training', 'study', 'work', 'family', 'flight', 'seeking', 'other')"),
            Check(TRUST),
            Check(DOUBT),
        ]


class LifeRemark(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    key = CharField(max_length=60)
    text = CharField(max_length=500, default="")
    unknown = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "life_remark"
        indexes = ((("case", "key"), True),)
        constraints = [Check("unknown = (text = '')")]


class LanguageSkill(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    language = CharField(max_length=3)
    mother_tongue = BooleanField(default=False)
    listening = CharField(max_length=2, default="")
    reading = CharField(max_length=2, default="")
    writing = CharField(max_length=2, default="")
    speaking = CharField(max_length=2, default="")
    proof = CharField(max_length=12, default="")
    proved_on = DateField()
    issuer = CharField(max_length=120, default="")
    trust = CharField(max_length=13, default="stated")
    contradiction = TextField(default="")
    source = CharField(max_length=200)
    carried = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "language_skill"
        constraints = [Check(TRUST), Check(DOUBT)]


class ScriptSkill(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    literacy = CharField(max_length=3)
    scripts = CharField(max_length=120, default="")
    seen_on = DateField()
    source = CharField(max_length=200)
    carried = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "script_skill"


class AvailabilityPlan(Model):
    case = ForeignKeyField(Case, primary_key=True, on_delete="CASCADE")
    content = JSONField()
    source = CharField(max_length=200)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "availability_plan"


class CompetenceSummary(Model):
    case = ForeignKeyField(Case, primary_key=True, on_delete="CASCADE")
    content = JSONField()
    german_proved_on = DateField(null=True)

    class Meta:
        table_name = "competence_summary"


TABLES = (LifePeriod, LifeRemark, LanguageSkill, ScriptSkill, AvailabilityPlan, CompetenceSummary)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables, in which no case has anything yet, and let tasks be of one more kind."""
    with db.bind_ctx((Organisation, Account, Case, Evidence, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
        allow_more(db, "case_task", "kind", ("language_proof",))
