"""An administrator's new version of a list: draft, try-out, publishing, and a case that adopts it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import findings
from tests.browser.steps import fill, press

HOME = "/verwaltung/checklisten/"
TEXT = "Schlüssel der Unterkunft übergeben"


def publish_a_new_version(page: Page, text: str) -> str:
    """Add an item that is asked of people with children, publish; returns its number."""
    page.goto(HOME)
    press(page, "#beginnen-intake, #entwurf-intake", "#neuer-punkt")
    press(page, "#neuer-punkt", "#item-form")
    fill(page.locator("#item-form"), text=text, level="recommended", roles="municipality",
         help="Wer einen Schlüssel hat, kann einziehen.")  # fmt: skip
    press(page, "#item-save", "#bedingung")
    code = page.locator("h1").inner_text().split()[1]
    press(page, "#bedingung", "#subject-form")
    page.locator("#angabe").select_option("fact:children")
    press(page, "#subject-go", "#test-form")
    fill(page.locator("#test-form"), way="at_least", number="0")
    press(page, "#test-save", "#weg-1")
    page.goto(f"{HOME}aufnahme/entwurf")
    page.locator(f"#punkt-{code}-hoch").click()
    expect(page.locator(f"#punkt-{code}-runter")).to_be_visible()
    return code


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_new_version_is_written_tried_published_and_adopted(open_page, axe, javascript):
    admin = open_page("admin", javascript=javascript)
    text = f"{TEXT} ({'mit' if javascript else 'ohne'} Skript)"
    code = publish_a_new_version(admin, text)
    press(admin, "#probe", "#probe-form")
    place = admin.locator(f"#punkt-{code}")
    expect(place).to_contain_text("ergibt sich aus: Kinder im Haushalt")
    admin.locator("[name='fact:children']").fill("2")
    if javascript:
        admin.locator("[name='fact:children']").blur()
    else:
        admin.locator("#probe-go").click()
    expect(place).not_to_contain_text("ergibt sich aus")
    admin.goto(f"{HOME}aufnahme/entwurf/unterschied")
    expect(admin.locator("main")).to_contain_text("1 Punkt kommt hinzu")
    press(admin, "#veroeffentlichen", "#beginnen")
    expect(admin.locator(f"#punkt-{code}")).to_contain_text(text)
    clerk = open_page("tholey", javascript=javascript)
    clerk.goto("/faelle/?stufe=aufnahme")
    clerk.goto(str(clerk.locator("table.case-table a").first.get_attribute("href")))
    expect(clerk.locator("#liste-fassung")).to_contain_text("Punkt")
    clerk.locator("#liste-fassung summary").click()
    expect(clerk.locator("#liste-fassung li").last).to_contain_text("kommt hinzu")
    if javascript:
        assert findings(clerk, axe) == []
    clerk.locator("#fassung-uebernehmen").click()
    expect(clerk.locator("#liste-fassung")).to_have_count(0)
    assert clerk.locator(f"#punkt-{code}").count() == 1
    assert admin.console_errors == clerk.console_errors == []


def test_two_administrators_at_one_draft_lose_nothing(open_page, axe):
    first, second = open_page("admin"), open_page("admin", width=360)
    first.goto(HOME)
    press(first, "#beginnen-courses", "#neuer-punkt")
    address = f"{HOME}kurszuweisung/entwurf/punkte/K02"
    for page in (first, second):
        page.goto(address)
    fill(first.locator("#item-form"), text="Zulassung geprüft")
    press(first, "#item-save", "#neuer-punkt")
    fill(second.locator("#item-form"), text="Zulassung gesehen")
    second.locator("#item-save").click()
    expect(second.locator("#konflikt")).to_contain_text("Zulassung geprüft")
    expect(second.locator("#text")).to_have_value("Zulassung gesehen")
    assert findings(second, axe) == []
    press(second, "#item-save", "#neuer-punkt")
    expect(second.locator("#name-K02")).to_have_text("Zulassung gesehen")
