"""A course from suggestion to result: reserved, enrolled, accepted by its provider, attended, and what she learned."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PIN, Site, findings, installation, overflow
from tests.browser.steps import FAR_AHEAD, TODAY, WEEK, choose_course, fill, find_case, german, press

WHO, COURSE = "Jafari, Shirin", "BB-IK-07"


@pytest.fixture
def site(tmp_path: Path, filled: Path) -> Iterator[Site]:
    """An installation of its own: two weeks pass in it, and a course that others look for begins."""
    with installation(tmp_path / "data", filled) as started:
        yield started


def test_from_the_suggestion_to_the_result(site: Site, open_page: Callable[..., Page], axe: str):
    clerk, teacher = open_page("agentur"), open_page("traeger", width=360, javascript=False)
    case = find_case(clerk, WHO)
    reserve_what_suits(clerk, case, axe)
    hand_out_and_send(clerk)
    confirm(teacher)
    it_begins(site)
    tell_the_start(teacher)
    take_attendance(open_page("traeger"), axe)
    clerk.goto(f"{case}/kurs")
    expect(clerk.locator("#course-desk")).to_contain_text("Kurs läuft")
    expect(clerk.locator("#course-desk")).to_contain_text("Anwesenheit")
    tell_the_end(teacher)
    result_is_there(clerk, case, axe)
    assert not clerk.console_errors  # type: ignore[attr-defined]


def reserve_what_suits(page: Page, case: str, axe: str) -> None:
    """Read why the course is suggested, and take it with the obligation of the AsylbLG unit."""
    page.goto(f"{case}/kurs?alle=1")
    suggested = page.locator("#course-group tr", has=page.locator(f"[value='{COURSE}']"))
    expect(suggested).to_contain_text("Dafür:")
    assert findings(page, axe) == []
    form = page.locator("#reservation-form")
    fill(form, path="P5", issued_by="ASYLBLG", dated=german(TODAY), valid_to=german(FAR_AHEAD))
    choose_course(page, COURSE)
    press(page, "#reserve-seat", "#issue-form")


def hand_out_and_send(page: Page) -> None:
    """The enrolment form, signed, and with consent on to the provider."""
    fill(page.locator("#issue-form"), signed="pin", pin=PIN)
    press(page, "#issue-form-go", "#send-form")
    if page.locator("#send-form [name=consented_on]").count():
        fill(page.locator("#send-form"), consented_on=german(TODAY))
    press(page, "#send-form-go", "#course-desk:has-text('an den Träger gesendet')")


def confirm(page: Page) -> None:
    """The provider takes her, on a phone and without a script."""
    page.goto("/anmeldungen/?offen=1")
    press(page, f"a:has-text('{WHO}')", "#confirm-form")
    form = page.locator("#confirm-form")
    fill(form, confirmed_on=german(TODAY), expected_start=german(TODAY + WEEK), test_on=german(TODAY), pk_number="4711")
    assert overflow(page) <= 0
    press(page, "#confirm-go", "#enrolment:has-text('Angemeldet am')")


def it_begins(site: Site) -> None:
    """Two weeks pass: the course has begun."""
    begun, before = (TODAY - 2 * WEEK).isoformat(), (TODAY - 3 * WEEK).isoformat()
    with sqlite3.connect(next(site.data.glob("*.db"))) as database:
        database.execute("UPDATE course SET starts_on = ? WHERE number = ?", (begun, COURSE))
        database.execute("UPDATE enrolment SET reserved_on = ? WHERE reserved_on > ?", (before, before))


def tell_the_start(page: Page) -> None:
    """The provider says since when she comes."""
    fill(page.locator("#progress-form"), what="start", on=german(TODAY - 2 * WEEK))
    press(page, "#progress-go", "#enrolment:has-text('Kurs begonnen am')")


def tell_the_end(page: Page) -> None:
    """The course is over; she passed the test. Points that there are not are refused, and the rest stays."""
    page.reload()
    fill(page.locator("#progress-form"), what="finish", on=german(TODAY))
    press(page, "#progress-go", "#report-form")
    form = page.locator("#report-form")
    fill(form, listening="B1", reading="B1", writing="A2", speaking="B1", exam="DTZ")
    fill(form, exam_result="B1", exam_on=german(TODAY), lid_points="34")
    press(page, "#report-go", "#report-lid-points-error")
    expect(page.locator("#report-speaking")).to_have_value("B1")
    fill(form, lid_points="28", recommendation="VOCATIONAL")
    press(page, "#report-go", "#reported")
    assert overflow(page) <= 0


def result_is_there(page: Page, case: str, axe: str) -> None:
    """Who counsels reads the result at the course and among the languages, with its source."""
    page.goto(f"{case}/kurs")
    expect(page.locator("#course-desk")).to_contain_text("Deutsch-Test für Zuwanderer")
    assert findings(page, axe) == []
    page.goto(f"{case}/sprachen")
    expect(page.locator("main")).to_contain_text("DTZ")
    expect(page.locator("main")).to_contain_text("Bildungswerk Bosenberg")


def take_attendance(page: Page, axe: str) -> None:
    """Everybody was there on the last day of lessons; the month says so."""
    page.goto(f"/anmeldungen/kurse/{COURSE}")
    press(page, "#attendance-link", "#attendance")
    assert findings(page, axe) == []
    page.locator("[id^=all-]").last.click()
    expect(page.locator("[role=status]", has_text="gespeichert").first).to_be_visible()
