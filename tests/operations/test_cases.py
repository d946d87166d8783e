"""Opening, first contact, contact line to the coach, closing and reopening."""

from datetime import date, timedelta

import pytest

from models.operations.cases import close_case, record_first_contact, reopen_case
from models.operations.coaching import end_coaching, report_to_coach
from models.operations.residence import record_decision
from models.queries.scope import blocks_of
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.permissions import Block
from models.rules.residence_entries import DecisionEntry
from models.rules.states import Outcome
from models.tables import Case, Event, Handover, Person
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")


def _again(case):
    return Case.select(Case, Person).join(Person).where(Case.id == case.id).get()


def test_a_case_opens_with_the_name_for_its_place_in_lists(make_case):
    assert make_case(family_name="Öztürk", given_name="Sévda").sort_key == "ozturk sevda"


def test_case_numbers_of_a_year_count_up(make_case):
    assert [make_case().number for _turn in range(2)] == ["SWD-2026-00001", "SWD-2026-00002"]


def test_people_of_the_jobcenter_have_no_agentur_and_no_fourth_stage(make_case):
    from models.tables import CaseStage

    case = make_case(sphere="S2")
    assert (case.responsible.key, case.agentur) == ("jobcenter", None)
    assert CaseStage.get(CaseStage.case == case.id, CaseStage.key == "handover").state == "waived"


def test_the_contact_line_opens_the_case_to_the_coach(make_case, people):
    case, coach = make_case(), people("coach")
    assert not blocks_of(coach, case, TODAY)
    report_to_coach(case, seen_version=case.version, actor=people("tholey"), now=NOW)
    case = _again(case)
    assert (case.coach_reported_on, case.coach_reported_by.key) == (TODAY, "tholey")
    assert blocks_of(coach, case, TODAY) == {Block.CONTACT, Block.COACH_FIRST}
    assert Event.select().where(Event.kind == "coach.reported").count() == 1


def test_a_second_report_changes_nothing(make_case, people):
    case, tholey = make_case(), people("tholey")
    report_to_coach(case, seen_version=case.version, actor=tholey, now=NOW)
    with pytest.raises(StaleVersion):
        report_to_coach(case, seen_version=case.version, actor=tholey, now=NOW)
    with pytest.raises(RuleBroken, match="schon gemeldet"):
        report_to_coach(case, seen_version=_again(case).version, actor=tholey, now=NOW + timedelta(days=1))
    assert _again(case).coach_reported_on == TODAY


def test_only_the_own_municipality_reports(make_case, people):
    case = make_case()
    for who in ("freisen", "agentur", "coach"):
        with pytest.raises(NotAllowed):
            report_to_coach(case, seen_version=case.version, actor=people(who), now=NOW)


def test_the_coach_is_for_people_of_the_agentur(make_case, people):
    case = make_case(sphere="S2")
    with pytest.raises(RuleBroken, match="SGB III"):
        report_to_coach(case, seen_version=case.version, actor=people("tholey"), now=NOW)


def test_the_end_of_the_coaching_closes_the_case_to_the_coach(make_case, people):
    case, coach = make_case(changes={"coach_reported_on": TODAY}), people("coach")
    end_coaching(case, TODAY, seen_version=case.version, actor=coach, now=NOW)
    assert not blocks_of(coach, _again(case), TODAY)
    case = _again(case)
    report_to_coach(case, seen_version=case.version, actor=people("tholey"), now=NOW)
    assert blocks_of(coach, _again(case), TODAY)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY - timedelta(days=1)])
def test_coaching_ends_neither_ahead_nor_before_it_began(make_case, people, day):
    case = make_case(changes={"coach_reported_on": TODAY})
    with pytest.raises(RuleBroken) as broken:
        end_coaching(case, day, seen_version=case.version, actor=people("coach"), now=NOW)
    assert "ended_on" in broken.value.fields
    assert _again(case).coaching_ended_on is None


def test_the_first_contact_is_noted_once_by_who_is_responsible(make_case, people):
    case = _again(make_case())
    with pytest.raises(NotAllowed):
        record_first_contact(case, TODAY, seen_version=case.version, actor=people("tholey"), now=NOW)
    record_first_contact(case, TODAY, seen_version=case.version, actor=people("agentur"), now=NOW)
    case = _again(case)
    assert case.first_contact_on == TODAY
    with pytest.raises(RuleBroken, match="schon eingetragen"):
        record_first_contact(case, TODAY, seen_version=case.version, actor=people("agentur"), now=NOW)


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), date(1990, 1, 1)])
def test_a_first_contact_lies_within_the_life_until_today(make_case, people, day):
    case = _again(make_case())
    with pytest.raises(RuleBroken) as broken:
        record_first_contact(case, day, seen_version=case.version, actor=people("agentur"), now=NOW)
    assert "contact_on" in broken.value.fields


def _close(case, people, day=TODAY):
    case = _again(case)
    close_case(case, Outcome.WORK, day, seen_version=case.version, actor=people("agentur"), now=NOW, note="Bäckerei")


def test_a_case_closes_with_its_outcome_and_opens_again_with_a_reason(make_case, people):
    case = make_case()
    _close(case, people)
    case = _again(case)
    assert (case.state, case.outcome, case.outcome_on) == ("closed", "work", TODAY)
    with pytest.raises(RuleBroken):
        reopen_case(case, " ", seen_version=case.version, actor=people("agentur"), now=NOW)
    reopen_case(case, "Probezeit nicht bestanden", seen_version=case.version, actor=people("agentur"), now=NOW)
    assert (_again(case).state, _again(case).outcome) == ("open", None)
    assert [row.kind for row in Event.select().order_by(Event.id)][-2:] == ["case.closed", "case.reopened"]


def test_closing_in_the_future_is_refused(make_case, people):
    case = make_case()
    with pytest.raises(RuleBroken):
        _close(case, people, TODAY + timedelta(days=1))
    assert _again(case).state == "open"


def test_a_draft_ends_with_the_case_but_a_sheet_under_way_holds_it_open(make_case, people):
    case = _again(make_case())
    entry = DecisionEntry(code="GFK", served_on=date(2026, 11, 14))
    record_decision(case, entry, seen_version=case.version, actor=people("agentur"), now=NOW)
    Handover.update(state="sent").execute()
    with pytest.raises(RuleBroken, match="unterwegs"):
        _close(case, people)
    assert _again(case).state == "open"
    Handover.update(state="draft").execute()
    _close(case, people)
    assert (Handover.get().state, Handover.get().reason) == ("withdrawn", "Bäckerei")
