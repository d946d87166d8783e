"""What the Agentur goes on to see of a case that it gave away: names and values as they were handed over.

What the Jobcenter learns or corrects afterwards is not the Agentur's to see (case_model: Who sees what).
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from models.queries.by_ids import PreparedByIds
from models.queries.cases import ListRow
from models.rules.checklists.answers import parse_day
from models.rules.roles import Actor, Role
from models.rules.states import HandoverState
from models.tables import Handover


def names_given_away(actor: Actor, case_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Family and given name as handed over, by case id, for those cases that this Agentur gave away; else nothing."""
    if actor.role != Role.AGENTUR:
        return {}
    return {case_id: _parts(subject) for case_id, subject in _SUBJECTS.rows(case_ids)}


def births_given_away(actor: Actor, case_ids: Sequence[int]) -> dict[int, date | None]:
    """The birth date as handed over, by case id, for those cases that this Agentur gave away; None: not handed over."""
    if actor.role != Role.AGENTUR or not case_ids:
        return {}
    return {case_id: _birth(snapshot) for case_id, snapshot in _SNAPSHOTS.rows(case_ids)}


def _birth(snapshot: str | None) -> date | None:
    sections = json.loads(snapshot)["sections"] if snapshot else {}
    cell = sections.get("A", {}).get("birth_date") or {}
    return parse_day(str(cell.get("value") or ""))


def accepted_among(rows: Iterable[ListRow]) -> list[int]:
    """The cases of a list that the Jobcenter accepted; no query."""
    return [row.id for row in rows if row.accepted_on is not None]


def _parts(subject: str) -> tuple[str, str]:
    family, _comma, given = subject.partition(", ")
    return family, given


_SNAPSHOTS = PreparedByIds(
    lambda ids: Handover.select(Handover.case, Handover.snapshot).where(
        Handover.case.in_(ids), Handover.state == HandoverState.ACCEPTED
    )
)
_SUBJECTS = PreparedByIds(
    lambda ids: Handover.select(Handover.case, Handover.subject).where(
        Handover.case.in_(ids), Handover.state == HandoverState.ACCEPTED, Handover.subject != ""
    )
)
