"""Keeps what the table of tasks says of each case, so that Mein Tag asks thousands of cases by day in one statement.

``ledger.record`` calls ``renew_tasks`` with every event of a case, in the transaction of its operation: an operation
that changes a case cannot forget it. What stands here follows from the facts alone and can be built anew at any time.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from models.base import db
from models.queries.by_ids import BLOCK, PreparedByIds
from models.queries.law_touched import touched_cases
from models.queries.task_facts import facts_of_cases
from models.rules.law.changes import Touched
from models.rules.tasks import TASK_RULES, Due, Lane, tasks_of
from models.tables import Case, CaseTask

Row = tuple[Any, ...]
_COLUMNS = (
    CaseTask.organisation, CaseTask.lane, CaseTask.kind, CaseTask.due_on, CaseTask.shown_from, CaseTask.shown_to,
    CaseTask.handover, CaseTask.enrolment, CaseTask.word,
)  # fmt: skip
_STORED = PreparedByIds(lambda ids: CaseTask.select(CaseTask.case, *_COLUMNS).where(CaseTask.case.in_(ids)))
_NUMBERS = PreparedByIds(lambda ids: Case.select(Case.number).where(Case.id.in_(ids)).order_by(Case.id))
_INSERTED_AT_ONCE = 1_000
INERT = ("answer.saved", "case.erased", "follow_up.", "conference.")
"""Beginnings of kinds of events that change no fact of the table; answers renew it themselves where they matter."""


def changes_tasks(kind: str) -> bool:
    """Whether an event of this kind may set off or end a task of its case."""
    return not kind.startswith(INERT)


def renew_tasks(case_ids: Sequence[int], today: date) -> None:
    """Bring the tasks of these cases up to their facts; inside the transaction that changed them."""
    expected = _expected(case_ids, today)
    stored = _stored(case_ids)
    changed = [number for number in case_ids if expected[number] != stored[number]]
    if not changed:
        return
    CaseTask.delete().where(CaseTask.case.in_([number for number in changed if stored[number]])).execute()
    rows = [(number, *row) for number in changed for row in expected[number]]
    for start in range(0, len(rows), _INSERTED_AT_ONCE):
        CaseTask.insert_many(rows[start : start + _INSERTED_AT_ONCE], (CaseTask.case, *_COLUMNS)).execute()


def renew_touched(touched: Touched, *, today: date) -> int:
    """Bring the tasks of all cases that a change of the law may concern up to it; returns how many there are.

    Block by block, each in a transaction of its own, so that nobody waits for thousands of them.
    """
    done = last = 0
    while block := touched_cases(touched, today, behind=last, most=BLOCK):
        with db.atomic():
            renew_tasks(block, today)
        done, last = done + len(block), block[-1]
    return done


def task_rows(case_ids: Sequence[int], today: date) -> list[tuple[int, Row]]:
    """What follows from the facts of these cases, each row with the id of its case; to be stored in bulk."""
    expected = _expected(case_ids, today)
    return [(number, row) for number in case_ids for row in expected[number]]


def rebuild_tasks(*, today: date, progress: Callable[[int], object] = lambda _done: None) -> int:
    """Build the tasks of all cases anew, block by block; returns how many cases there are."""
    done = 0
    for block in _blocks():
        with db.atomic():
            renew_tasks(block, today)
        done += len(block)
        progress(len(block))
    return done


def wrong_tasks(*, today: date) -> list[str]:
    """Numbers of the cases whose stored tasks are not what follows from their facts; none in a sound installation."""
    wrong: list[int] = []
    for block in _blocks():
        expected, stored = _expected(block, today), _stored(block)
        wrong.extend(number for number in block if expected[number] != stored[number])
    return [row[0] for row in _NUMBERS.rows(wrong)]


def _blocks() -> Iterator[list[int]]:
    """All cases, by id: each block begins behind the last."""
    last = 0
    while block := [row[0] for row in _ids_behind(last)]:
        yield block
        last = block[-1]


def _ids_behind(last: int) -> Iterable[tuple[int]]:
    found: Iterable[tuple[int]] = Case.select(Case.id).where(Case.id > last).order_by(Case.id).limit(BLOCK).tuples()
    return found


def _expected(case_ids: Sequence[int], today: date) -> dict[int, list[Row]]:
    facts = facts_of_cases(case_ids, today)
    rows = {number: sorted(_rows(tasks_of(known)), key=repr) for number, known in facts.items()}
    return defaultdict(list, rows)


def _rows(dues: Iterable[Due]) -> Iterator[Row]:
    for due in dues:
        rest = (str(due.kind), due.due_on, due.shown_from, due.shown_to, due.handover, due.enrolment, str(due.word))
        yield (due.who, str(TASK_RULES[due.kind].lane), *rest)
        if due.waits is not None:
            yield (due.waits, str(Lane.WAITS), *rest)


def _stored(case_ids: Sequence[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for number, *row in _STORED.rows(case_ids):
        found[number].append(tuple(row))
    return defaultdict(list, {number: sorted(rows, key=repr) for number, rows in found.items()})
