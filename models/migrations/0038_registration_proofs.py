"""Proof of registration to the body that sent somebody to a course. Frozen."""

from peewee import AutoField, BooleanField, CharField, Check, DateField, ForeignKeyField, Model

from models.migrations.checks import allow_more


class Enrolment(Model):
    id = AutoField()

    class Meta:
        table_name = "enrolment"


class Organisation(Model):
    id = AutoField()

    class Meta:
        table_name = "organisation"


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class RegistrationProof(Model):
    enrolment = ForeignKeyField(Enrolment, primary_key=True, on_delete="CASCADE")
    body = CharField(max_length=8)
    issued_on = DateField()
    sent_on = DateField(null=True)
    in_system = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    seen_on = DateField(null=True)
    seen_by = ForeignKeyField(Organisation, null=True, index=False, backref="seen_proofs")

    class Meta:
        table_name = "registration_proof"
        indexes = ((("body", "in_system", "sent_on"), False),)
        constraints = (Check("body IN ('ABH', 'JC', 'ASYLBLG', 'BAMF', 'AA')"),)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table, let tasks ask for proofs, and keep their files."""
    with db.bind_ctx((Enrolment, Organisation, Account, RegistrationProof)):
        db.create_tables((RegistrationProof,), safe=False)
    allow_more(db, "case_task", "kind", ("course_proof", "course_proof_read"))
    allow_more(db, "document", "kind", ("registration_proof",))
