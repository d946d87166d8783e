"""Tasks: what follows from the facts, what people put before themselves, what was sent back, who stands in for whom."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField, TextField

from models.base import BaseModel, one_of
from models.rules.states import FollowUpState, ListKey
from models.rules.tasks import Lane, TaskKind
from models.tables.case import Case
from models.tables.course import Enrolment
from models.tables.handover import Handover
from models.tables.organisation import Account, Organisation


class CaseTask(BaseModel):
    """What the table of tasks says of a case, kept so that thousands of cases can be asked by day.

    Derived: ``operations.tasks`` writes it with every event of the case, ``flask tasks verify`` compares. One row for
    the organisation that acts (none: a mere deadline), one in the lane ``waits`` for the one that waits for it.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, null=True, index=False)
    lane = CharField(max_length=6)
    kind = CharField(max_length=20)
    due_on = DateField()
    shown_from = DateField(null=True)
    shown_to = DateField(null=True)
    handover = ForeignKeyField(Handover, null=True, on_delete="CASCADE")
    enrolment = ForeignKeyField(Enrolment, null=True, on_delete="CASCADE")
    word = CharField(max_length=20, default="")

    class Meta:
        indexes = [
            (("organisation", "lane", "due_on"), False),
            (("organisation", "lane", "kind", "due_on"), False),
        ]
        constraints = [one_of("kind", TaskKind), one_of("lane", Lane)]


class FollowUp(BaseModel):
    """Wiedervorlage: a day and a reason that a person sets for herself, a colleague, or (without one) her organisation.

    Only her organisation sees it, whatever happens to the case.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, index=False)
    assigned = ForeignKeyField(Account, null=True)
    due_on = DateField()
    reason = TextField()
    state = CharField(max_length=6, default=FollowUpState.OPEN)
    created_by = ForeignKeyField(Account)
    created_at = CharField(max_length=27)
    done_by = ForeignKeyField(Account, null=True)
    done_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("organisation", "state", "due_on"), False)]
        constraints = [one_of("state", FollowUpState)]


class StageReturn(BaseModel):
    """A list that was sent back with a reason; ``items`` are codes that need work. Over once the list is finished."""

    case = ForeignKeyField(Case, on_delete="CASCADE")
    key = CharField(max_length=12)
    reason = TextField()
    items = JSONField(default=list)
    sent_to = ForeignKeyField(Organisation, null=True, index=False)
    organisation = ForeignKeyField(Organisation)
    account = ForeignKeyField(Account, null=True)
    returned_at = CharField(max_length=27)
    settled_at = CharField(max_length=27, null=True)

    class Meta:
        constraints = [one_of("key", ListKey)]


class Absence(BaseModel):
    """Somebody is away from a day to a day, and a colleague of the same organisation stands in."""

    account = ForeignKeyField(Account, on_delete="CASCADE")
    deputy = ForeignKeyField(Account, on_delete="CASCADE")
    begins_on = DateField()
    ends_on = DateField()
    created_by = ForeignKeyField(Account, null=True)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        constraints = [Check("ends_on >= begins_on"), Check("account_id <> deputy_id")]
