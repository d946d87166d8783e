"""What a municipality reports of its residents: moves, departure, birth, reachability."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.rules.states import ChangeKind, ReportState
from models.tables.case import Case
from models.tables.organisation import Account, Organisation


class ChangeReport(BaseModel):
    """One change of one person, and what became of it.

    ``data`` is what was reported, with what stood in the record before under ``before``. ``home``: the municipality
    that she moved to. ``settled``: who confirmed or refused, ``noted``: the responsible organisation took notice,
    ``coach_noted`` and ``asylblg_noted``: the coach and the AsylbLG unit did.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE")
    kind = CharField(max_length=12)
    on_day = DateField()
    data = JSONField(default=dict)
    home = ForeignKeyField(Organisation, null=True, index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    reported_at = CharField(max_length=27)
    state = CharField(max_length=9, default=ReportState.REPORTED)
    reason = TextField(default="")
    settled_by = ForeignKeyField(Organisation, null=True, index=False)
    settled_at = CharField(max_length=27, null=True)
    noted_by = ForeignKeyField(Organisation, null=True, index=False)
    noted_at = CharField(max_length=27, null=True)
    coach_noted_at = CharField(max_length=27, null=True)
    asylblg_noted_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("organisation", "reported_at"), False)]
        constraints = [one_of("kind", ChangeKind), one_of("state", ReportState)]
