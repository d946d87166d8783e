"""Maintained data: code lists, law and deadlines with source and validity; staged arrivals lists."""

from peewee import BlobField, CharField, DateField, ForeignKeyField, IntegerField, JSONField

from models.base import BaseModel, one_of
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
    """One topic of the maintained law data (residence codes, safe countries, suspension, deadlines …)."""

    topic = CharField(max_length=40)
    content = JSONField()
    source = CharField(max_length=200, default="")
    valid_from = DateField(null=True)
    valid_to = DateField(null=True)
    recorded_at = CharField(max_length=27)

    class Meta:
        indexes = [(("topic", "valid_from"), False)]


class ImportBatch(BaseModel):
    """An uploaded arrivals list between preview and confirmation; its content is dropped when it is done.

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

    class Meta:
        constraints = [one_of("state", ("staged", "done", "discarded"))]
