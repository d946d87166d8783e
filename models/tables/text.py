"""Texts of documents: each version of each language."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, JSONField

from models.base import BaseModel, one_of
from models.rules.texts import LANGUAGES, TextDocument
from models.tables.organisation import Account


class DocumentText(BaseModel):
    """One version of the text of a document in one language; the highest ``number`` holds, the others are its history.

    ``content`` maps paragraphs to plain text. ``based_on`` is the number of the German text that was translated.
    ``seed_version`` is the version of the file that it came from, empty for one that was written here.
    """

    document = CharField(max_length=20)
    language = CharField(max_length=3)
    number = IntegerField()
    content = JSONField()
    based_on = IntegerField(null=True)
    seed_version = IntegerField(null=True)
    author = ForeignKeyField(Account, null=True, index=False)
    written_at = CharField(max_length=27)
    checked_by = CharField(max_length=120, default="")
    checked_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("document", "language", "number"), True)]
        constraints = [
            one_of("document", TextDocument),
            one_of("language", LANGUAGES),
            Check("(checked_by = '') = (checked_on IS NULL)"),
            Check("(language = 'deu') = (based_on IS NULL)"),
        ]
