"""What figures are counted from. Frozen. The first ``db upgrade`` builds it from the events."""

from peewee import AutoField, CharField, DateField, ForeignKeyField, IntegerField, Model


class Organisation(Model):
    id = AutoField()

    class Meta:
        table_name = "organisation"


class Case(Model):
    id = AutoField()

    class Meta:
        table_name = "case_file"


class CaseMilestone(Model):
    case = ForeignKeyField(Case, null=True, on_delete="SET NULL")
    kind = CharField(max_length=16)
    month = CharField(max_length=7)
    happened_on = DateField()
    known_from = CharField(max_length=27)
    known_until = CharField(max_length=27, null=True)
    municipality = ForeignKeyField(Organisation, null=True, index=False)
    organisation = ForeignKeyField(Organisation, null=True, index=False)
    word = CharField(max_length=20, default="")
    days = IntegerField(null=True)

    class Meta:
        table_name = "case_milestone"
        indexes = (
            (
                (
                    "kind", "month", "municipality", "word", "organisation", "days", "happened_on", "known_from",
                    "known_until",
                ),
                False,
            ),
        )  # fmt: skip


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table."""
    with db.bind_ctx((Organisation, Case, CaseMilestone), bind_refs=False, bind_backrefs=False):
        db.create_tables([CaseMilestone], safe=False)
