"""Working copies of forms that were not saved yet."""

from peewee import CharField, ForeignKeyField, IntegerField, JSONField, Model


class Account(Model):
    class Meta:
        table_name = "account"


class Case(Model):
    class Meta:
        table_name = "case_file"


class AnswerDraft(Model):
    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    case = ForeignKeyField(Case, on_delete="CASCADE")
    item = CharField(max_length=6)
    typed = JSONField()
    seen_version = IntegerField()
    version = IntegerField(default=1)
    saved_at = CharField(max_length=27, index=True)

    class Meta:
        table_name = "answer_draft"
        indexes = ((("account", "case", "item"), True),)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table."""
    with db.bind_ctx((Account, Case, AnswerDraft), bind_refs=False, bind_backrefs=False):
        db.create_tables((AnswerDraft,), safe=False)
