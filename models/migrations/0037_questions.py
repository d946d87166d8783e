"""Questions between organisations, and the tasks that follow. Frozen."""

from peewee import AutoField, CharField, Check, ForeignKeyField, IntegerField, Model, TextField

from models.migrations.checks import allow_more


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class Organisation(Model):
    id = AutoField()

    class Meta:
        table_name = "organisation"


class Case(Model):
    id = AutoField()

    class Meta:
        table_name = "case_file"


class Evidence(Model):
    id = AutoField()

    class Meta:
        table_name = "evidence"


class Question(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    item = CharField(max_length=6)
    evidence = ForeignKeyField(Evidence, null=True, on_delete="SET NULL", index=False)
    asked_by = ForeignKeyField(Organisation, index=False)
    asked_account = ForeignKeyField(Account, null=True, index=False)
    asked_at = CharField(max_length=27)
    asked_to = ForeignKeyField(Organisation, index=False)
    text = TextField()
    state = CharField(max_length=8, default="open")
    answer = TextField(default="")
    answered_account = ForeignKeyField(Account, null=True, index=False)
    answered_at = CharField(max_length=27, null=True)
    closed_at = CharField(max_length=27, null=True)
    ended = CharField(max_length=10, default="")
    version = IntegerField(default=1)

    class Meta:
        table_name = "question"
        indexes = ((("state", "case"), False),)
        constraints = [
            Check("state IN ('open', 'answered', 'closed')"),
            Check("ended IN ('', 'sight', 'case')"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table, and let tasks be of two more kinds."""
    with db.bind_ctx((Organisation, Account, Case, Evidence, Question), bind_refs=False, bind_backrefs=False):
        db.create_tables([Question], safe=False)
    allow_more(db, "case_task", "kind", ("question", "question_answered"))
