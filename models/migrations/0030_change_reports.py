"""Change reports of municipalities, since when somebody cannot be reached, and the tasks that follow. Frozen."""

from peewee import AutoField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, Model, TextField

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


class ChangeReport(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    kind = CharField(max_length=12)
    on_day = DateField()
    data = JSONField(default=dict)
    home = ForeignKeyField(Organisation, null=True, index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    reported_at = CharField(max_length=27)
    state = CharField(max_length=9, default="reported")
    reason = TextField(default="")
    settled_by = ForeignKeyField(Organisation, null=True, index=False)
    settled_at = CharField(max_length=27, null=True)
    noted_by = ForeignKeyField(Organisation, null=True, index=False)
    noted_at = CharField(max_length=27, null=True)
    coach_noted_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "change_report"
        indexes = ((("organisation", "reported_at"), False),)
        constraints = [
            Check("kind IN ('moved_here', 'moved_on', 'left', 'birth', 'reachability')"),
            Check("state IN ('reported', 'confirmed', 'refused', 'withdrawn')"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table, add the column, and let tasks be of three more kinds."""
    with db.bind_ctx((Organisation, Account, Case, ChangeReport), bind_refs=False, bind_backrefs=False):
        db.create_tables([ChangeReport], safe=False)
    migrator.migrate(migrator.add_column("person", "unreachable_since", DateField(null=True)))
    allow_more(db, "case_task", "kind", ("moved_in", "moved_away", "report_note"))
