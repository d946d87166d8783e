"""The words of names, by which the search box finds people."""

from peewee import BooleanField, CharField, CompositeKey, ForeignKeyField

from models.base import BaseModel
from models.tables.person import Person


class NameWord(BaseModel):
    """Each folded word once, with its sound (``names.word(…).key``). Parts of words and slips of the pen are found by
    trigrams of these words: a table of FTS5 on SQLite, kept by triggers, and an index of ``pg_trgm`` on PostgreSQL.
    """

    word = CharField(max_length=120, unique=True)
    key = CharField(max_length=120, index=True)


class SearchName(BaseModel):
    """A person has this word in a name; ``further``: in a birth name or another spelling, which not all may see."""

    word = CharField(max_length=120)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    further = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("word", "person")
