"""Keeps the milestones of each case up to its events, so that figures count rows instead of reading ledgers.

``ledger.record`` calls ``renew_milestones`` with every event that tells one, in the transaction of its operation. What
stands here follows from the events alone and can be built anew at any time; rows of erased cases stay as they are.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from models.base import db
from models.queries.law import current_law
from models.queries.milestone_events import BLOCK, blocks_of_cases, homes_of, levels_of, offices, telling_events
from models.rules.figures.milestones import Background, Told
from models.rules.figures.telling import milestones
from models.rules.law.data import Effect
from models.rules.times import from_stamp, local_day
from models.tables import Case, CaseMilestone

Row = tuple[Any, ...]
_COLUMNS = (
    CaseMilestone.kind, CaseMilestone.month, CaseMilestone.happened_on, CaseMilestone.known_from,
    CaseMilestone.known_until, CaseMilestone.municipality, CaseMilestone.organisation, CaseMilestone.word,
    CaseMilestone.days,
)  # fmt: skip
_INSERTED_AT_ONCE = 1_000
_CHANGING = (Effect.RECOGNITION, Effect.REMOVAL_BAN)


def renew_milestones(case_ids: Sequence[int]) -> None:
    """Bring the milestones of these cases up to their events; inside the transaction that wrote those.

    Block by block: a list of arrivals may have more cases than a statement can name.
    """
    for start in range(0, len(case_ids), BLOCK):
        _renew(case_ids[start : start + BLOCK])


def _renew(case_ids: Sequence[int]) -> None:
    expected, stored = milestone_rows(case_ids), _stored(case_ids)
    changed = [number for number in case_ids if sorted(expected[number], key=repr) != stored[number]]
    if not changed:
        return
    CaseMilestone.delete().where(CaseMilestone.case.in_([number for number in changed if stored[number]])).execute()
    rows = [(number, *row) for number in changed for row in expected[number]]
    for start in range(0, len(rows), _INSERTED_AT_ONCE):
        CaseMilestone.insert_many(rows[start : start + _INSERTED_AT_ONCE], (CaseMilestone.case, *_COLUMNS)).execute()


def milestone_rows(case_ids: Sequence[int]) -> defaultdict[int, list[Row]]:
    """What follows from the events of these cases, by case; to be stored in bulk."""
    told: dict[int, list[Told]] = defaultdict(list)
    for case_id, at, kind, organisation, data in telling_events(case_ids):
        told[case_id].append(Told(at, kind, organisation, json.loads(data)))
    homes, agentur_and_jobcenter = homes_of(told), offices()
    levels = levels_of({event.data["course"] for events in told.values() for event in events if _names_course(event)})
    changes = frozenset(decision.code for decision in current_law().decisions if decision.effect in _CHANGING)
    found = {
        number: _rows(events, Background(homes[number], *agentur_and_jobcenter, levels, changes))
        for number, events in told.items()
    }
    return defaultdict(list, found)


def _names_course(event: Told) -> bool:
    return event.kind.startswith("enrolment.") and "course" in event.data


def _rows(events: list[Told], background: Background) -> list[Row]:
    return [
        (
            str(one.kind), f"{one.on:%Y-%m}", one.on, one.known_from, one.known_until, one.municipality,
            one.organisation, one.word, one.days,
        )
        for one in milestones(events, background)
    ]  # fmt: skip


def rebuild_milestones(*, progress: Callable[[int], object] = lambda _done: None) -> int:
    """Build the milestones of all cases anew, block by block; returns how many cases there are."""
    done = 0
    for block in blocks_of_cases():
        with db.atomic():
            renew_milestones(block)
        done += len(block)
        progress(len(block))
    return done


def wrong_milestones() -> list[str]:
    """Numbers of the cases whose stored milestones are not what follows from their events."""
    return [number for block in blocks_of_cases() for number in _differing(block)]


def _differing(block: Sequence[int]) -> Iterator[str]:
    expected, stored = milestone_rows(block), _stored(block)
    wrong = [case_id for case_id in block if sorted(expected[case_id], key=repr) != stored[case_id]]
    return (row[0] for row in Case.select(Case.number).where(Case.id.in_(wrong)).order_by(Case.id).tuples())


def _stored(case_ids: Sequence[int]) -> defaultdict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for number, *row in (
        CaseMilestone.select(CaseMilestone.case, *_COLUMNS).where(CaseMilestone.case.in_(case_ids)).tuples()
    ):
        found[number].append(tuple(row))
    return defaultdict(list, {number: sorted(rows, key=repr) for number, rows in found.items()})


def forget_whose(case_id: int) -> None:
    """Let the milestones of a case that is erased count on without it: by month, and without the time of an entry."""
    for row in list(CaseMilestone.select().where(CaseMilestone.case == case_id)):
        columns = {
            "case": None,
            "happened_on": row.happened_on.replace(day=1),
            "known_from": _midnight(row.known_from),
            "known_until": row.known_until and _midnight(row.known_until),
        }
        CaseMilestone.update(columns).where(CaseMilestone.id == row.id).execute()


def _midnight(text: str) -> str:
    """The day of a stored time; what was known at the end of a day stays the same."""
    return f"{local_day(from_stamp(text)):%Y-%m-%d}T00:00:00.000000Z"
