"""What somebody typed for an item and has not saved yet."""

from peewee import CharField, ForeignKeyField, IntegerField, JSONField

from models.base import BaseModel
from models.tables.case import Case
from models.tables.organisation import Account


class AnswerDraft(BaseModel):
    """A person's own working copy of the form of one item; nobody else sees it, and no rule looks at it.

    ``typed`` maps names of controls to their texts, ``seen_version`` is the version of the answer that the form was
    opened with, ``version`` counts the copies, so that two windows do not overwrite each other.
    """

    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    case = ForeignKeyField(Case, on_delete="CASCADE")
    item = CharField(max_length=6)
    typed = JSONField()
    seen_version = IntegerField()
    version = IntegerField(default=1)
    saved_at = CharField(max_length=27, index=True)

    class Meta:
        table_name = "answer_draft"
        indexes = ((("account", "case", "item"), True),)
