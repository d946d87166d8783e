"""Finding a case, arranging a list, keeping it, and seeing what somebody else changed."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import press

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])


@WITH_AND_WITHOUT
def test_a_misspelled_name_leads_to_the_case(open_page, javascript):
    page = open_page("agentur", javascript=javascript)
    page.goto("/faelle/")
    name = page.locator("tbody a").first.inner_text()
    family, given = name.split(", ")
    page.fill("#app-search", f"{given} {family[:-1]}")
    press(page, "#app-search-go", "h1:text('Suche')")
    found = page.locator("tbody tr", has=page.get_by_role("link", name=name, exact=True)).first
    expect(found.locator("td").last).not_to_be_empty()
    found.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(name)


def test_a_list_is_arranged_saved_and_taken_along(open_page):
    page = open_page("agentur")
    page.goto("/faelle/?gemeinde=tholey")
    page.get_by_role("link", name="Spalten und Reihenfolge").click()
    page.check("#column-telefon")
    page.uncheck("#column-stand")
    press(page, "#columns-go", "th:text('Telefon')")
    page.get_by_role("link", name="Gespeicherte Listen").click()
    page.fill("#name", "Tholey mit Telefon")
    press(page, "#save-list-go", "#app-status:text('Liste gespeichert.')")
    page.get_by_role("link", name="Tholey mit Telefon").click()
    expect(page.locator("#saved-name")).to_have_text("Tholey mit Telefon")
    shown = page.locator("tbody tr").count()
    with page.expect_download() as kept:
        page.get_by_role("link", name="Als CSV").click()
    lines = kept.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "Name;Fallnummer;geb.;Gemeinde;Telefon;zuständig;nächste Frist"
    assert len(lines) > shown


def test_what_a_colleague_changes_is_marked_until_it_was_seen(open_page):
    municipality, page = open_page("tholey"), open_page("agentur")
    municipality.goto("/faelle/")
    case = str(municipality.locator("tbody a").first.get_attribute("href"))
    municipality.goto(f"{case}/aufenthalt")
    municipality.select_option("#code", "AGS")
    municipality.fill("#valid_to", "31.12.2027")
    municipality.locator("form:has(#code) [type=submit]").click()
    page.goto("/faelle/?kontakt=geaendert")
    expect(page.locator("tr", has=page.locator(f"a[href='{case}']")).locator(".app-unread")).to_be_visible()
    page.goto(case)
    expect(page.locator("#head-changed")).to_be_visible()
    page.wait_for_timeout(2_500)  # looks are written within two seconds
    page.goto(case)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("#head-changed")).to_have_count(0)
