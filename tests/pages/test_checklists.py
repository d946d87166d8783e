"""Items answered in place and by plain POST, conflicts, finished lists, the coach's list on paper."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from blueprints.checklists import kept
from models.rules.times import stamp
from models.tables import Answer, Case, CaseStage, Event, Person, ResidenceRecord
from tests.moments import NOW, TODAY

ADDRESS = "/faelle/{case.number}/punkte/{code}"


def post(client: Any, case: Case, code: str, data: dict[str, Any], *, htmx: bool = False) -> Any:
    address = ADDRESS.format(case=case, code=code)
    return client.htmx(address, data) if htmx else client.post(address, data)


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def test_the_list_offers_each_item_in_the_way_it_is_answered(as_user, make_case):
    page = as_user("tholey").soup(f"/faelle/{make_case().number}?liste=aufnahme")
    assert page.select_one("#liste-titel").text == "Aufnahme"
    assert page.select_one("#form-A03 [name=recorded]")["value"] == "yes", "a tick is one click"
    assert page.select_one("#antwort-A01-0 #A01-received_on"), "a short form stands in the list"
    assert not page.select("#A13-mother_tongue"), "a long one is loaded when it is wanted"
    assert page.select_one("#oeffnen-A13")["href"].endswith("/punkte/A13")
    assert "liefert: Agentur für Arbeit oder Beschäftigungscoach" in page.select_one("#punkt-A21").text
    assert page.select_one("#punkt-A01 .who").text == "offen"


def test_no_template_is_compiled_for_the_rows_of_a_list(app, as_user, make_case, monkeypatch):
    client, address = as_user("tholey"), f"/faelle/{make_case().number}?liste=aufnahme"
    client.soup(address)
    kept._kept.clear()
    monkeypatch.setattr(app.jinja_env, "compile", None)
    assert len(client.soup(address).select(".checklist__items > .item")) > 10


def test_htmx_gets_the_item_the_progress_and_what_was_saved(as_user, make_case):
    case = make_case()
    response = post(as_user("tholey"), case, "A09", {"version": 0, "registered_on": "2.11.2026"}, htmx=True)
    assert response.status_code == 200
    part = soup(response)
    assert part.select_one("#punkt-A09 .item__value").text == "02.11.2026"
    assert "Muster Tholey, Gemeinde Tholey" in part.select_one("#punkt-A09").text
    assert part.select_one("#liste-stand")["hx-swap-oob"] == "true"
    assert "2 von 18 Punkten erledigt" in part.select_one("#liste-stand").text
    assert "gespeichert" in part.select_one("#app-status").text
    assert not part.select("html")


def test_the_head_of_the_case_follows_what_was_said_of_the_person(as_user, make_case):
    case = make_case()
    answer = {"version": 1, "mother_tongue": "tir", "understood": "tir", "interpreter": "yes"}
    part = soup(post(as_user("tholey"), case, "A13", answer, htmx=True))
    facts = part.select_one("#case-facts")
    assert facts["hx-swap-oob"] == "true" and "Tigrinya" in facts.text
    assert not soup(
        post(as_user("tholey"), case, "A09", {"version": 0, "registered_on": "2.11.2026"}, htmx=True)
    ).select("#case-facts")


def test_the_whole_list_comes_where_other_items_changed(as_user, make_case):
    case = make_case(children_in_household=0)
    answer = {"version": 1, "adults": "1", "children": "2"}
    response = post(as_user("tholey"), case, "A10", answer, htmx=True)
    assert response.headers["HX-Retarget"] == "#liste"
    assert response.headers["HX-Reswap"] == "outerMorph"
    assert soup(response).select_one("#liste #punkt-A16"), "children in the household need school or day care"


def test_plain_post_goes_back_to_the_item_in_its_list(as_user, make_case):
    case = make_case()
    response = post(as_user("tholey"), case, "A09", {"version": 0, "registered_on": "02.11.2026"})
    assert response.status_code == 303
    assert response.headers["Location"] == f"/faelle/{case.number}?liste=aufnahme#punkt-A09"
    assert Answer.get(Answer.item == "A09").values == {"registered_on": "2026-11-02"}


def test_the_page_of_an_item_says_what_it_is_for(as_user, make_case):
    case = make_case()
    page = as_user("tholey").soup(ADDRESS.format(case=case, code="A09"))
    assert page.select_one("h1").text == "Rahimi, Samira"
    assert "Wozu brauchen wir das?" in page.select_one("main").text
    assert "§ 17 BMG" in page.select_one("main").text
    form = page.select_one("#form-A09")
    assert (form["method"], form["action"]) == ("post", f"/faelle/{case.number}/punkte/A09")


@pytest.mark.parametrize("htmx", [True, False])
def test_wrong_input_stays_and_is_explained_in_german(as_user, make_case, htmx):
    case = make_case()
    response = post(as_user("tholey"), case, "A09", {"version": 0, "registered_on": "31.13.2026"}, htmx=htmx)
    assert response.status_code == 422
    part = soup(response)
    assert part.select_one("#A09-registered_on")["value"] == "31.13.2026"
    assert "TT.MM.JJJJ" in part.select_one("#A09-registered_on-error").text
    assert part.select_one("#fehler-A09 a")["href"] == "#A09-registered_on"
    assert part.select_one("#fehler-A09").has_attr("autofocus")
    assert not Answer.select().exists()


def test_not_applicable_needs_a_reason(as_user, make_case):
    case = make_case()
    response = post(as_user("tholey"), case, "A20", {"version": 0, "not-applicable": "yes"}, htmx=True)
    assert response.status_code == 422
    assert "Begründen Sie" in soup(response).select_one("#A20-not-applicable-reason-error").text
    data = {"version": 0, "not-applicable": "yes", "not-applicable-reason": "nicht gewünscht"}
    shown = soup(post(as_user("tholey"), case, "A20", data, htmx=True)).select_one("#punkt-A20")
    assert shown.select_one(".who").text == "entfällt"
    assert "nicht gewünscht" in shown.text


def test_a_double_click_saves_once(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    data = {"version": 0, "registered_on": "02.11.2026"}
    assert post(client, case, "A09", data, htmx=True).status_code == 200
    assert post(client, case, "A09", data, htmx=True).status_code == 409
    assert Event.select().where(Event.kind == "answer.saved").count() == 1


@pytest.mark.parametrize("version", ["99999999999999999999", "-3", "1"])
def test_a_version_that_nobody_has_seen_is_outdated(as_user, make_case, version):
    case = make_case()
    response = post(as_user("tholey"), case, "A09", {"version": version, "registered_on": "02.11.2026"}, htmx=True)
    assert response.status_code == 409
    if version != "1":
        assert post(as_user("tholey"), case, "A12", {"version": version, "phone": "1"}, htmx=True).status_code == 409
    assert not Answer.select().exists()


@pytest.mark.parametrize("htmx", [True, False])
def test_two_tabs_see_both_values_and_decide(as_user, make_case, htmx):
    case, client = make_case(), as_user("tholey")
    post(client, case, "A09", {"version": 0, "registered_on": "02.11.2026"})
    response = post(client, case, "A09", {"version": 0, "registered_on": "03.11.2026"}, htmx=htmx)
    assert response.status_code == 409
    part = soup(response)
    both = part.select_one("#konflikt-A09 .app-conflict").text
    assert "03.11.2026" in both and "02.11.2026" in both
    kept = {field["name"]: field["value"] for field in part.select("#form-A09 input[type=hidden]")}
    assert part.select_one("#ueberschreiben-A09").text.strip() == "Meine Angabe speichern"
    assert part.select_one("#zu-A09").text == "Andere behalten"
    assert Answer.get(Answer.item == "A09").values == {"registered_on": "2026-11-02"}
    again = post(client, case, "A09", kept, htmx=htmx)
    assert again.status_code in (200, 303)
    assert Answer.get(Answer.item == "A09").values == {"registered_on": "2026-11-03"}


def test_an_answer_can_be_emptied(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    post(client, case, "A09", {"version": 0, "registered_on": "02.11.2026"})
    part = soup(post(client, case, "A09", {"version": 1, "registered_on": "02.11.2026", "clear": "1"}, htmx=True))
    assert part.select_one("#punkt-A09 .who").text == "offen"
    assert Answer.get(Answer.item == "A09").state == "cleared"


def test_a_stranger_gets_404_and_a_colleague_403(as_user, make_case):
    case = make_case()
    address, data = ADDRESS.format(case=case, code="A09"), {"version": 0, "registered_on": "02.11.2026"}
    assert as_user("freisen").get(address).status_code == 404
    assert as_user("freisen").post(address, data).status_code == 404
    assert as_user("agentur").get(address).status_code == 200
    assert as_user("agentur").post(address, data).status_code == 403
    assert as_user("verwaltung").get(address).status_code == 403
    assert as_user("tholey").get(ADDRESS.format(case=case, code="X99")).status_code == 404
    assert not Answer.select().exists()


def test_an_absent_provider_is_spoken_for(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    post(client, case, "K06", {"version": 0, "kind": "AIK"})
    form = soup(client.get(ADDRESS.format(case=case, code="K07")))
    assert form.select_one("#K07-answer-source")["value"] == "lt. Träger"
    response = post(client, case, "K07", {"version": 0, "tested_on": "21.10.2026", "result": "M3"}, htmx=True)
    assert response.status_code == 422
    assert soup(response).select_one("#K07-answer-source-error")
    data = {"version": 0, "tested_on": "21.10.2026", "result": "M3", "fits": "yes", "answer-source": "lt. Träger"}
    assert "lt. Träger" in soup(post(client, case, "K07", data, htmx=True)).select_one("#punkt-K07").text


def test_a_paper_that_was_seen_joins_the_history_of_residence(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    response = post(client, case, "A05", {"version": 0, "paper": "AGS", "valid_to": "14.01.2027"}, htmx=True)
    part = soup(response)
    assert "Aufenthaltsgestattung" in part.select_one("#punkt-A05").text
    assert "aus dem Aufenthaltspapier vom" in part.select_one("#punkt-A05").text
    assert part.select_one("#liste #punkt-A06"), "the paper asks for the day of registration"
    assert part.select_one("#punkt-A05 a[href$='/aufenthalt']")
    refused = post(client, make_case(), "A05", {"version": 0, "paper": "AGS", "valid_to": "14.01.1980"}, htmx=True)
    assert refused.status_code == 422


def test_a_paper_without_its_end_is_asked_for_it(as_user, make_case):
    """The kind of the paper stands elsewhere, so nothing in the form could uncover the field that depends on it."""
    case, client = make_case(), as_user("tholey")
    ResidenceRecord.create(person=case.person_id, code="AGS", recorded_at=stamp(NOW))
    form = soup(client.get(ADDRESS.format(case=case, code="A05")))
    assert not form.select("#A05-paper") and not form.select("[data-when]")
    assert form.select_one("#A05-valid_to") and "nur bei" not in form.select_one("#form-A05").text
    quick = client.soup(f"/faelle/{case.number}/papier/aufnahme/1")
    assert quick.select_one("[name='A05.valid_to']") and not quick.select("[data-when='A05.paper']")
    assert post(client, case, "A05", {"version": 0, "valid_to": "14.01.2027"}).status_code == 303
    item = client.soup(f"/faelle/{case.number}?liste=aufnahme").select_one("#punkt-A05")
    assert "gültig bis: 14.01.2027" in item.text


def test_no_end_is_asked_of_a_person_without_a_paper(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    ResidenceRecord.create(person=case.person_id, code="none", recorded_at=stamp(NOW))
    assert not soup(client.get(ADDRESS.format(case=case, code="A05"))).select("#A05-valid_to")
    assert client.get(f"/faelle/{case.number}/papier/aufnahme/1").status_code == 200


def test_a_list_is_finished_and_opened_again_with_a_reason(as_user, make_case):
    case, client = make_case(changes={"coach_reported_on": TODAY, "coach_consent": "granted"}), as_user("coach")
    stage = CaseStage.get(CaseStage.case == case.id, CaseStage.key == "coach")
    address = f"/faelle/{case.number}/listen/coach"
    refused = client.post(f"{address}/abschliessen", {"version": stage.version})
    assert refused.status_code == 422
    assert "C02 Erstkontakt" in soup(refused).text
    assert as_user("agentur").post(f"{address}/abschliessen", {"version": stage.version}).status_code == 404
    CaseStage.update(state="finished", finished_on=TODAY).where(CaseStage.id == stage.id).execute()
    assert client.post(f"{address}/wiedereroeffnen", {"version": 1, "reason": " "}).status_code == 422
    assert client.post(f"{address}/wiedereroeffnen", {"version": 1, "reason": "Termin neu"}).status_code == 303
    assert client.post(f"{address}/wiedereroeffnen", {"version": 1, "reason": "Termin neu"}).status_code == 409
    assert "Termin neu" in client.soup(f"/faelle/{case.number}?liste=coach").select_one("#liste-stand").text


def test_the_end_of_the_coaching_leads_the_coach_out_of_the_case(as_user, make_case):
    case = make_case(changes={"coach_reported_on": date(2026, 11, 2), "coach_consent": "granted"})
    client = as_user("coach")
    response = post(client, case, "C22", {"version": 0, "ended_on": "20.11.2026"}, htmx=True)
    assert response.headers["HX-Redirect"] == "/faelle/"
    assert client.get(f"/faelle/{case.number}").status_code == 404


def test_values_of_the_person_are_changed_in_her_record(as_user, make_case):
    case = make_case(phone="0160 1")
    client = as_user("tholey")
    form = client.soup(ADDRESS.format(case=case, code="A12")).select_one("#form-A12")
    assert form.select_one("[name=phone]")["value"] == "0160 1"
    seen = form.select_one("[name=version]")["value"]
    data = {"version": seen, "phone": "", "phone-missing": "declined", "email": ""}
    assert post(client, case, "A12", data, htmx=True).status_code == 200
    assert Person.get_by_id(case.person_id).phone == ""
    page = client.soup(f"/faelle/{case.number}?liste=aufnahme")
    assert "keine Angabe gewünscht" in page.select_one("#punkt-A12").text


def test_the_list_says_apart_what_has_no_value(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    page = client.soup(f"/faelle/{case.number}?liste=aufnahme")
    assert not page.select("#liste-ohne-wert")
    post(client, case, "A12", {"version": 0, "phone-missing": "unknown", "email-missing": "unknown"})
    post(client, case, "A20", {"version": 0, "not-applicable": "yes", "not-applicable-reason": "nicht gewünscht"})
    page = client.soup(f"/faelle/{case.number}?liste=aufnahme")
    assert "1 × entfällt" in page.select_one("#liste-ohne-wert").text
