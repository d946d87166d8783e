"""Words of stored names near to a typed one: which spellings to look for at all."""

from collections.abc import Sequence

from models.base import db, is_sqlite
from models.queries.prepared import Prepared
from models.rules.name_search import SHORTEST_CLOSE, SHORTEST_PART, nearness, sound_of
from models.tables import NameWord

_MOST = 80
"""So many words of one kind are looked at; who means a rarer one must type more of it."""


def words_beginning(typed: str) -> list[str]:
    """Stored words that begin with a folded word, the exact one first; of two letters alone, that word."""
    if len(typed) < SHORTEST_PART:
        return [typed]
    return [row[0] for row in _BEGINNING.rows(typed, typed + "\U0010ffff", _MOST)]


_BEGINNING = Prepared(
    lambda first, last, most: (
        NameWord.select(NameWord.word)
        .where(NameWord.word >= first, NameWord.word < last)
        .order_by(NameWord.word)
        .limit(most)
    ),
    str,
    str,
    int,
)


def words_near(typed: str) -> list[str]:
    """Stored words that sound like a folded word, have it as a part, or differ by a letter; all that begin so too."""
    found = [row[0] for row in _SOUNDING.rows(sound_of(typed))]
    if has_trigrams():
        found += _parts(typed) if len(typed) >= SHORTEST_PART else []
        found += _close(typed) if len(typed) >= SHORTEST_CLOSE else []
    return [word for word in dict.fromkeys(found) if nearness(typed, word) is not None]


_SOUNDING = Prepared(lambda key: NameWord.select(NameWord.word).where(NameWord.key == key).limit(500), str)


def has_trigrams() -> bool:
    """Whether this database finds parts of words: SQLite always, PostgreSQL with the extension pg_trgm."""
    if is_sqlite():
        return True
    return bool(db.execute_sql("SELECT to_regclass('name_word_trigram') IS NOT NULL").fetchone()[0])


def _parts(typed: str) -> list[str]:
    if is_sqlite():
        return _matching(f'"{typed}"')
    return _words("SELECT word FROM name_word WHERE word LIKE %s LIMIT %s", f"%{typed}%")


def _close(typed: str) -> list[str]:
    if is_sqlite():
        padded = f" {typed} "
        return _matching(" OR ".join(f'"{padded[place : place + 3]}"' for place in range(len(padded) - 2)))
    return _words("SELECT word FROM name_word ORDER BY word <-> %s LIMIT %s", typed)


def _matching(wanted: str) -> list[str]:
    return _words("SELECT trim(word) FROM name_trigram WHERE name_trigram MATCH ? ORDER BY rank LIMIT ?", wanted)


def _words(sql: str, wanted: str) -> list[str]:
    rows: Sequence[tuple[str]] = db.execute_sql(sql, (wanted, _MOST)).fetchall()
    return [row[0] for row in rows]
