"""The provider's area: its own released enrolments, the fields of the form, and its answer."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from models.operations.provider_access import end_provider_access
from models.rules.times import local_day, stamp
from models.tables import Consent, Course, Document, Enrolment, Event, Provider
from tests.conftest import NOW, TODAY
from tests.course_cast import SOON, make_course, make_enrolment, make_provider

AZR = "123456789012"
KEY = "bosenberg"


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def printed(pdf: bytes, folder: Path) -> str:
    """The text of a paper."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def provider(app) -> Provider:
    return make_provider(account=True)


@pytest.fixture
def release(as_user, people, make_case, provider):
    """An enrolment that the Agentur issued and sent in the browser, with the consent of the person."""

    def released(course: Course | None = None, **person: Any) -> Enrolment:
        case = make_case(azr_number=AZR, **person)
        row = make_enrolment(case, course or make_course(provider, f"K-{case.id}"), people("agentur"))
        client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
        assert client.post(f"{base}/bogen", {"version": 1, "signed": "ink"}).status_code == 303
        assert client.post(f"{base}/senden", {"version": 2, "consented_on": "23.11.2026"}).status_code == 303
        return Enrolment.get_by_id(row.id)

    return released


def test_the_provider_sees_what_was_released_and_nothing_else(as_user, people, make_case, provider, release):
    sent = release(place_of_birth="Herat")
    reserved = make_enrolment(make_case(given_name="Amina"), make_course(provider, "K-99"), people("agentur"))
    client = as_user(KEY)
    listed = client.soup("/anmeldungen/")
    assert "Rahimi, Samira" in listed.text and "Amina" not in listed.text
    page = client.soup(f"/anmeldungen/{sent.id}")
    assert page.select_one("h1").text == "Rahimi, Samira"
    assert "Herat" in page.text and "wartet auf Antwort" in page.text
    assert client.get(f"/anmeldungen/{reserved.id}").status_code == 404


def test_no_azr_number_and_no_way_into_the_case(as_user, release, tmp_path: Path):
    sent = release()
    client = as_user(KEY)
    page = client.soup(f"/anmeldungen/{sent.id}")
    assert AZR not in page.text and "AZR" not in page.text
    assert not [link for link in page.select("a[href]") if "/faelle" in link["href"]]
    assert not page.select("form[action^='/faelle']")
    file = client.get(f"/anmeldungen/{sent.id}/anmeldebogen.pdf")
    text = printed(file.data, tmp_path)
    assert AZR not in text and "AZR" not in text and "Gesundheit" not in text
    assert "Rahimi" in text and "Rücksendeabschnitt" in text


def test_values_that_change_later_do_not_reach_the_provider(as_user, release):
    sent = release()
    sent.case.person.phone = "0151 999"
    sent.case.person.save()
    assert "0151 999" not in as_user(KEY).get(f"/anmeldungen/{sent.id}").get_data(as_text=True)


def test_another_provider_finds_nothing(as_user, release):
    sent = release()
    make_provider("Institut Schaumberg", account=True)
    client = as_user("schaumberg")
    assert not client.soup("/anmeldungen/").select("tbody tr")
    for address in ("", "/anmeldebogen.pdf"):
        assert client.get(f"/anmeldungen/{sent.id}{address}").status_code == 404
    for act in ("bestaetigen", "ablehnen"):
        data = {"version": sent.version, "confirmed_on": "20.11.2026", "reason": "FULL"}
        assert client.post(f"/anmeldungen/{sent.id}/{act}", data).status_code == 404
    assert Enrolment.get_by_id(sent.id).state == "sent"


@pytest.mark.parametrize("who", ["agentur", "tholey", "bamf"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_area_is_the_providers_alone(as_user, who):
    assert as_user(who).get("/anmeldungen/").status_code == 403


@pytest.mark.parametrize("address", ["/faelle/", "/kurse/", "/kurse/neu"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_provider_has_no_other_area(as_user, provider, address):
    assert as_user(KEY).get(address).status_code in (403, 404)


def test_a_confirmation_is_told_to_the_case(as_user, release):
    sent = release()
    client = as_user(KEY)
    data = {"version": sent.version, "confirmed_on": "20.11.2026", "expected_start": f"{SOON:%d.%m.%Y}"}
    assert client.post(f"/anmeldungen/{sent.id}/bestaetigen", data).status_code == 303
    assert client.post(f"/anmeldungen/{sent.id}/bestaetigen", data).status_code == 409
    assert "bestätigt" in client.soup(f"/anmeldungen/{sent.id}").text
    assert "bestätigt" in as_user("agentur").soup(f"/faelle/{sent.case.number}/kurs").text
    event = Event.get(Event.kind == "enrolment.confirmed")
    assert (event.organisation, event.case_id) == (KEY, sent.case_id)


def test_placement_test_and_number_stand_on_both_sides(as_user, release):
    sent = release()
    Enrolment.update(access_path="P5").where(Enrolment.id == sent.id).execute()
    client, address = as_user(KEY), f"/anmeldungen/{sent.id}"
    said = {"confirmed_on": "20.11.2026", "test_on": "19.11.2026", "pk_number": "BA-77/26"}
    assert client.post(f"{address}/bestaetigen", {"version": sent.version, **said}).status_code == 303
    version = sent.version + 1
    wrong = client.htmx(f"{address}/angaben", {"version": version, "test_on": "01.01.2090", "test_level": "A2"})
    assert wrong.status_code == 422 and soup(wrong).select_one("#correct-test-on-error")
    assert soup(wrong).select_one("#correct-test-on")["value"] == "01.01.2090"
    result = {"version": version, "test_on": "19.11.2026", "pk_number": "BA-77/26", "test_level": "A2"}
    assert client.post(f"{address}/angaben", {**result, "test_module": "M3"}).status_code == 303
    for page in (client.soup(address), as_user("agentur").soup(f"/faelle/{sent.case.number}/kurs")):
        assert "A2, Modul 3" in page.text and "BA-77/26" in page.text
    make_provider("Institut Schaumberg", account=True)
    assert as_user("schaumberg").post(f"{address}/angaben", result).status_code == 404


def test_a_proposal_is_seen_and_answered_on_both_sides(as_user, provider, release):
    sent = release()
    other = make_course(provider, "K-99", title="Anderer Kurs")
    client, address, desk = as_user(KEY), f"/anmeldungen/{sent.id}", f"/faelle/{sent.case.number}"
    offered = [option["value"] for option in client.soup(address).select("#propose-course option")]
    assert offered == ["", "K-99"]
    empty = client.htmx(f"{address}/vorschlag", {"version": sent.version, "sentence": "Voll."})
    assert empty.status_code == 422 and soup(empty).select_one("#propose-course-error")
    assert soup(empty).select_one("#propose-sentence")["value"] == "Voll."
    said = {"version": sent.version, "course": other.number, "sentence": "Voll."}
    assert client.post(f"{address}/vorschlag", said).status_code == 303
    assert "wartet auf Antwort" in client.soup(address).select_one("#proposals").text
    agentur, base = as_user("agentur"), f"{desk}/anmeldung/{sent.id}/vorschlag"
    assert "Anderer Kurs" in agentur.soup(f"{desk}/kurs").select_one("#proposal").text
    assert as_user("coach").post(f"{base}/annehmen", {"version": sent.version + 1}).status_code in (403, 404)
    no_reason = agentur.htmx(f"{base}/ablehnen", {"version": sent.version + 1})
    assert no_reason.status_code == 422 and soup(no_reason).select_one("#proposal-reason-error")
    assert agentur.post(f"{base}/annehmen", {"version": sent.version + 1}).status_code == 303
    assert agentur.post(f"{base}/annehmen", {"version": sent.version + 1}).status_code == 409
    assert "angenommen" in agentur.soup(f"{desk}/kurs").select_one("#proposals").text
    assert "angenommen" in client.soup(address).select_one("#proposals").text
    assert Enrolment.get(Enrolment.course == other.id).state == "reserved"
    make_provider("Institut Schaumberg", account=True)
    assert as_user("schaumberg").post(f"{address}/vorschlag", said).status_code == 404


def test_a_refusal_needs_a_reason_and_frees_the_seat(as_user, release):
    sent = release()
    client = as_user(KEY)
    empty = client.htmx(f"/anmeldungen/{sent.id}/ablehnen", {"version": sent.version, "reason": "  "})
    assert empty.status_code == 422 and soup(empty).select_one("#decline-reason-error")
    data = {"version": sent.version, "reason": "LEVEL"}
    assert client.post(f"/anmeldungen/{sent.id}/ablehnen", data).status_code == 303
    assert Course.get_by_id(sent.course_id).taken == 0
    assert "Niveau passt nicht" in as_user("agentur").soup(f"/faelle/{sent.case.number}/kurs").text
    assert Event.select().where(Event.kind == "enrolment.declined").exists()


def test_the_provider_tells_how_the_course_goes_where_it_may(as_user, release):
    sent = release()
    client, address = as_user(KEY), f"/anmeldungen/{sent.id}"
    client.post(f"{address}/bestaetigen", {"version": sent.version, "confirmed_on": "20.11.2026"})
    begun = {"version": sent.version + 1, "what": "start", "on": "23.11.2026"}
    assert not client.soup(address).select_one("#progress-form")
    assert client.post(f"{address}/verlauf", begun).status_code == 403
    Enrolment.update(access_path="P5").where(Enrolment.id == sent.id).execute()
    assert [field["value"] for field in client.soup(address).select("[name=what]")] == ["start", "drop"]
    nothing = client.post(f"{address}/verlauf", {**begun, "what": "", "on": "bald"})
    assert (
        nothing.status_code == 422
        and soup(nothing).select_one("#progress-what-error")
        and soup(nothing).select_one("#progress-on-error")
    )
    assert client.post(f"{address}/verlauf", begun).status_code == 303
    assert "Kurs begonnen am 23.11.2026" in client.soup(address).text
    assert "selbst ein" in as_user("agentur").soup(f"/faelle/{sent.case.number}/kurs").text


def test_the_end_report_is_seen_by_the_authority_and_not_by_the_coach(as_user, release):
    sent = release()
    days = {"started_on": TODAY, "ended_on": TODAY, "confirmed_on": TODAY}
    Enrolment.update(state="finished", access_path="P5", **days).where(Enrolment.id == sent.id).execute()
    client, address = as_user(KEY), f"/anmeldungen/{sent.id}"
    said = {"version": sent.version, "exam": "DTZ", "exam_result": "B1", "lid_points": "viele"}
    wrong = client.htmx(f"{address}/ergebnis", said)
    assert wrong.status_code == 422 and soup(wrong).select_one("#report-lid-points-error")
    assert soup(wrong).select_one("#report-exam-result option[selected]")["value"] == "B1"
    right = said | {"lid_points": "21", "exam_on": f"{TODAY:%d.%m.%Y}"}
    assert client.post(f"{address}/ergebnis", right).status_code == 303
    assert "21 von 33 Punkten" in client.soup(address).select_one("#reported").text
    result = f"/faelle/{sent.case.number}/anmeldung/{sent.id}/ergebnis"
    agentur = as_user("agentur")
    assert agentur.soup(f"/faelle/{sent.case.number}/kurs").select_one(f"a[href='{result}']")
    page = agentur.soup(result)
    assert "Deutsch-Test für Zuwanderer" in page.text and not page.select("#report-form")
    assert as_user("coach").get(result).status_code in (403, 404)
    make_provider("Institut Schaumberg", account=True)
    assert as_user("schaumberg").post(f"{address}/ergebnis", right).status_code == 404
    Enrolment.update(ended_on=TODAY - timedelta(weeks=60)).where(Enrolment.id == sent.id).execute()
    assert client.post(f"{address}/ergebnis", right).status_code == 404


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"confirmed_on": ""}, "confirmed_on"),
        ({"confirmed_on": "bald"}, "confirmed_on"),
        ({"confirmed_on": "01.01.2090"}, "confirmed_on"),
        ({"confirmed_on": "20.11.2025"}, "confirmed_on"),
        ({"confirmed_on": "20.11.2026", "expected_start": "01.11.2026"}, "expected_start"),
        ({"confirmed_on": "20.11.2026", "expected_start": "10.01.2028"}, "expected_start"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_bad_answers_are_named_at_their_field(as_user, release, data, field):
    sent = release()
    response = as_user(KEY).post(f"/anmeldungen/{sent.id}/bestaetigen", {"version": sent.version, **data})
    assert response.status_code == 422
    assert soup(response).select_one(f"#{field}-error")
    assert Enrolment.get_by_id(sent.id).state == "sent"


def test_sight_ends_some_weeks_after_the_course(as_user, release):
    sent = release()
    client = as_user(KEY)
    weeks = timedelta(weeks=8)
    today = local_day(datetime.now(UTC))
    course = f"/anmeldungen/kurse/K-{sent.case_id}"
    Course.update(ends_on=today - weeks).execute()
    assert f"bis zum {today:%d.%m.%Y}" in client.soup(f"/anmeldungen/{sent.id}").select_one("#last-day").text
    assert client.get(course).status_code == 200
    Course.update(ends_on=today - weeks - timedelta(days=1)).execute()
    assert client.get(f"/anmeldungen/{sent.id}").status_code == 404
    assert not client.soup("/anmeldungen/").select("tbody tr")
    assert client.get(course).status_code == client.get(f"{course}/teilnahmeliste.pdf").status_code == 404
    moment = datetime.now(UTC)
    assert [end_provider_access(now=moment), end_provider_access(now=moment)] == [(1, 0), (0, 0)]
    assert Enrolment.get().access_ended_on == today - timedelta(days=1)
    Course.update(ends_on=today).execute()
    assert end_provider_access(now=moment) == (0, 1)
    kinds = [event.kind for event in Event.select().where(Event.case_id == sent.case_id).order_by(Event.id)]
    assert kinds[-2:] == ["enrolment.access_ended", "enrolment.access_again"]


def test_a_withdrawn_consent_closes_what_was_not_answered(as_user, release):
    sent = release()
    Consent.create(
        case=sent.case_id, purpose="E2", recipient=None, state="withdrawn", decided_on=TODAY, recorded_at=stamp(NOW)
    )
    assert as_user(KEY).get(f"/anmeldungen/{sent.id}").status_code == 404
    Enrolment.update(state="confirmed").where(Enrolment.id == sent.id).execute()
    assert as_user(KEY).get(f"/anmeldungen/{sent.id}").status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_provider_reads_the_same_bytes_as_the_issuer(as_user, release):
    sent = release()
    theirs = as_user(KEY).get(f"/anmeldungen/{sent.id}/anmeldebogen.pdf").data
    ours = as_user("agentur").get(f"/faelle/{sent.case.number}/anmeldung/{sent.id}.pdf").data
    assert theirs == ours
    assert Document.select().count() == 1


def test_the_course_shows_who_was_released_for_it(as_user, people, make_case, provider, release, tmp_path):
    sent, other = release(given_name="Amina"), release()
    make_enrolment(make_case(given_name="Jamila"), Course.get_by_id(sent.course_id), people("agentur"))
    address = f"/anmeldungen/kurse/K-{sent.case_id}"
    client = as_user(KEY)
    assert len(client.soup("/anmeldungen/kurse/").select("tbody tr")) == 2
    rows = client.soup(address).select("tbody tr")
    assert [row.select_one("a").text for row in rows] == ["Rahimi, Amina"]
    assert not client.soup(address).select("#participants-pdf")
    Enrolment.update(state="confirmed").where(Enrolment.id == sent.id).execute()
    assert client.soup(address).select("#participants-pdf")
    text = printed(client.get(f"{address}/teilnahmeliste.pdf").data, tmp_path)
    assert "Rahimi, Amina" in text and "14.03.1994" in text and AZR not in text and other.case.number not in text
    assert "Jamila" not in text and "bestätigt" in text


def test_courses_of_others_are_unknown(as_user, release):
    sent = release()
    make_provider("Institut Schaumberg", account=True)
    address = f"/anmeldungen/kurse/K-{sent.case_id}"
    client = as_user("schaumberg")
    assert client.soup("/anmeldungen/kurse/").select("tbody tr") == []
    assert [client.get(f"{address}{part}").status_code for part in ("", "/teilnahmeliste.pdf")] == [404, 404]
    assert as_user("agentur").get(address).status_code == 403
