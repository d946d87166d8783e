"""Arrivals lists in the browser: upload, preview, confirm once, correct and send again."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup

from models.operations.import_batches import stage_list
from models.queries.audit import verify_ledger
from models.tables import Case, ImportBatch, Person
from tests.conftest import LEDGER_KEY, NOW
from tests.operations.arrival_lists import OKSANA, OMAR, bring, csv_of
from tests.strict_client import StrictClient

BAD = {**OMAR, "SEX": "q", "PHONE": "=1+2", "NOTE": "@SUM(A1)"}


def _upload(client: StrictClient, content: bytes, name: str = "liste.csv") -> Any:
    return client.post("/ankuenfte/", {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def _staged(client: StrictClient, *rows: dict[str, str]) -> tuple[str, BeautifulSoup]:
    response = _upload(client, csv_of(*rows))
    assert response.status_code == 303
    return response.location, client.soup(response.location)


def _confirm(client: StrictClient, address: str, page: BeautifulSoup, **more: Any) -> Any:
    version = page.select_one("#confirm-form [name=version]")["value"]
    return client.post(f"{address}/einlesen", {"version": version, **more})


def _figures(page: BeautifulSoup) -> list[str]:
    return [figure.select_one("strong").text for figure in page.select(".figure")]


def test_from_the_upload_to_the_result(as_user) -> None:
    tholey = as_user("tholey")
    address, preview = _staged(tholey, {}, OKSANA, BAD)
    assert _figures(preview) == ["3", "2", "0", "0", "1"]
    assert "„q“ ist kein Geschlecht" in preview.text and "Hamdan, Omar" in preview.text
    assert Person.select().count() == 0
    assert _confirm(tholey, address, preview).location == address
    result = tholey.soup(address)
    assert _figures(result) == ["3", "2", "0", "0", "1"]
    assert "Hamdan" not in str(ImportBatch.get().report), "the stored report names nobody"
    assert {case.municipality.key for case in Case.select()} == {"tholey"}
    assert ImportBatch.get().content is None
    assert verify_ledger(LEDGER_KEY).holds


def test_a_double_click_imports_once(as_user) -> None:
    tholey = as_user("tholey")
    address, preview = _staged(tholey, {})
    assert _confirm(tholey, address, preview).status_code == 303
    assert _confirm(tholey, address, preview).status_code == 409
    assert Person.select().count() == 1


def test_an_import_that_was_cut_off_can_be_confirmed_again(as_user) -> None:
    tholey = as_user("tholey")
    address, _preview = _staged(tholey, {}, OMAR)
    bring(OMAR)  # what the first try had stored
    ImportBatch.update(version=ImportBatch.version + 1).execute()
    _confirm(tholey, address, tholey.soup(address))
    assert _figures(tholey.soup(address)) == ["2", "1", "0", "1", "0"]


def test_rejected_rows_come_back_as_a_list_to_correct(as_user) -> None:
    tholey = as_user("tholey")
    address, preview = _staged(tholey, {}, BAD)
    before = tholey.get(f"{address}/abgelehnt.csv").data
    _confirm(tholey, address, preview)
    answer = tholey.get(f"{address}/abgelehnt.csv")
    assert answer.mimetype == "text/csv" and "attachment" in answer.headers["Content-Disposition"]
    assert answer.data == before
    text = answer.data.decode("utf-8-sig")
    assert text.count("\r\n") == 2 and "Fehler" in text.splitlines()[0]
    assert ";'=1+2;" in text and "'@SUM(A1)" in text, "no spreadsheet takes it for a formula"
    corrected = text.replace(";q;", ";m;").replace("'=1+2", "0170 5555555").encode()
    again = _upload(tholey, corrected).location
    _confirm(tholey, again, tholey.soup(again))
    assert Person.get(Person.given_name == "Omar").remark == "@SUM(A1)"


def test_the_result_leads_to_the_new_cases(as_user) -> None:
    tholey = as_user("tholey")
    address, preview = _staged(tholey, {}, OKSANA)
    assert "Hamdan, Samar (11.12.1983)" in preview.select_one("#new-people").text
    _confirm(tholey, address, preview)
    links = {link.text: link["href"] for link in tholey.soup(address).select("#new-title ~ .task a")}
    assert links == {"Hamdan, Samar": "/faelle/SWD-2026-00001", "Melnyk, Oksana": "/faelle/SWD-2026-00002"}
    assert tholey.get(links["Hamdan, Samar"]).status_code == 200


def test_rows_of_other_municipalities_are_counted_and_not_named(as_user) -> None:
    tholey = as_user("tholey")
    address, preview = _staged(tholey, {}, BAD, {**OKSANA, "MUNICIPALITY": "Freisen", "POSTCODE": "66629"})
    assert _figures(preview) == ["3", "1", "0", "0", "1"]
    assert "1 Zeile gehört einer anderen Gemeinde" in preview.text
    assert "Melnyk" not in preview.text
    _confirm(tholey, address, preview)
    assert "1 Zeile gehört einer anderen Gemeinde" in tholey.soup(address).text
    assert "Melnyk" not in tholey.get(f"{address}/abgelehnt.csv").data.decode("utf-8-sig")


def test_possible_duplicates_are_shown_and_can_be_left_out(as_user) -> None:
    bring({"FAMILY_NAME": "Mohammed", "MUNICIPALITY": "Freisen", "POSTCODE": "66629"}, OKSANA)
    tholey = as_user("tholey")
    spelled = {"FAMILY_NAME": "Muhammad", "BAMF_REFERENCE": ""}
    address, preview = _staged(tholey, spelled, {**OKSANA, "GIVEN_NAME": "Oxana"}, OMAR, {**OMAR, "BAMF_REFERENCE": ""})
    stored = preview.select_one("#stored-title").parent.text
    assert "ähnlich wie Fall SWD-2026-00001. Einzelheiten nur dort: Gemeinde Freisen" in stored
    assert "Vorname anders geschrieben" in stored, "reasons for an own resident"
    assert "Mohammed" not in preview.text and "Oksana" not in preview.text
    assert "Hamdan, Omar" in preview.select_one("#pairs-title").parent.text
    numbers = [box["value"] for box in preview.select("[name=left_out]")]
    _confirm(tholey, address, preview, left_out=numbers)
    assert _figures(tholey.soup(address)) == ["4", "1", "0", "3", "0"]


def test_the_coordination_imports_the_whole_county_and_sees_no_case(as_user) -> None:
    koordination = as_user("koordination")
    address, preview = _staged(koordination, {}, {**OKSANA, "MUNICIPALITY": "Freisen", "POSTCODE": "66629"})
    assert "Eine Person erfassen" not in koordination.soup("/ankuenfte/").text
    _confirm(koordination, address, preview)
    assert koordination.soup(address).select("#new-title") == []
    assert {case.municipality.key for case in Case.select()} == {"tholey", "freisen"}
    assert not koordination.soup(address).select("a[href^='/faelle']")


def test_a_list_can_be_discarded(as_user) -> None:
    tholey = as_user("tholey")
    address, preview = _staged(tholey, {})
    version = preview.select_one("#discard-form [name=version]")["value"]
    assert tholey.post(f"{address}/verwerfen", {"version": version}).location == "/ankuenfte/"
    assert ImportBatch.get().content is None
    assert "Verworfen" in tholey.soup(address).text
    assert _confirm(tholey, address, preview).status_code == 409
    assert tholey.get(f"{address}/abgelehnt.csv").status_code == 404
    assert Person.select().count() == 0


def test_only_the_own_organisation_sees_a_list(as_user, people) -> None:
    batch = stage_list(csv_of({}, BAD), "liste.csv", actor=people("tholey"), now=NOW)
    address = f"/ankuenfte/{batch.id}"
    freisen = as_user("freisen")
    assert freisen.get(address).status_code == 404
    assert freisen.get(f"{address}/abgelehnt.csv").status_code == 404
    assert freisen.post(f"{address}/einlesen", {"version": 1}).status_code == 404
    assert freisen.post(f"{address}/verwerfen", {"version": 1}).status_code == 404
    assert as_user("agentur").get(address).status_code == 403
    assert "/ankuenfte/" + str(batch.id) not in str(freisen.soup("/ankuenfte/"))


@pytest.mark.parametrize("as_htmx", [False, True])
def test_what_is_no_list_is_refused_beside_the_field(as_user, as_htmx: bool) -> None:
    tholey = as_user("tholey")
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if as_htmx else {}
    data = {"csrf_token": tholey.token(), "file": (io.BytesIO(b"%PDF-1.7"), "liste.pdf")}
    answer = tholey.open("/ankuenfte/", method="POST", data=data, headers=headers, content_type="multipart/form-data")
    soup = BeautifulSoup(answer.data, "html.parser")
    assert answer.status_code == 422
    assert "Das ist eine PDF-Datei" in soup.select_one("#file-error").text
    assert (soup.select_one("html") is None) == as_htmx
    assert tholey.post("/ankuenfte/", {}).status_code == 422
    assert ImportBatch.select().count() == 0


def test_old_lists_lose_their_content(as_user, people) -> None:
    tholey = as_user("tholey")
    ImportBatch.insert(
        organisation=people("tholey").organisation_id, account=people("tholey").account_id, state="staged",
        format="csv", content=csv_of({}), created_at="2026-01-01T00:00:00.000000Z",
    ).execute()  # fmt: skip
    _staged(tholey, OMAR)
    old = ImportBatch.select().order_by(ImportBatch.id).first()
    assert (old.state, old.content) == ("discarded", None)
