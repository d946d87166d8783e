"""A municipality's whole intake: a person is entered, what the list asks is answered, the list is finished."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import TODAY, german, press

FIRST_OPEN = ".checklist__items > .item:not(.item--done):not(.item--na):has(form, a[id^='oeffnen-'])"
MOST = 60
"""More items than the list has: a list that never ends fails."""

KNOWN = {"address": "Kirchstraße 1, 66636 Tholey", "email": "s.probe@example.org", "phone": "06853 1234"}
"""Fields that ask for a form of their own."""


@pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])
def test_a_whole_intake(open_page, javascript):
    page = open_page("tholey", javascript=javascript)
    name = "Intakeprobe" if javascript else "Ohneskript"
    enter(page, name)
    case = page.url.split("?")[0]
    page.goto(f"{case}?liste=aufnahme")
    expect(page.locator("h1")).to_have_text(f"{name}, Samira")
    answered = [answer_next(page) for _ in range(MOST) if page.locator("#liste-fehlt li").count()]
    assert len(answered) > 5, "the list asks for more than a few things"
    expect(page.locator("#next-step")).to_have_text("Aufnahme abschließen")
    press(page, "#abschliessen-los", "#liste-stand:has-text('Abgeschlossen am')")
    expect(page.locator("#app-status")).to_contain_text("Aufnahme abgeschlossen. Weiter geht es bei")
    page.goto(case)
    expect(page.locator(".stage--finished")).to_contain_text("Aufnahme")


def enter(page: Page, name: str) -> None:
    """One person by the form, with what the form must have."""
    page.goto("/ankuenfte/person")
    form = page.locator("#arrival-form")
    form.locator("[name=people-0-family_name]").fill(name)
    form.locator("[name=people-0-given_name]").fill("Samira")
    form.locator("[name=people-0-date_of_birth]").fill("03.04.1994")
    form.locator("[name=people-0-sex]").first.check()
    form.locator("[name=people-0-nationality]").fill("Afghanistan")
    form.locator("[name=people-0-document]").select_option("AGS")
    form.locator("[name=arrived_on]").fill(german(TODAY))
    press(page, "#arrival-save", f"h1:has-text('{name}')")


def answer_next(page: Page) -> str:
    """Answer the first thing that is missing, as its form asks; returns its code."""
    code = str(page.locator("#liste-fehlt a").first.get_attribute("href")).removeprefix("#punkt-")
    item = page.locator(f"#punkt-{code}")
    tick = item.locator(f".who #speichern-{code}")
    if not tick.count():
        item.locator(f"summary:visible, #oeffnen-{code}:visible").first.click()
        expect(page.locator(f"#form-{code}")).to_be_visible()
        for control in page.locator(f"#form-{code} [name]:visible:not([type=submit])").all():
            give(control)
    page.locator(f"#speichern-{code}").click()
    expect(page.locator(f"#liste-fehlt a[href='#punkt-{code}']")).to_have_count(0)
    return code


def give(control: Locator) -> None:
    """Something that fits: the first choice, today, a number, a word."""
    kind = control.evaluate("e => e.tagName == 'SELECT' ? 'select' : e.type")
    name = str(control.get_attribute("name"))
    if "-missing" in name or name.startswith(("not-applicable", "answer-")):
        return
    if kind == "select":
        if not control.input_value():
            control.select_option(index=1)
    elif kind in ("radio", "checkbox"):
        group = control.page.locator(f"#{control.locator('xpath=ancestor::form').get_attribute('id')} [name='{name}']")
        if not group.evaluate_all("all => all.some(one => one.checked)"):
            control.check()
    elif not control.input_value():
        mode = control.get_attribute("inputmode")
        day = "app-width-day" in str(control.get_attribute("class")) and mode == "numeric"
        hint = control.get_attribute("aria-describedby")
        control.fill(KNOWN.get(name) or (german(TODAY) if day and hint else "1" if mode else "Angabe"))
