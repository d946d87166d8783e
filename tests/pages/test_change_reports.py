"""Reporting a change through the pages: who sees what at once, what becomes of it, and what is refused."""

from datetime import date

import pytest

from blueprints.shared import access
from models.rules.states import CaseState, Outcome, ReportState
from models.tables import Case, CaseMilestone, CaseTask, ChangeReport, Event, Household, Person
from tests.cast import make_case
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import case_again, coached, office, soup_of, text_of, version_of

ADDRESS = {"on_day": "20.11.2026", "street": "Am Bach 1", "postcode": "66636", "town": "Tholey", "accommodation": ""}
MOVED_ON = {"on_day": "20.11.2026", "municipality": "freisen", "street": "", "postcode": "", "town": ""}
LEFT = {"on_day": "20.11.2026", "destination": "ABROAD", "place": "Österreich"}
CHILD = {"on_day": "19.11.2026", "given_name": "Lina", "family_name": "Rahimi", "sex": "w", "nationality": "AFG"}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _report(client, case, word, data, **more):
    return client.post(f"/faelle/{case.number}/aenderung-melden/{word}", version_of(case) | data | more)


def _answer(client, case, word, reason=""):
    report = ChangeReport.select().order_by(ChangeReport.id.desc()).get()
    address = f"/faelle/{case.number}/meldungen/{report.id}/{word}"
    return client.post(address, {"version": report.version, "reason": reason})


def _counted_in(case):
    """The municipality in which figures count the case now."""
    running = (CaseMilestone.case == case.id) & CaseMilestone.known_until.is_null()
    return CaseMilestone.get(running, CaseMilestone.kind == "is_running").municipality_id


def _day(client):
    return text_of(client.get("/"))


def test_a_move_in_the_municipality_is_seen_at_once_and_noted(as_user):
    case = coached()
    home, coach, agentur, asyl = as_user("tholey"), as_user("coach"), as_user("agentur"), as_user("asyl")
    assert "Umzug in der Gemeinde" in text_of(home.get(f"/faelle/{case.number}/aenderung-melden"))
    response = _report(home, case, "umzug", ADDRESS)
    assert response.headers["Location"] == f"/faelle/{case.number}/meldungen?getan=gemeldet"
    assert "Noch keine Antwort." in text_of(home.get(response.headers["Location"]))
    assert case_again(case).person.street == "Am Bach 1"
    title = "Meldung der Gemeinde: Umzug in der Gemeinde – Rahimi, Samira"
    assert title in _day(coach) and title in _day(agentur) and title in _day(asyl)
    told = text_of(coach.get(f"/faelle/{case.number}/meldungen"))
    assert "Umzug in der Gemeinde" in told and "Am Bach" not in told
    for client in (coach, agentur, asyl):
        assert "Gemeldet: Umzug in der Gemeinde" in text_of(client.get(f"/faelle/{case.number}"))
        assert _answer(client, case, "gelesen").status_code == 303
        assert title not in _day(client)
        assert "Gemeldet: Umzug" not in text_of(client.get(f"/faelle/{case.number}"))
    news = text_of(home.get(f"/faelle/{case.number}/meldungen"))
    assert "23.11.2026: zur Kenntnis genommen, Agentur für Arbeit" in news
    assert "Beschäftigungscoach" in news and "bestätigt" in news
    assert "Agentur für Arbeit Saarland: noch kein Kontakt." in news


def test_a_move_to_another_municipality_hands_over_the_sight(as_user):
    family = Household.create(municipality=office("tholey"), created_at="")
    case = coached(household=family)
    brother = make_case(household=family, given_name="Omid", sex="m")
    stays = make_case(household=family, given_name="Nasrin")
    old, new = as_user("tholey"), as_user("freisen")
    form = soup_of(old.get(f"/faelle/{case.number}/aenderung-melden/gemeindewechsel"))
    assert {box["value"] for box in form.select("[name=others]")} == {brother.number, stays.number}
    assert new.get(f"/faelle/{case.number}").status_code == 404
    response = _report(old, case, "gemeindewechsel", MOVED_ON, others=[brother.number])
    assert response.headers["Location"] == "/meldungen/?getan=umgezogen"
    for moved in (case, brother):
        assert old.get(f"/faelle/{moved.number}").status_code == 404
        assert new.get(f"/faelle/{moved.number}").status_code == 200
    assert old.get(f"/faelle/{stays.number}").status_code == 200
    table = old.soup("/meldungen/").select_one("#own-reports.app-cards")  # one below the other on a phone
    assert table and not table.select("td:not([data-label])")
    own = text_of(old.get("/meldungen/"))
    assert case.number in own and "Rahimi" not in own
    assert _day(new).count("Zuzug bestätigen") >= 2
    assert "Umzug in eine andere Gemeinde" in _day(as_user("coach"))
    assert _answer(new, brother, "bestaetigen").status_code == 303
    assert ChangeReport.get(ChangeReport.case == brother.id).state == ReportState.CONFIRMED
    assert "Gemeinde Tholey" in text_of(new.get(f"/faelle/{brother.number}/meldungen"))
    homes = {number: Person.get_by_id(number).household_id for number in (case.person_id, brother.person_id)}
    assert len(set(homes.values())) == 1 and family.id not in homes.values()


@pytest.mark.parametrize("way", ["ablehnen", "zuruecknehmen"])
def test_a_move_that_did_not_happen_gives_the_case_back(as_user, make_case, way):
    case, old, new = make_case(street="Am Tor 2"), as_user("tholey"), as_user("freisen")
    _report(old, case, "gemeindewechsel", MOVED_ON)
    assert _counted_in(case) == office("freisen").id
    if way == "ablehnen":
        refused = _answer(new, case, "ablehnen")
        assert refused.status_code == 422 and "Bitte einen Grund angeben." in text_of(refused)
        assert (
            _answer(new, case, "ablehnen", "hier nicht angekommen").headers["Location"] == "/meldungen/?getan=ablehnen"
        )
        assert "hier nicht angekommen" in text_of(old.get("/meldungen/"))
    else:
        report = ChangeReport.get()
        address, data = f"/meldungen/{report.id}/zuruecknehmen", {"version": report.version}
        assert new.post(address, data).status_code == 404
        assert old.post(address, data).status_code == 303
        assert old.post(address, data).status_code == 409
    assert new.get(f"/faelle/{case.number}").status_code == 404
    assert old.get(f"/faelle/{case.number}").status_code == 200
    person = case_again(case).person
    assert (person.municipality_id, person.street) == (office("tholey").id, "Am Tor 2")
    assert not CaseTask.select().where(CaseTask.kind.in_(["moved_in", "report_note"])).exists()
    assert _counted_in(case) == office("tholey").id


def test_a_closed_case_moves_nowhere_any_more(as_user, make_case):
    case, old, new = make_case(), as_user("tholey"), as_user("freisen")
    _report(old, case, "gemeindewechsel", MOVED_ON)
    report = ChangeReport.get()
    Case.update(state=CaseState.CLOSED, outcome=Outcome.MOVED, outcome_on=TODAY).where(Case.id == case.id).execute()
    address, data = f"/meldungen/{report.id}/zuruecknehmen", {"version": report.version}
    assert "Zurücknehmen" not in text_of(old.get("/meldungen/"))
    assert "Der Fall ist abgeschlossen." in text_of(old.post(address, data))
    assert "Der Fall ist abgeschlossen." in text_of(_answer(new, case, "bestaetigen"))
    assert case_again(case).municipality_id == office("freisen").id
    assert ChangeReport.get().state == ReportState.REPORTED


def test_a_departure_is_decided_by_who_is_responsible(as_user, make_case):
    case, home, agentur = make_case(), as_user("tholey"), as_user("agentur")
    _report(home, case, "wegzug", LEFT)
    assert "Gemeldeten Wegzug prüfen" in _day(agentur)
    again = _report(home, case, "wegzug", LEFT)
    assert again.status_code == 422 and "schon gemeldet" in text_of(again)
    assert _answer(home, case, "bestaetigen").status_code == 403
    told = text_of(agentur.get(f"/faelle/{case.number}/meldungen"))
    assert "Mit der Bestätigung ist der Fall abgeschlossen: ausgereist." in told
    assert _answer(agentur, case, "ablehnen", "war gestern noch hier").status_code == 303
    assert "war gestern noch hier" in text_of(home.get(f"/faelle/{case.number}/meldungen"))
    assert _report(home, case, "wegzug", LEFT).status_code == 303
    assert _answer(agentur, case, "bestaetigen").status_code == 303
    closed = case_again(case)
    assert (closed.state, closed.outcome, closed.outcome_on) == (
        CaseState.CLOSED,
        Outcome.LEFT_COUNTRY,
        date(2026, 11, 20),
    )
    assert "bestätigt, Agentur für Arbeit" in text_of(home.get(f"/faelle/{case.number}/meldungen"))


def test_a_child_joins_the_household_with_a_case_of_its_own(as_user, make_case):
    case = make_case(sphere="S2", children_in_household=1)
    response = _report(as_user("tholey"), case, "geburt", CHILD)
    assert response.status_code == 303
    child = Case.select(Case, Person).join(Person).order_by(Case.id.desc()).get()
    parent = case_again(case).person
    assert (child.person.given_name, child.person.household_id) == ("Lina", parent.household_id)
    assert (child.responsible.key, child.agentur, parent.children_in_household) == ("jobcenter", None, 2)
    assert child.coach_reported_on is None
    assert not [row for row in CaseTask.select().where(CaseTask.case == child.id) if row.shown_from <= TODAY]
    assert "Zum Fall des Kindes" in text_of(as_user("jobcenter").get(f"/faelle/{case.number}/meldungen"))


def test_who_cannot_be_reached_is_told_to_who_sees_the_contact_line(as_user):
    case, coach = coached(), as_user("coach")
    _report(as_user("tholey"), case, "geburt", CHILD)
    said = {
        "on_day": "23.11.2026",
        "phone": "0151 9184877",
        "unreachable_since": "02.11.2026",
        "contact": "Hausmeister",
    }
    assert _report(as_user("tholey"), case, "erreichbarkeit", said).status_code == 303
    page = text_of(coach.get(f"/faelle/{case.number}/meldungen"))
    assert "nicht erreichbar seit 02.11.2026" in page and "Hausmeister" in page
    assert "Geburt," not in page and "Lina" not in page
    assert "nicht erreichbar seit 02.11.2026" in text_of(coach.get(f"/faelle/{case.number}"))


def test_bad_input_stays_in_the_form_and_changes_nothing(as_user, make_case):
    case, home = make_case(), as_user("tholey")
    seen = version_of(case)
    wrong = _report(home, case, "umzug", ADDRESS | {"postcode": "66629", "on_day": "24.12.2026"})
    assert wrong.status_code == 422
    page = soup_of(wrong)
    assert page.select_one("#error-summary[autofocus]") and page.title.text.startswith("Fehler:")
    assert page.select_one("[name=street]")["value"] == "Am Bach 1"
    assert _report(home, case, "umzug", ADDRESS, others=["SWD-2026-99999"]).status_code == 422
    assert not ChangeReport.select().exists() and case_again(case).version == case.version
    assert _report(home, case, "umzug", ADDRESS, **seen).status_code == 303
    stale = _report(home, case, "umzug", ADDRESS | {"street": "Am Bach 3"}, **seen)
    assert stale.status_code == 409
    assert soup_of(stale).select_one("[name=street]")["value"] == "Am Bach 3"
    assert ChangeReport.select().count() == 1


def test_strangers_and_colleagues(as_user, make_case):
    case = make_case()
    _report(as_user("tholey"), case, "umzug", ADDRESS)
    address = f"/faelle/{case.number}/meldungen"
    found = {
        who: as_user(who).get(address).status_code for who in ("freisen", "coach", "jobcenter", "asyl", "koordination")
    }
    assert found == {"freisen": 404, "coach": 404, "jobcenter": 404, "asyl": 200, "koordination": 403}
    assert _report(as_user("agentur"), case, "umzug", ADDRESS).status_code == 403
    assert _report(as_user("freisen"), case, "umzug", ADDRESS).status_code == 404
    assert _answer(as_user("asyl"), case, "bestaetigen").status_code == 403
    Case.update(receives_asylblg=False).where(Case.id == case.id).execute()
    assert _answer(as_user("asyl"), case, "gelesen").status_code == 404
    assert as_user("tholey").get(f"/faelle/{case.number}/aenderung-melden/quatsch").status_code == 404
    told = [row.kind for row in Event.select().where(Event.case_id == case.id, Event.kind.startswith("report."))]
    assert told == ["report.made"]


def test_a_municipality_finds_who_left_and_whom_nobody_reaches(as_user, make_case):
    home = as_user("tholey")
    make_case(family_name="Hier")
    make_case(family_name="Still", unreachable_since=TODAY)
    make_case(family_name="Fort", changes={"state": "closed", "outcome": Outcome.MOVED, "outcome_on": TODAY})
    make_case(family_name="Fremd", unreachable_since=TODAY, municipality="freisen")
    shown = soup_of(home.get("/faelle/?kontakt=nicht-erreichbar"))
    assert [row.text for row in shown.select("#case-tally strong")] == ["2", "1", "1"]
    assert [link.text.split(",")[0] for link in shown.select(".case-table a")] == ["Still"]
    left = home.get("/faelle/?kontakt=weggezogen")
    assert [link.text.split(",")[0] for link in soup_of(left).select(".case-table a")] == ["Fort"]
    assert "Fall abgeschlossen: weggezogen" in text_of(left)
    file = home.get("/faelle/liste.csv?kontakt=nicht-erreichbar&spalte=erreichbar").get_data(as_text=True)
    assert "nicht erreichbar seit" in file and "23.11.2026" in file and "Fremd" not in file
    assert not soup_of(as_user("agentur").get("/faelle/")).select("#case-tally")
