"""Lists on paper for every organisation: what is printed, what never is, and with how much of a name."""

import subprocess
from typing import Any

import pytest

from models.rules.states import ConsentState
from models.tables import Case
from tests.moments import TODAY
from tests.pages.cases_cast import AZR, coached

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def text_of(pdf: bytes, tmp_path: Any) -> str:
    path = tmp_path / "list.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


def address(case: Case, word: str = "coach", query: str = "") -> str:
    return f"/faelle/{case.number}/listen/{word}.pdf{query}"


def answer(client: Any, case: Case, code: str, **values: Any) -> None:
    done = client.post(f"/faelle/{case.number}/punkte/{code}", {"version": 0} | values)
    assert done.status_code == 303, done.status_code


def test_the_coach_prints_the_list_filled_blank_and_without_names(as_user, make_case, tmp_path):
    case = make_case(phone="0160 1", azr_number=AZR, changes={"coach_reported_on": TODAY})
    client = as_user("coach")
    answer(client, case, "C02", contact_on="20.11.2026", way="PHONE")
    response = client.get(address(case))
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == f'inline; filename="Checkliste-coach-{case.number}.pdf"'
    filled = text_of(response.data, tmp_path)
    assert "Rahimi, Samira" in filled and "0160 1" in filled and "20.11.2026" in filled
    assert "C06" not in filled, "before the consent the coach has the first five points"
    assert AZR not in filled
    short = text_of(client.get(address(case, query="?namen=kurz")).data, tmp_path)
    assert "S. R." in short and "20.11.2026" in short
    number = text_of(client.get(address(case, query="?leer=1&namen=nummer")).data, tmp_path)
    assert case.number in number and "S. R." not in number and "20.11.2026" not in number
    for text in (short, number, text_of(client.get(address(case, query="?namen=quatsch")).data, tmp_path)):
        assert not [word for word in ("Rahimi", "Samira", "0160") if word in text]
    blank = text_of(client.get(address(case, query="?leer=1")).data, tmp_path)
    assert "C23" not in blank, "the blank list too holds only what the coach may see now"
    assert "Rahimi, Samira" in blank and "20.11.2026" not in blank
    Case.update(coach_consent="granted").where(Case.id == case.id).execute()
    for query in ("", "?leer=1"):
        whole = text_of(client.get(address(case, query=query)).data, tmp_path)
        assert "C23" in whole and "Seite 1 von 1" in whole


def test_every_organisation_prints_what_it_sees(as_user, make_case, tmp_path):
    case = make_case(phone="0160 1", azr_number=AZR, children_in_household=0)
    answer(as_user("tholey"), case, "A09", registered_on="02.11.2026")
    filled = text_of(as_user("tholey").get(address(case, "aufnahme")).data, tmp_path)
    assert "A09" in filled and "02.11.2026" in filled and "Gemeinde Tholey" in filled
    assert AZR not in filled
    blank = text_of(as_user("agentur").get(address(case, "beratung", "?leer=1")).data, tmp_path)
    assert "B14" in blank and "Nicht auf Papier: " in blank
    asyl = text_of(
        as_user("asyl").get(address(make_case(changes={"receives_asylblg": True}), "aufnahme")).data, tmp_path
    )
    assert "A15" in asyl and "A09" not in asyl


def test_values_that_name_the_person_stay_away_without_names(as_user, make_case, tmp_path):
    case = make_case(phone="0160 1", street="Hauptstraße 5", postcode="66636", town="Tholey", other_spellings="Rahimy")
    client = as_user("tholey")
    full = text_of(client.get(address(case, "aufnahme")).data, tmp_path)
    assert "Hauptstraße 5" in full and "Rahimy" in full
    short = text_of(client.get(address(case, "aufnahme", "?namen=kurz")).data, tmp_path)
    assert not [word for word in ("Hauptstraße", "Rahimy", "Rahimi", "0160") if word in short]
    assert "steht im Fall" in short


def test_health_never_goes_on_paper(as_user, make_case, tmp_path):
    case = make_case()
    text = text_of(as_user("agentur").get(address(case, "beratung")).data, tmp_path)
    sensitive = [line for line in text.splitlines() if "Einschränkung" in line and "Nicht auf Papier" not in line]
    assert sensitive == []


def test_who_may_not_see_the_list_prints_none(as_user, make_case):
    case = coached(ConsentState.GRANTED)
    assert as_user("agentur").get(address(case)).status_code == 404
    assert as_user("tholey").get(address(case, "beratung")).status_code == 404
    assert as_user("freisen").get(address(case, "aufnahme")).status_code == 404
    assert as_user("coach").get(address(make_case())).status_code == 404
    assert as_user("coach").get(address(case, "nichts")).status_code == 404
    assert as_user("verwaltung").get(address(case)).status_code == 403


def test_the_page_of_a_case_offers_the_paper_of_the_shown_list(as_user, make_case):
    case = make_case()
    page = as_user("agentur").soup(f"/faelle/{case.number}?liste=beratung")
    links = [str(link["href"]) for link in page.select("aside a[href*='.pdf']")]
    assert links == [
        address(case, "beratung", query) for query in ("", "?leer=1", "?namen=kurz", "?leer=1&namen=nummer")
    ]
    assert as_user("agentur").get(links[-1]).status_code == 200
