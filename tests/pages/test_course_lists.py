"""Lists of courses in the browser: upload, preview, confirm once, correct and send again."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup

from models.operations.courses import create_site
from models.operations.import_batches import stage_list
from models.queries.audit import verify_ledger
from models.queries.course_plan import plan_courses
from models.queries.import_batches import COURSES
from models.rules.courses import SiteData
from models.tables import Course, Event, ImportBatch, Site
from tests.conftest import LEDGER_KEY, NOW
from tests.course_cast import make_course, make_provider
from tests.course_lists import course_csv, course_table, course_xlsx
from tests.strict_client import StrictClient

HOME = "/kurse/listen/"


def _upload(client: StrictClient, content: bytes, name: str = "kurse.csv") -> Any:
    return client.post(HOME, {"file": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def _staged(client: StrictClient, *rows: dict[str, str]) -> tuple[str, BeautifulSoup]:
    response = _upload(client, course_csv(*rows))
    assert response.status_code == 303
    return response.location, client.soup(response.location)


def _confirm(client: StrictClient, address: str, page: BeautifulSoup) -> Any:
    version = page.select_one("#confirm-form [name=version]")["value"]
    return client.post(f"{address}/einlesen", {"version": version})


def _figures(page: BeautifulSoup) -> list[str]:
    return [figure.select_one("strong").text for figure in page.select(".figure")]


def test_new_changed_unchanged_and_refused_are_told_apart(as_user) -> None:
    provider, client = make_provider(), as_user("agentur")
    address, preview = _staged(client, {}, {"NUMBER": "BB-2"})
    assert _figures(preview) == ["2", "2", "0", "0", "0"] and not Course.select().exists()
    assert _confirm(client, address, preview).location == address
    assert Course.get(Course.number == "BB-1").schedule == "Mo–Fr 8:30–12:30"
    Course.update(taken=12).where(Course.number == "BB-2").execute()
    later = ({}, {"NUMBER": "BB-2", "SEATS": "10"}, {"NUMBER": "BB-3", "KIND": "Frauenkurs"}, {"NUMBER": "BB-4"})
    address, preview = _staged(client, *later, {"NUMBER": "BB-1", "TITLE": "Modul 4"})
    assert _figures(preview) == ["5", "1", "0", "1", "3"]
    wrong = [[cell.text.strip() for cell in row.select("td")] for row in preview.select("section table tbody tr")]
    assert wrong == [
        ["3: BB-2", "Plätze", "12 Plätze sind schon vergeben; weniger geht nicht."],
        ["4: BB-3", "Kursart", "Diese Kursart wird nicht mehr angeboten."],
        ["6: BB-1", "Kursnummer", "Diese Nummer steht schon in Zeile 2."],
    ]
    _confirm(client, address, preview)
    assert {course.number for course in Course.select()} == {"BB-1", "BB-2", "BB-4"}
    assert Course.get(Course.number == "BB-2").seats == 25
    assert provider.id == Course.get(Course.number == "BB-4").provider_id
    assert _figures(client.soup(address)) == ["5", "1", "0", "1", "3"]
    assert ImportBatch.select().where(ImportBatch.content.is_null(False)).count() == 0
    assert verify_ledger(LEDGER_KEY).holds


def test_a_change_shows_before_and_after_and_writes_one_event_for_the_course(as_user) -> None:
    make_provider()
    client = as_user("jobcenter")
    address, preview = _staged(client, {})
    _confirm(client, address, preview)
    address, preview = _staged(client, {"SEATS": "20", "CHILDCARE": "ja", "TIMES": "Di 9–12"})
    said = preview.select_one("#changes-title").parent.text
    assert "Plätze: 25 → 20" in said and "Kinderbetreuung: nein → ja" in said
    assert "Kurszeiten: Mo–Fr 8:30–12:30 → Di 9:00–12:00" in said
    _confirm(client, address, preview)
    course = Course.get()
    assert (course.seats, course.childcare, course.schedule, course.version) == (20, True, "Di 9:00–12:00", 2)
    assert [event.kind for event in Event.select().order_by(Event.id)].count("course.changed") == 1


def test_the_same_list_and_a_double_click_double_nothing(as_user) -> None:
    make_provider()
    client = as_user("agentur")
    address, preview = _staged(client, {}, {}, {"NUMBER": "BB-2"})
    assert _confirm(client, address, preview).status_code == 303
    assert _confirm(client, address, preview).status_code == 409
    _address, again = _staged(client, {}, {}, {"NUMBER": "BB-2"})
    assert _figures(again) == ["3", "0", "0", "3", "0"] and "nichts einzulesen" in again.text
    assert Course.select().count() == 2


def test_two_previews_of_one_list_enter_each_course_once(as_user) -> None:
    make_provider()
    client = as_user("agentur")
    first, page = _staged(client, {})
    second, other = _staged(client, {})
    _confirm(client, first, page)
    _confirm(client, second, other)
    assert _figures(client.soup(second)) == ["1", "0", "0", "1", "0"]
    assert Course.select().count() == 1 and Course.get().version == 1


def test_the_refused_rows_come_back_to_be_corrected(as_user) -> None:
    make_provider()
    client = as_user("agentur")
    address, preview = _staged(client, {"SEATS": "30", "TITLE": "'=1+2"}, {"NUMBER": "BB-2"})
    before = client.get(f"{address}/abgelehnt.csv").data
    _confirm(client, address, preview)
    answer = client.get(f"{address}/abgelehnt.csv")
    assert answer.mimetype == "text/csv" and answer.data == before
    text = answer.data.decode("utf-8-sig")
    assert text.count("\r\n") == 2 and "höchstens" not in text and "1 bis 25 Plätze" in text
    assert ";'=1+2;" in text, "no spreadsheet takes it for a formula"
    again = _upload(client, text.replace(";30;", ";20;").encode()).location
    _confirm(client, again, client.soup(again))
    assert Course.get(Course.number == "BB-1").title == "=1+2"


def test_the_catalogue_comes_down_as_a_list_that_changes_nothing(as_user, people) -> None:
    provider, actor = make_provider(), people("agentur")
    client = as_user("agentur")
    house = SiteData(provider.id, "Haus A", "Weg 1", "66606", "St. Wendel", True, "Bus R2")
    create_site(house, actor=actor, now=NOW)
    _confirm(client, *_staged(client, {"PLACE": "Haus A", "UNITS": "100"}, {"NUMBER": "BB-2", "TIMES": "abends"}))
    assert Course.get(Course.number == "BB-1").place_id == Site.get().id
    make_course(provider, "ALT-1", site="Altes Rathaus", schedule="Mo–Do 9–12 Uhr", childcare=True, threshold=12)
    content = client.get("/kurse/liste.csv").data
    assert content.startswith("\ufeffKursnummer;Kursträger".encode())
    location = _upload(client, content).location
    page = client.soup(location)
    assert _figures(page) == ["3", "0", "1", "2", "0"]
    assert "Kurszeiten" in page.select_one("#changes-title").parent.text, "only the old words become times"


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "kurse.csv", "Die Datei ist leer."),
        (b"Kurs;Ort\r\n1;2", "kurse.csv", "Keine Kopfzeile gefunden"),
        (b"%PDF-1.7", "kurse.pdf", "PDF-Datei"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_no_list_says_why_at_the_field(as_user, content, name, said) -> None:
    response = _upload(as_user("agentur"), content, name)
    assert response.status_code == 422
    assert said in BeautifulSoup(response.data, "html.parser").select_one("#file-error").text
    assert not ImportBatch.select().exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_workbook_with_a_merged_title_is_read(as_user) -> None:
    make_provider()
    client = as_user("agentur")
    address = _upload(client, course_xlsx({}, title="Kurse 2027"), "kurse.xlsx").location
    assert _figures(client.soup(address)) == ["1", "1", "0", "0", "0"]


def test_a_list_is_seen_by_its_own_office_alone_and_not_by_those_who_do_not_edit(as_user, people) -> None:
    make_provider()
    batch = stage_list(course_csv({}), "kurse.csv", subject=COURSES, actor=people("agentur"), now=NOW)
    address = f"{HOME}{batch.id}"
    assert as_user("jobcenter").get(address).status_code == 404
    assert as_user("jobcenter").post(f"{address}/einlesen", {"version": 1}).status_code == 404
    assert as_user("coach").get(address).status_code == 403
    assert as_user("agentur").get(f"/ankuenfte/{batch.id}").status_code in (403, 404)
    assert as_user("agentur").post(f"{address}/verwerfen", {"version": 1}).location == HOME
    assert "verworfen" in as_user("agentur").soup(HOME).text and not Course.select().exists()


def test_a_course_of_another_provider_or_a_cancelled_one_is_not_changed(as_user) -> None:
    make_provider()
    make_course(make_provider("Institut Schaumberg"), "BB-1")
    make_course(make_provider("Volkshochschule"), "BB-2", cancelled_on=NOW.date())
    rows = course_table({}, {"NUMBER": "BB-2", "PROVIDER": "Volkshochschule"})
    said = {number: str(next(iter(errors.values()))) for number, errors in plan_courses(rows).rejected.items()}
    assert said == {
        1: "Diese Nummer gehört zu einem Kurs von Institut Schaumberg.",
        2: f"Dieser Kurs ist seit {NOW:%d.%m.%Y} abgesagt und bleibt es. Findet er doch statt: neue Kursnummer.",
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_preview_costs_as_many_statements_for_many_rows(as_user, statements_of) -> None:
    make_provider()
    client = as_user("agentur")
    few, _page = _staged(client, {})
    many, _page = _staged(client, *({"NUMBER": f"K-{number}"} for number in range(200)))
    assert len(statements_of(client, many)) == len(statements_of(client, few))
