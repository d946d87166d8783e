"""The day in the browser: a list goes back and comes back completed, a Wiedervorlage is set and done."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import findings, overflow
from tests.browser.steps import TODAY, german, press

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])


def home_case(page: Page, place: int) -> str:
    """The address of a case of the municipality that has an account; each test takes another one."""
    page.goto("/faelle/?gemeinde=tholey")
    return str(page.locator("table a[href^='/faelle/SWD']").nth(place).get_attribute("href"))


@WITH_AND_WITHOUT
def test_a_list_goes_back_and_comes_back_completed(open_page, javascript):
    agentur, home = open_page("agentur", javascript=javascript), open_page("tholey", javascript=javascript)
    case = home_case(agentur, 3 if javascript else 4)
    agentur.goto(f"{case}?liste=aufnahme")
    press(agentur, "#zurueckgeben", "#give-back-form")
    press(agentur, "#give-back-save", "#error-summary")
    agentur.fill("#reason", "Bitte das Papier noch einmal ansehen")
    agentur.locator("#give-back-form [value=A05]").check()
    press(agentur, "#give-back-save", "#liste-zurueck")
    home.goto("/?seite=1")
    home.locator(f".task a[href^='{case}?liste=aufnahme']").first.click()
    expect(home.locator("#liste-zurueck")).to_contain_text("Bitte das Papier noch einmal ansehen")
    home.click("#ergaenzt-los")
    expect(home.locator("#liste-zurueck")).to_have_count(0)
    agentur.reload()
    expect(agentur.locator("#liste-zurueck")).to_have_count(0)


@WITH_AND_WITHOUT
def test_a_follow_up_is_set_on_the_case_and_done_on_the_day(open_page, axe, javascript):
    page = open_page("agentur", javascript=javascript, width=360)
    case = home_case(page, 5 if javascript else 6)
    page.goto(case)
    page.click("#act-wiedervorlage")
    page.fill("#due_on", german(TODAY - timedelta(days=1)))
    page.fill("#reason", "Rückruf der Schule")
    press(page, "#follow-up-save", "#error-summary")
    page.fill("#due_on", german(TODAY))
    page.click("#follow-up-save")
    expect(page.locator("#app-status")).to_contain_text("Wiedervorlage gesetzt")
    page.goto("/?liste=heute")
    line = page.locator(".task", has_text="Rückruf der Schule")
    expect(line).to_have_count(1)
    assert overflow(page) <= 0
    if javascript:
        assert findings(page, axe) == []
    line.get_by_role("button", name="Erledigt").click()
    expect(page.locator("#app-status")).to_contain_text("Wiedervorlage erledigt")
    page.goto("/?liste=heute")
    expect(page.locator(".task", has_text="Rückruf der Schule")).to_have_count(0)
