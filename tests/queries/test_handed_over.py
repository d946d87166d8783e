"""The Agentur goes on to see a case that it gave away as it was handed over, whatever became of it since."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from models.operations.answers import save_answer
from models.operations.personalia import change_personalia
from models.queries.case_filters import Filters
from models.queries.case_head import head_of, name_for
from models.queries.case_list import found_list, open_list
from models.queries.case_view import view_of
from models.queries.day_lists import Chosen
from models.queries.dossier import dossier
from models.queries.household import household_of
from models.queries.snapshot_items import items_to_release
from models.queries.today import lines_of
from models.rules.case_search import read_search
from models.rules.checklists import AnswerValues
from models.rules.personalia import Personalia
from models.rules.states import AnswerState, HandoverState
from models.rules.times import stamp
from models.tables import Case, FollowUp, Handover, Household, Person
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")
SECTIONS = {"A": {"birth_date": {"value": "14.03.1994"}, "kundennummer": {"value": "123A456789"}}}


def again(case: Case) -> Case:
    return Case.select(Case, Person).join(Person).where(Case.id == case.id).get()


def numbered(case: Case, actor: Any, number: str) -> None:
    given = AnswerValues(AnswerState.DONE, {"number": number})
    seen = again(case).person.version
    save_answer(dossier(again(case), TODAY), "B05", given, seen_version=seen, actor=actor, now=NOW)


@pytest.fixture
def given_away(make_case: Any, people: Any) -> Case:
    """The Agentur gave the Kundennummer and the case; then the Jobcenter changed both name and number."""
    agentur, jobcenter, case = people("agentur"), people("jobcenter"), make_case()
    numbered(case, agentur, "123A456789")
    items = items_to_release(dossier(again(case), TODAY), {"A"})
    Handover.create(
        reference=f"{case.number}-1", case=case, number=1, state=HandoverState.ACCEPTED, recorded_on=TODAY,
        sender=agentur.organisation_id, receiver=jobcenter.organisation_id, subject="Rahimi, Samira",
        snapshot=json.dumps({"sections": SECTIONS, "items": items}), queries=[],
        sent_at=stamp(NOW), received_at=stamp(NOW), accepted_at=stamp(NOW),
    )  # fmt: skip
    Case.update(
        accepted_on=TODAY,
        agentur_sees_until=date(2027, 11, 23),
        responsible=jobcenter.organisation_id,
        legal_sphere="S2",
    ).where(Case.id == case.id).execute()
    return case


@pytest.fixture
def changed_since(given_away: Case, people: Any) -> Case:
    jobcenter, person = people("jobcenter"), again(given_away).person
    columns = {field.name: getattr(person, field.name) for field in fields(Personalia)}
    entry = Personalia(**columns | {"family_name": "Weber"})
    change_personalia(given_away, entry, "changed", seen_version=person.version, actor=jobcenter, now=NOW)
    person = again(given_away).person
    Person.update(
        customer_number="999Z999999",
        provenance={
            **person.provenance,
            "customer_number": {"organisation": "jobcenter", "at": stamp(NOW), "version": 9},
        },
    ).where(Person.id == person.id).execute()
    return given_away


def view(case: Case, actor: Any) -> Any:
    return view_of(dossier(again(case), TODAY), actor)


def test_name_and_kundennummer_stay_as_they_were_handed_over(changed_since, people):
    seen = view(changed_since, people("agentur"))
    assert name_for(seen) == "Rahimi, Samira"
    head = head_of(seen)
    assert (head.name, head.facts) == (
        "Rahimi, Samira", (("geb.", "14.03.1994"), ("Kundennummer BA", "123A456789")),
    )  # fmt: skip
    assert seen.known.answers["B05"].values == {"number": "123A456789"}
    assert seen.entries["B05"].source.startswith("aus dem Übergabebogen")


def test_before_the_acceptance_it_sees_the_record(make_case, people):
    case = make_case()
    numbered(case, people("agentur"), "123A456789")
    seen = view(case, people("agentur"))
    assert name_for(seen) == "Rahimi, Samira"
    assert "Kundennummer BA" not in dict(head_of(seen).facts)


def test_lists_name_it_as_handed_over_and_others_by_today_s_name(changed_since, people):
    (line,) = open_list(people("agentur"), Filters(state="all"), TODAY).lines
    assert line.name == "Rahimi, Samira"
    (line,) = open_list(people("tholey"), Filters(state="all"), TODAY).lines
    assert line.name == "Weber, Samira"


@pytest.mark.parametrize(("typed", "found"), [("Rahimi", ["Rahimi, Samira"]), ("Weber", [])])
def test_the_agentur_finds_it_by_the_name_it_knows_alone(changed_since, people, typed, found):
    hits = found_list(people("agentur"), read_search(typed), TODAY)
    assert [line.name for line in hits.lines] == found


@pytest.mark.parametrize(("typed", "found"), [("14.03.1994", 1), ("Rahimi 14.03.1994", 1), ("15.03.1994", 0)])
def test_the_agentur_finds_it_by_the_birth_date_it_handed_over_alone(changed_since, people, typed, found):
    person = again(changed_since).person
    columns = {field.name: getattr(person, field.name) for field in fields(Personalia)}
    entry = Personalia(**columns | {"date_of_birth": date(1994, 3, 15)})
    change_personalia(changed_since, entry, "changed", seen_version=person.version, actor=people("jobcenter"), now=NOW)
    assert len(found_list(people("agentur"), read_search(typed), TODAY).lines) == found
    assert len(found_list(people("jobcenter"), read_search("15.03.1994"), TODAY).lines) == 1


def test_a_birth_date_that_was_not_handed_over_finds_nothing(changed_since, people):
    Handover.update(snapshot=json.dumps({"sections": {}, "items": {}})).execute()
    assert found_list(people("agentur"), read_search("14.03.1994"), TODAY).lines == ()


def test_a_wiedervorlage_names_it_as_handed_over(changed_since, people):
    agentur = people("agentur")
    FollowUp.create(
        case=changed_since, organisation=agentur.organisation_id, assigned=agentur.account_id,
        created_by=agentur.account_id, due_on=TODAY, reason="Akte schließen", created_at=stamp(NOW),
    )  # fmt: skip
    lines, _more = lines_of(agentur, TODAY, Chosen())
    assert [line.name for line in lines if line.follow_up] == ["Rahimi, Samira"]


def test_a_household_names_it_as_handed_over(changed_since, make_case, people):
    home = Household.create(created_at=stamp(NOW))
    husband = make_case(household=home, given_name="Karim")
    Person.update(household=home).where(Person.id == changed_since.person_id).execute()
    for who, name in (("agentur", "Rahimi, Samira"), ("tholey", "Weber, Samira")):
        assert [row.name for row in household_of(people(who), again(husband).person, TODAY)] == [name]


def test_who_lives_with_the_new_name_is_found_by_it(changed_since, people):
    assert len(found_list(people("tholey"), read_search("Weber"), TODAY).lines) == 1
