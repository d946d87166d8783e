"""Maintained data: code lists, law and deadlines with source and validity; staged arrivals lists."""

from peewee import BlobField, CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField

from models.base import BaseModel, one_of
from models.rules.law.changes import Act, EntryOrigin
from models.rules.law.entries import Topic
from models.tables.organisation import Account, Organisation


class Code(BaseModel):
    """One value of a code list. Codes are deactivated by ``valid_to``, never deleted."""

    list = CharField(max_length=40)
    code = CharField(max_length=20)
    label = CharField(max_length=200)
    position = IntegerField()
    norm = CharField(max_length=200, default="")
    source = CharField(max_length=200, default="")
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)

    class Meta:
        indexes = [(("list", "code"), True)]


class LawEntry(BaseModel):
    """One dated entry of the maintained law (residence code, safe country, suspension, deadline …).

    Never overwritten: who corrects or ends an entry adds one that replaces it. ``identity`` and ``digest`` recognise
    what came from a data file; ``replaced_by`` is empty where an entry was taken out without another in its place.
    """

    topic = CharField(max_length=30)
    key = CharField(max_length=120)
    position = IntegerField()
    content = JSONField()
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    source = CharField(max_length=300)
    note = CharField(max_length=500, default="")
    origin = CharField(max_length=14)
    identity = CharField(max_length=200, null=True, index=True)
    digest = CharField(max_length=64)
    reason = CharField(max_length=500, default="")
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)
    replaced_at = CharField(max_length=27, null=True)
    replaced_by = ForeignKeyField("self", null=True)

    class Meta:
        indexes = [(("topic", "replaced_at"), False)]
        constraints = [
            one_of("topic", Topic),
            one_of("origin", EntryOrigin),
            Check("valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to"),
        ]


class LawState(BaseModel):
    """One row: the state of the whole law. ``version`` grows with every change, so that each process notices it."""

    version = IntegerField()
    as_of = DateField()
    checked_on = DateField()
    source = CharField(max_length=300)


class LawChange(BaseModel):
    """One change of the law after the first filling, and by which facts a case is touched by it."""

    act = CharField(max_length=10)
    topic = CharField(max_length=30)
    title = CharField(max_length=300)
    effective_on = DateField(null=True)
    touched = JSONField(default=dict)
    entry = ForeignKeyField(LawEntry, null=True)
    account = ForeignKeyField(Account, null=True, index=False)
    recorded_at = CharField(max_length=27)

    class Meta:
        constraints = [one_of("topic", Topic), one_of("act", Act)]


class ImportBatch(BaseModel):
    """An uploaded list between preview and confirmation; its content is dropped when it is done.

    ``subject`` says what it lists: arrivals, courses or attendance.
    A form for one family is a batch that is done at once; ``token`` came with the form, so that it counts once.
    """

    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account)
    state = CharField(max_length=10)
    format = CharField(max_length=4)
    content = BlobField(null=True)
    report = JSONField(default=dict)
    rejected = BlobField(null=True)
    token = CharField(max_length=43, null=True, unique=True)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)
    subject = CharField(max_length=10, default="arrivals")

    class Meta:
        constraints = [one_of("state", ("staged", "done", "discarded"))]
