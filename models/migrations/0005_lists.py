"""The search index over names, filled for everybody who is there; saved lists; what a person has looked at. Frozen,
but for the rules of spelling: the words stored must be the ones that the running version looks for.

PostgreSQL finds parts of names and slips of the pen through the extension pg_trgm. It is trusted since PostgreSQL 13:
whoever may create tables in a database of her own may create it. Where it cannot be had, the migration goes on without
it: names are then found by beginning and sound alone; ``search rebuild`` adds it later.
"""

from peewee import (
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    DatabaseError,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

from models.rules.name_search import Named, indexed_words, sound_of

_ROWS = 2_000


class Person(Model):
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)
    birth_name = CharField(max_length=120, default="")
    other_spellings = TextField(default="")

    class Meta:
        table_name = "person"


class EarlierName(Model):
    person = ForeignKeyField(Person)
    family_name = CharField(max_length=120)
    given_name = CharField(max_length=120)

    class Meta:
        table_name = "earlier_name"


class NameWord(Model):
    word = CharField(max_length=120, unique=True)
    key = CharField(max_length=120, index=True)

    class Meta:
        table_name = "name_word"


class SearchName(Model):
    word = CharField(max_length=120)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    further = BooleanField(default=False)

    class Meta:
        table_name = "search_name"
        primary_key = CompositeKey("word", "person")


class Account(Model):
    class Meta:
        table_name = "account"


class Organisation(Model):
    class Meta:
        table_name = "organisation"


class Case(Model):
    class Meta:
        table_name = "case_file"


class SavedList(Model):
    account = ForeignKeyField(Account, index=False)
    organisation = ForeignKeyField(Organisation)
    shared = BooleanField(default=False)
    name = CharField(max_length=60)
    filters = JSONField(default=dict)
    columns = JSONField(default=list)
    created_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        table_name = "saved_list"
        indexes = ((("account", "name"), True),)


class ReadMark(Model):
    account = ForeignKeyField(Account, primary_key=True, on_delete="CASCADE")
    last_event = IntegerField()

    class Meta:
        table_name = "read_mark"


class LastLook(Model):
    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    case = ForeignKeyField(Case, on_delete="CASCADE")
    section = CharField(max_length=12)
    last_event = IntegerField()

    class Meta:
        table_name = "last_look"
        primary_key = CompositeKey("account", "case", "section")
        constraints = [Check("section IN ('case', 'intake', 'counselling', 'courses', 'handover', 'coach')")]


TABLES = (NameWord, SearchName, SavedList, ReadMark, LastLook)

SQLITE = (
    "CREATE VIRTUAL TABLE name_trigram USING fts5(word, tokenize='trigram')",
    """CREATE TRIGGER name_word_added AFTER INSERT ON name_word
    BEGIN INSERT INTO name_trigram (rowid, word) VALUES (NEW.id, ' ' || NEW.word || ' '); END""",
    """CREATE TRIGGER name_word_gone AFTER DELETE ON name_word
    BEGIN DELETE FROM name_trigram WHERE rowid = OLD.id; END""",
)
POSTGRES = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX name_word_trigram ON name_word USING gist (word gist_trgm_ops)",
)


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Create the tables and their trigrams, then store the words of everybody's names."""
    with db.bind_ctx((Person, EarlierName, Account, Organisation, Case, *TABLES)):
        db.create_tables(TABLES, safe=False)
        if "sqlite" in type(db).__name__.lower():
            for statement in SQLITE:
                db.execute_sql(statement)
        else:
            _try_trigrams(db)
        _fill(db)


def _try_trigrams(db):  # type: ignore[no-untyped-def]
    try:
        with db.atomic():
            for statement in POSTGRES:
                db.execute_sql(statement)
    except DatabaseError:  # the package postgresql-contrib or the right is missing
        return


def _fill(db):  # type: ignore[no-untyped-def]
    columns = (Person.id, Person.family_name, Person.given_name, Person.birth_name, Person.other_spellings)
    earlier = _earlier()
    last = 0
    while rows := list(Person.select(*columns).where(Person.id > last).order_by(Person.id).limit(_ROWS).tuples()):
        last = rows[-1][0]
        names = {row[0]: Named(*row[1:], tuple(earlier.get(row[0], ()))) for row in rows}
        found = [(word, person, more) for person in names for word, more in indexed_words(names[person]).items()]
        words = sorted({row[0] for row in found})
        new = NameWord.insert_many([(word, sound_of(word)) for word in words], [NameWord.word, NameWord.key])
        new.on_conflict_ignore().execute()
        SearchName.insert_many(found, [SearchName.word, SearchName.person, SearchName.further]).execute()


def _earlier():  # type: ignore[no-untyped-def]
    found = {}
    for person, family, given in EarlierName.select(
        EarlierName.person, EarlierName.family_name, EarlierName.given_name
    ).tuples():
        found.setdefault(person, []).append(f"{family}, {given}")
    return found
