"""What belongs to a person's way of working, not to a case: saved lists, and what she has looked at."""

from peewee import BooleanField, CharField, CompositeKey, ForeignKeyField, IntegerField, JSONField

from models.base import BaseModel, one_of
from models.rules.states import ListKey
from models.tables.case import Case
from models.tables.organisation import Account, Organisation


class SavedList(BaseModel):
    """A choice of filters and columns under a name. ``shared``: all of the organisation see it.

    ``filters`` are the words of the address, so they hold no personal data.
    """

    account = ForeignKeyField(Account, index=False)
    organisation = ForeignKeyField(Organisation)
    shared = BooleanField(default=False)
    name = CharField(max_length=60)
    filters = JSONField(default=dict)
    columns = JSONField(default=list)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("account", "name"), True)]


class ReadMark(BaseModel):
    """Everything up to this event counts as read by this person."""

    account = ForeignKeyField(Account, primary_key=True, on_delete="CASCADE")
    last_event = IntegerField()


class LastLook(BaseModel):
    """The last event of a case that this person has seen, for the case as a whole (``case``) and for each list."""

    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    case = ForeignKeyField(Case, on_delete="CASCADE")
    section = CharField(max_length=12)
    last_event = IntegerField()

    class Meta:
        primary_key = CompositeKey("account", "case", "section")
        constraints = [one_of("section", ("case", *ListKey))]
