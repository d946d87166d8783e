"""Requests for access paths to courses. Frozen."""

from peewee import AutoField, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, Model

from models.migrations.checks import allow_more


class Case(Model):
    id = AutoField()

    class Meta:
        table_name = "case_file"


class Organisation(Model):
    id = AutoField()

    class Meta:
        table_name = "organisation"


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class PathRequest(Model):
    case = ForeignKeyField(Case)
    path = CharField(max_length=2)
    body = CharField(max_length=8)
    state = CharField(max_length=10, default="open")
    asked_on = DateField()
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    told = JSONField(default=dict)
    able_to_work = BooleanField(null=True)
    dated = DateField(null=True)
    valid_to = DateField(null=True)
    reference = CharField(max_length=40, default="")
    basis = CharField(max_length=8, default="")
    reason_code = CharField(max_length=12, default="")
    reason = CharField(max_length=500, default="")
    source = CharField(max_length=200, default="")
    answered_on = DateField(null=True)
    answered_for = ForeignKeyField(Organisation, null=True, index=False)
    answered_by = ForeignKeyField(Account, null=True, index=False)
    noted_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "path_request"
        indexes = ((("body", "state", "asked_on"), False),)
        constraints = (
            Check("path IN ('P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P8')"),
            Check("body IN ('ABH', 'JC', 'ASYLBLG', 'BAMF', 'AA')"),
            Check("state IN ('open', 'granted', 'refused', 'withdrawn')"),
            Check(
                "reason_code IN ('', 'CONDITIONS', 'EMPLOYED', 'SCHOOL', 'GERMAN', 'SEATS', 'SUSPENDED', 'PAPERS', "
                "'OTHER')"
            ),
        )


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table, and let tasks ask for answers."""
    with db.bind_ctx((Case, Organisation, Account, PathRequest)):
        db.create_tables((PathRequest,), safe=False)
    allow_more(db, "case_task", "kind", ("path_asked", "path_chase", "path_answered"))
