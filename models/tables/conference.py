"""Conferences about one case: who took part, what was talked about, what was decided."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel
from models.tables.case import Case
from models.tables.organisation import Account, Organisation
from models.tables.task import FollowUp


class CaseConference(BaseModel):
    """A conference, written down by ``organisation``. ``token`` came with the form and counts once."""

    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    held_on = DateField()
    token = CharField(max_length=43, unique=True)
    created_at = CharField(max_length=27)


class ConferenceParty(BaseModel):
    """An organisation that takes part, with functions and no names. It reads the conference while it sees the case."""

    conference = ForeignKeyField(CaseConference, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    functions = CharField(max_length=200, default="")

    class Meta:
        indexes = ((("conference", "organisation"), True),)


class ConferenceTopic(BaseModel):
    """A topic. A ``decision`` is a task of ``owner`` until a day: the Wiedervorlage ``follow_up``."""

    conference = ForeignKeyField(CaseConference, on_delete="CASCADE")
    topic = CharField(max_length=200)
    said = TextField(default="")
    decision = TextField(default="")
    owner = ForeignKeyField(Organisation, null=True, index=False)
    due_on = DateField(null=True)
    follow_up = ForeignKeyField(FollowUp, null=True, on_delete="SET NULL")
    account = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27)
    token = CharField(max_length=43, unique=True)
    version = IntegerField(default=1)
