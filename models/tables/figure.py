"""What figures are counted from, which reports are remembered, and which were filed."""

from peewee import BlobField, CharField, DateField, ForeignKeyField, IntegerField, JSONField

from models.base import BaseModel, one_of
from models.rules.figures.asking import Rhythm
from models.tables.case import Case
from models.tables.organisation import Account, Organisation


class CaseMilestone(BaseModel):
    """What can be counted of a case, with the time from which and until which it was known.

    Derived: ``operations.milestones`` writes it with the events of a case, ``flask figures verify`` compares. A row
    without a case stays of one that was erased: it counts, and names nobody.
    """

    case = ForeignKeyField(Case, null=True, on_delete="SET NULL")
    kind = CharField(max_length=16)
    month = CharField(max_length=7)
    happened_on = DateField()
    known_from = CharField(max_length=27)
    known_until = CharField(max_length=27, null=True)
    municipality = ForeignKeyField(Organisation, null=True, index=False)
    organisation = ForeignKeyField(Organisation, null=True, index=False)
    word = CharField(max_length=20, default="")
    days = IntegerField(null=True)

    class Meta:
        indexes = [
            (
                ("kind", "month", "municipality", "word", "organisation", "days", "happened_on", "known_from",
                 "known_until", "case"),
                False,
            )
        ]  # fmt: skip


class SavedReport(BaseModel):
    """A report that somebody remembers under a name. ``filters`` are words of the address, so no personal data.

    ``next_on`` is the day on which the daily run files it for the organisation, empty where it is only remembered.
    """

    account = ForeignKeyField(Account, index=False)
    organisation = ForeignKeyField(Organisation)
    name = CharField(max_length=60)
    figure = CharField(max_length=40)
    filters = JSONField(default=dict)
    rhythm = CharField(max_length=8, default="")
    next_on = DateField(null=True, index=True)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("account", "name"), True)]
        constraints = [one_of("rhythm", Rhythm)]


class FiledReport(BaseModel):
    """A report that the daily run filed. The stored bytes are the record; ``asked`` says in words what was counted."""

    organisation = ForeignKeyField(Organisation, index=False)
    name = CharField(max_length=60)
    figure = CharField(max_length=40)
    asked = CharField(max_length=300)
    filed_on = DateField()
    pdf = BlobField()
    xlsx = BlobField()
    csv = BlobField()

    class Meta:
        indexes = [(("organisation", "filed_on"), False)]
