"""Two imports at once, and a form that is sent several times at once: nobody is stored twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from models.base import db
from models.operations.arrivals import import_rows
from models.operations.reception import Newcomer, receive_family
from models.queries.audit import verify_ledger
from models.rules.arrivals.rows import parse_rows
from models.rules.errors import RuleBroken
from models.rules.roles import SYSTEM
from models.seed.arrivals_data import arrival_words
from models.tables import Case, Person
from tests.conftest import LEDGER_KEY, NOW, TODAY
from tests.operations.arrival_lists import OKSANA, OMAR, table_of

pytestmark = pytest.mark.usefixtures("database")
AT_ONCE = 4


def _at_once(act: Callable[[], Any]) -> list[Any]:
    barrier = Barrier(AT_ONCE)

    def run(_number: int) -> Any:
        with db.connection_context():
            barrier.wait()
            return act()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_one_list_imported_by_several_at_once() -> None:
    table = table_of({}, OMAR, OKSANA)
    reports = _at_once(lambda: import_rows(table, actor=SYSTEM, now=NOW))
    assert sum(report.imported for report in reports) == 3
    assert [report.imported + report.unchanged for report in reports] == [3] * AT_ONCE
    assert Person.select().count() == Case.select().count() == 3
    assert len({case.number for case in Case.select()}) == 3
    assert verify_ledger(LEDGER_KEY).holds


def test_one_form_sent_several_times_at_once(people: Callable[[str], Any]) -> None:
    row = parse_rows(table_of({}), TODAY, arrival_words())[0][0]
    actor = people("tholey")
    batches = _at_once(lambda: receive_family([Newcomer(row)], token="same", actor=actor, now=NOW))
    assert len({batch.report["cases"][0] for batch in batches}) == 1
    assert Person.select().count() == 1
    assert verify_ledger(LEDGER_KEY).holds


def test_two_forms_for_one_person_at_once(people: Callable[[str], Any]) -> None:
    row = parse_rows(table_of({}), TODAY, arrival_words())[0][0]
    actor = people("tholey")
    tokens = iter("abcd")

    def record() -> bool:
        try:
            receive_family([Newcomer(row)], token=next(tokens), actor=actor, now=NOW)
        except RuleBroken:
            return False
        return True

    assert sorted(_at_once(record)) == [False, False, False, True]
    assert Person.select().count() == 1
