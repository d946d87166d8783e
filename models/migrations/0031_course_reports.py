"""The end of a course as its provider reports it. Frozen."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, Model


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Enrolment(Model):
    class Meta:
        table_name = "enrolment"


class LanguageSkill(Model):
    class Meta:
        table_name = "language_skill"


class CourseReport(Model):
    enrolment = ForeignKeyField(Enrolment, primary_key=True, on_delete="CASCADE")
    level = CharField(max_length=2, default="")
    listening = CharField(max_length=2, default="")
    reading = CharField(max_length=2, default="")
    writing = CharField(max_length=2, default="")
    speaking = CharField(max_length=2, default="")
    exam = CharField(max_length=5, default="")
    exam_result = CharField(max_length=7, default="")
    exam_on = DateField(null=True)
    lid_points = IntegerField(null=True)
    recommendation = CharField(max_length=10, default="")
    units = IntegerField(null=True)
    skill = ForeignKeyField(LanguageSkill, null=True, on_delete="SET NULL")
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    told_on = DateField()

    class Meta:
        table_name = "course_report"
        constraints = [
            Check("exam IN ('', 'DTZ', 'DTB', 'OTHER', 'NONE')"),
            Check("exam_result IN ('', 'A2', 'B1', 'B2', 'C1', 'BELOW', 'PENDING')"),
            Check("recommendation IN ('', 'NEXT', 'REPEAT', 'VOCATIONAL', 'WORK', 'NOTHING')"),
            Check("lid_points BETWEEN 0 AND 33"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table."""
    models = (Organisation, Account, Enrolment, LanguageSkill, CourseReport)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables([CourseReport], safe=False)
