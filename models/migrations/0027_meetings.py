"""Meetings of the working group with agenda, minutes and resolutions, and the signed minutes as a document. Frozen."""

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

from models.migrations.checks import allow_more


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Account(Model):
    class Meta:
        table_name = "account"


class Document(Model):
    class Meta:
        table_name = "document"


class Meeting(Model):
    title = CharField(max_length=120)
    held_on = DateField(index=True)
    begins = CharField(max_length=5)
    ends = CharField(max_length=5)
    place = CharField(max_length=200, default="")
    way_in = CharField(max_length=300, default="")
    quorum = IntegerField()
    state = CharField(max_length=9, default="planned")
    reason = CharField(max_length=300, default="")
    organisation = ForeignKeyField(Organisation)
    document = ForeignKeyField(Document, null=True)
    closed_by = ForeignKeyField(Account, null=True, index=False)
    closed_at = CharField(max_length=27, null=True)
    token = CharField(max_length=43, unique=True)
    created_by = ForeignKeyField(Account, null=True, index=False)
    created_at = CharField(max_length=27)
    changed_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "meeting"
        constraints = [
            Check("state IN ('planned', 'invited', 'closed', 'cancelled')"),
            Check("ends > begins"),
            Check("quorum >= 1"),
        ]


class MeetingParty(Model):
    meeting = ForeignKeyField(Meeting, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation)
    reply = CharField(max_length=8, default="open")
    present = BooleanField(default=False)
    people = IntegerField(default=0)
    functions = CharField(max_length=200, default="")
    letter_at = CharField(max_length=27, null=True)
    mailed_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "meeting_party"
        indexes = ((("meeting", "organisation"), True),)
        constraints = [Check("reply IN ('open', 'accepted', 'declined')"), Check("people >= 0")]


class AgendaItem(Model):
    meeting = ForeignKeyField(Meeting, on_delete="CASCADE")
    position = IntegerField()
    title = CharField(max_length=120)
    text = TextField(default="")
    source = CharField(max_length=8)
    version = IntegerField(default=1)

    class Meta:
        table_name = "agenda_item"
        constraints = [Check("source IN ('template', 'data', 'carried', 'own')")]


class MinuteEntry(Model):
    item = ForeignKeyField(AgendaItem, primary_key=True, on_delete="CASCADE")
    text = TextField(default="")
    account = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "minute_entry"


class MinuteDraft(Model):
    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    entry = ForeignKeyField(MinuteEntry, on_delete="CASCADE")
    typed = JSONField()
    seen_version = IntegerField()
    version = IntegerField(default=1)
    saved_at = CharField(max_length=27, index=True)

    class Meta:
        table_name = "minute_draft"
        indexes = ((("account", "entry"), True),)


class Resolution(Model):
    item = ForeignKeyField(AgendaItem, on_delete="CASCADE")
    text = TextField()
    owner = ForeignKeyField(Organisation, index=False)
    contact = CharField(max_length=120, default="")
    due_on = DateField()
    state = CharField(max_length=7, default="open")
    settled_on = DateField(null=True)
    settled_by = ForeignKeyField(Account, null=True, index=False)
    note = CharField(max_length=300, default="")
    token = CharField(max_length=43, unique=True)
    version = IntegerField(default=1)

    class Meta:
        table_name = "resolution"
        indexes = ((("owner", "state", "due_on"), False),)
        constraints = [Check("state IN ('open', 'done', 'dropped')")]


_NEW = (Meeting, MeetingParty, AgendaItem, MinuteEntry, MinuteDraft, Resolution)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables, and let documents be of one kind more."""
    with db.bind_ctx((Organisation, Account, Document, *_NEW), bind_refs=False, bind_backrefs=False):
        db.create_tables(list(_NEW), safe=False)
    allow_more(db, "document", "kind", ("minutes",))
