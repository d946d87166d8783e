"""Two people who are put into each other's household at once: one step is done, the other one is stale or refused."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from models.base import db
from models.operations.households import join_household, leave_household
from models.rules.errors import RuleBroken, StaleVersion
from models.tables import Case, Event, Person
from tests.cast import make_case
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("database")
AT_ONCE = 4


def _version(case: Case) -> int:
    return int(Person.get_by_id(case.person_id).version)


def _join_at_once(cases: tuple[Case, Case], actor: Any) -> list[str]:
    barrier, seen = Barrier(AT_ONCE), {case.id: _version(case) for case in cases}

    def run(number: int) -> str:
        one, other = cases if number % 2 else cases[::-1]
        with db.connection_context():
            barrier.wait()
            try:
                join_household(one, other, "Umzug", seen_version=seen[one.id], actor=actor, now=NOW)
            except (RuleBroken, StaleVersion):
                return "refused"
            return "joined"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, range(AT_ONCE)))


def test_nobody_waits_for_each_other(people: Callable[[str], Any]) -> None:
    cases, actor = (make_case(), make_case(given_name="Omar")), people("tholey")
    for _round in range(10):
        assert _join_at_once(cases, actor) == ["joined"] + ["refused"] * (AT_ONCE - 1)
        leave_household(*cases, "Auszug", seen_version=_version(cases[0]), actor=actor, now=NOW)


def test_the_chains_of_two_cases_are_taken_in_one_order(people: Callable[[str], Any]) -> None:
    one, other = make_case(), make_case(given_name="Omar")
    join_household(other, one, "Umzug", seen_version=_version(other), actor=people("tholey"), now=NOW)
    told = Event.select(Event.case_id).where(Event.kind == "household.joined").order_by(Event.id).tuples()
    assert [row[0] for row in told] == [one.id, other.id]
