"""Texts of documents in several languages. A frozen copy of the table."""

from peewee import AutoField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, Model


class Account(Model):
    id = AutoField()

    class Meta:
        table_name = "account"


class DocumentText(Model):
    document = CharField(max_length=20)
    language = CharField(max_length=3)
    number = IntegerField()
    content = JSONField()
    based_on = IntegerField(null=True)
    seed_version = IntegerField(null=True)
    author = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27)
    checked_by = CharField(max_length=120, default="")
    checked_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "document_text"
        indexes = ((("document", "language", "number"), True),)
        constraints = [
            Check("document IN ('common', 'appointment_letter', 'consent', 'agreement', 'person_copy')"),
            Check("language IN ('deu', 'ara', 'prs', 'eng', 'ukr', 'fra', 'tir', 'rus', 'tur')"),
            Check("(checked_by = '') = (checked_on IS NULL)"),
            Check("(language = 'deu') = (based_on IS NULL)"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table; the next seeding fills it."""
    with db.bind_ctx((Account, DocumentText)):
        db.create_tables((DocumentText,), safe=False)
