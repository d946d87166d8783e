"""The page that changes personal data: who may, what is refused, what it says."""

from datetime import date

import pytest

from blueprints.shared import access
from models.tables import Case, EarlierName, Person
from tests.moments import NOW
from tests.pages.cases_cast import soup_of, taken_over, text_of

SAID = {
    "family_name": "Rahimi", "given_name": "Samira", "birth_name": "", "date_of_birth": "14.03.1994",
    "place_of_birth": "", "sex": "w", "nationality": "AFG", "second_nationality": "", "reason": "spelling",
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _send(client, case, **typed):
    return client.post(f"/faelle/{case.number}/personalien", {"version": 1} | SAID | typed)


def test_a_name_is_corrected_and_the_earlier_one_is_shown(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    page = client.get(f"/faelle/{case.number}/personalien")
    assert soup_of(page).select_one("#family_name")["value"] == "Rahimi"
    assert soup_of(page).select_one("#nationality [selected]")["value"] == "AFG"
    done = _send(client, case, family_name="Rahimy")
    assert (done.status_code, done.headers["Location"]) == (303, f"/faelle/{case.number}?getan=personalien")
    text = text_of(client.get(f"/faelle/{case.number}/personalien"))
    assert "Frühere Namen Rahimi, Samira bis 23.11.2026" in text
    assert "Schreibfehler berichtigt, Gemeinde Tholey, Muster Tholey" in text
    history = text_of(as_user("agentur").get(f"/faelle/{case.number}/verlauf"))
    assert "Name geändert, vorher Rahimi, Samira (Schreibfehler berichtigt)" in history


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"family_name": "  "}, "Familienname: Der Name enthält keinen Buchstaben."),
        ({"given_name": "Samira 2"}, "Ein Name enthält keine Ziffern"),
        ({"date_of_birth": "31.02.1994"}, "Bitte ein Datum wie"),
        ({"date_of_birth": "14.03.2090"}, "in der Zukunft"),
        ({"sex": "q"}, "Geschlecht:"),
        ({"nationality": "XYZ"}, "Staatsangehörigkeit:"),
        ({"reason": ""}, "Warum: Bitte ausfüllen."),
        ({}, "nichts anders"),
    ],
)
def test_bad_input_gets_its_sentence_and_changes_nothing(as_user, make_case, typed, sentence):
    case = make_case()
    answer = _send(as_user("agentur"), case, **typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Person.get_by_id(case.person_id).version == 1


def test_an_outdated_page_shows_both_values_and_keeps_what_was_typed(as_user, make_case):
    case = make_case()
    _send(as_user("tholey"), case, family_name="Rahimy")
    late = _send(as_user("agentur"), case, family_name="Rahmani")
    assert late.status_code == 409
    assert soup_of(late).select_one("#family_name")["value"] == "Rahmani"
    assert "gespeichert ist jetzt: Rahimy" in text_of(late)
    assert soup_of(late).select_one("#personalia-form [name=version]")["value"] == "2"
    assert EarlierName.select().count() == 1


def test_strangers_get_404_and_colleagues_without_the_right_403(as_user, make_case):
    case = make_case()
    assert as_user("freisen").get(f"/faelle/{case.number}/personalien").status_code == 404
    assert as_user("asyl").get(f"/faelle/{case.number}/personalien").status_code == 403
    handed_over = taken_over(given_name="Mina")
    for who in ("agentur", "jobcenter"):
        assert as_user(who).get(f"/faelle/{handed_over.number}/personalien").status_code == 403
    assert as_user("tholey").get(f"/faelle/{handed_over.number}/personalien").status_code == 200


def _household(client, case, **typed):
    data = {"version": 1, "act": "join", "number": "", "reason": "Heirat"} | typed
    return client.post(f"/faelle/{case.number}/haushalt", data)


def test_the_household_is_changed_by_form(as_user, make_case):
    case, other, client = make_case(), make_case(given_name="Karim"), as_user("tholey")
    done = _household(client, case, number=other.number)
    assert (done.status_code, done.headers["Location"]) == (303, f"/faelle/{case.number}/haushalt?getan=haushalt")
    assert "Rahimi, Karim" in text_of(client.get(f"/faelle/{case.number}"))
    gone = _household(client, case, act="leave", number=other.number, version=2)
    assert gone.status_code == 303
    assert "Rahimi, Karim" not in text_of(client.get(f"/faelle/{case.number}"))
    history = text_of(as_user("agentur").get(f"/faelle/{other.number}/verlauf"))
    assert f"Wohnt nicht mehr zusammen mit Fall {case.number}: Heirat" in history


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"number": ""}, 422, "Fallnummer der anderen Person: Bitte ausfüllen."),
        ({"number": "SWD-2026-09999"}, 422, "Diesen Fall gibt es nicht, oder er gehört nicht zu Ihren Fällen."),
        ({"number": "elsewhere"}, 422, "Diesen Fall gibt es nicht, oder er gehört nicht zu Ihren Fällen."),
        ({"reason": ""}, 422, "Bitte einen Grund angeben."),
        ({"act": "marry"}, 422, "Was ist geschehen?:"),
        ({"version": 7}, 409, "inzwischen"),
    ],
)
def test_bad_input_leaves_the_household_alone(as_user, make_case, typed, status, sentence):
    case, other = make_case(), make_case(given_name="Karim")
    elsewhere = make_case(given_name="Mina", municipality="freisen")
    data = {"number": other.number} | typed
    data["number"] = elsewhere.number if data["number"] == "elsewhere" else data["number"]
    answer = _household(as_user("tholey"), case, **data)
    assert answer.status_code == status
    assert sentence in text_of(answer)
    assert not any(row.household_id for row in Person.select())


def _closed(make_case, **person):
    return make_case(changes={"state": "closed", "outcome": "moved", "outcome_on": date(2026, 10, 1)}, **person)


@pytest.mark.parametrize("act", ["join", "leave"])
def test_the_household_of_a_closed_case_stays(as_user, make_case, act):
    case, other = _closed(make_case), make_case(given_name="Karim")
    answer = _household(as_user("tholey"), case, act=act, number=other.number)
    assert answer.status_code == 422
    assert "Der Fall ist abgeschlossen." in text_of(answer)
    assert {row.version for row in Person.select()} == {1}


def test_a_new_case_for_somebody_who_comes_back(as_user, make_case):
    old, client = _closed(make_case, phone="0681 1"), as_user("tholey")
    assert "Neuen Fall beginnen" in text_of(client.get(f"/faelle/{old.number}"))
    assert (
        soup_of(client.get(f"/faelle/{old.number}/neuer-fall")).select_one("#municipality [selected]").text == "Tholey"
    )
    data = {"version": 1, "arrived_on": "20.11.2026", "municipality": "tholey"}
    done = client.post(f"/faelle/{old.number}/neuer-fall", data)
    assert done.status_code == 303
    place = done.headers["Location"].split("?")[0]
    row = client.soup(f"{place}?liste=aufnahme").select_one("#punkt-A12")
    assert "0681 1" in row.text and "Stimmt das noch?" in row.text and row.select_one("#oeffnen-A12")
    assert len(row.select(".item__value")) == 1, "said once, whether the record has it already or not"
    form = row.select_one("#stimmt-A12")
    version = form.select_one("[name=version]")["value"]
    answer = client.htmx(form["action"], {"version": version})
    assert answer.status_code == 200 and "Stimmt das noch?" not in text_of(answer) and "0681 1" in text_of(answer)
    assert client.soup(f"{place}?liste=aufnahme").select_one("#stimmt-A12") is None
    assert client.post(form["action"], {"version": version}).status_code == 404
    number = place.split("/")[2]
    page = client.soup(f"/faelle/{number}")
    text = page.get_text(" ", strip=True)
    assert page.select_one(f'a[href="/faelle/{number}?liste=aufnahme"]')
    assert "Die Person war schon hier" in text
    assert "Zum früheren Fall" in text
    assert "Die Person ist zurück: zum neuen Fall" in text_of(client.get(f"/faelle/{old.number}"))
    again = client.post(f"/faelle/{old.number}/neuer-fall", data)
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"arrived_on": ""}, "wieder angekommen am: Bitte ausfüllen."),
        ({"arrived_on": "gestern"}, "Bitte ein Datum wie"),
        ({"arrived_on": "01.01.2026"}, "Der frühere Fall endete erst am 01.10.2026."),
        ({"municipality": "freisen"}, "Gemeinde:"),
    ],
)
def test_bad_input_begins_no_case(as_user, make_case, typed, sentence):
    old = _closed(make_case)
    data = {"version": 1, "arrived_on": "20.11.2026", "municipality": "tholey"} | typed
    answer = as_user("tholey").post(f"/faelle/{old.number}/neuer-fall", data)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Case.select().count() == 1


def test_who_may_not_begin_a_new_case(as_user, make_case):
    old = _closed(make_case)
    assert as_user("freisen").get(f"/faelle/{old.number}/neuer-fall").status_code == 404
    assert as_user("asyl").get(f"/faelle/{old.number}/neuer-fall").status_code in (403, 404)
    open_case = make_case(given_name="Mina")
    assert as_user("tholey").get(f"/faelle/{open_case.number}/neuer-fall").status_code == 422
    assert as_user("freisen").post(f"/faelle/{old.number}/punkte/A12/stimmt-noch").status_code == 404
