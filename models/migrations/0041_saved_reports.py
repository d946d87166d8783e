"""Reports that are remembered, and those that were filed. Frozen."""

from peewee import AutoField, BlobField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, Model


class Organisation(Model):
    id = AutoField()

    class Meta:
        table_name = "organisation"


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class SavedReport(Model):
    account = ForeignKeyField(Account, index=False)
    organisation = ForeignKeyField(Organisation)
    name = CharField(max_length=60)
    figure = CharField(max_length=40)
    filters = JSONField(default=dict)
    rhythm = CharField(max_length=8, default="")
    next_on = DateField(null=True, index=True)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "saved_report"
        indexes = ((("account", "name"), True),)
        constraints = [Check("rhythm IN ('', 'weekly', 'monthly')")]


class FiledReport(Model):
    organisation = ForeignKeyField(Organisation, index=False)
    name = CharField(max_length=60)
    figure = CharField(max_length=40)
    asked = CharField(max_length=300)
    filed_on = DateField()
    pdf = BlobField()
    xlsx = BlobField()
    csv = BlobField()

    class Meta:
        table_name = "filed_report"
        indexes = ((("organisation", "filed_on"), False),)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables."""
    with db.bind_ctx((Organisation, Account, SavedReport, FiledReport), bind_refs=False, bind_backrefs=False):
        db.create_tables([SavedReport, FiledReport], safe=False)
