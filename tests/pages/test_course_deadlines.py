"""How long somebody waits for a course and what runs for it: on her page, in the catalogue, on Mein Tag."""

from datetime import date, timedelta

import pytest

from models.operations.enrolments import reserve_seat
from models.rules.enrolments import NamedPath
from models.tables import Course
from tests.course_cast import make_course, make_provider, path_states
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
LONG_AGO = TODAY - timedelta(days=60)
OBLIGED = NamedPath("P5", "§ 5b AsylbLG", "ASYLBLG", LONG_AGO, TODAY + timedelta(days=300))


@pytest.fixture
def course(monkeypatch, people, make_case):
    """A course near the end of its registration, with one person who was obliged sixty days ago."""
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)
    row = make_course(make_provider(), threshold=5, register_until=TODAY + timedelta(days=10))
    reserve_seat(make_case(), row, OBLIGED, path_states(), actor=people("agentur"), now=NOW)
    return row


def test_the_wait_stands_on_her_page_in_the_course_and_in_the_catalogue(as_user, course):
    client = as_user("agentur")
    row = client.soup(f"/kurse/{course.number}").select_one("#course-people tbody tr")
    assert "60 Tage" in row.text and "länger als das Ziel" in row.text
    number = row.select_one("a").text
    clock = client.soup(f"/faelle/{number}/kurs").select_one("#course-clock")
    assert f"wartet seit 60 Tagen (Berechtigung vom {LONG_AGO:%d.%m.%Y})" in clock.text
    assert "Sechs Wochen Warten auf einen Kurs" in clock.text and "eigenes Ziel" in clock.text
    link = client.soup("/kurse/").select_one("#waiting-too-long")
    assert "Warten zu lange auf einen Kurs: 1" in link.text
    assert "Wartet seit sechs Wochen auf einen Kurs" in client.soup(link["href"]).text
    assert number in client.soup("/faelle/?kontakt=wartet-auf-kurs").text
    assert not as_user("jobcenter").soup("/kurse/").select_one("#waiting-too-long")


def test_a_course_below_its_threshold_is_told_to_its_keepers(as_user, course):
    told = as_user("agentur").soup("/").select_one("#course-alerts")
    assert "noch 4 bis zur Startschwelle von 5" in told.text
    assert as_user("jobcenter").soup("/").select_one("#course-alerts")
    assert not as_user("coach").soup("/").select_one("#course-alerts")
    Course.update(cancelled_on=date(2026, 11, 1)).execute()
    assert not as_user("agentur").soup("/").select_one("#course-alerts")
