"""Statements whose SQL is built once: on the hottest pages peewee's building costs more CPU than running them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from peewee import BooleanField, DateField, Field, JSONField, Model, Query

from models.base import db, is_sqlite

Row = tuple[Any, ...]
# stand in for the values of a call while the SQL is built; no query holds such constants
_MARKS: dict[type, tuple[Any, ...]] = {
    int: (7_000_000_001, 7_000_000_002, 7_000_000_003),
    str: ("\x00first", "\x00second", "\x00third"),
}


class Prepared:
    """A statement with values that change from call to call.

    ``build`` takes one value for each of ``kinds`` (int or str) and returns the query; it runs once for each engine.
    Columns that are fields come as peewee would give them, expressions as the database gives them.
    """

    def __init__(self, build: Callable[..., Query], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._plans: dict[bool, tuple[str, list[Any], list[tuple[int, Callable[[Any], Any]]]]] = {}

    def rows(self, *values: Any) -> list[Row]:
        """The rows of a select as tuples."""
        readers = self._plan()[2]
        rows: list[Row] = self._execute(values).fetchall()
        return [_read(row, readers) for row in rows] if readers else rows

    def run(self, *values: Any) -> int:
        """Run an update inside the transaction of an operation; returns how many rows it changed."""
        return int(self._execute(values).rowcount)

    def _execute(self, values: Sequence[Any]) -> Any:
        sql, params, _readers = self._plan()
        return db.execute_sql(sql, [values[param[0]] if isinstance(param, tuple) else param for param in params])

    def row(self, *values: Any) -> Row | None:
        """The first row, None for none."""
        found = self.rows(*values)
        return found[0] if found else None

    def _plan(self) -> tuple[str, list[Any], list[tuple[int, Callable[[Any], Any]]]]:
        plan = self._plans.get(is_sqlite())
        return plan or self._plans.setdefault(is_sqlite(), self._planned())

    def _planned(self) -> tuple[str, list[Any], list[tuple[int, Callable[[Any], Any]]]]:
        marks = [_MARKS[kind][position] for position, kind in enumerate(self._kinds)]
        query = self._build(*marks)
        sql, params = query.sql()
        places = [(marks.index(param),) if param in marks else param for param in params]
        return sql, places, list(_readers(getattr(query, "_returning", None) or ()))


def _readers(columns: Sequence[Any]) -> Iterable[tuple[int, Callable[[Any], Any]]]:
    for position, column in enumerate(columns):
        if isinstance(column, DateField):
            yield position, _day
        elif isinstance(column, BooleanField | JSONField):
            yield position, column.python_value


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _read(row: Row, readers: list[tuple[int, Callable[[Any], Any]]]) -> Row:
    values = list(row)
    for position, reader in readers:
        values[position] = reader(values[position])
    return tuple(values)


def as_model(table: type[Model], fields: Sequence[Field], row: Row) -> Any:
    """A row as an instance of its table, unchanged since it was read."""
    instance = table(__no_default__=1, **{field.name: value for field, value in zip(fields, row, strict=True)})
    instance._dirty.clear()
    return instance
