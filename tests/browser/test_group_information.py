"""Invitation, the attendance list on a phone, and the case that shows who came; without scripts."""

from playwright.sync_api import expect

from tests.browser.conftest import overflow
from tests.browser.steps import TODAY, german, press


def test_who_is_invited_and_ticked_shows_in_the_case_without_scripts(open_page):
    agentur = open_page("agentur", javascript=False)
    agentur.goto("/termine/neu")
    agentur.fill("#held_on", german(TODAY))
    agentur.fill("#place", "Landesaufnahmestelle, Pommernstraße 1, 66822 Lebach")
    agentur.select_option("#language", "prs")
    agentur.fill("#begins", "20:00")
    agentur.fill("#ends", "21:00")
    press(agentur, "#event-save", "#invite")
    event = agentur.url.partition("?")[0]
    press(agentur, "#invite", "#invite-form")
    box = agentur.locator("#invite-form input[name=people]").first
    number = str(box.get_attribute("value"))
    box.check()
    press(agentur, "#invite-go", f"a[href='/faelle/{number}']")

    phone = open_page("agentur", javascript=False, width=360)
    phone.goto(f"{event}/anwesenheit")
    row = phone.locator(".attendance__row").first
    row.locator("button[value=excused]").click()
    expect(phone.locator(".attendance__row .kern-error")).to_contain_text("Warum ist die Person entschuldigt?")
    phone.locator(".attendance__row button[value=attended]").first.click()
    expect(phone.locator(".attendance__row .kern-badge").first).to_have_text("anwesend")
    assert overflow(phone) <= 0

    agentur.goto(f"/faelle/{number}/punkte/A21")
    expect(agentur.locator("main")).to_contain_text(f"aus der Anwesenheitsliste vom {german(TODAY)}")
    agentur.goto(f"/faelle/{number}/termine")
    expect(agentur.locator("main .kern-badge").first).to_have_text("anwesend")
