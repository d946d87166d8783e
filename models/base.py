"""The one database handle and the base of all tables.

SQLite is the embedded default, PostgreSQL through psycopg 3 the same code with another DATABASE_URL.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from peewee import SQL, Check, Database, DatabaseProxy, Model
from playhouse.db_url import parse as parse_url
from playhouse.pool import PooledSqliteDatabase
from playhouse.postgres_ext import PooledPsycopg3Database

db = DatabaseProxy()

# recursive_triggers: without it INSERT OR REPLACE slips past the triggers that keep the events append-only
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "foreign_keys": 1,
    "synchronous": "full",
    "recursive_triggers": 1,
    "cache_size": -32_000,
    "temp_store": "memory",
}


def database_for(url: str) -> Database:
    """A database for ``sqlite:///path`` or ``postgresql://…``; does not connect. ValueError for any other scheme."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = url.removeprefix("sqlite:///")
        return PooledSqliteDatabase(
            path,
            autoconnect=False,
            lock_type="IMMEDIATE",
            timeout=10,
            max_connections=64,
            cached_statements=1_000,  # of 128 the pages would push out each other's, to be planned anew
            check_same_thread=False,  # the pool hands a connection on to another thread, never to two at once
            pragmas=SQLITE_PRAGMAS,
        )
    if parts.scheme in ("postgresql", "postgres"):
        return PooledPsycopg3Database(autoconnect=False, max_connections=32, timeout=10, **parse_url(url))
    raise ValueError(f"unsupported database scheme {parts.scheme!r}")


def use_database(url: str) -> Database:
    """Point the handle at ``url`` and return the database behind it."""
    database = database_for(url)
    db.initialize(database)
    return database


def is_sqlite() -> bool:
    """Whether the handle points at SQLite."""
    return isinstance(db.obj, PooledSqliteDatabase)


def one_state() -> AbstractContextManager[object]:
    """A transaction for reading: all its statements see the database as it was at the first. Others go on writing."""
    reading: AbstractContextManager[object] = db.atomic("DEFERRED" if is_sqlite() else "REPEATABLE READ")
    return reading


def one_of(column: str, values: Iterable[str]) -> SQL:
    """CHECK that ``column`` holds one of ``values``: ``choices=`` is not enforced by the database."""
    listed = ", ".join("'" + str(value) + "'" for value in values)
    return Check(f"{column} IN ({listed})")


class BaseModel(Model):
    """Base of all tables; saves write only what was changed."""

    if TYPE_CHECKING:  # peewee adds it where a table names no key of its own
        id: Any

    class Meta:
        database = db
        only_save_dirty = True
        legacy_table_names = False
