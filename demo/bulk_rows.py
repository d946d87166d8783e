"""Many rows in one go: executemany on SQLite, COPY on PostgreSQL. Only for invented data, hence outside operations."""

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import Model

from models.base import db, is_sqlite


def next_id(table: type[Model]) -> int:
    """The first free id of a table."""
    name = table._meta.table_name
    row = db.execute_sql(f'SELECT COALESCE(MAX(id), 0) + 1 FROM "{name}"').fetchone()  # noqa: S608 - our own table names
    return int(row[0])


def add_rows(table: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Append rows with their ids in the order of ``columns``. Must run inside a transaction."""
    name = table._meta.table_name
    listed = ", ".join(f'"{column}"' for column in columns)
    if is_sqlite():
        marks = ", ".join("?" * len(columns))
        statement = f'INSERT INTO "{name}" ({listed}) VALUES ({marks})'  # noqa: S608 - our own table names
        db.cursor().executemany(statement, rows)
        return
    with db.connection().cursor() as cursor, cursor.copy(f'COPY "{name}" ({listed}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def continue_sequences(tables: Sequence[type[Model]]) -> None:
    """PostgreSQL counts ids in sequences, which know nothing of ids that were written."""
    if is_sqlite():
        return
    for table in tables:
        name = table._meta.table_name
        db.execute_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), (SELECT MAX(id) FROM \"{name}\"))"  # noqa: S608
        )
