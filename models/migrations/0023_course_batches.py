"""Several people of a course at once, and why a course was called off. Frozen."""

from peewee import BooleanField, CharField, Check, ForeignKeyField, IntegerField, Model, TextField

from models.migrations.checks import allow_more


class Course(Model):
    class Meta:
        table_name = "course"


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Case(Model):
    class Meta:
        table_name = "case_file"


class Enrolment(Model):
    class Meta:
        table_name = "enrolment"


class CourseBatch(Model):
    kind = CharField(max_length=6)
    course = ForeignKeyField(Course)
    target = ForeignKeyField(Course, null=True)
    may_list = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    token = CharField(max_length=43, unique=True)
    created_at = CharField(max_length=27)

    class Meta:
        table_name = "course_batch"
        constraints = [Check("kind IN ('move', 'cancel')")]


class CourseBatchRow(Model):
    batch = ForeignKeyField(CourseBatch, on_delete="CASCADE")
    case = ForeignKeyField(Case, on_delete="CASCADE")
    enrolment = ForeignKeyField(Enrolment, on_delete="CASCADE")
    seen_version = IntegerField()
    outcome = CharField(max_length=8, default="")
    became = ForeignKeyField(Enrolment, null=True, on_delete="CASCADE")
    sentence = TextField(default="")

    class Meta:
        table_name = "course_batch_row"
        constraints = [Check("outcome IN ('', 'moved', 'listed', 'ended', 'refused')")]


_KNOWN = (Course, Organisation, Account, Case, Enrolment, CourseBatch, CourseBatchRow)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables, let a course say why it was called off, and a task tell those who lost it."""
    with db.bind_ctx(_KNOWN, bind_refs=False, bind_backrefs=False):
        db.create_tables([CourseBatch, CourseBatchRow], safe=False)
        migrator.migrate(
            migrator.add_column("course", "cancel_code", CharField(max_length=8, default="")),
            migrator.add_column("course", "cancel_text", CharField(max_length=200, default="")),
        )
    allow_more(db, "case_task", "kind", ("course_off",))
