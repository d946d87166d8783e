"""A full course, its list, a seat that becomes free, an offer that nobody answers, and the next in rank."""

import sqlite3
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, findings, overflow
from tests.browser.steps import DAY, TODAY, choose_course, fill, press

COURSE = "/kurse/BB-AL-03"


def test_a_free_seat_goes_from_rank_to_rank(site: Site, open_page: Callable[..., Page], axe: str):
    clerk = open_page("agentur")
    first, second = cases_waiting(clerk)
    plain = open_page("agentur", javascript=False, width=360)
    leave_and_come_back(plain, second)
    one_seat_more(clerk)
    open_case_of(clerk, first)
    expect(clerk.locator("#course-desk")).to_contain_text("Ein Platz ist frei und bis")
    assert findings(clerk, axe) == []
    clerk.goto(clerk.url.removesuffix("/kurs"))
    expect(clerk.locator("main")).to_contain_text("Angebot eines Kursplatzes endet")
    nobody_answers(site)
    open_case_of(clerk, first)
    expect(clerk.locator("[id^=rank-]")).to_contain_text("nach einem verstrichenen Angebot hinter allen anderen")
    open_case_of(plain, second)
    assert overflow(plain) <= 0
    press(plain, "button:has-text('Angebot annehmen')", "#issue-form")
    assert cases_waiting(clerk) == [first]
    assert findings(clerk, axe) == []
    assert not clerk.console_errors  # type: ignore[attr-defined]


def cases_waiting(page: Page) -> list[str]:
    """The numbers of the cases on the list of the course, as the clerk sees them."""
    page.goto(COURSE)
    return page.locator("#course-people tr:has-text('auf der Warteliste') a").all_inner_texts()


def open_case_of(page: Page, number: str) -> None:
    """Follow the number on the list to the course of the case."""
    page.goto(COURSE)
    press(page, f"#course-people a:has-text('{number}')", "#course-desk")


def leave_and_come_back(page: Page, number: str) -> None:
    """Taken off the list by mistake, and put on it again; at 360 px and without a script."""
    open_case_of(page, number)
    address = page.url
    page.locator("summary:has-text('Von der Warteliste nehmen')").click()
    press(page, "form[id^=leave-] button", "#error-summary")
    fill(page.locator("form[id^=leave-]"), reason="MISTAKE")
    press(page, "form[id^=leave-] button", "#reservation-form")
    page.goto(address + "?alle=1")
    fill(page.locator("#reservation-form"), path="P7")
    choose_course(page, "BB-AL-03")
    press(page, "#reserve-seat", "#course-error")
    expect(page.locator("#course-error")).to_contain_text("Setzen Sie die Person auf die Warteliste")
    assert overflow(page) <= 0
    press(page, "#join-list", "[id^=rank-]")
    expect(page.locator("[id^=rank-]")).to_contain_text("Rang 2 von 2")


def one_seat_more(page: Page) -> None:
    """The provider takes one more person."""
    page.goto(f"{COURSE}/bearbeiten")
    seats = page.locator("#seats")
    seats.fill(str(int(seats.input_value()) + 1))
    press(page, "#course-save", "#course-figures")


def nobody_answers(site: Site) -> None:
    """The deadline of the offer passes; the daily run notices it."""
    with sqlite3.connect(next(site.data.glob("*.db"))) as database:
        yesterday = (TODAY - DAY).isoformat()
        mine = "state = 'offered' AND course_id = (SELECT id FROM course WHERE number = 'BB-AL-03')"
        database.execute(f"UPDATE enrolment SET reserved_until = ? WHERE {mine}", (yesterday,))
    done = site.command("daily")
    assert "waiting: 1 offers lapsed, 0 entries ended, 1 seats offered" in done.stdout, done.stdout + done.stderr
