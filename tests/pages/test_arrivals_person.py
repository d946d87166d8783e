"""The form for one person or one family: rules of the list at the fields, duplicates, saved once."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from models.queries.audit import verify_ledger
from models.rules.states import Origin
from models.tables import Case, Event, Household, Person, ResidenceRecord
from tests.conftest import LEDGER_KEY
from tests.operations.arrival_lists import OMAR, bring
from tests.strict_client import StrictClient

ARRIVAL = {"arrived_on": "01.11.2026", "street": "Am Bach 2", "postcode": "66636", "town": "Tholey"}
SAMIRA = {
    "family_name": "Rahimi",
    "given_name": "Samira",
    "date_of_birth": "14.03.1994",
    "sex": "w",
    "nationality": "Afghanistan",
    "languages": "Dari, Englisch",
    "interpreter": "ja",
    "phone": "0151 1234567",
    "document": "AGS",
    "valid_to": "31.05.2027",
}

RAHIMY = {
    "FAMILY_NAME": "Rahimy",
    "GIVEN_NAME": "Samira",
    "DATE_OF_BIRTH": "14.03.1994",
    "NATIONALITY": "Afghanistan",
}


def _people(*people: dict[str, str], **shared: str) -> dict[str, str]:
    each = {f"people-{place}-{name}": text for place, person in enumerate(people) for name, text in person.items()}
    return ARRIVAL | each | shared


def _errors(answer: Any) -> dict[str, str]:
    soup = BeautifulSoup(answer.data, "html.parser")
    return {error["id"].removesuffix("-error"): error.text.strip() for error in soup.select("p.kern-error[id]")}


def _send(client: StrictClient, data: dict[str, str], address: str = "/ankuenfte/person") -> Any:
    return client.post(address, data)


def test_one_person_becomes_a_case(as_user) -> None:
    answer = _send(as_user("tholey"), _people(SAMIRA, token="t1"))
    case, person = Case.get(), Person.get()
    assert (answer.status_code, answer.location) == (303, f"/faelle/{case.number}?getan=person")
    assert (person.languages, person.interpreter_needed, person.nationality) == (["prs", "eng"], True, "AFG")
    assert person.provenance["phone"]["source"] == "Ankunftsmeldung"
    assert (case.municipality.key, case.responsible.key, case.origin) == ("tholey", "agentur", Origin.MUNICIPALITY)
    assert (case.coach_reported_on, case.coach_reported_by.key) == (case.opened_on, "tholey")
    paper = ResidenceRecord.get()
    assert (paper.code, paper.label, paper.valid_to) == ("AGS", "", date(2027, 5, 31))
    assert verify_ledger(LEDGER_KEY).holds


def test_the_rules_of_the_list_stand_at_the_fields(as_user) -> None:
    wrong = SAMIRA | {"sex": "", "nationality": "Atlantis", "date_of_birth": "31.02.1990", "valid_to": "bald"}
    answer = _send(as_user("tholey"), _people(wrong, postcode="66606", arrived_on=""))
    errors = _errors(answer)
    assert answer.status_code == 422
    assert errors == {
        "people-0-date_of_birth": "Den Tag „31.02.1990“ gibt es im Kalender nicht.",
        "people-0-sex": "Diese Angabe fehlt, sie wird gebraucht.",
        "people-0-nationality": "„Atlantis“ ist als Staat nicht bekannt. Bitte den deutschen Namen schreiben.",
        "people-0-valid_to": "„bald“ ist kein Datum. Bitte als TT.MM.JJJJ schreiben, zum Beispiel 31.12.2026.",
        "arrived_on": "Diese Angabe fehlt, sie wird gebraucht.",
        "postcode": "Die Postleitzahl 66606 gehört nicht zu Tholey.",
    }
    page = BeautifulSoup(answer.data, "html.parser")
    targets = [link["href"][1:] for link in page.select("#error-summary a")]
    assert len(targets) == len(errors) and all(page.select_one(f'[id="{target}"]') for target in targets)
    assert page.select_one("#people-0-nationality")["value"] == "Atlantis", "what was typed stays"
    assert Person.select().count() == 0


def test_a_municipality_cannot_name_another_one(as_user) -> None:
    _send(as_user("tholey"), _people(SAMIRA, municipality="freisen"))
    assert Case.get().municipality.key == "tholey"


def test_a_family_shares_household_and_address(as_user) -> None:
    tholey = as_user("tholey")
    child = SAMIRA | {"given_name": "Amir", "date_of_birth": "02.05.2019", "sex": "m"}
    answer = _send(tholey, _people(SAMIRA, child, token="t2"), "/ankuenfte/familie")
    page = tholey.soup(answer.location)
    assert page.h1.text == "Familie erfasst"
    assert [link["href"] for link in page.select("main a[href^='/faelle/']")] == [
        f"/faelle/{case.number}" for case in Case.select().order_by(Case.id)
    ]
    assert Household.select().count() == 1
    assert {person.household_id for person in Person.select()} == {Household.get().id}
    assert {person.street for person in Person.select()} == {"Am Bach 2"}
    assert Case.select().where(Case.coach_reported_on.is_null()).count() == 1, "no contact line for the child"


@pytest.mark.parametrize("as_htmx", [False, True])
def test_people_are_added_and_removed_without_scripts(as_user, as_htmx: bool) -> None:
    tholey = as_user("tholey")
    send = tholey.htmx if as_htmx else tholey.post
    more = send("/ankuenfte/person", _people(SAMIRA, add="1"))
    page = BeautifulSoup(more.data, "html.parser")
    assert more.status_code == 200
    assert page.select_one("#people-0-given_name")["value"] == "Samira"
    assert page.select_one("#people-1-given_name")["value"] == ""
    child = SAMIRA | {"given_name": "Amir"}
    third = SAMIRA | {"given_name": "Lina"}
    less = send("/ankuenfte/person", _people(SAMIRA, child, third, remove="1"))
    page = BeautifulSoup(less.data, "html.parser")
    assert page.select_one("#people-1-given_name")["value"] == "Lina"
    assert not page.select("#people-2-given_name")
    assert Person.select().count() == 0


def test_the_same_person_twice_in_one_form(as_user) -> None:
    answer = _send(as_user("tholey"), _people(SAMIRA, SAMIRA), "/ankuenfte/familie")
    assert _errors(answer) == {"people-1-given_name": "Diese Person steht schon weiter oben."}


def test_a_double_click_saves_once(as_user) -> None:
    tholey = as_user("tholey")
    first = _send(tholey, _people(SAMIRA, token="t3"))
    again = _send(tholey, _people(SAMIRA, token="t3", **{"people-0-others": Case.get().number}))
    assert (again.status_code, again.location) == (303, first.location)
    assert Person.select().count() == 1


def test_a_token_of_somebody_else_shows_nothing(as_user) -> None:
    first = _send(as_user("tholey"), _people(SAMIRA, token="t4"))
    other = _send(as_user("agentur"), _people(SAMIRA | {"family_name": "Popal", "given_name": "Reza"}, token="t4"))
    assert other.status_code == 422
    assert first.location.rsplit("/", 1)[1] not in other.text


def test_whose_paper_says_sgb_ii_goes_to_the_jobcenter_at_once(as_user) -> None:
    tholey = as_user("tholey")
    answer = _send(tholey, _people(SAMIRA | {"document": "AE24", "nationality": "Ukraine"}))
    page = tholey.soup(answer.location)
    assert page.h1.text == "Rahimi, Samira"
    assert "Das Jobcenter ist sofort zuständig" in page.text
    assert Case.get().responsible.key == "jobcenter"


def test_the_agentur_records_people_before_their_allocation(as_user) -> None:
    agentur = as_user("agentur")
    answer = _send(agentur, _people(SAMIRA, arrived_on="", street="", postcode="", town=""))
    case = Case.get()
    assert answer.location == f"/faelle/{case.number}?getan=person"
    assert (case.municipality, case.origin, case.coach_reported_on) == (None, Origin.AGENTUR, None)
    assert "municipality" not in Person.get().provenance
    allocated = _people(SAMIRA | {"family_name": "Popal", "given_name": "Reza"}, municipality="freisen", arrived_on="")
    assert _errors(_send(agentur, allocated)).keys() == {"arrived_on", "postcode"}


def test_the_agentur_sees_only_the_number_of_a_direct_case(as_user) -> None:
    agentur = as_user("agentur")
    answer = _send(agentur, _people(SAMIRA | {"document": "AE24"}, municipality="tholey"))
    page = agentur.soup(answer.location)
    assert page.h1.text == "Person erfasst"
    assert Case.get().number in page.text and "Rahimi" not in page.select_one("main").text
    assert not page.select("main a[href^='/faelle/']")


def test_a_possible_duplicate_needs_a_word_of_its_own(as_user) -> None:
    bring(
        {"FAMILY_NAME": "Rahimy", "GIVEN_NAME": "Samira", "DATE_OF_BIRTH": "01.01.1994", "NATIONALITY": "Afghanistan"}
    )
    tholey = as_user("tholey")
    answer = _send(tholey, _people(SAMIRA, token="t5"))
    assert answer.status_code == 422
    page = BeautifulSoup(answer.data, "html.parser")
    shown = page.select_one("#matches-0").text
    assert "Rahimy, Samira" in shown and "geb. 01.01.1994" in shown and "Familienname anders geschrieben" in shown
    tick = page.select_one("#people-0-others")
    assert tick["value"] == "SWD-2026-00001"
    assert _errors(answer).keys() == {"people-0-others"}
    assert _send(tholey, _people(SAMIRA, token="t5", **{"people-0-others": "SWD-2026-09999"})).status_code == 422
    assert _send(tholey, _people(SAMIRA, token="t5", **{"people-0-others": tick["value"]})).status_code == 303
    assert Person.select().count() == 2


def test_of_a_stranger_only_the_number_and_the_office_are_told(as_user) -> None:
    bring({**RAHIMY, "MUNICIPALITY": "Freisen", "POSTCODE": "66629"})
    answer = as_user("tholey").htmx("/ankuenfte/dubletten", _people(SAMIRA) | {"place": "0"})
    text = BeautifulSoup(answer.data, "html.parser").select_one("#matches-0").text
    assert "Fall SWD-2026-00001, Gemeinde Freisen" in text
    assert "Rahimy" not in text and "geschrieben" not in text


def test_the_check_while_typing_waits_for_name_and_birth_date(as_user) -> None:
    bring(OMAR)
    agentur = as_user("agentur")
    typed = {"family_name": "Hamdan", "given_name": "Omar", "date_of_birth": "02.03.19"}
    half = agentur.htmx("/ankuenfte/dubletten", {f"people-1-{k}": v for k, v in typed.items()} | {"place": "1"})
    assert half.status_code == 200 and "erfasst" not in half.text
    typed["date_of_birth"] = "02.03.1980"
    data = {f"people-{place}-{k}": v for place in (0, 1) for k, v in typed.items()} | {"place": "1"}
    whole = agentur.htmx("/ankuenfte/dubletten", data)
    soup = BeautifulSoup(whole.data, "html.parser")
    assert "Hamdan, Omar" in soup.select_one("#matches-1").text
    assert soup.select_one("#people-1-others")
    assert Event.select().where(Event.kind == "case.opened").count() == 1, "looking changes nothing"


@pytest.mark.parametrize(
    ("key", "status"), [("tholey", 200), ("agentur", 200), ("jobcenter", 403), ("koordination", 403)]
)
def test_who_may_record_people(as_user, key: str, status: int) -> None:
    client = as_user(key)
    assert client.get("/ankuenfte/person").status_code == status
    assert client.get("/ankuenfte/familie").status_code == status


def test_only_the_own_organisation_sees_what_was_received(as_user) -> None:
    child = SAMIRA | {"given_name": "Amir"}
    address = _send(as_user("tholey"), _people(SAMIRA, child)).location
    assert as_user("freisen").get(address).status_code == 404


def test_the_identity_is_found_again_by_a_later_list(as_user) -> None:
    _send(as_user("tholey"), _people(SAMIRA, bamf_reference="1035333-475"))
    later = bring({**RAHIMY, "FAMILY_NAME": "Rahimi", "PHONE": "0170 9999999", "MARITAL_STATUS": "ledig"})
    assert (later.imported, later.updated) == (0, 1)
    person = Person.get()
    assert (person.phone, person.marital_status) == ("0151 1234567", "LD"), "what somebody typed stays"
    assert Person.select().count() == 1
