"""Life-line, languages and availability that go along: into the next case of a person who came back, into a merged one.

Each runs inside the transaction of the operation that moves them.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from models.operations.competence_summary import renew_summary
from models.tables import AvailabilityPlan, LanguageSkill, LifePeriod, LifeRemark, ScriptSkill

_TABLES = {"periods": LifePeriod, "skills": LanguageSkill, "scripts": ScriptSkill, "remarks": LifeRemark}
_OWN = ("id", "case", "version")


def carry_over(earlier: int, case_id: int) -> dict[str, int]:
    """Copy what the earlier case of a person says into her new one; returns how many rows of each kind.

    Periods, languages and script wait to be confirmed there and do not count before. The answers to gaps go along; the
    week and health are asked anew. Files stay with the earlier case.
    """
    return {name: _copy(table, earlier, case_id) for name, table in _TABLES.items()}


def _copy(table: Any, earlier: int, case_id: int) -> int:
    rows = list(table.select().where(table.case == earlier).order_by(table.id).dicts())
    for row in rows:
        columns = {name: value for name, value in row.items() if name not in _OWN}
        if "carried" in columns:
            columns["carried"] = True
        if "evidence" in columns:
            columns["evidence"] = None
        table.insert(case=case_id, **columns).execute()
    return len(rows)


def take_competences(kept: int, gone: int, today: date) -> dict[str, Any]:
    """Move what the case that ends says into the one that goes on; returns what went, by id with its version.

    Where both say something of one time, the life-line shows it as an overlap. A week goes along only where there is
    none yet.
    """
    taken: dict[str, Any] = {name: _move(table, kept, gone) for name, table in _TABLES.items()}
    taken["week"] = _move_week(kept, gone)
    _renew(kept, gone, today)
    return taken


def _move(table: Any, kept: int, gone: int) -> list[list[int]]:
    wanted = table.case == gone
    if table is LifeRemark:  # of one question the answer of the case that goes on stays
        wanted &= LifeRemark.key.not_in(LifeRemark.select(LifeRemark.key).where(LifeRemark.case == kept))
    rows = [list(row) for row in table.select(table.id, table.version).where(wanted).order_by(table.id).tuples()]
    table.update(case=kept).where(table.id.in_([row[0] for row in rows])).execute()
    return rows


def _move_week(kept: int, gone: int) -> int:
    """The version of the week that went along; 0 for none."""
    if AvailabilityPlan.select().where(AvailabilityPlan.case == kept).exists():
        return 0
    version = AvailabilityPlan.select(AvailabilityPlan.version).where(AvailabilityPlan.case == gone).scalar() or 0
    AvailabilityPlan.update(case=kept).where(AvailabilityPlan.case == gone).execute()
    return int(version)


def give_back_competences(kept: int, gone: int, taken: Mapping[str, Any], today: date) -> None:
    """What went along goes back, unless somebody has changed it since."""
    for name, table in _TABLES.items():
        for row_id, version in taken[name]:
            mine = (table.id == row_id) & (table.case == kept) & (table.version == version)
            table.update(case=gone).where(mine).execute()
    if taken["week"]:
        mine = (AvailabilityPlan.case == kept) & (AvailabilityPlan.version == taken["week"])
        AvailabilityPlan.update(case=gone).where(mine).execute()
    _renew(kept, gone, today)


def _renew(kept: int, gone: int, today: date) -> None:
    for case_id in (kept, gone):
        renew_summary(case_id, today)
