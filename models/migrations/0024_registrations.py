"""What a provider says of a registration beside its day: placement test, result, Personenkennziffer. Frozen."""

from peewee import CharField, Check, DateField, ForeignKeyField, Model


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Enrolment(Model):
    class Meta:
        table_name = "enrolment"


class CourseRegistration(Model):
    enrolment = ForeignKeyField(Enrolment, primary_key=True, on_delete="CASCADE")
    test_on = DateField(null=True)
    test_level = CharField(max_length=2, default="")
    test_module = CharField(max_length=5, default="")
    pk_number = CharField(max_length=40, default="")
    source = CharField(max_length=200, default="")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    told_on = DateField()

    class Meta:
        table_name = "course_registration"
        constraints = [
            Check("test_level IN ('', '0', 'A1', 'A2', 'B1', 'B2', 'C1', 'C2')"),
            Check("test_module IN ('', 'ALPHA', 'ZWS', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6')"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table."""
    models = (Organisation, Account, Enrolment, CourseRegistration)
    with db.bind_ctx(models, bind_refs=False, bind_backrefs=False):
        db.create_tables([CourseRegistration], safe=False)
