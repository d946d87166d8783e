"""Recording papers and services, setting another day, contact line, closing: through the pages, with their errors."""

import json
from datetime import UTC, date, datetime
from functools import partial

import pytest

from blueprints.shared import access
from models.rules.states import ConsentState
from models.tables import AsylumDecision, Case, Handover, ResidenceRecord
from tests.conftest import ROOT
from tests.handover_cast import draft
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import case_again, coached, soup_of, taken_over, text_of, version_of

LAW_CASES = json.loads((ROOT / "tests" / "rules" / "law" / "law_cases.json").read_text("utf-8"))["cases"]
SERVED = [
    row
    for row in LAW_CASES
    if row["rule"] == "legal_sphere"
    and row["facts"].get("decision")
    and row["id"] in ("S01", "S03", "S05", "S11", "S23")
]


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _german(text):
    return date.fromisoformat(text).strftime("%d.%m.%Y")


def _serve(client, case, **typed):
    data = (
        version_of(case) | {"code": "GFK", "served_on": "14.11.2026", "decided_on": "", "action_pending": "no"} | typed
    )
    return client.post(f"/faelle/{case.number}/bescheid", data)


def test_the_clients_table_through_the_page(as_user, make_case, monkeypatch):
    for row in SERVED:
        year = max(2026, date.fromisoformat(row["facts"]["served"]).year)
        monkeypatch.setattr(access, "now", partial(datetime, year, 12, 31, 9, 0, tzinfo=UTC))
        case = make_case(date_of_birth=date.fromisoformat(row["facts"]["born"]))
        _check_row(as_user("agentur"), case, row["facts"], row["expected"])


def _check_row(client, case, facts, expected):
    response = _serve(client, case, code=facts["decision"], served_on=_german(facts["served"]))
    assert (response.status_code, response.headers["Location"]) == (303, f"/faelle/{case.number}/folge?getan=erfasst")
    text = text_of(client.get(response.headers["Location"]))
    if expected["result"] == "change":
        for key in ("asylblg_until", "sgb2_from", "application_latest"):
            assert _german(expected[key]) in text
        assert "Vorschlag nach § 1 Abs. 3 AsylbLG" in text
        assert f"Übergabe {case.number}-1: Entwurf" in text
    else:
        assert not Handover.select().where(Handover.case == case.id).exists()
        assert "Grundlage: §" in text


def test_a_double_click_records_once_and_says_so(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    seen = version_of(case)
    assert _serve(client, case, **seen).status_code == 303
    again = _serve(client, case, **seen)
    assert again.status_code == 409
    assert "inzwischen geändert" in text_of(again)
    assert soup_of(again).select_one("[name=served_on]")["value"] == "14.11.2026"
    assert soup_of(again).select_one("#decision-form [name=version]")["value"] == str(version_of(case)["version"])
    assert AsylumDecision.select().count() == Handover.select().count() == 1


WRONG = (
    ({"served_on": ""}, "Der Tag der Zustellung fehlt"),
    ({"served_on": "31.02.2026"}, "Bitte ein Datum wie 22.11.2026 eingeben."),
    ({"served_on": "gestern"}, "Bitte ein Datum wie 22.11.2026 eingeben."),
    ({"served_on": "24.11.2026"}, "Das Datum liegt in der Zukunft."),
    ({"served_on": "01.11.2026", "decided_on": "02.11.2026"}, "Die Zustellung liegt vor dem Bescheid."),
    ({"code": ""}, "Bitte ausfüllen."),
    ({"code": "XYZ"}, "Keine gültige Auswahl."),
)


def test_a_wrong_service_is_named_and_changes_nothing(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    for typed, said in WRONG:
        response = _serve(client, case, **typed)
        assert response.status_code == 422
        page = soup_of(response)
        assert page.title.text.startswith("Fehler:")
        assert page.select_one("#error-summary[autofocus]")
        assert said in page.select_one("#error-summary").text, typed
        assert page.select_one("[name=served_on]")["value"] == typed.get("served_on", "14.11.2026")
    assert not AsylumDecision.select().exists()
    assert case_again(case).version == case.version


def test_municipality_and_coach_record_a_service_for_the_agentur(as_user):
    case = coached(ConsentState.GRANTED)
    for who in ("tholey", "coach"):
        response = _serve(as_user(who), case)
        assert (response.status_code, response.headers["Location"]) == (303, f"/faelle/{case.number}?getan=bescheid")
        assert "Die Agentur für Arbeit ist am Zug" in text_of(as_user(who).get(response.headers["Location"]))
    assert Handover.get().change_on == date(2026, 12, 1)
    assert {row.organisation.key for row in AsylumDecision.select()} == {"tholey", "coach"}
    assert as_user("tholey").get(f"/faelle/{case.number}/folge").status_code == 404


def test_who_may_not_record_a_service(as_user):
    case = coached()
    found = {who: _serve(as_user(who), case).status_code for who in ("asyl", "coach", "freisen")}
    assert found == {"asyl": 403, "coach": 403, "freisen": 404}
    assert not AsylumDecision.select().exists()


def test_after_acceptance_nobody_records_a_service_here(as_user):
    case = taken_over()
    for who in ("agentur", "jobcenter"):
        assert _serve(as_user(who), case).status_code == 403


def test_a_decision_is_struck_out_with_a_reason(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    _serve(client, case)
    address = f"/faelle/{case.number}/bescheid/{AsylumDecision.get().id}/streichen"
    assert client.post(address, version_of(case) | {"reason": " "}).status_code == 422
    assert AsylumDecision.get().voided_at is None
    assert client.get(address).status_code == 200
    response = client.post(address, version_of(case) | {"reason": "andere Person"})
    assert response.status_code == 303
    text = text_of(client.get(response.headers["Location"]))
    assert "gestrichen" in text
    assert "andere Person" in text
    assert Handover.get().state == "withdrawn"


def test_papers_are_added_and_struck_out(as_user, make_case):
    case, client = make_case(), as_user("tholey")
    address = f"/faelle/{case.number}/aufenthalt"
    paper = {
        "code": "AGS", "valid_from": "01.06.2026", "valid_to": "14.01.2027", "granted_on": "01.06.2026",
        "issued_by": "Zentrale Ausländerbehörde", "work_note": "ET3", "residence_condition": "ASYLUM",
        "residence_condition_until": "", "seen_on": "20.11.2026",
    }  # fmt: skip
    assert client.post(address, version_of(case) | paper).status_code == 303
    text = text_of(client.get(address))
    for shown in ("Aufenthaltsgestattung", "14.01.2027", "Zentrale Ausländerbehörde", "gesehen am 20.11.2026"):
        assert shown in text
    wrong = client.post(address, version_of(case) | paper | {"valid_to": "01.05.2026"})
    assert wrong.status_code == 422
    assert "Das Papier endet vor seinem Beginn." in text_of(wrong)
    assert ResidenceRecord.select().count() == 1
    strike = f"{address}/{ResidenceRecord.get().id}/streichen"
    assert client.post(strike, version_of(case) | {"reason": "Zahlendreher"}).status_code == 303
    assert "Zahlendreher" in text_of(client.get(address))


def test_a_paper_of_somebody_else_is_not_struck_out_here(as_user, make_case):
    case, other = make_case(), make_case(given_name="Karim")
    paper = ResidenceRecord.create(person=other.person_id, code="AGS", recorded_at="2026-11-23T09:12:00.000000Z")
    address = f"/faelle/{case.number}/aufenthalt/{paper.id}/streichen"
    assert as_user("agentur").post(address, version_of(case) | {"reason": "falsch"}).status_code == 404
    assert ResidenceRecord.get().voided_at is None


def test_the_benefit_unit_reads_papers_and_adds_none(as_user, make_case):
    case, client = make_case(), as_user("asyl")
    page = client.soup(f"/faelle/{case.number}/aufenthalt")
    assert not page.select("#paper-form")
    response = client.post(f"/faelle/{case.number}/aufenthalt", version_of(case) | {"code": "AGS"})
    assert response.status_code == 403


def test_another_day_needs_a_reason(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    draft(case)
    address = f"/faelle/{case.number}/wechsel"
    refused = client.post(address, version_of(case) | {"change_on": "01.01.2027", "reason": ""})
    assert refused.status_code == 422
    assert "Begründen Sie" in text_of(refused)
    odd = client.post(address, version_of(case) | {"change_on": "15.01.2027", "reason": "so vereinbart"})
    assert "Ersten eines Monats" in text_of(odd)
    assert Handover.get().change_on == date(2026, 12, 1)
    done = client.post(address, version_of(case) | {"change_on": "01.01.2027", "reason": "so vereinbart"})
    assert done.status_code == 303
    assert (Handover.get().change_on, Handover.get().proposed_on) == (date(2027, 1, 1), date(2026, 12, 1))


def test_a_handover_can_be_begun_where_the_facts_came_together_later(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    AsylumDecision.create(
        person=case.person_id, code="GFK", served_on=date(2026, 11, 14), recorded_at="2026-11-20T09:12:00.000000Z"
    )
    Case.update(first_contact_on=TODAY).where(Case.id == case.id).execute()
    button = client.soup(f"/faelle/{case.number}").select_one("#next-step")
    assert button.text == "Übergabe anlegen"
    address = f"/faelle/{case.number}/uebergabe-anlegen"
    assert client.post(address, version_of(case)).headers["Location"].endswith("getan=entwurf")
    assert client.soup(f"/faelle/{case.number}").select_one("#next-step").text == "Übergabe vorbereiten"
    assert client.get(f"/faelle/{case.number}/uebergabe").headers["Location"] == f"/uebergaben/{case.number}-1"


def test_the_first_contact_takes_the_case_out_of_the_new_ones(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    assert "neu, noch kein Kontakt" in client.soup("/faelle/").select_one(".case-table").text
    address = f"/faelle/{case.number}/erstkontakt"
    assert client.post(address, version_of(case) | {"contact_on": "24.11.2026"}).status_code == 422
    assert client.post(address, version_of(case) | {"contact_on": "23.11.2026"}).status_code == 303
    assert "neu, noch kein Kontakt" not in client.soup("/faelle/").select_one(".case-table").text


def test_the_municipality_shows_what_the_coach_will_see_and_reports(as_user, make_case):
    case, client = make_case(phone="0151 9184876"), as_user("tholey")
    address = f"/faelle/{case.number}/coach-melden"
    text = text_of(client.get(address))
    for shown in ("0151 9184876", "Dari", "Tholey", "23.11.2026"):
        assert shown in text
    seen = version_of(case)
    assert client.post(address, seen).status_code == 303
    assert client.post(address, seen).status_code == 409
    assert case_again(case).coach_reported_on == TODAY
    assert as_user("coach").get(f"/faelle/{case.number}").status_code == 200


def test_the_coach_ends_the_coaching_and_sees_the_case_no_more(as_user):
    case, client = coached(), as_user("coach")
    address = f"/faelle/{case.number}/coaching-beenden"
    assert client.post(address, version_of(case) | {"ended_on": "01.01.2020"}).status_code == 422
    response = client.post(address, version_of(case) | {"ended_on": "23.11.2026"})
    assert (response.status_code, response.headers["Location"]) == (303, "/faelle/")
    assert client.get(f"/faelle/{case.number}").status_code == 404


def test_a_case_closes_with_an_outcome_and_opens_with_a_reason(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    address = f"/faelle/{case.number}/abschliessen"
    assert client.post(address, version_of(case) | {"outcome": "", "outcome_on": "23.11.2026"}).status_code == 422
    closing = version_of(case) | {"outcome": "work", "outcome_on": "20.11.2026", "note": "Bäckerei"}
    assert client.post(address, closing).status_code == 303
    text = text_of(client.get(f"/faelle/{case.number}"))
    assert "Fall abgeschlossen: in Arbeit" in text
    assert "Der Fall ist abgeschlossen." in text
    assert client.get(f"/faelle/{case.number}/bescheid").status_code == 422
    assert client.post(address, closing).status_code == 409
    again = f"/faelle/{case.number}/wiedereroeffnen"
    assert client.post(again, version_of(case) | {"reason": ""}).status_code == 422
    assert client.post(again, version_of(case) | {"reason": "Kündigung"}).status_code == 303
    assert case_again(case).state == "open"


def test_typed_text_comes_back_escaped(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    draft(case)
    data = version_of(case) | {"change_on": "15.01.2027", "reason": "<script>alert(1)</script>"}
    response = client.post(f"/faelle/{case.number}/wechsel", data)
    assert "<script>alert" not in response.get_data(as_text=True)
    assert soup_of(response).select_one("[name=reason]").text == "<script>alert(1)</script>"
