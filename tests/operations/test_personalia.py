"""Changing a name: everything that follows from it changes with it, and the earlier name stays known."""

from dataclasses import replace
from datetime import date

import pytest

from models.operations.personalia import change_personalia
from models.queries.case_search import search_cases
from models.queries.duplicates import stored_matches
from models.rules.arrivals.matching import Candidate
from models.rules.case_search import read_search
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.personalia import Personalia
from models.tables import Case, EarlierName, Event, MatchKey, Person
from tests.moments import NOW, TODAY
from tests.operations.arrival_lists import bring

pytestmark = pytest.mark.usefixtures("database")
SAMIRA = Personalia(
    family_name="Rahimi", given_name="Samira", date_of_birth=date(1994, 3, 14), sex="w", nationality="AFG"
)
MARRIED = replace(SAMIRA, family_name="Öztürk", birth_name="Rahimi")


def _change(case, people, entry=MARRIED, seen=None, who="agentur"):
    version = Person.get_by_id(case.person_id).version if seen is None else seen
    change_personalia(case, entry, "changed", seen_version=version, actor=people(who), now=NOW)


def _found(people, text, who="agentur"):
    return [(row.family_name, str(why.why)) for row, why in search_cases(people(who), read_search(text), TODAY).rows]


def test_a_new_name_sets_all_that_follows_from_it(make_case, people):
    case = make_case()
    _change(case, people)
    person = Person.get_by_id(case.person_id)
    assert (person.family_name, person.birth_name, person.version) == ("Öztürk", "Rahimi", 2)
    assert (person.sort_key, person.given_key) == ("ozturk samira", "smr")
    assert person.name_key.endswith(" smr")
    assert Case.get_by_id(case.id).sort_key == "ozturk samira"
    assert person.provenance["family_name"]["source"] == "Name geändert, zum Beispiel durch Heirat"
    assert set(person.provenance) == {"family_name", "birth_name"}
    event = Event.select().where(Event.case_id == case.id).order_by(Event.id.desc()).first()
    assert (event.kind, '"earlier":"Rahimi, Samira"' in event.data) == ("person.renamed", True)


def test_the_earlier_name_is_found_by_search_and_says_so(make_case, people):
    case = make_case()
    _change(case, people)
    make_case(given_name="Omid", sex="m", date_of_birth=date(1990, 1, 2))
    assert _found(people, "Rahimi") == [("Rahimi", "Name beginnt so"), ("Öztürk", "früherer Name: Rahimi")]
    assert _found(people, "Oeztuerk") == [("Öztürk", "Name beginnt so")]
    assert _found(people, "Rahimi 14.03.1994") == [("Öztürk", "geboren am 14.03.1994; früherer Name: Rahimi")]
    assert _found(people, "Rahimi", "freisen") == []
    _change(case, people, replace(MARRIED, birth_name="Noori"))
    assert _found(people, "Noori") == [("Öztürk", "früherer Name: Noori")]
    assert ("Öztürk", "früherer Name: Rahimi, Samira") in _found(people, "Rahimi")


def test_whoever_enters_her_under_the_earlier_name_is_told(make_case, people):
    case = make_case()
    _change(case, people)
    again = Candidate(0, "Rahimi", "Samira", date(1994, 3, 14), "w", "AFG")
    assert [match.number for match in stored_matches({1: again})[1]] == [case.number]
    assert MatchKey.select().where(MatchKey.person == case.person_id).count() > 6


def test_an_arrivals_list_recognises_her_by_both_names_and_changes_neither(people):
    assert bring({}).imported == 1
    case = Case.select().get()
    _change(case, people, Personalia(
        family_name="Hamdan", given_name="Samira", date_of_birth=date(1983, 12, 11), sex="w", nationality="SYR",
    ))  # fmt: skip
    for given in ("Samar", "Samira"):
        report = bring({"GIVEN_NAME": given})
        assert (report.imported, report.updated, report.unchanged) == (0, 0, 1)
    both = bring({"GIVEN_NAME": "Samar", "PHONE": "0681 1"}, {"GIVEN_NAME": "Samira", "PHONE": "0681 2"})
    assert (both.imported, both.updated, both.unchanged) == (0, 1, 1)
    assert Person.get().phone == "0681 2"
    assert Person.get().given_name == "Samira"


def test_a_list_that_changes_a_name_keeps_the_earlier_one_too(people):
    bring({})
    assert bring({"FAMILY_NAME": "Hamdane"}).updated == 1
    assert EarlierName.get().family_name == "Hamdan"
    assert _found(people, "Hamdan")[0] == ("Hamdane", "Name beginnt so")


def test_a_double_click_or_an_outdated_page_changes_nothing(make_case, people):
    case = make_case()
    _change(case, people, seen=1)
    with pytest.raises(StaleVersion):
        _change(case, people, replace(SAMIRA, family_name="Anders"), seen=1)
    assert EarlierName.select().count() == 1


def test_two_people_may_change_different_values(make_case, people):
    case = make_case()
    _change(case, people, replace(SAMIRA, place_of_birth="Herat"), seen=1)
    assert EarlierName.select().count() == 0
    said = replace(SAMIRA, place_of_birth="Herat", family_name="Rahimy")
    _change(case, people, said, seen=1)
    assert Person.get_by_id(case.person_id).family_name == "Rahimy"


def test_a_closed_case_and_no_difference_are_refused(make_case, people):
    case = make_case()
    with pytest.raises(RuleBroken, match="nichts anders"):
        _change(case, people, SAMIRA)
    Case.update(state="closed", outcome="work", outcome_on=TODAY).where(Case.id == case.id).execute()
    with pytest.raises(RuleBroken, match="abgeschlossen"):
        _change(case, people)
    assert Person.get_by_id(case.person_id).version == 1


def test_another_birth_date_keeps_the_name_and_renews_the_keys(make_case, people):
    case = make_case()
    _change(case, people, replace(SAMIRA, date_of_birth=date(1994, 4, 13)))
    person = Person.get_by_id(case.person_id)
    assert person.date_of_birth == date(1994, 4, 13)
    keys = {row.key[:10] for row in MatchKey.select().where(MatchKey.person == person.id)}
    assert {"1994-04-13", "1994-03-14"} <= keys
