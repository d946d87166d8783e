"""Drafts of checklists, and where a published version comes from. Adds columns only, so triggers and CHECKs stay.

What was published before came from the files of the seed.
"""

from peewee import CharField, Check, ForeignKeyField, IntegerField, JSONField, Model


class Account(Model):
    class Meta:
        table_name = "account"


class ChecklistDraft(Model):
    key = CharField(max_length=12, unique=True)
    token = CharField(max_length=22, unique=True)
    content = JSONField()
    base = IntegerField()
    seed_version = IntegerField(null=True)
    begun_at = CharField(max_length=27)
    changed_at = CharField(max_length=27)
    changed_by = ForeignKeyField(Account, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "checklist_draft"
        constraints = [
            Check("key IN ('intake', 'counselling', 'courses', 'handover', 'coach')"),
        ]


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the table of drafts and three columns of the published versions."""
    with db.bind_ctx([ChecklistDraft, Account]):
        db.create_tables([ChecklistDraft], safe=False)
        db.execute_sql("ALTER TABLE checklist_definition ADD COLUMN published_by_id INTEGER REFERENCES account (id)")
        db.execute_sql("ALTER TABLE checklist_definition ADD COLUMN seed_version INTEGER")
        db.execute_sql("ALTER TABLE checklist_definition ADD COLUMN draft VARCHAR(22)")
        db.execute_sql("CREATE UNIQUE INDEX checklistdefinition_draft ON checklist_definition (draft)")
        db.execute_sql("CREATE INDEX checklistdefinition_published_by_id ON checklist_definition (published_by_id)")
        db.execute_sql("UPDATE checklist_definition SET seed_version = version")
