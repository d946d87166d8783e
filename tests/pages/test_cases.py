"""List, search and page of the case: who may open what, and what each role sees there."""

import re
from datetime import date, timedelta

import pytest

from blueprints.shared import access
from models.base import db
from models.operations.ledger import record
from models.rules.roles import SYSTEM
from models.rules.states import ConsentState
from models.rules.times import stamp
from models.tables import Answer, Case, CaseStage, Event, Handover, Household, ResidenceRecord
from tests.cast import make_case as stored_case
from tests.cast import renew
from tests.handover_cast import draft
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import AZR, case_again, coached, soup_of, taken_over, text_of


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


PATHS = ("", "/aufenthalt", "/verlauf", "/bescheid", "/wechsel", "/erstkontakt", "/coach-melden", "/coaching-beenden",
         "/abschliessen")  # fmt: skip
# a stranger gets 404, a colleague without the right 403; roles without cases are refused before anything is looked up
OPENS = {
    "agentur":      (200, 200, 200, 200, 200, 200, 403, 403, 200),
    "tholey":       (200, 200, 403, 200, 403, 403, 200, 403, 403),
    "asyl":         (200, 200, 403, 403, 403, 403, 403, 403, 403),
    "freisen":      (404, 404, 404, 404, 403, 404, 404, 403, 403),
    "jobcenter":    (404, 404, 404, 404, 403, 404, 403, 403, 404),
    "coach":        (404, 404, 404, 404, 403, 404, 403, 404, 403),
    "koordination": (403,) * 9,
}  # fmt: skip


def test_who_may_open_what(as_user, make_case):
    case = make_case()
    found = {}
    for who in OPENS:
        client = as_user(who)
        found[who] = tuple(client.get(f"/faelle/{case.number}{path}").status_code for path in PATHS)
    assert found == OPENS


def test_the_jobcenter_does_not_open_a_case_that_is_only_sent(as_user, make_case):
    case, client = make_case(), as_user("jobcenter")
    draft(case, state="sent", sent_at=stamp(NOW))
    assert client.get(f"/faelle/{case.number}").status_code == 404
    assert client.get("/faelle/SWD-2026-99999").status_code == 404


def test_the_page_of_a_case(as_user, make_case):
    case = make_case(family_name="Öztürk", given_name="Sévda")
    page = as_user("agentur").soup(f"/faelle/{case.number}")
    assert page.h1.text == "Öztürk, Sévda"
    facts = {
        dt.text: dd.text for dt, dd in zip(page.select(".case-facts dt"), page.select(".case-facts dd"), strict=True)
    }
    assert facts["geb."] == "14.03.1994"
    assert facts["Staatsangehörigkeit"] == "Afghanistan"
    assert facts["Verständigung"] == "Dari · Dolmetschen nicht geklärt"
    assert facts["Gemeinde"] == "Tholey"
    assert [a.text for a in page.select(".stages a")] == ["1 Aufnahme", "2 Beratung", "3 Kurszuweisung", "4 Übergabe"]
    assert len(page.select(".kern-btn--primary")) == 1


def test_each_list_has_an_address(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    for word in ("aufnahme", "beratung", "kurszuweisung", "uebergabe"):
        page = client.soup(f"/faelle/{case.number}?liste={word}")
        assert page.select_one(".stages [aria-current=step]")["href"].endswith(word)
    assert client.get(f"/faelle/{case.number}?liste=x").status_code == 404


def test_no_heading_but_a_name_holds_a_comma(as_user, make_case):
    client, case = as_user("agentur"), make_case()
    for path in ("/faelle/", f"/faelle/{case.number}/bescheid"):
        heading = client.soup(path).h1.text
        assert ("," in heading) is (heading == "Rahimi, Samira")
    assert "," not in soup_of(client.post("/faelle/suche", {"q": "Rahimi"})).h1.text


def test_people_of_the_jobcenter_from_the_start_have_no_fourth_stage(as_user, make_case):
    case = make_case(sphere="S2")
    assert "entfällt: von Anfang an SGB II" in text_of(as_user("jobcenter").get(f"/faelle/{case.number}"))


def test_before_the_consent_the_coach_has_the_contact_line_alone(as_user):
    case = coached()
    client = as_user("coach")
    response = client.get(f"/faelle/{case.number}")
    text = text_of(response)
    for shown in ("Rahimi, Samira", "Tholey", "Dari", "0151 9184876", "23.11.2026"):
        assert shown in text
    for hidden in (AZR, "14.03.1994", "Afghanistan", "Zuständigkeit", "Verlauf"):
        assert hidden not in response.get_data(as_text=True)
    assert client.get(f"/faelle/{case.number}/bescheid").status_code == 403
    assert client.get(f"/faelle/{case.number}/aufenthalt").status_code == 403


def test_with_the_consent_the_coach_still_sees_no_number_of_the_register(as_user):
    case = coached(ConsentState.GRANTED)
    ResidenceRecord.create(
        person=case.person_id, code="AGS", valid_to=date(2026, 12, 1), work_note="ET3", recorded_at=stamp(NOW)
    )
    client = as_user("coach")
    addresses = ["/faelle/", f"/faelle/{case.number}", f"/faelle/{case.number}/bescheid"]
    addresses += [f"/faelle/{case.number}?liste={word}" for word in ("aufnahme", "uebergabe", "coach")]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert AZR not in response.get_data(as_text=True), address
        assert "14.03.1994" not in response.get_data(as_text=True), address
    assert "Aufenthaltsgestattung läuft ab" in text_of(client.get(f"/faelle/{case.number}"))


def test_how_far_lists_of_others_are_is_not_told_to_the_coach(as_user):
    case = coached(ConsentState.GRANTED)
    CaseStage.update(state="finished", finished_on=TODAY).where(CaseStage.case == case.id).execute()
    page = as_user("coach").soup(f"/faelle/{case.number}")
    stages = [stage.text for stage in page.select(".stage") if "coach" not in stage.text]
    assert stages
    assert not any("abgeschlossen" in stage for stage in stages)


def test_a_municipality_sees_how_far_but_not_what_was_counselled(as_user, make_case):
    case = make_case()
    Answer.create(case=case.id, item="B14", values={"strengths": "geduldig"}, state="done", answered_at=stamp(NOW))
    client = as_user("tholey")
    page = client.soup(f"/faelle/{case.number}")
    assert "2 Beratung" in page.select_one(".stages").text
    assert not page.select_one(".stages a[href$=beratung]")
    assert "geduldig" not in client.get(f"/faelle/{case.number}?liste=beratung").get_data(as_text=True)
    assert "Agentur für Arbeit Saarland" in page.select_one(".aside").text


def test_the_benefit_unit_learns_the_day_and_nothing_else_of_a_handover(as_user, make_case):
    case = make_case()
    draft(case, override_reason="geheime Begründung")
    text = as_user("asyl").soup(f"/faelle/{case.number}").main.text
    assert "AsylbLG voraussichtlich bis 30.11.2026" in text
    for hidden in ("geheime", "Flüchtlingseigenschaft", "Zuständigkeit", "Beratung"):
        assert hidden not in text


def test_after_acceptance_the_agentur_keeps_head_and_state(as_user):
    case = taken_over()
    Answer.create(
        case=case.id, item="U21", values={"team": "Team Mitte"}, state="done", holder="jobcenter",
        organisation=case.responsible_id, answered_at=stamp(NOW),
    )  # fmt: skip
    response = as_user("agentur").get(f"/faelle/{case.number}")
    text = text_of(response)
    assert "Übergeben: Das Jobcenter ist seit 23.11.2026 zuständig" in text
    assert "23.11.2027" in text
    for hidden in ("Afghanistan", "Team Mitte", "Zuständigkeit"):
        assert hidden not in text


def test_after_acceptance_the_jobcenter_reads_the_head_from_the_sheet(as_user):
    case = taken_over()
    case.person.family_name = "Später-Geändert"
    type(case.person).update(family_name="Später-Geändert").where(type(case.person).id == case.person_id).execute()
    page = as_user("jobcenter").soup(f"/faelle/{case.number}")
    assert page.h1.text == "Rahimi, Samira"
    assert "Später" not in page.get_text()
    assert "Afghanistan" in page.select_one(".case-facts").text


def test_neither_side_reads_the_others_history_after_acceptance(as_user, people):
    case = taken_over()
    with db.atomic():
        for who, reason in (("agentur", "Grund der Agentur"), ("jobcenter", "Grund des Jobcenters")):
            record(people(who), "case.reopened", {"reason": reason}, now=NOW, case_id=case.id)
    for who, own, others in (
        ("agentur", "Grund der Agentur", "Grund des Jobcenters"),
        ("jobcenter", "Grund des Jobcenters", "Grund der Agentur"),
    ):
        client = as_user(who)
        for address in (f"/faelle/{case.number}", f"/faelle/{case.number}/verlauf"):
            text = text_of(client.get(address))
            assert own in text, (who, address)
            assert others not in text, (who, address)


def test_the_history_tells_what_happened_and_can_be_narrowed(as_user, make_case, people):
    case = make_case()
    with db.atomic():
        record(
            people("agentur"), "decision.recorded", {"code": "GFK", "served_on": "2026-11-14"}, now=NOW, case_id=case.id
        )
        record(people("tholey"), "coach.reported", {"on": "2026-11-23"}, now=NOW, case_id=case.id)
    client = as_user("agentur")
    text = text_of(client.get(f"/faelle/{case.number}/verlauf"))
    assert "Zustellung des Bescheids erfasst: Flüchtlingseigenschaft, zugestellt am 14.11.2026" in text
    assert "23.11.2026, 10:12" in text
    narrowed = text_of(client.get(f"/faelle/{case.number}/verlauf?art=papiere"))
    assert "Zustellung des Bescheids" in narrowed
    assert "An den Beschäftigungscoach gemeldet" not in narrowed


def test_the_agentur_does_not_read_the_coachs_list_in_the_history(as_user, make_case, people):
    case = make_case()
    data = {"item": "C23", "list": "coach", "after": {"state": "done", "values": {"text": "vertraulich"}}}
    with db.atomic():
        record(people("coach"), "answer.saved", data, now=NOW, case_id=case.id)
    assert "vertraulich" not in text_of(as_user("agentur").get(f"/faelle/{case.number}/verlauf"))


def _names(page):
    return [a.text for a in page.select(".case-table td:first-child a")]


def test_the_list_is_in_order_of_names_and_paged(as_user, make_case):
    for name in ("Zaki", "Öztürk", "al-Masri", "Rahimi"):
        make_case(family_name=name)
    for number in range(23):
        make_case(family_name=f"Yusuf {number:02}")
    client = as_user("agentur")
    first, second = client.soup("/faelle/"), client.soup("/faelle/?seite=2")
    assert _names(first)[:3] == ["al-Masri, Samira", "Öztürk, Samira", "Rahimi, Samira"]
    assert len(_names(first)) == 25
    assert _names(second) == ["Yusuf 22, Samira", "Zaki, Samira"]
    assert first.select_one("a[rel=next]")
    assert not second.select_one("a[rel=next]")


def test_filters_narrow_the_list_and_stay_in_the_address(as_user, make_case):
    make_case(given_name="Neu")
    make_case(given_name="Bekannt", changes={"first_contact_on": TODAY})
    make_case(given_name="Freisen", municipality="freisen", changes={"first_contact_on": TODAY})
    make_case(given_name="Fertig", changes={"state": "closed", "outcome": "work", "outcome_on": TODAY})
    client = as_user("agentur")
    assert _names(client.soup("/faelle/?kontakt=neu")) == ["Rahimi, Neu"]
    assert _names(client.soup("/faelle/?gemeinde=freisen")) == ["Rahimi, Freisen"]
    assert _names(client.soup("/faelle/?stand=abgeschlossen")) == ["Rahimi, Fertig"]
    assert len(_names(client.soup("/faelle/?stand=alle"))) == 4
    page = client.soup("/faelle/?gemeinde=freisen&stand=alle")
    assert page.select_one("#filter-gemeinde option[selected]")["value"] == "freisen"


def test_the_coachs_list_is_the_contact_line(as_user):
    coached()
    response = as_user("coach").get("/faelle/")
    text = text_of(response)
    assert "0151 9184876" in text
    assert "noch nicht gefragt" in text
    for hidden in (AZR, "14.03.1994", "Agentur für Arbeit", "Aufnahme"):
        assert hidden not in text


def test_search_says_why_and_leads_an_exact_number_to_the_case(as_user, make_case):
    case = make_case()
    make_case(family_name="Karimi", given_name="Laila")
    client = as_user("agentur")
    page = soup_of(client.post("/faelle/suche", {"q": "Samira Rahemi"}))
    assert _names(page) == ["Rahimi, Samira"]
    assert "Name ähnlich: Rahimi, Samira" in page.text
    assert client.post("/faelle/suche", {"q": str(int(case.number[-5:]))}).location == f"/faelle/{case.number}"
    response = client.post("/faelle/suche", {"q": case.number.lower()})
    assert (response.status_code, response.headers["Location"]) == (303, f"/faelle/{case.number}")
    assert "Kein Treffer" in text_of(client.post("/faelle/suche", {"q": "Schmidt"}))
    assert "mindestens zwei Buchstaben" in text_of(client.post("/faelle/suche", {"q": " "}))


def test_search_stays_within_the_scope_and_a_coach_finds_no_birth_dates(as_user, make_case):
    make_case()
    coached(given_name="Laila")
    stranger, coach = as_user("freisen"), as_user("coach")
    assert "Kein Treffer" in text_of(stranger.post("/faelle/suche", {"q": "Rahimi"}))
    assert _names(soup_of(coach.post("/faelle/suche", {"q": "Rahimi"}))) == ["Rahimi, Laila"]
    dated = coach.post("/faelle/suche", {"q": "14.03.1994"})
    assert not _names(soup_of(dated))
    assert "Nach dem Geburtsdatum können Sie nicht suchen" in text_of(dated)


def test_a_search_never_finds_the_number_of_the_register(as_user, make_case):
    make_case(azr_number=AZR)
    assert not _names(soup_of(as_user("agentur").post("/faelle/suche", {"q": AZR})))


def test_the_alert_names_day_basis_application_and_what_is_missing(as_user, make_case):
    case = make_case()
    draft(case)
    text = text_of(as_user("agentur").get(f"/faelle/{case.number}"))
    assert "Rechtskreiswechsel voraussichtlich zum 01.12.2026" in text
    assert "BAMF-Bescheid zugestellt am 14.11.2026: Flüchtlingseigenschaft." in text
    assert "Vorschlag nach § 1 Abs. 3 Satz 1 AsylbLG" in text
    assert "Antrag SGB II spätestens am 31.12.2026." in text
    assert re.search(r"\d+ Angaben fehlen noch für den Übergabebogen\. Fehlende Angaben ansehen", text)
    assert "Übergabe an das Jobcenter 23.11.2026 heute" in text
    assert "fällig bis 23.11.2026" in text
    assert "voraussichtlich ab 01.12.2026: SGB II · Jobcenter" in text


def test_an_override_is_shown_beside_the_proposal(as_user, make_case):
    case = make_case()
    draft(case, change_on=date(2027, 1, 1), override_reason="mit dem Jobcenter vereinbart")
    text = text_of(as_user("agentur").get(f"/faelle/{case.number}"))
    assert "Vorschlag war der 01.12.2026; abweichend: mit dem Jobcenter vereinbart." in text


def test_differing_days_in_a_household_are_warned_about(as_user, make_case):
    household = Household.create(created_at=stamp(NOW))
    case, other = make_case(household=household), make_case(household=household, given_name="Karim")
    draft(case)
    draft(other, reference=f"{other.number}-1", change_on=date(2027, 1, 1))
    text = text_of(as_user("agentur").get(f"/faelle/{case.number}"))
    assert "Im Haushalt gelten verschiedene Termine" in text
    assert "Rahimi, Karim: Wechsel zum 01.01.2027." in text
    assert Handover.get(Handover.case == case.id).change_on == date(2026, 12, 1)


def test_pages_cost_the_same_number_of_queries_however_much_they_show(as_user, make_case, statements_of):
    case, client = make_case(), as_user("agentur")
    draft(case)
    addresses = ("/faelle/", f"/faelle/{case.number}", f"/faelle/{case.number}/aufenthalt")
    for _turn in range(2):  # code lists and definitions are read once a process
        few = [statements_of(client, address) for address in addresses]
    for number in range(12):
        other = stored_case(family_name=f"Yusuf {number}")
        draft(other, reference=f"{other.number}-1")
        ResidenceRecord.create(person=case.person_id, code="AGS", valid_to=date(2027, 1, 1), recorded_at=stamp(NOW))
        with db.atomic():
            record(SYSTEM, "coach.reported", {}, now=NOW, case_id=case.id)
    for item, values in (("B14", {"strengths": "x"}), ("A02", {"arrived_on": "2026-05-01"}), ("B05", {})):
        Answer.create(case=case.id, item=item, values=values, state="done", answered_at=stamp(NOW))
    many = [statements_of(client, address) for address in addresses]
    assert list(map(len, many)) == list(map(len, few)), set(many[1]) ^ set(few[1])


def test_reading_a_case_changes_no_record(as_user, make_case):
    case = make_case()
    before = (Event.select().count(), case_again(case).version, case_again(case).changed_at)
    client = as_user("agentur")
    logins = Event.select().count() - before[0]
    for path in PATHS[:6]:
        client.get(f"/faelle/{case.number}{path}")
    after = Case.get_by_id(case.id)
    assert (Event.select().count() - logins, after.version, after.changed_at) == before


def test_a_deadline_in_the_list_says_how_far_it_is(as_user, make_case):
    case = make_case()
    draft(case, due_on=TODAY + timedelta(days=8))
    renew(case)
    assert "Übergabe an das Jobcenter 01.12.2026 in 8 Tagen" in text_of(as_user("agentur").get("/faelle/"))
