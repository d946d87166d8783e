"""Milestones follow the events of a case in the same transaction, and outlive its erasure without naming anybody."""

from datetime import timedelta

import pytest

from models.operations.cases import close_case, record_first_contact
from models.operations.erasure import erase_case
from models.operations.milestones import rebuild_milestones, wrong_milestones
from models.rules.states import Outcome
from models.tables import Case, CaseMilestone
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")


def told() -> list[tuple[str, str, bool]]:
    rows = CaseMilestone.select().order_by(CaseMilestone.kind, CaseMilestone.id)
    return [(row.kind, row.word, row.known_until is None) for row in rows]


def test_milestones_follow_from_the_events_and_can_be_built_anew(make_case, people):
    case, agentur, later = make_case(), people("agentur"), NOW + timedelta(days=1)
    record_first_contact(case, TODAY, seen_version=case.version, actor=agentur, now=later)
    case = Case.get_by_id(case.id)
    close_case(case, Outcome.WORK, TODAY, seen_version=case.version, actor=agentur, now=later + timedelta(days=1))
    expected = [
        ("arrival", "municipality", True), ("closed", "work", True), ("first_talk", "alone", True),
        ("is_running", "new", False), ("is_running", "counselled", False), ("life_line", "not_told", True),
    ]  # fmt: skip
    assert told() == expected
    assert wrong_milestones() == []
    CaseMilestone.update(word="study").where(CaseMilestone.kind == "closed").execute()
    assert wrong_milestones() == [case.number]
    assert rebuild_milestones() == 1
    assert told() == expected


def test_an_erased_case_counts_on_by_month_and_names_nobody(make_case, people):
    case = make_case()
    erase_case(case.id, "Löschfrist", actor=people("datenschutz"), now=NOW)
    row = CaseMilestone.get(CaseMilestone.kind == "arrival")
    assert (row.case_id, row.happened_on, row.known_from[10:]) == (None, TODAY.replace(day=1), "T00:00:00.000000Z")
    rebuild_milestones()
    assert CaseMilestone.select().count() == 2
