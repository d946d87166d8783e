"""What a provider proposes instead of confirming as asked, and the task that comes of it. Frozen."""

from peewee import CharField, Check, DateField, ForeignKeyField, Model

from models.migrations.checks import allow_more

_REASONS = (
    "'', 'WORK', 'MOVED', 'LEFT', 'CHILDCARE', 'TRAVEL', 'TIMES', 'LEVEL', 'OTHER_COURSE', 'NO_PAPER', "
    "'NOT_WANTED', 'PERSONAL', 'NO_SHOW', 'FULL', 'NOT_HELD', 'BEGUN', 'NOT_SENT', 'NO_ANSWER', "
    "'MISTAKE', 'OTHER'"
)


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Course(Model):
    class Meta:
        table_name = "course"


class Enrolment(Model):
    class Meta:
        table_name = "enrolment"


class CourseProposal(Model):
    enrolment = ForeignKeyField(Enrolment, on_delete="CASCADE")
    course = ForeignKeyField(Course, null=True, index=False)
    starts_on = DateField(null=True)
    sentence = CharField(max_length=300)
    state = CharField(max_length=9, default="open")
    proposed_on = DateField()
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    reason_code = CharField(max_length=12, default="")
    reason = CharField(max_length=500, default="")
    settled_on = DateField(null=True)
    settled_by = ForeignKeyField(Organisation, null=True, index=False, backref="settled_proposals")

    class Meta:
        table_name = "course_proposal"
        constraints = [
            Check("state IN ('open', 'accepted', 'declined', 'withdrawn', 'replaced')"),
            Check(f"reason_code IN ({_REASONS})"),
            Check("(course_id IS NULL) <> (starts_on IS NULL)"),
            Check("(state = 'open') = (settled_on IS NULL)"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table, and let tasks be of one kind more."""
    models = (Organisation, Account, Course, Enrolment, CourseProposal)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables([CourseProposal], safe=False)
    allow_more(db, "case_task", "kind", ("course_proposal",))
