"""Agreements of first steps with their steps, the document and the task that come with them. A frozen copy."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, Model, TextField

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


class Document(Model):
    class Meta:
        table_name = "document"


class Upload(Model):
    class Meta:
        table_name = "upload"


class Agreement(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    number = IntegerField()
    state = CharField(max_length=8, default="draft")
    goal = TextField(default="")
    services = TextField(default="")
    contributions = TextField(default="")
    next_on = DateField(null=True)
    next_where = CharField(max_length=150, default="")
    language = CharField(max_length=3, default="")
    interpreter = CharField(max_length=120, default="")
    agreed_on = DateField(null=True)
    reason = TextField(default="")
    paper_reason = CharField(max_length=12, default="")
    copy_on = DateField(null=True)
    document = ForeignKeyField(Document, null=True)
    scan = ForeignKeyField(Upload, null=True)
    replaced_by = ForeignKeyField("self", null=True)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "agreement"
        indexes = ((("case", "number"), True),)
        constraints = [
            Check("state IN ('draft', 'agreed', 'refused', 'not_yet')"),
            Check("state = 'draft' OR agreed_on IS NOT NULL"),
        ]


class AgreementStep(Model):
    agreement = ForeignKeyField(Agreement, on_delete="CASCADE", index=False)
    position = IntegerField()
    kind = CharField(max_length=12)
    detail = CharField(max_length=150, default="")
    who = CharField(max_length=7)
    until = DateField()
    state = CharField(max_length=7, default="OPEN")
    settled_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "agreement_step"
        indexes = ((("agreement", "position"), True),)
        constraints = [
            Check(
                "kind IN ('COURSE', 'TEST', 'CERTIFICATES', 'RECOGNITION', 'CV', 'SKILLS', 'INTERNSHIP', 'CHILDCARE', "
                "'PERMIT', 'APPLICATION', 'COACH', 'OTHER')"
            ),
            Check("who IN ('PERSON', 'AGENTUR', 'COACH')"),
            Check("state IN ('OPEN', 'DONE', 'DROPPED')"),
            Check("(state = 'OPEN') = (settled_on IS NULL)"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables, and let tasks and documents be of one kind more."""
    tables = (Agreement, AgreementStep)
    with db.bind_ctx((Organisation, Account, Case, Document, Upload, *tables), bind_refs=False, bind_backrefs=False):
        db.create_tables(tables, safe=False)
    allow_more(db, "case_task", "kind", ("agreement_step",))
    allow_more(db, "document", "kind", ("agreement",))
