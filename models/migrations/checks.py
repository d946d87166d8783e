"""Adding values to a CHECK that lists what a column may hold. SQLite cannot alter it: the table is built anew."""

import re
from collections.abc import Sequence
from typing import Any

from playhouse.pool import PooledSqliteDatabase


def allow_more(db: Any, table: str, column: str, values: Sequence[str]) -> None:
    """Let ``column`` of ``table`` also hold ``values``, whatever it may hold already. Rows, indexes, CHECKs stay.

    The table has no triggers and nothing points at it.
    """
    if isinstance(getattr(db, "obj", db), PooledSqliteDatabase) or "sqlite" in type(db).__name__.lower():
        _on_sqlite(db, table, column, values)
    else:
        _on_postgresql(db, table, column, values)


def _on_sqlite(db: Any, table: str, column: str, values: Sequence[str]) -> None:
    described = "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL"
    stored = db.execute_sql(described, (table,)).fetchall()
    made = next(sql for kind, sql in stored if kind == "table")
    start = re.search(rf"CHECK \({column} IN \(", made)
    if start is None:
        raise LookupError(f"{table}.{column} has no list of values")
    more = "".join(f"'{value}', " for value in values if f"'{value}'" not in made)
    wider = made[: start.end()] + more + made[start.end() :]
    db.execute_sql(wider.replace(f'"{table}"', f'"{table}_wider"', 1))
    db.execute_sql(f'INSERT INTO "{table}_wider" SELECT * FROM "{table}"')  # noqa: S608 - our own table names
    db.execute_sql(f'DROP TABLE "{table}"')
    db.execute_sql(f'ALTER TABLE "{table}_wider" RENAME TO "{table}"')
    for kind, sql in stored:
        if kind == "index":
            db.execute_sql(sql)


def _on_postgresql(db: Any, table: str, column: str, values: Sequence[str]) -> None:
    described = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass"
    )
    for name, text in db.execute_sql(described, (table,)).fetchall():
        if re.match(rf"CHECK \(\(+{column}\)::text = ANY", text):
            known = re.findall(r"'([^']*)'", text)
            listed = ", ".join(f"'{value}'" for value in dict.fromkeys((*known, *values)))
            db.execute_sql(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            db.execute_sql(f'ALTER TABLE "{table}" ADD CHECK ({column} IN ({listed}))')
            return
    raise LookupError(f"{table}.{column} has no list of values")
