"""A life with a gap is told, the gap answered, the picture seen; what it says answers the list. Also without script."""

import subprocess

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import findings, overflow
from tests.browser.steps import TODAY, download, fill
from tests.browser.test_nothing_lost import new_case


def add(page: Page, kind: str, **values: str) -> None:
    """Enter a period of one kind; it then stands in the table."""
    page.click(f"#neu-{kind}")
    fill(page.locator("#period-form"), **values)
    if "ends" not in values:
        page.check("#running")
    page.click("#period-save")
    expect(page.locator("#life-table")).to_be_visible()


@pytest.mark.parametrize(("javascript", "place"), [(True, 20), (False, 21)], ids=["htmx", "plain"])
def test_a_life_with_a_gap_is_told_and_answers_the_list(open_page, axe, tmp_path, javascript, place):
    page = open_page("agentur", javascript=javascript)
    case = new_case(page, place)
    page.goto(case)
    page.click("#act-werdegang")
    page.click("#neu-schule")
    fill(page.locator("#period-form"), begins="1850", ends="1860")
    page.click("#period-save")
    expect(page.locator("#begins-error")).to_contain_text("Bitte Monat und Jahr")
    page.goto(f"{case}/werdegang")
    years = TODAY.year
    add(
        page,
        "arbeit",
        begins=f"01.{years - 4}",
        ends=f"12.{years - 3}",
        title="Maurer",
        kldb="Hoch- und Tiefbau",
        level="2",
    )
    add(page, "arbeitsuchend", begins=f"01.{years - 1}")
    gap = page.locator(".app-gap", has_text=f"Von 01.{years - 2} bis 12.{years - 2} ist nichts eingetragen (12 Monate)")
    expect(page.locator("svg.life-line")).to_be_visible()
    gap.locator("[name=text]").fill("Militärdienst")
    gap.locator("button", has_text="Antwort speichern").click()
    expect(page.locator("#beantwortet + .app-gap, #beantwortet ~ .app-gap").first).to_contain_text("Militärdienst")
    while page.locator("button[id$=-unknown]:visible").count():
        page.locator("button[id$=-unknown]:visible").first.click()
        page.wait_for_load_state()
    expect(page.locator("#lueckenlos")).to_be_visible()
    if javascript:
        for width in (1440, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) <= 0 and findings(page, axe) == []
    text = subprocess.run(
        ["pdftotext", "-layout", download(page, "#werdegang-pdf", tmp_path / "werdegang.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "Militärdienst" in text and "32 Hoch- und Tiefbau" in text
    page.goto(f"{case}?liste=beratung")
    item = page.locator("#punkt-B09.item--done")
    expect(item).to_contain_text("1. Tätigkeit: Maurer")
    expect(item).to_contain_text("aus dem Werdegang")
    assert page.console_errors == []  # type: ignore[attr-defined]
