"""Keeps the words of names by which the search finds people. No event: they follow from the person's record."""

from collections.abc import Mapping, Sequence

from peewee import DatabaseError, chunked, fn

from models.base import db, is_sqlite
from models.queries.earlier_names import names_called
from models.queries.name_words import has_trigrams
from models.rules.name_search import Named, indexed_words, sound_of
from models.tables import NameWord, Person, SearchName

_ROWS = 2_000


def index_names(people: Mapping[int, Named]) -> None:
    """Store the words of people, by id, who have none yet. Must run inside a transaction."""
    rows = [(word, person_id, further) for person_id, names in people.items()
            for word, further in indexed_words(names).items()]  # fmt: skip
    words = sorted({row[0] for row in rows})  # one order for all, so that two imports never wait for each other
    for part in chunked(words, _ROWS):
        new = NameWord.insert_many([(word, sound_of(word)) for word in part], [NameWord.word, NameWord.key])
        new.on_conflict_ignore().execute()
    for part in chunked(rows, _ROWS):
        SearchName.insert_many(part, [SearchName.word, SearchName.person, SearchName.further]).execute()


def index_names_again(person_id: int) -> None:
    """Store the words of a person whose names were changed. Must run inside the transaction of the change."""
    drop_names(person_id)
    index_names(names_called([person_id]))


def drop_names(person_id: int) -> None:
    """Forget the words of a person, and those that nobody else is called by."""
    mine = SearchName.person == person_id
    words = [row[0] for row in SearchName.select(SearchName.word).where(mine).tuples()]
    SearchName.delete().where(mine).execute()
    _forget(words)


def rebuild_name_index() -> int:
    """Store the words of all names anew, in one transaction; returns how many people. For rules of spelling that
    changed, and for PostgreSQL where the extension pg_trgm came later.
    """
    last = count = 0
    with db.atomic():
        SearchName.delete().execute()
        NameWord.delete().execute()
        while ids := [row[0] for row in _PEOPLE.where(Person.id > last).tuples()]:
            last, count = ids[-1], count + len(ids)
            index_names(names_called(ids))
    return count


_PEOPLE = Person.select(Person.id).order_by(Person.id).limit(_ROWS)


def add_trigrams() -> bool:
    """Give PostgreSQL the index for parts of names where it is missing; False where the extension cannot be had."""
    if is_sqlite() or has_trigrams():
        return True
    try:
        with db.atomic():
            db.execute_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            db.execute_sql("CREATE INDEX name_word_trigram ON name_word USING gist (word gist_trgm_ops)")
    except DatabaseError:  # the package postgresql-contrib or the right to create in this database is missing
        return False
    return True


def _forget(words: Sequence[str]) -> None:
    somebody = SearchName.select(SearchName.person).where(SearchName.word == NameWord.word)
    NameWord.delete().where(NameWord.word.in_(words), ~fn.EXISTS(somebody)).execute()
