"""Figures: the county without small numbers for who oversees, the own ones with the cases behind them for an office."""

import subprocess
from datetime import UTC, datetime, time, timedelta
from io import BytesIO

import pikepdf
import pytest
from openpyxl import load_workbook

from models.operations.cases import record_first_contact
from models.rules.competences.periods import PeriodKind
from models.rules.times import stamp
from models.tables import Answer, Case, Event, FiledReport, LifePeriod, Organisation, Person, SavedReport
from pdf.report.filing import file_due_reports
from tests.moments import NOW, TODAY

ARRIVALS = "/auswertungen/neuzugaenge"


@pytest.fixture
def county(make_case):
    """Nine arrivals in Tholey, one in Namborn."""
    return [make_case(given_name=f"Samira {letter}") for letter in "ABCDEFGHI"] + [
        make_case(given_name="Layla", municipality="namborn")
    ]


def table(page) -> list[list[str]]:
    return [[cell.get_text(" ", strip=True) for cell in row.select("th,td")] for row in page.select("#report-table tr")]


def text_of(content: bytes) -> str:
    """The text of a PDF, line by line as it stands on its pages."""
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True)
    return run.stdout.decode()


def sentences(page) -> str:
    return page.select_one("#report").get_text(" ", strip=True)


def test_the_county_is_told_without_small_numbers(app, as_user, county):
    page = as_user("koordination").soup(ARRIVALS)
    *_months, total = table(page)
    assert total[-1] == "10"
    assert "1" not in total
    assert total.count("–") == 2, "the one in Namborn, and the nine that it would follow from"
    assert "ließe auf so wenige schließen" in sentences(page)
    assert not page.select("#report-table a")
    assert page.select_one("svg title").text == "Neuzugänge"


def test_an_office_sees_its_own_numbers_and_the_cases_behind_them(app, as_user, county):
    agentur = as_user("agentur")
    page = agentur.soup(ARRIVALS)
    assert "1" in table(page)[-1]
    link = next(link for link in page.select("#report-table tr:last-child a") if link.text == "1")
    behind = agentur.soup(link["href"])
    assert "Layla" in behind.select_one("#figure-cases").text
    assert "Samira" not in behind.select_one("#figure-cases").text


def test_a_municipality_counts_its_own_residents_alone(app, as_user, county):
    page = as_user("namborn").soup(ARRIVALS)
    assert table(page)[-1][-1] == "1"
    assert "weniger als 3 Personen" in sentences(page)


def test_strangers_find_no_report_and_who_oversees_no_cases(app, as_user, county):
    assert as_user("coach").get(ARRIVALS).status_code == 403
    assert as_user("tholey").get("/auswertungen/ergebnisse").status_code == 404
    assert as_user("koordination").get(ARRIVALS + "/faelle").status_code == 403
    assert as_user("agentur").get(ARRIVALS + "/faelle?zeile=morgen").status_code == 404


@pytest.mark.parametrize(
    ("user", "filters", "sentence"),
    [
        ("agentur", f"stand={TODAY + timedelta(days=3650)}", "Dieser Tag liegt in der Zukunft."),
        ("agentur", f"jahr={TODAY.year + 20}", "Dieses Jahr hat noch nicht begonnen."),
        ("agentur", "gemeinde=999", "Diese Gemeinde gibt es hier nicht."),
        ("agentur", "schnitt=name", "So lässt sich diese Zahl nicht aufteilen."),
        ("koordination", f"stand={TODAY.replace(day=2) - timedelta(days=60)}", "nur zum Monatsende"),
    ],
)
def test_filters_that_make_no_sense_get_a_sentence(app, as_user, county, user, filters, sentence):
    answer = as_user(user).get(f"{ARRIVALS}?{filters}")
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "report-table" not in answer.text


def test_empty_periods_dissolved_municipalities_and_one_person_get_a_sentence(app, as_user, county):
    koordination = as_user("koordination")
    assert "ist nichts gezählt" in sentences(koordination.soup(f"{ARRIVALS}?jahr=2019"))
    namborn = Organisation.get(Organisation.key == "namborn")
    Organisation.update(active=False).where(Organisation.id == namborn.id).execute()
    page = koordination.soup(f"{ARRIVALS}?gemeinde={namborn.id}")
    assert "gibt es nicht mehr" in sentences(page)
    assert "so wenige Personen, dass keine Zahl genannt wird" in sentences(page)


def test_a_past_day_is_told_as_it_was_known_then(app, as_user, county, people):
    case = Case.get_by_id(county[0].id)
    record_first_contact(case, TODAY, seen_version=case.version, actor=people("agentur"), now=NOW)
    agentur, talks = as_user("agentur"), "/auswertungen/bis-zum-erstgespraech"
    assert table(agentur.soup(talks))[-1][8] == "1"
    before = agentur.soup(f"{talks}?stand={TODAY - timedelta(days=1)}")
    assert "ist nichts gezählt" in sentences(before)


@pytest.mark.parametrize("user", ["koordination", "agentur"])
def test_screen_csv_xlsx_and_pdf_say_the_same_numbers(app, as_user, county, user):
    client = as_user(user)
    shown = table(client.soup(ARRIVALS))
    listed = client.get(f"{ARRIVALS}/datei.csv").data.decode("utf-8-sig").split("\r\n\r\n")[0]
    assert [line.split(";") for line in listed.splitlines()] == shown
    sheet = load_workbook(BytesIO(client.get(f"{ARRIVALS}/datei.xlsx").data))["Zahlen"]
    assert [["" if cell is None else str(cell) for cell in row] for row in sheet.values] == shown
    content = client.get(f"{ARRIVALS}/datei.pdf").data
    printed = [line.split() for line in text_of(content).splitlines()]
    for row in shown:
        assert " ".join(row).split() in printed, row
    with pikepdf.open(BytesIO(content)) as paper:
        assert len(paper.pages) == 1
        assert str(paper.docinfo["/Title"]) == "Neuzugänge"
    assert client.get(f"{ARRIVALS}/datei.exe").status_code == 404


def test_the_quality_of_data_leads_to_the_cases_that_lack_a_value(app, as_user, county):
    known = county[0]
    Person.update(phone="06851 1").where(Person.id == known.person_id).execute()
    Answer.create(case=known, item="B05", state="unknown", answered_at=stamp(NOW))
    agentur, quality = as_user("agentur"), "/auswertungen/datenqualitaet"
    page = agentur.soup(quality)
    lines = {line[0]: line[1:] for line in table(page)}
    assert lines["Telefon"][0] == "9"
    assert next(line for name, line in lines.items() if name.startswith("B05 "))[1] == "1"
    unknown = agentur.soup(f"{quality}/faelle?zeile=B05&spalte=unknown").select("#figure-cases a")
    assert [link.text for link in unknown] == ["Rahimi, Samira A"]
    assert len(agentur.soup(f"{quality}/faelle?zeile=phone&spalte=missing").select("#figure-cases a")) == 9
    assert "B05" not in sentences(as_user("tholey").soup(quality))
    doubtful = {"trust": "contradictory", "contradiction": "zwei Zeugnisse", "source": "", "recorded_at": stamp(NOW)}
    LifePeriod.create(case=known, organisation=known.agentur_id, kind=PeriodKind.WORK, begins="2015", **doubtful)
    behind = f"{quality}/faelle?zeile=periods&spalte=contradictory"
    assert len(agentur.soup(behind).select("#figure-cases a")) == 1
    assert "Werdegang" in sentences(agentur.soup(quality))
    assert "Werdegang" not in sentences(as_user("tholey").soup(quality))
    assert not as_user("tholey").soup(behind).select("#figure-cases a")
    county_lines = {line[0]: line[1:] for line in table(as_user("bamf").soup(quality))}
    assert county_lines["Telefon"][0] == "10"
    assert agentur.get(f"{quality}/faelle?zeile=2026").status_code == 404


def test_a_remembered_report_is_filed_for_the_organisation_as_stored_bytes(app, as_user, county):
    koordination = as_user("koordination")
    missing = koordination.post(f"{ARRIVALS}/merken?jahr=alle", {"name": " ", "rhythm": "monthly"})
    assert (missing.status_code, "Bitte einen Namen eingeben." in missing.text) == (422, True)
    assert missing.text.partition("<title>")[2].startswith("Fehler:")
    saved = koordination.post(f"{ARRIVALS}/merken?jahr=alle", {"name": "Für den Kreistag", "rhythm": "monthly"})
    assert saved.status_code == 303
    row = SavedReport.get()
    assert (row.filters, row.next_on.day) == ({"jahr": "alle"}, 1)
    first = datetime.combine(row.next_on, time(5), UTC)
    assert file_due_reports(now=first - timedelta(days=1), watermark=True) == 0
    assert [file_due_reports(now=first, watermark=True) for _again in range(2)] == [1, 0]
    filed = FiledReport.get()
    assert koordination.get(f"/auswertungen/abgelegt/{filed.id}.pdf").data == bytes(filed.pdf)
    assert as_user("bamf").get(f"/auswertungen/abgelegt/{filed.id}.pdf").status_code == 404
    assert "alle Jahre" in koordination.soup("/auswertungen/").select_one("#filed-reports").text
    assert as_user("bamf").post(f"/auswertungen/gemerkt/{row.id}/loeschen", {"version": 1}).status_code == 404
    row = SavedReport.get()
    assert koordination.post(f"/auswertungen/gemerkt/{row.id}/loeschen", {}).status_code == 409
    koordination.post(f"/auswertungen/gemerkt/{row.id}/loeschen", {"version": row.version})
    assert (SavedReport.select().count(), FiledReport.select().count()) == (0, 1)


def test_a_remembered_report_is_filed_at_once_by_hand(app, as_user, county):
    koordination, tholey = as_user("koordination"), Organisation.get(Organisation.key == "tholey")
    koordination.post(f"{ARRIVALS}/merken?jahr=alle&gemeinde={tholey.id}", {"name": "Für den Rat", "rhythm": ""})
    row = SavedReport.get()
    shown = koordination.soup("/auswertungen/").select_one("#saved-reports").get_text(" ", strip=True)
    assert "Neuzugänge alle Jahre, aufgeteilt nach: Gemeinde, Gemeinde Tholey · nur merken" in shown
    place = f"/auswertungen/gemerkt/{row.id}/ablegen"
    assert as_user("bamf").post(place, {"version": row.version}).status_code == 404
    assert koordination.post(place, {"version": row.version}).status_code == 303
    assert koordination.post(place, {"version": row.version}).status_code == 409  # the second of two clicks
    assert (FiledReport.get().asked[:10], SavedReport.get().next_on) == ("alle Jahre", None)
    assert "Für den Rat" in koordination.soup("/").select_one("#new-reports").text
    assert Event.select().where(Event.kind == "figure.filed").get().account_id is not None
