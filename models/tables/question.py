"""Questions of one organisation to another about an item of a case or the evidence of one."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, one_of
from models.rules.states import QuestionState
from models.tables.case import Case
from models.tables.evidence import Evidence
from models.tables.organisation import Account, Organisation


class Question(BaseModel):
    """Seen by the two organisations alone, as long as both see the item. ``ended``: why it ended without the asker."""

    case = ForeignKeyField(Case, on_delete="CASCADE")
    item = CharField(max_length=6)
    evidence = ForeignKeyField(Evidence, null=True, on_delete="SET NULL", index=False)
    asked_by = ForeignKeyField(Organisation, index=False)
    asked_account = ForeignKeyField(Account, null=True, index=False)
    asked_at = CharField(max_length=27)
    asked_to = ForeignKeyField(Organisation, index=False)
    text = TextField()
    state = CharField(max_length=8, default=QuestionState.OPEN)
    answer = TextField(default="")
    answered_account = ForeignKeyField(Account, null=True, index=False)
    answered_at = CharField(max_length=27, null=True)
    closed_at = CharField(max_length=27, null=True)
    ended = CharField(max_length=10, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("state", "case"), False)]
        constraints = [one_of("state", QuestionState), one_of("ended", ("", "sight", "case"))]
