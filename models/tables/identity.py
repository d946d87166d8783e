"""Who is whom: earlier names, pairs of records that may be one person, and merged records."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.rules.states import PairState
from models.tables.case import Case
from models.tables.organisation import Account, Organisation
from models.tables.person import Person


class DuplicatePair(BaseModel):
    """Two records that may be one person, the lower id first; what somebody decided about them is not asked again."""

    first = ForeignKeyField(Person, index=False)
    second = ForeignKeyField(Person)
    state = CharField(max_length=10, default=PairState.OPEN)
    found_at = CharField(max_length=27)
    decided_at = CharField(max_length=27, null=True)
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    reason = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("first", "second"), True), (("state", "id"), False)]
        constraints = [one_of("state", PairState), Check("first_id < second_id")]


class PersonMerge(BaseModel):
    """Two records made one. ``content`` has what stood there before and after, so that it can be undone."""

    pair = ForeignKeyField(DuplicatePair)
    kept = ForeignKeyField(Person)
    gone = ForeignKeyField(Person)
    kept_case = ForeignKeyField(Case)
    gone_case = ForeignKeyField(Case)
    content = JSONField()
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    merged_at = CharField(max_length=27)
    undone_at = CharField(max_length=27, null=True)
    undone_by = ForeignKeyField(Account, null=True)
    version = IntegerField(default=1)


class EarlierName(BaseModel):
    """A name under which the person was recorded before; search, imports and the check for duplicates know it.

    ``merge``: it comes from the other record of a merge and goes with it.
    """

    person = ForeignKeyField(Person)
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)
    date_of_birth = DateField()
    sort_key = CharField(max_length=250, index=True)
    name_key = CharField(max_length=250, index=True)
    given_key = CharField(max_length=120, index=True)
    identity_key = CharField(max_length=300, null=True, index=True)
    reason = CharField(max_length=200)
    merge = ForeignKeyField(PersonMerge, null=True)
    organisation = ForeignKeyField(Organisation, null=True)
    account = ForeignKeyField(Account, null=True)
    recorded_at = CharField(max_length=27)
