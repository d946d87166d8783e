"""Meetings of the working group: who is invited, the agenda, the minutes, what was resolved."""

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.rules.workgroup.agenda import Source
from models.rules.workgroup.meetings import MeetingState, Reply
from models.rules.workgroup.minutes import ResolutionState
from models.tables.handover import Document
from models.tables.organisation import Account, Organisation


class Meeting(BaseModel):
    """A meeting. ``version`` guards day, room and state; ``document`` are the signed minutes.

    ``token`` came with the form and counts once. ``reason`` is why it was called off.
    """

    title = CharField(max_length=120)
    held_on = DateField(index=True)
    begins = CharField(max_length=5)
    ends = CharField(max_length=5)
    place = CharField(max_length=200, default="")
    way_in = CharField(max_length=300, default="")
    quorum = IntegerField()
    state = CharField(max_length=9, default=MeetingState.PLANNED)
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
        constraints = [one_of("state", MeetingState), Check("ends > begins"), Check("quorum >= 1")]


class MeetingParty(BaseModel):
    """An invited organisation: its answer, and whether and with how many people it was there.

    ``functions`` are words like "Leitung Sozialamt", no names. ``letter_at``, ``mailed_at``: when it was invited.
    """

    meeting = ForeignKeyField(Meeting, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation)
    reply = CharField(max_length=8, default=Reply.OPEN)
    present = BooleanField(default=False)
    people = IntegerField(default=0)
    functions = CharField(max_length=200, default="")
    letter_at = CharField(max_length=27, null=True)
    mailed_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("meeting", "organisation"), True),)
        constraints = [one_of("reply", Reply), Check("people >= 0")]


class AgendaItem(BaseModel):
    """A point of the agenda. ``source`` says where it comes from; ``own``: somebody wrote or changed it."""

    meeting = ForeignKeyField(Meeting, on_delete="CASCADE")
    position = IntegerField()
    title = CharField(max_length=120)
    text = TextField(default="")
    source = CharField(max_length=8)
    version = IntegerField(default=1)

    class Meta:
        constraints = [one_of("source", Source)]


class MinuteEntry(BaseModel):
    """What the minutes say to a point, with a version of its own: two people may write two points at once."""

    item = ForeignKeyField(AgendaItem, primary_key=True, on_delete="CASCADE")
    text = TextField(default="")
    account = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)


class MinuteDraft(BaseModel):
    """What somebody typed for a point and has not saved yet (decision record 0021); only its author sees it."""

    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    entry = ForeignKeyField(MinuteEntry, on_delete="CASCADE")
    typed = JSONField()
    seen_version = IntegerField()
    version = IntegerField(default=1)
    saved_at = CharField(max_length=27, index=True)

    class Meta:
        indexes = ((("account", "entry"), True),)


class Resolution(BaseModel):
    """What a meeting resolved: which organisation does it until when. A task of it from the signed minutes on."""

    item = ForeignKeyField(AgendaItem, on_delete="CASCADE")
    text = TextField()
    owner = ForeignKeyField(Organisation, index=False)
    contact = CharField(max_length=120, default="")
    due_on = DateField()
    state = CharField(max_length=7, default=ResolutionState.OPEN)
    settled_on = DateField(null=True)
    settled_by = ForeignKeyField(Account, null=True, index=False)
    note = CharField(max_length=300, default="")
    token = CharField(max_length=43, unique=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("owner", "state", "due_on"), False),)
        constraints = [one_of("state", ResolutionState)]
