"""Attendance in courses by day. Frozen."""

from peewee import AutoField, CharField, Check, DateField, ForeignKeyField, IntegerField, Model


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class Organisation(Model):
    id = AutoField()

    class Meta:
        table_name = "organisation"


class Enrolment(Model):
    id = AutoField()

    class Meta:
        table_name = "enrolment"


class AttendanceDay(Model):
    enrolment = ForeignKeyField(Enrolment, on_delete="CASCADE", index=False)
    day = DateField()
    state = CharField(max_length=7)
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    marked_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "attendance_day"
        indexes = ((("enrolment", "day"), True),)
        constraints = [Check("state IN ('present', 'excused', 'absent')")]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table."""
    with db.bind_ctx((Organisation, Account, Enrolment, AttendanceDay), bind_refs=False, bind_backrefs=False):
        db.create_tables([AttendanceDay], safe=False)
