"""What figures are counted from."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField

from models.base import BaseModel
from models.tables.case import Case
from models.tables.organisation import Organisation


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
                 "known_until"),
                False,
            )
        ]  # fmt: skip
