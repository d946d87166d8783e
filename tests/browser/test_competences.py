"""A life with a gap is told and the gap answered, without scripts; what it says answers the list and is printed."""

import subprocess

from playwright.sync_api import Page, expect

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


def answer_gap(page: Page, sentence: str, text: str) -> None:
    """Say what was in the months that a question asks about."""
    gap = page.locator(".app-gap", has_text=sentence)
    gap.locator("[name=text]").fill(text)
    gap.locator("button", has_text="Antwort speichern").click()
    expect(page.locator("#beantwortet + .app-gap, #beantwortet ~ .app-gap").first).to_contain_text(text)


def leave_open(page: Page) -> None:
    """Answer every other question with "nicht bekannt"."""
    while page.locator("button[id$=-unknown]:visible").count():
        page.locator("button[id$=-unknown]:visible").first.click()
        page.wait_for_load_state()


def test_a_life_with_a_gap_is_told_and_answers_the_list_without_scripts(open_page, tmp_path):
    page = open_page("agentur", javascript=False)
    case = new_case(page, 20)
    page.goto(case)
    page.click("#act-werdegang")
    page.click("#neu-schule")
    fill(page.locator("#period-form"), begins="1850", ends="1860")
    page.click("#period-save")
    expect(page.locator("#begins-error")).to_contain_text("Bitte Monat und Jahr")
    page.goto(f"{case}/werdegang")
    years = TODAY.year
    add(page, "arbeit", begins=f"01.{years - 4}", ends=f"12.{years - 3}", title="Maurer", kldb="Hoch- und Tiefbau",
        level="2")  # fmt: skip
    add(page, "arbeitsuchend", begins=f"01.{years - 1}")
    answer_gap(page, f"Von 01.{years - 2} bis 12.{years - 2} ist nichts eingetragen (12 Monate)", "Militärdienst")
    leave_open(page)
    expect(page.locator("#lueckenlos")).to_be_visible()
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
