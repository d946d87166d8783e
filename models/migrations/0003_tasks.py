"""Tasks that follow from facts, Wiedervorlagen, lists sent back, and deputies. A frozen copy of the tables."""

from peewee import (
    AutoField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)


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


class Handover(Model):
    id = AutoField()

    class Meta:
        table_name = "handover"


class Enrolment(Model):
    id = AutoField()

    class Meta:
        table_name = "enrolment"


class CaseTask(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, null=True, index=False)
    lane = CharField(max_length=6)
    kind = CharField(max_length=20)
    due_on = DateField()
    shown_from = DateField(null=True)
    shown_to = DateField(null=True)
    handover = ForeignKeyField(Handover, null=True, on_delete="CASCADE")
    enrolment = ForeignKeyField(Enrolment, null=True, on_delete="CASCADE")
    word = CharField(max_length=20, default="")

    class Meta:
        table_name = "case_task"
        indexes = (
            (("organisation", "lane", "due_on"), False),
            (("organisation", "lane", "kind", "due_on"), False),
        )
        constraints = [
            Check(
                "kind IN ('handover_send', 'handover_answer', 'handover_receipt', 'handover_accept', "
                "'handover_talk', 'handover_back', 'handover_copy', 'served', 'contact', 'direct', "
                "'coach_report', 'coach_contact', 'paper', 'residence_rule', 'work_waiting', 'work', "
                "'course_claim', 'course_seat', 'course_answer', 'course_start', 'course_formed', "
                "'agreement', 'obligation', 'benefit_ends', 'returned')"
            ),
            Check("lane IN ('due', 'waits', 'queue')"),
        ]


class FollowUp(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, index=False)
    assigned = ForeignKeyField(Account, null=True)
    due_on = DateField()
    reason = TextField()
    state = CharField(max_length=6, default="open")
    created_by = ForeignKeyField(Account)
    created_at = CharField(max_length=27)
    done_by = ForeignKeyField(Account, null=True)
    done_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "follow_up"
        indexes = ((("organisation", "state", "due_on"), False),)
        constraints = [Check("state IN ('open', 'done')")]


class StageReturn(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE")
    key = CharField(max_length=12)
    reason = TextField()
    items = JSONField(default=list)
    sent_to = ForeignKeyField(Organisation, null=True, index=False)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    returned_at = CharField(max_length=27)
    settled_at = CharField(max_length=27, null=True)

    class Meta:
        table_name = "stage_return"
        constraints = [Check("key IN ('intake', 'counselling', 'courses', 'handover', 'coach')")]


class Absence(Model):
    account = ForeignKeyField(Account, on_delete="CASCADE")
    deputy = ForeignKeyField(Account, on_delete="CASCADE")
    begins_on = DateField()
    ends_on = DateField()
    created_by = ForeignKeyField(Account, null=True)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "absence"
        constraints = [Check("ends_on >= begins_on"), Check("account_id <> deputy_id")]


TABLES = (CaseTask, FollowUp, StageReturn, Absence)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the four tables; what follows from the facts of existing cases comes with ``flask tasks rebuild``."""
    with db.bind_ctx((*TABLES, Account, Organisation, Case, Handover, Enrolment)):
        db.create_tables(TABLES, safe=False)
