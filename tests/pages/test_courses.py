"""The catalogue and the course of a case, as people of each role meet them."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from blueprints.shared import access
from models.base import db
from models.queries.accounts import account_by_id
from models.queries.enrolments import form_document
from models.rules.times import stamp
from models.tables import Answer, Case, Consent, Course, Enrolment, Organisation, Provider, ResidenceRecord, Site
from pdf.signatures.authority import create_authority
from pdf.signatures.personal import issue_key
from pdf.signatures.verdict import VerdictCode
from pdf.verification import judge
from tests.conftest import NOW, TODAY
from tests.course_cast import LATER, SOON, make_course, make_enrolment, make_provider

COURSE = {
    "version": 0, "number": "BB-1", "title": "Modul 3", "kind": "AIK", "level_from": "A2", "level_to": "B1",
    "starts_on": f"{SOON:%d.%m.%Y}", "ends_on": f"{LATER:%d.%m.%Y}", "seats": "25", "threshold": "15",
}  # fmt: skip


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def test_the_list_shows_free_seats_and_hides_what_is_over(as_user):
    provider = make_provider()
    make_course(provider, seats=25, taken=21)
    make_course(provider, "ALT-1", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    client = as_user("coach")
    page = client.soup("/kurse/")
    assert "4 / 25 frei" in page.select_one("#course-list").text
    assert "ALT-1" not in page.text
    assert "ALT-1" in client.soup("/kurse/?vergangene=y").text
    assert "BB-IK" not in client.soup("/kurse/?art=ALPHA").select_one("#course-list").text
    assert "BB-IK" in client.soup(f"/kurse/?art=AIK&traeger={provider.id}&niveau=A2&frei=y").text
    assert "BB-IK" not in client.soup("/kurse/?kinder=y").select_one("#course-list").text


def test_the_list_is_paged(as_user):
    provider = make_provider()
    for number in range(27):
        make_course(provider, f"K-{number:02}")
    client = as_user("agentur")
    assert len(client.soup("/kurse/").select("tbody tr")) == 25
    second = client.soup("/kurse/?art=AIK&seite=2")
    assert len(second.select("tbody tr")) == 2
    assert second.select_one("a[rel=prev]")["href"] == "/kurse/?art=AIK&seite=1"


def _calendar(client, address: str) -> dict[str, list[str]]:
    rows = client.soup(address).select("#course-calendar tbody tr")
    return {row.select_one("a")["href"][7:]: [cell.text.strip() for cell in row.select("td")[1:]] for row in rows}


def test_the_calendar_shows_half_a_year_by_months_and_a_month_by_weeks(as_user):
    provider, client = make_provider(), as_user("coach")
    make_course(provider, starts_on=date(2027, 1, 11), ends_on=date(2027, 3, 31), taken=21, childcare=True)
    make_course(provider, "K-2", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 29), seats=1, taken=1)
    make_course(provider, "K-3", starts_on=date(2027, 7, 1), ends_on=date(2027, 7, 30))
    assert _calendar(client, "/kurse/kalender?ab=2026-12") == {
        "K-2": ["A2 → B1", "voll", "läuft", "bis 29.01.", "", "", "", ""],
        "BB-IK-2027-01": ["A2 → B1", "4 / 25 frei", "", "ab 11.01.", "läuft", "bis 31.03.", "", ""],
    }
    weeks = _calendar(client, "/kurse/kalender?ab=2027-01&zeitraum=monat&frei=y&kinder=y&niveau=A2&art=AIK")
    assert weeks == {"BB-IK-2027-01": ["A2 → B1", "4 / 25 frei", "", "", "ab 11.01.", "läuft", "läuft"]}
    page = client.soup("/kurse/kalender?ab=2026-12&art=AIK")
    assert page.select_one("#calendar-later")["href"] == "/kurse/kalender?ab=2027-06&art=AIK"
    assert page.select_one("#calendar-earlier")["href"] == "/kurse/kalender?ab=2026-06&art=AIK"
    assert "läuft kein Kurs" in client.soup("/kurse/kalender?ab=2026-12&art=ALPHA").text


@pytest.mark.parametrize("asked", ["", "?ab=gestern", "?ab=9999-12", "?zeitraum=jahrhundert", "?ab=2026-13&seite=7"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_calendar_of_nonsense_is_that_of_today(as_user, asked):
    shown = as_user("agentur").soup(f"/kurse/kalender{asked}")
    assert shown.select_one("#ab option[selected]")["value"] == f"{date.today():%Y-%m}"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_calendar_costs_as_many_statements_for_many_courses(as_user, statements_of):
    provider, client = make_provider(), as_user("agentur")
    make_course(provider, "K-1")
    client.soup("/kurse/kalender")
    address = f"/kurse/kalender?ab={SOON:%Y-%m}"
    few = len(statements_of(client, address))
    for number in range(2, 20):
        make_course(provider, f"K-{number}")
    assert len(statements_of(client, address)) == few


def test_a_course_is_entered_in_the_browser(as_user):
    provider = make_provider()
    client = as_user("agentur")
    response = client.post("/kurse/neu", COURSE | {"provider": provider.id, "childcare": "y"})
    assert response.headers["Location"] == "/kurse/BB-1"
    page = client.soup("/kurse/BB-1")
    figures = [figure.text.strip() for figure in page.select("#course-figures .figure")]
    assert figures[0] == "25Plätze höchstens" and "25frei" in figures and "15fehlen bis zum Start" in figures
    assert "Plätze: Stand" in page.text
    edit = {**COURSE, "provider": provider.id, "version": 1, "seats": "20"}
    assert client.post("/kurse/BB-1/bearbeiten", edit).status_code == 303
    again = client.post("/kurse/BB-1/bearbeiten", {**edit, "title": "Zu spät"})
    assert again.status_code == 409
    assert soup(again).select_one("#title")["value"] == "Zu spät"
    assert Course.get().title == "Modul 3"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts_on": "31.02.2027"}, "starts_on"),
        ({"starts_on": ""}, "starts_on"),
        ({"ends_on": "01.10.2026"}, "ends_on"),
        ({"seats": "viele"}, "seats"),
        ({"seats": "-3"}, "seats"),
        ({"seats": ""}, "seats"),
        ({"kind": ""}, "kind"),
        ({"provider": ""}, "provider"),
        ({"number": "a b"}, "number"),
        ({"title": "   "}, "title"),
        ({"lessons": "vormittags"}, "lessons"),
        ({"lessons": "Mo 12–8"}, "lessons"),
        ({"units": "9999"}, "units"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_bad_input_is_named_at_its_field_and_kept(as_user, change, field):
    provider = make_provider()
    response = as_user("agentur").post("/kurse/neu", {**COURSE, "provider": provider.id, **change})
    assert response.status_code == 422
    page = soup(response)
    assert page.select_one(f"#{field}-error").text.strip()
    assert page.select_one("#error-summary")
    assert page.select_one("#schedule") and page.select_one("#level_from option[selected]")["value"] == "A2"
    assert not Course.select().exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_abolished_kinds_are_not_offered(as_user):
    options = {option["value"] for option in as_user("jobcenter").soup("/kurse/neu").select("#kind option")}
    assert {"AIK", "ALPHA", "BBSK-B2"} <= options
    assert not options & {"FRAUEN", "ELTERN", "JUGEND"}


def test_providers_are_entered_with_and_without_access(as_user):
    client = as_user("agentur")
    data = {"version": 0, "name": "Volkshochschule", "postcode": "66606", "town": "St. Wendel", "active": "y"}
    assert client.post("/kurse/traeger/neu", data).status_code == 303
    assert "auf Papier" in client.soup("/kurse/traeger/").text
    again = client.post("/kurse/traeger/neu", data)
    assert again.status_code == 422 and soup(again).select_one("#name-error")
    provider = Provider.get()
    bad = client.post(f"/kurse/traeger/{provider.id}", {**data, "version": 1, "postcode": "abc"})
    assert bad.status_code == 422 and soup(bad).select_one("#postcode-error")


def test_a_site_is_entered_and_chosen_for_a_course(as_user):
    provider, client = make_provider(), as_user("agentur")
    address = f"/kurse/traeger/{provider.id}/standorte/neu"
    house = {"version": 0, "name": "Haus A", "street": "Weg 1", "postcode": "66606", "town": "St. Wendel"}
    bad = client.post(address, {**house, "postcode": "1"})
    assert bad.status_code == 422 and soup(bad).select_one("#postcode-error")
    assert client.post(address, {**house, "transport": "Bus R2", "barrier_free": "y", "active": "y"}).status_code == 303
    again = client.post(address, house)
    assert again.status_code == 422 and "gibt es bei diesem" in soup(again).select_one("#name-error").text
    assert "Haus A" in client.soup(f"/kurse/traeger/{provider.id}").select_one("#sites-title").parent.parent.text
    site = Site.get()
    timed = {"place": site.id, "lessons": "Mo-Fr 8:30-12:30", "units": "100", "module_from": "3", "module_to": "4"}
    client.post("/kurse/neu", COURSE | {"provider": provider.id} | timed)
    text = client.soup("/kurse/BB-1").text
    assert "Haus A, Weg 1, 66606 St. Wendel" in text and "Mo–Fr 8:30–12:30" in text and "3–4" in text
    form = client.soup("/kurse/BB-1/bearbeiten")
    assert form.select_one("#place option[selected]")["value"] == str(site.id)
    assert form.select_one("#lessons")["value"] == "Mo–Fr 8:30–12:30" and form.select_one("#schedule")["value"] == ""
    moved = {**house, "version": 1, "street": "Weg 9"}
    assert client.post(f"/kurse/standorte/{site.id}", moved).status_code == 303
    assert "Weg 9" in client.soup("/kurse/BB-1").text
    assert "nicht mehr genutzt" in client.soup(f"/kurse/traeger/{provider.id}").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_words_of_an_older_course_are_offered_as_its_times(as_user):
    make_course(make_provider(), schedule="Mo–Do 9:00–12:15 Uhr", site="Altes Rathaus")
    client = as_user("agentur")
    form = client.soup("/kurse/BB-IK-2027-01/bearbeiten")
    assert form.select_one("#lessons")["value"] == "Mo–Do 9:00–12:15"
    assert form.select_one("#site")["value"] == "Altes Rathaus"
    assert "Altes Rathaus" in client.soup("/kurse/BB-IK-2027-01").text


@pytest.mark.parametrize("address", ["/kurse/neu", "/kurse/traeger/neu", "/kurse/traeger/1/standorte/neu"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_coach_looks_but_does_not_edit(as_user, address):
    client = as_user("coach")
    assert client.get("/kurse/traeger/").status_code == 200
    assert client.get(address).status_code == 403
    assert as_user("tholey").get("/kurse/").status_code == 403


RESERVE = {"path": "P5", "issued_by": "ASYLBLG", "dated": "20.10.2026", "valid_to": f"{LATER:%d.%m.%Y}"}


def test_a_seat_is_reserved_with_its_access_path(as_user, make_case):
    case, course = make_case(), make_course(make_provider())
    client, address = as_user("agentur"), f"/faelle/{case.number}/kurs"
    page = client.soup(address)
    assert page.select_one("h1").text == "Rahimi, Samira"
    assert len(page.select("#access-paths .field")) == 7
    assert "Teilnahme auf eigene Kosten" in page.select_one("#path-P7").text
    response = client.post(address, {"course": course.number, "path": "P7"})
    assert response.status_code == 303
    assert "reserviert" in client.soup(address).select_one("#course-desk").text
    assert Course.get().taken == 1
    again = client.post(address, {"course": course.number, "path": "P7"})
    assert again.status_code == 422
    assert Course.get().taken == 1


def test_a_path_without_paper_is_refused_at_its_field(as_user, make_case):
    case, course = make_case(), make_course(make_provider())
    ResidenceRecord.create(person=case.person, code="AGS", recorded_at=stamp(NOW))
    client, address = as_user("agentur"), f"/faelle/{case.number}/kurs"
    answer = client.htmx(address, {"course": course.number, "path": "P5"})
    assert answer.status_code == 422
    part = soup(answer)
    assert not part.select("html, h1") and part.select_one("#course-desk")
    assert part.select_one("#issued_by-error") and part.select_one("#dated-error")
    assert part.select_one("#path option[selected]")["value"] == "P5"
    unreadable = soup(client.post(address, {"course": course.number, **RESERVE, "dated": "gestern"}))
    assert unreadable.select_one("#dated")["value"] == "gestern"
    none = client.post(address, RESERVE)
    assert none.status_code == 422 and "Wählen Sie einen Kurs" in none.get_data(as_text=True)
    done = client.htmx(address, {"course": course.number, **RESERVE})
    assert done.headers["HX-Redirect"] == address
    assert Enrolment.get().path_basis.startswith("§ 5b AsylbLG")


def test_a_full_course_says_so_and_keeps_the_choice(as_user, make_case):
    case, course = make_case(), make_course(make_provider(), seats=1, taken=1)
    response = as_user("agentur").post(f"/faelle/{case.number}/kurs", {"course": course.number, "path": "P7"})
    assert response.status_code == 422
    assert "Der Kurs ist voll." in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("who", "status"), [("tholey", 403), ("asyl", 403), ("coach", 404), ("jobcenter", 404), ("koordination", 403)]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_strangers_and_colleagues_stay_outside(as_user, make_case, who, status):
    case = make_case()
    assert as_user(who).get(f"/faelle/{case.number}/kurs").status_code == status


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_course_goes_on_with_the_jobcenter(as_user, people, make_case):
    jobcenter = Organisation.get(Organisation.key == "jobcenter")
    given = {
        "accepted_on": TODAY,
        "agentur_sees_until": date(2099, 1, 1),
        "responsible": jobcenter,
        "legal_sphere": "S2",
    }
    case = make_case()
    make_enrolment(case, make_course(make_provider()), people("agentur"))
    Case.update(**given).where(Case.id == case.id).execute()
    address = f"/faelle/{case.number}/kurs"
    assert as_user("agentur").get(address).status_code == 403
    page = as_user("jobcenter").soup(address)
    assert page.select_one("#issue-form") and page.select_one("#cancel-form")
    direct = make_case(sphere="S2", given_name="Amina")
    page = as_user("jobcenter").soup(f"/faelle/{direct.number}/kurs")
    assert "Kooperationsplan" in page.select_one("#path-P4").text
    assert "Kein Bezug von AsylbLG" in page.select_one("#path-P5").text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_coach_sees_the_enrolment_after_consent_only_and_reserves_nothing(as_user, people, make_case):
    reported = {"coach_reported_on": TODAY}
    before = make_case(changes=reported)
    after = make_case(given_name="Amina", changes=reported | {"coach_consent": "granted"})
    course = make_course(make_provider())
    client = as_user("coach")
    assert client.get(f"/faelle/{before.number}/kurs").status_code == 403
    page = client.soup(f"/faelle/{after.number}/kurs")
    assert not page.select("#access-paths, #reservation-form")
    make_enrolment(after, course, people("agentur"))
    page = client.soup(f"/faelle/{after.number}/kurs")
    assert page.select_one("#issue-form") and not page.select_one("#cancel-form")
    assert client.post(f"/faelle/{after.number}/kurs", {"course": course.number, "path": "P7"}).status_code == 403


def test_the_form_is_issued_once_and_read_as_stored(as_user, people, make_case):
    case = make_case(azr_number="123456789012", place_of_birth="Herat")
    row = make_enrolment(case, make_course(make_provider()), people("agentur"))
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    lacking = client.soup(f"/faelle/{case.number}/kurs").select_one("#lacking")
    places = {link.text: link["href"] for link in lacking.select("a")}
    assert places["Schreibkundigkeit"] == f"/faelle/{case.number}?liste=beratung#punkt-B12"
    assert places["Anschrift"] == f"/faelle/{case.number}?liste=aufnahme#punkt-A11"
    assert "Geburtsort" not in places
    for address in places.values():
        page, _hash, anchor = address.partition("#")
        assert client.soup(page).select_one(f"#{anchor}"), address
    assert client.get(f"{base}.pdf").status_code == 404
    assert client.post(f"{base}/bogen", {"version": row.version, "signed": "ink"}).status_code == 303
    assert client.post(f"{base}/bogen", {"version": row.version, "signed": "ink"}).status_code == 409
    first = client.get(f"{base}.pdf")
    assert first.mimetype == "application/pdf" and first.data == client.get(f"{base}.pdf").data
    assert "Kursanmeldung-" in first.headers["Content-Disposition"] and "Rahimi" not in str(first.headers)
    form = Enrolment.get().form
    assert form["birth_place"] == "Herat" and form["access_path"] == "Selbstzahler"
    assert "123456789012" not in str(form)
    assert as_user("tholey").get(f"{base}.pdf").status_code == 403
    assert as_user("jobcenter").get(f"{base}.pdf").status_code == 404
    assert client.get(f"/faelle/{make_case(given_name='Amina').number}/anmeldung/{row.id}.pdf").status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_form_is_signed_with_the_pin_or_not_at_all(app, as_user, people, make_case, settings):
    create_authority(settings.pki, "Probe", access.now() - timedelta(days=1))
    actor, case = people("agentur"), make_case()
    issue_key(account_by_id(actor.account_id), "246810", settings.pki, settings.pepper, actor=actor, now=access.now())
    row = make_enrolment(case, make_course(make_provider()), actor)
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    for pin in ("", "111111"):
        refused = client.htmx(f"{base}/bogen", {"version": 1, "signed": "pin", "pin": pin})
        assert refused.status_code == 422 and soup(refused).select_one("#pin-error").text.strip()
        assert "246810" not in str(refused.data) and form_document(row.id) is None
    assert client.post(f"{base}/bogen", {"version": 1, "signed": "pin", "pin": "246810"}).status_code == 303
    verdict = judge(client.get(f"{base}.pdf").data, settings.pki, now=access.now())
    assert verdict.code == VerdictCode.VALID, verdict
    assert "elektronisch unterschrieben" in client.soup(f"/faelle/{case.number}/kurs").text


def test_sending_needs_consent_and_shows_that_it_went(as_user, people, make_case):
    case, provider = make_case(), make_provider(account=True)
    row = make_enrolment(case, make_course(provider), people("agentur"))
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    client.post(f"{base}/bogen", {"version": 1, "signed": "ink"})
    assert "auf Papier mit" in client.soup(f"/faelle/{case.number}/kurs").text
    refused = client.post(f"{base}/senden", {"version": 2})
    assert refused.status_code == 422 and soup(refused).select_one("#consented_on-error")
    assert client.post(f"{base}/senden", {"version": 2, "consented_on": "23.11.2026"}).status_code == 303
    assert Enrolment.get().state == "sent"
    assert Consent.get().recipient_id == provider.organisation_id
    page = client.soup(f"/faelle/{case.number}/kurs")
    assert "antwortet selbst" in page.text and not page.select("#confirm-form, #send-form")


def test_an_answer_on_paper_is_entered_with_its_source(as_user, people, make_case):
    case, course = make_case(), make_course(make_provider())
    row = make_enrolment(case, course, people("agentur"))
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    said = {"version": 1, "confirmed_on": "20.11.2026", "expected_start": f"{SOON:%d.%m.%Y}"}
    refused = client.post(f"{base}/rueckmeldung", said)
    assert refused.status_code == 422 and soup(refused).select_one("#confirm-source-error")
    assert client.post(f"{base}/rueckmeldung", said | {"source": "lt. Träger, Telefonat"}).status_code == 303
    assert "lt. Träger, Telefonat" in client.soup(f"/faelle/{case.number}/kurs").text
    assert client.post(f"{base}/stornieren", {"version": 2, "reason": " "}).status_code == 422
    assert client.post(f"{base}/stornieren", {"version": 2, "reason": "MOVED"}).status_code == 303
    page = client.soup(f"/faelle/{case.number}/kurs")
    assert "storniert" in page.text and page.select_one("#reservation-form")
    assert Course.get_by_id(course.id).taken == 0


def test_how_the_course_goes_is_entered_with_its_source(as_user, people, make_case):
    case = make_case()
    row = make_enrolment(case, make_course(make_provider()), people("agentur"))
    Enrolment.update(state="confirmed").where(Enrolment.id == row.id).execute()
    client, address = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}/verlauf"
    begun = {"version": 1, "what": "start", "on": "23.11.2026"}
    refused = client.post(address, begun)
    assert refused.status_code == 422 and soup(refused).select_one("#progress-source-error")
    assert client.post(address, begun | {"source": "lt. Träger"}).status_code == 303
    assert "Kurs läuft" in client.soup(f"/faelle/{case.number}/kurs").text
    ended = {"version": 2, "what": "finish", "on": "23.11.2026", "source": "lt. Träger"}
    assert client.post(address, ended).status_code == 303
    page = client.soup(f"/faelle/{case.number}/kurs")
    assert "Kurs beendet" in page.text and page.select_one("#reservation-form")


def test_a_declined_seat_can_be_given_again(as_user, people, make_case):
    case, course = make_case(), make_course(make_provider(), seats=1)
    row = make_enrolment(case, course, people("agentur"))
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    data = {"version": 1, "reason": "LEVEL", "source": "lt. Träger"}
    assert client.post(f"{base}/absage", data).status_code == 303
    assert client.post(f"/faelle/{case.number}/kurs", {"course": course.number, "path": "P7"}).status_code == 303
    assert form_document(row.id) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_reservations_expire_on_the_command_line(app, people, make_case):
    row = make_enrolment(make_case(), make_course(make_provider()), people("agentur"))
    Enrolment.update(reserved_until=date.today() - timedelta(days=1)).where(Enrolment.id == row.id).execute()
    db.close()
    result = app.test_cli_runner().invoke(args=["courses", "expire"])
    db.connect()
    assert (result.exit_code, result.output) == (
        0,
        "0 interrupted cancellations finished.\n"
        "1 reservations expired.\n0 offers lapsed, 0 entries of waiting lists ended, 0 seats offered.\n",
    )
    assert Course.get().taken == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_known_in_part_names_the_part_and_a_child_gets_no_place(as_user, people, make_case):
    case, course = make_case(street="Musterstraße 4", postcode="66636", town="Tholey"), make_course(make_provider())
    Answer.create(case=case.id, item="K09", values={"times": ["MORNING"]}, state="done", answered_at=stamp(NOW))
    row = make_enrolment(case, course, people("agentur"))
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    lacking = client.soup(f"/faelle/{case.number}/kurs").select_one("#lacking").text
    assert "Zeitliche Verfügbarkeit: Umfang" in lacking and "Anschrift" not in lacking
    assert client.post(f"{base}/bogen", {"version": row.version, "signed": "ink"}).status_code == 303
    assert Enrolment.get_by_id(row.id).form["availability"] == "Tageszeit: Vormittag (Umfang: fehlt)"
    child = make_case(given_name="Amina", date_of_birth=date.today() - timedelta(days=15 * 366))
    chosen = {"course": course.number, "path": "P7"}
    refused = client.post(f"/faelle/{child.number}/kurs", chosen)
    assert refused.status_code == 422 and "Unter 16 Jahren" in soup(refused).select_one("#course-error").text
    assert not Enrolment.select().where(Enrolment.case == child.id).exists()
