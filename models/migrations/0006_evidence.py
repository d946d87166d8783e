"""Evidence of answers: files of a case, their bytes, and what was shown."""

from peewee import BlobField, CharField, Check, DateField, ForeignKeyField, IntegerField, Model, TextField


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Case(Model):
    class Meta:
        table_name = "case_file"


class Upload(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    sha256 = CharField(max_length=64)
    media_type = CharField(max_length=20)
    size = IntegerField()
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    uploaded_at = CharField(max_length=27)

    class Meta:
        table_name = "upload"
        indexes = ((("case", "sha256"), True),)
        constraints = [Check("media_type IN ('application/pdf', 'image/jpeg', 'image/png')")]


class UploadContent(Model):
    upload = ForeignKeyField(Upload, primary_key=True, on_delete="CASCADE")
    content = BlobField()

    class Meta:
        table_name = "upload_content"


class Evidence(Model):
    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    list = CharField(max_length=12)
    item = CharField(max_length=6, default="")
    holder = CharField(max_length=10, default="joint")
    kind = CharField(max_length=4)
    seen_on = DateField(null=True)
    note = CharField(max_length=200, default="")
    paper_version = IntegerField(null=True)
    upload = ForeignKeyField(Upload, null=True)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    removed_at = CharField(max_length=27, null=True)
    removed_by = ForeignKeyField(Account, null=True, index=False)
    remove_reason = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        table_name = "evidence"
        indexes = ((("case", "item"), False),)
        constraints = [
            Check("list IN ('intake', 'counselling', 'courses', 'handover', 'coach')"),
            Check("holder IN ('joint', 'jobcenter')"),
            Check("kind IN ('seen', 'file', 'scan')"),
            Check("(kind = 'seen') = (upload_id IS NULL)"),
            Check("(kind = 'scan') = (item = '')"),
        ]


TABLES = (Upload, UploadContent, Evidence)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the three tables."""
    with db.bind_ctx((Organisation, Account, Case, *TABLES), bind_refs=False, bind_backrefs=False):
        db.create_tables(TABLES, safe=False)
