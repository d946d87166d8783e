"""Statements whose SQL is built once: on the hottest pages peewee's building costs more CPU than running them."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from peewee import BooleanField, DateField, Field, JSONField, Model, Query
from peewee import Value as SqlValue
from psycopg.types.json import Jsonb

from models.base import db, is_sqlite

Row = tuple[Any, ...]


class Plan(NamedTuple):
    """The SQL for one engine, where the values of a call go, and how columns are read.

    ``as_given``: the values of a call are its parameters, in their order and nothing else.
    """

    sql: str
    params: list[Any]
    places: list[tuple[int, int]]
    as_given: bool
    readers: list[tuple[int, Callable[[Any], Any]]]


class Prepared:
    """A statement with values that change from call to call.

    ``build`` takes one value for each of ``kinds`` (int, str, date, or dict for JSON) and returns the query; it runs
    once for each engine. Columns that are fields come as peewee would give them, expressions as the database does.
    """

    def __init__(self, build: Callable[..., Query], *kinds: type) -> None:
        self._build, self._kinds = build, kinds
        self._plans: dict[type, Plan] = {}

    def rows(self, *values: Any) -> list[Row]:
        """The rows of a select as tuples."""
        return self.read(self.raw(*values))

    def raw(self, *values: Any) -> list[Row]:
        """The same as the database gives them; ``read`` makes of them what ``rows`` returns."""
        rows: list[Row] = self._execute(values).fetchall()
        return rows

    def read(self, raw: list[Row]) -> list[Row]:
        """Raw rows with their columns read."""
        readers = self._plan().readers
        return [_read(row, readers) for row in raw] if readers else raw

    def row(self, *values: Any) -> Row | None:
        """The first row, None for none."""
        found = self.rows(*values)
        return found[0] if found else None

    def run(self, *values: Any) -> int:
        """Run an update inside the transaction of an operation; returns how many rows it changed."""
        return int(self._execute(values).rowcount)

    def _execute(self, values: Sequence[Any]) -> Any:
        plan = self._plan()
        return db.obj.execute_sql(plan.sql, values if plan.as_given else self._filled(plan, values))

    def _filled(self, plan: Plan, values: Sequence[Any]) -> list[Any]:
        params = list(plan.params)
        for place, position in plan.places:
            value = values[position]
            params[place] = _as_json(value) if self._kinds[position] is dict else value
        return params

    def _plan(self) -> Plan:
        engine = type(db.obj)
        return self._plans.get(engine) or self._plans.setdefault(engine, self._planned())

    def _planned(self) -> Plan:
        marks = [_mark(kind, position) for position, kind in enumerate(self._kinds)]
        given = [
            SqlValue(mark, converter=False) if kind is dict else mark
            for mark, kind in zip(marks, self._kinds, strict=True)
        ]
        query = self._build(*given)
        sql, params = query.sql()
        places = [(place, marks.index(param)) for place, param in enumerate(params) if param in marks]
        straight = dict not in self._kinds and places == [(n, n) for n in range(len(params))]
        return Plan(sql, params, places, straight, list(_readers(getattr(query, "_returning", None) or ())))


def _mark(kind: type, position: int) -> Any:
    """Stands in for a value while the SQL is built; no query holds such a constant."""
    if kind is date:
        return date.min + timedelta(days=position)
    return 7_000_000_000 + position if kind is int else f"\x00{position}"


def _as_json(value: Any) -> Any:
    return json.dumps(value) if is_sqlite() else Jsonb(value)


def raw_json(value: Any) -> Any:
    """A JSON value as a raw row holds it once it was written by a prepared statement."""
    return json.dumps(value) if is_sqlite() else value


def _readers(columns: Sequence[Any]) -> Iterable[tuple[int, Callable[[Any], Any]]]:
    for position, column in enumerate(columns):
        if isinstance(column, DateField):
            yield position, _day
        elif isinstance(column, BooleanField):
            yield position, _flag
        elif isinstance(column, JSONField):
            yield position, _from_json


class _Days(dict[Any, Any]):
    """Days by their text; lists of cases are full of the same ones."""

    def __missing__(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return self.setdefault(value, date.fromisoformat(value))


_day = _Days().__getitem__
_read_json = json.JSONDecoder().raw_decode


def _flag(value: Any) -> Any:
    return None if value is None else bool(value)  # "not asked" is not "no"


def _from_json(value: Any) -> Any:
    return _read_json(value)[0] if isinstance(value, str) else value  # PostgreSQL has read it already


def _read(row: Row, readers: list[tuple[int, Callable[[Any], Any]]]) -> Row:
    values = list(row)
    for position, reader in readers:
        if (value := values[position]) is not None:
            values[position] = reader(value)
    return tuple(values)


class AsModel:
    """Makes instances of a table of rows with these columns, unchanged since they were read."""

    def __init__(self, table: type[Model], fields: Sequence[Field]) -> None:
        self._table, self._names = table, tuple(field.name for field in fields)

    def __call__(self, row: Row) -> Any:
        """The instance for one row."""
        instance = self._table(__no_default__=1)
        instance.__data__.update(zip(self._names, row, strict=True))
        return instance

    def again(self, instance: Any, **changed: Any) -> Any:
        """The same instance once more, with other values in some columns."""
        other = self._table(__no_default__=1)
        other.__data__.update(instance.__data__, **changed)
        return other
