"""The sheet of a course on screen: filled, filled for a day at one click, refused without losing what was typed."""

import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from models.rules.course_attendance import cell_name
from models.rules.law.workdays import last_working_day_before
from models.rules.times import local_day, stamp
from models.tables import AttendanceDay, Consent, Enrolment
from tests.conftest import NOW
from tests.course_cast import SELF_PAYER, make_course, make_participant, make_provider

TODAY = local_day(datetime.now(UTC))
DAY = last_working_day_before(TODAY)
BEGUN = DAY - timedelta(days=20)
ADDRESS = f"/anmeldungen/kurse/BB-1/anwesenheit/{DAY:%Y-%m}"
OF_DAY = f"/anmeldungen/kurse/BB-1/anwesenheit/{DAY}"


@pytest.fixture
def taught(app, people, make_case):
    """A course that runs, without weekly times, and people in it."""

    def make(*names: str, account: bool = True, **values) -> list[Enrolment]:
        course = make_course(make_provider(account=account), "BB-1", starts_on=BEGUN, ends_on=None)
        actor = people("agentur")
        return [make_participant(make_case(given_name=name), course, actor, **values) for name in names]

    return make


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def stored() -> dict[int, str]:
    return {row.enrolment_id: row.state for row in AttendanceDay.select()}


def test_a_month_is_filled_and_a_day_at_one_click(as_user, taught):
    layla, samira = taught("Layla", "Samira")
    client = as_user("bosenberg")
    assert client.get("/anmeldungen/kurse/BB-1/anwesenheit").status_code == 303
    page = client.soup(ADDRESS)
    assert page.select_one(f"#{cell_name(layla.id, DAY)}")["aria-label"].startswith("Rahimi, Layla")
    assert "/faelle" not in str(page.select_one("main"))
    cells = {cell_name(layla.id, DAY): "absent", cell_name(samira.id, DAY): ""}
    assert client.post(ADDRESS, cells | {"alle": str(DAY)}).status_code == 303
    assert stored() == {layla.id: "absent", samira.id: "present"}
    again = client.htmx(OF_DAY, {cell_name(samira.id, DAY): "excused", f"shown-{samira.id}": f"{DAY:%d}A"})
    assert again.status_code == 200 and "1 Eintrag gespeichert" in soup(again).select_one("[role=status]").text
    assert soup(again).select_one(f"#{cell_name(samira.id, DAY)}-excused").has_attr("checked")
    for beside in client.soup(OF_DAY).select("#day-before, #day-after"):
        assert client.soup(beside["href"]).select_one(f'.app-paging a[href="{OF_DAY}"]')


def test_the_second_tab_keeps_both_values(as_user, taught):
    (samira,) = taught("Samira")
    client, name = as_user("bosenberg"), cell_name(samira.id, DAY)
    client.post(ADDRESS, {name: "present"})
    late = client.htmx(ADDRESS, {name: "absent"})
    page = soup(late)
    assert late.status_code == 409 and "Inzwischen steht dort: anwesend" in page.select_one("#error-summary").text
    assert page.select_one(f"#{name} option[selected]")["value"] == "absent"
    shown = page.select_one(f"[name=shown-{samira.id}]")["value"]
    assert client.htmx(ADDRESS, {name: "absent", f"shown-{samira.id}": shown}).status_code == 200
    assert stored() == {samira.id: "absent"}


def test_a_day_that_cannot_be_marked_is_named_and_nothing_is_lost(as_user, taught):
    samira, layla = taught("Samira", "Layla", since=DAY)
    early, good = cell_name(samira.id, DAY - timedelta(days=1)), cell_name(layla.id, DAY)
    refused = as_user("bosenberg").htmx(ADDRESS, {early: "present", good: "absent"})
    assert refused.status_code == 422 and not stored()
    assert soup(refused).select_one(f"#{good} option[selected]")["value"] == "absent"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_strangers_find_nothing_and_colleagues_may_not(as_user, taught):
    (samira,) = taught("Samira")
    make_provider("Institut Schaumberg", account=True)
    for address in (ADDRESS, OF_DAY, f"{ADDRESS}-99", "/anmeldungen/kurse/BB-1/anwesenheit/bald"):
        assert as_user("schaumberg").get(address).status_code == 404
    assert as_user("schaumberg").post(ADDRESS, {cell_name(samira.id, DAY): "absent"}).status_code == 404
    assert as_user("agentur").get(ADDRESS).status_code == 403
    clerk = as_user("agentur").soup(f"/kurse/BB-1/anwesenheit/{DAY:%Y-%m}")
    assert "trägt die Anwesenheit selbst ein" in clerk.text and not clerk.select(f"#{cell_name(samira.id, DAY)}")
    assert as_user("tholey").get(f"/kurse/BB-1/anwesenheit/{DAY:%Y-%m}").status_code == 403


def test_the_case_shows_how_often_she_came_to_who_may_be_told(as_user, taught):
    (samira,) = taught("Samira")
    as_user("bosenberg").post(ADDRESS, {cell_name(samira.id, DAY): "absent"})
    address = f"/faelle/{samira.case.number}/kurs"
    row = as_user("agentur").soup(address).select_one("[aria-labelledby=attendance-title] tbody tr")
    assert [cell.text for cell in row.select("td")][1:4] == ["0", "0", "1"]
    Enrolment.update(access_path=SELF_PAYER.path).execute()
    assert not as_user("agentur").soup(address).select("#attendance-title")
    assert as_user("bosenberg").get(address).status_code == 403


def test_a_slip_leads_to_its_enrolment_by_code_or_sign(as_user, taught):
    (samira,) = taught("Samira", account=False, state="sent")
    number = samira.case.number
    client, sign = as_user("agentur"), f"{number}-K1"
    there = f"/faelle/{number}/kurs?anmeldung={samira.id}&papier=1"
    assert client.get(f"/kurse/rueckmeldung/{sign}").location == there
    assert client.post("/kurse/rueckmeldung", {"reference": f" {sign.lower()} "}).location == there
    page = client.soup(there)
    assert page.select_one("#confirm-form [name=source]")["value"].startswith("lt. Träger, Rücksendeabschnitt vom ")
    wrong = client.htmx("/kurse/rueckmeldung", {"reference": f"{number}-K2"})
    assert wrong.status_code == 422 and soup(wrong).select_one("#reference-error")
    assert as_user("jobcenter").get(f"/kurse/rueckmeldung/{sign}").status_code == 404
    assert as_user("tholey").get(f"/kurse/rueckmeldung/{sign}").status_code == 403


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_paper_of_a_provider_without_an_account(as_user, taught, make_case, people, tmp_path):
    (samira,) = taught("Samira", account=False)
    waits = make_participant(
        make_case(given_name="Lina", azr_number="123456789012"), samira.course, people("agentur"), state="sent"
    )
    client, address = as_user("agentur"), f"/kurse/BB-1/anwesenheit/{DAY:%Y-%m}/kursliste.pdf"
    path = tmp_path / "list.pdf"
    path.write_bytes(client.get(address).data)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Rahimi, Samira" in text and "Einstufungstest am" in text and waits.form["reference"] in text
    assert "123456789012" not in text
    Consent.create(
        case=waits.case_id, purpose="E2", recipient=None, state="withdrawn", decided_on=TODAY, recorded_at=stamp(NOW)
    )
    path.write_bytes(client.get(address).data)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Lina" not in text and as_user("tholey").get(address).status_code == 403


def test_who_may_not_be_reported_on_has_no_cell(as_user, taught):
    (samira,) = taught("Samira", named=SELF_PAYER)
    page = as_user("bosenberg").soup(ADDRESS)
    assert "Einwilligung E4" in page.text and not page.select(f"#{cell_name(samira.id, DAY)}")


def test_a_clerk_fills_it_for_a_provider_on_paper(as_user, taught):
    (samira,) = taught("Samira", account=False)
    client, name, address = as_user("agentur"), cell_name(samira.id, DAY), f"/kurse/BB-1/anwesenheit/{DAY:%Y-%m}"
    without = client.htmx(address, {name: "absent"})
    assert without.status_code == 422 and soup(without).select_one("#source-error")
    assert soup(without).select_one(f"#{name} option[selected]")["value"] == "absent"
    assert client.post(address, {name: "absent", "source": "lt. Träger, Kursliste"}).status_code == 303
    assert AttendanceDay.get().source == "lt. Träger, Kursliste"
    assert not as_user("jobcenter").soup(address).select(f"#{name}")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_full_course_asks_no_more_statements_than_a_small_one(as_user, taught, statements_of):
    taught("Samira")
    few = len(statements_of(as_user("bosenberg"), ADDRESS))
    course = Enrolment.get().course
    from tests.cast import make_case, member_of

    for number in range(24):
        make_participant(make_case(given_name=f"Person {number}"), course, member_of("agentur"))
    assert len(statements_of(as_user("bosenberg"), ADDRESS)) == few
