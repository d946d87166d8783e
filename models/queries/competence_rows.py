"""The stored rows of life-line, languages, script and availability as the rules take them. Reads only, no scope.

Used by the pages (``competences``, which ask for the right to see them) and by the operations.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Generic, TypeVar

from peewee import JOIN, Field, Model

from models.queries.prepared import Prepared
from models.rules.competences.availability import Availability
from models.rules.competences.findings import Remark
from models.rules.competences.languages import Skill
from models.rules.competences.months import Point, stored_point
from models.rules.competences.periods import Period, PeriodKind, Recognition, Trust, order_of
from models.rules.times import from_stamp, local_day
from models.tables import Account, AvailabilityPlan, LanguageSkill, LifePeriod, LifeRemark, ScriptSkill

Value = TypeVar("Value")


@dataclass(frozen=True)
class Stored(Generic[Value]):
    """A recorded value with its row: who entered it for which organisation when; ``carried`` waits to be confirmed."""

    id: int
    version: int
    value: Value
    organisation_id: int
    person: str
    on: date
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Script:
    """How somebody reads and writes: a code of ``literacy``, and the scripts in words."""

    literacy: str
    scripts: str
    seen_on: date
    source: str


def periods_of(case_id: int) -> list[Stored[Period]]:
    """The life-line in the order of life."""
    rows = [_stored(row, _period(row)) for row in _of(LifePeriod, case_id)]
    return sorted(rows, key=lambda row: (order_of(row.value), row.id))


def remarks_of(case_id: int) -> dict[str, Stored[Remark]]:
    """The answers to questions about the life-line, by the question."""
    rows = _of(LifeRemark, case_id)
    return {row["key"]: _stored(row, Remark(row["key"], row["text"], row["unknown"])) for row in rows}


def skills_of(case_id: int) -> list[Stored[Skill]]:
    """The languages, the newest row first."""
    rows = [_stored(row, _skill(row)) for row in _of(LanguageSkill, case_id)]
    return sorted(rows, key=lambda row: (row.value.proved_on or date.min, row.id), reverse=True)


def scripts_of(case_id: int) -> list[Stored[Script]]:
    """How the person reads and writes, the newest row first."""
    rows = [
        _stored(row, Script(row["literacy"], row["scripts"], row["seen_on"], row["source"]))
        for row in _of(ScriptSkill, case_id)
    ]
    return sorted(rows, key=lambda row: (row.value.seen_on, row.id), reverse=True)


def availability_of(case_id: int) -> tuple[Stored[Availability], str] | None:
    """When and how the person can come, with the source; None where nobody has asked yet."""
    row = next(iter(_of(AvailabilityPlan, case_id)), None)
    return (_stored(row, availability_from(row["content"])), row["source"]) if row else None


def _of(table: type[Model], case_id: int) -> Iterable[dict[str, Any]]:
    names, statement = _statement(table)
    return (dict(zip(names, row, strict=True)) for row in statement.rows(case_id))


@cache
def _statement(table: type[Model]) -> tuple[tuple[str, ...], Prepared]:
    """All columns of a table for one case, with the name of who entered the row as ``person``."""
    fields: dict[str, Field] = table._meta.fields
    query = table.select(*fields.values(), Account.name).join(Account, JOIN.LEFT_OUTER)
    return (*fields, "person"), Prepared(lambda case_id: query.where(table.case == case_id), int)


def _stored(row: dict[str, Any], value: Value) -> Stored[Value]:
    on = local_day(from_stamp(row["recorded_at"]))
    row_id = row.get("id") or row["case"]
    return Stored(
        row_id, row["version"], value, row["organisation"], row["person"] or "", on, row.get("carried", False)
    )


_AS_STORED = ("approximate", "country", "place", "title", "title_original", "kldb", "level", "certificate", "proof",
              "evidence", "contradiction", "source")  # fmt: skip


def _period(row: dict[str, Any]) -> Period:
    begins = stored_point(row["begins"])
    assert isinstance(begins, Point)  # a column that is never empty
    return Period(
        kind=PeriodKind(row["kind"]),
        begins=begins,
        ends=stored_point(row["ends"]),
        recognition=_recognition(row["recognition"] or {}),
        trust=Trust(row["trust"]),
        **{name: row[name] for name in _AS_STORED},
    )


def _recognition(content: dict[str, Any]) -> Recognition:
    applied = content.get("applied_on")
    return Recognition(**content | {"applied_on": date.fromisoformat(applied) if applied else None})


_SKILL = ("language", "mother_tongue", "listening", "reading", "writing", "speaking", "proof", "proved_on", "issuer",
          "contradiction", "source")  # fmt: skip


def _skill(row: dict[str, Any]) -> Skill:
    return Skill(trust=Trust(row["trust"]), **{name: row[name] for name in _SKILL})


def availability_from(content: dict[str, Any]) -> Availability:
    """A stored plan as the rules take it."""
    as_kept: dict[str, Callable[[Any], Any]] = {"slots": frozenset, "mobility": tuple, "effects": tuple}
    return Availability(**{name: as_kept.get(name, lambda kept: kept)(value) for name, value in content.items()})
