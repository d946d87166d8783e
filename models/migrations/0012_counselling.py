"""Group information, appointments and notes of counselling; two more kinds of tasks. A frozen copy of the tables."""

from peewee import (
    AutoField,
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

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


_SITES = "site IN ('AGENTUR', 'MUNICIPALITY', 'FACILITY', 'LEBACH', 'OTHER')"
_REASONS = "reason IN ('', 'PREVENTED', 'CHILDCARE', 'TRAVEL', 'NOT_KNOWN', 'WORK', 'NOT_WANTED', 'OTHER')"


class GroupEvent(Model):
    series = CharField(max_length=32)
    number = IntegerField(default=1)
    organisation = ForeignKeyField(Organisation, index=False)
    counsellor = ForeignKeyField(Account, null=True, index=False)
    title = CharField(max_length=120)
    held_on = DateField()
    begins = CharField(max_length=5)
    ends = CharField(max_length=5)
    site = CharField(max_length=12)
    place = CharField(max_length=200)
    language = CharField(max_length=3)
    interpreter = CharField(max_length=120, default="")
    capacity = IntegerField()
    state = CharField(max_length=10, default="planned")
    reason = CharField(max_length=300, default="")
    created_by = ForeignKeyField(Account, null=True, index=False)
    created_at = CharField(max_length=27)
    changed_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "group_event"
        indexes = ((("series", "number"), True), (("organisation", "held_on"), False))
        constraints = [
            Check("state IN ('planned', 'cancelled')"),
            Check(_SITES),
            Check("ends > begins"),
            Check("capacity > 0"),
        ]


class Attendance(Model):
    event = ForeignKeyField(GroupEvent, on_delete="CASCADE", index=False)
    case = ForeignKeyField(Case, on_delete="CASCADE")
    state = CharField(max_length=10, default="invited")
    reason = CharField(max_length=12, default="")
    despite = CharField(max_length=300, default="")
    walk_in = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    invited_at = CharField(max_length=27)
    marked_at = CharField(max_length=27, null=True)
    letter_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "attendance"
        indexes = ((("event", "case"), True),)
        constraints = [
            Check("state IN ('invited', 'attended', 'absent', 'excused', 'withdrawn')"),
            Check(_REASONS),
        ]


class Appointment(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, index=False)
    kind = CharField(max_length=12)
    held_on = DateField()
    begins = CharField(max_length=5)
    ends = CharField(max_length=5)
    way = CharField(max_length=6)
    site = CharField(max_length=12)
    place = CharField(max_length=200, default="")
    counsellor = ForeignKeyField(Account, index=False)
    interpreter = CharField(max_length=120, default="")
    state = CharField(max_length=10, default="planned")
    reason = CharField(max_length=12, default="")
    note = CharField(max_length=300, default="")
    despite = CharField(max_length=300, default="")
    successor = ForeignKeyField("self", null=True, on_delete="SET NULL", index=False)
    created_by = ForeignKeyField(Account, null=True, index=False)
    created_at = CharField(max_length=27)
    closed_at = CharField(max_length=27, null=True)
    letter_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "appointment"
        indexes = ((("counsellor", "held_on"), False), (("organisation", "held_on"), False))
        constraints = [
            Check("kind IN ('first_talk', 'counselling', 'coaching')"),
            Check("state IN ('planned', 'attended', 'missed', 'cancelled', 'moved')"),
            Check("way IN ('PERSON', 'PHONE', 'VIDEO')"),
            Check(_SITES),
            Check(_REASONS),
            Check("ends > begins"),
        ]


class CaseNote(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    topic = CharField(max_length=12)
    noted_on = DateField()
    text = TextField()
    decision = TextField(default="")
    for_transfer = BooleanField(default=False)
    created_at = CharField(max_length=27)
    changed_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "case_note"
        indexes = ((("case", "organisation", "noted_on"), False),)
        constraints = [
            Check(
                "topic IN ('work', 'training', 'language', 'recognition', 'family', 'housing', 'papers', "
                "'cooperation', 'other')"
            ),
        ]


TABLES = (GroupEvent, Attendance, Appointment, CaseNote)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the four tables, and let tasks be of two more kinds."""
    with db.bind_ctx((Organisation, Account, Case, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
        allow_more(db, "case_task", "kind", ("no_contact", "check_in"))
