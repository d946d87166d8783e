"""A municipality reports an arrival and a move: the coach sees both at once, and the new municipality has the case."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import findings
from tests.browser.steps import TODAY, fill, german, press

NAME = "Umzugsprobe"


def test_an_arrival_and_a_move_reach_the_coach(open_page, axe):
    home, coach, agentur = open_page("tholey"), open_page("coach"), open_page("agentur")
    number = arrive(home)
    assert findings(home, axe) == []
    expect_line(coach, "/?liste=neu", f"Ersten Kontakt aufnehmen – {NAME}, Samira")

    home.goto(f"/faelle/{number}/aenderung-melden")
    assert findings(home, axe) == []
    press(home, "#kind-gemeindewechsel", "#report-form")
    home.click("#report-save")
    expect(home.locator("#error-summary")).to_contain_text("Bitte ausfüllen.")
    assert findings(home, axe) == []
    fill(home.locator("#report-form"), on_day=german(TODAY), municipality="freisen")
    press(home, "#report-save", "#own-reports")
    expect(home.locator("#app-status")).to_contain_text("Den Fall sieht jetzt die neue Gemeinde")
    expect(home.locator("#own-reports tbody tr").first).to_contain_text(number)
    expect(home.locator("#own-reports tbody tr").first).not_to_contain_text(NAME)
    assert home.goto(f"/faelle/{number}").status == 404

    for page in (coach, agentur):
        page.goto(f"/faelle/{number}")
        expect(page.locator("#notice-1")).to_contain_text("Gemeldet: Umzug in eine andere Gemeinde")
        page.goto(f"/faelle/{number}/meldungen")
        expect(page.locator("[id^=report-]").first).to_contain_text("Freisen")
        assert findings(page, axe) == []
        press(page, "[id^=gelesen-]", "#app-status:has-text('Zur Kenntnis genommen')")
    home.goto("/meldungen/")
    assert findings(home, axe) == []
    assert home.console_errors == coach.console_errors == agentur.console_errors == []


def arrive(page: Page) -> str:
    """Enter one person by the form; returns the number of her case."""
    page.goto("/ankuenfte/person")
    form = page.locator("#arrival-form")
    fill(form, **{"people-0-family_name": NAME, "people-0-given_name": "Samira"})
    fill(form, **{"people-0-date_of_birth": "03.04.1994", "people-0-nationality": "Afghanistan"})
    form.locator("[name=people-0-sex]").first.check()
    fill(form, **{"people-0-document": "AGS"}, arrived_on=german(TODAY))
    press(page, "#arrival-save", f"h1:has-text('{NAME}')")
    found = re.search(r"SWD-\d{4}-\d{5}", page.url)
    assert found
    return found[0]


def expect_line(page: Page, address: str, text: str) -> None:
    """A list of the day tells it, at once."""
    page.goto(address)
    expect(page.locator(".task", has_text=text).first).to_be_visible()
