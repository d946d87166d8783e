"""The coach on paper: bundle, what was written typed in at one go, two tabs, the scan; also without JavaScript."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import findings
from tests.files_cast import pdf, picture

PHONE = 360


def bundle(page: Page, path: Path) -> tuple[str, str]:
    """Choose the first person of the coach and print the day; returns address and text of the PDF."""
    page.goto("/tagesmappe/")
    boxes = page.locator("[name=people]")
    for place in range(boxes.count()):
        boxes.nth(place).set_checked(place == 0)
    number = boxes.first.get_attribute("value")
    page.fill(f"#time-{number}", "9.30")
    page.fill(f"#place-{number}", "Rathaus Tholey")
    with page.expect_download() as waiting:
        page.click("#day-go")
    waiting.value.save_as(path)
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return f"/faelle/{number}/papier/coach/1", text


@pytest.mark.parametrize("javascript", [True, False])
def test_the_day_of_a_coach_on_paper(open_page, axe, tmp_path, javascript):
    page = open_page("coach", javascript=javascript)
    address, text = bundle(page, tmp_path / "mappe.pdf")
    assert "09:30" in text and "Rathaus Tholey" in text and "C05" in text
    phone = open_page("coach", javascript=javascript, width=PHONE)
    phone.goto(address)  # where the code of the paper leads
    other = open_page("coach", javascript=javascript)
    other.goto(address)
    phone.fill("#C02-contact_on", "31.13.2026")
    phone.check("#C04-explained")
    phone.click("#schnell-los")
    expect(phone.locator("#C02-contact_on-error")).to_be_visible()
    expect(phone.locator("#C02-contact_on")).to_have_value("31.13.2026")
    phone.fill("#C02-contact_on", "12.11.2026" if javascript else "13.11.2026")
    phone.click("#schnell-los")
    expect(phone.locator("#schnell-gespeichert")).to_contain_text("1 Punkt gespeichert")
    other.fill("#C02-contact_on", "9.11.2026" if javascript else "10.11.2026")
    other.click("#schnell-los")
    expect(other.locator("#konflikt-C02")).to_contain_text("2.11.2026" if javascript else "13.11.2026")
    if javascript:
        assert findings(other, axe) == [] and findings(phone, axe) == []
    other.check("#C02-keep")
    other.click("#schnell-los")
    expect(other.locator("#punkt-C02")).to_contain_text("behalten")
    scan(phone, tmp_path)
    assert page.console_errors == phone.console_errors == other.console_errors == []  # type: ignore[attr-defined]


def scan(page: Page, folder: Path) -> None:
    """Add a photo of the paper; a wrong file first."""
    (folder / "falsch.pdf").write_bytes(picture("PNG"))
    (folder / "scan.pdf").write_bytes(pdf(pages=2))
    for name in ("falsch.pdf", "scan.pdf"):
        if page.locator("#kopie").get_attribute("open") is None:
            page.click("#kopie summary")
        page.set_input_files("#file", folder / name)
        page.click("#scan-los")
        if name == "falsch.pdf":
            expect(page.locator("#file-error")).to_contain_text("ist aber „Bild (PNG)“")
    expect(page.locator("#scans .evidence__row").last).to_contain_text("PDF")


def test_a_file_that_is_much_too_large_is_said(open_page, tmp_path):
    page = open_page("coach")
    page.goto("/tagesmappe/")
    number = page.locator("[name=people]").first.get_attribute("value")
    page.goto(f"/faelle/{number}/papier/coach/1")
    (tmp_path / "riesig.pdf").write_bytes(b"%PDF-" + bytes(30 * 1024 * 1024))
    page.click("#kopie summary")
    page.set_input_files("#file", tmp_path / "riesig.pdf")
    page.click("#scan-los")
    expect(page.locator("#app-message")).to_contain_text("Die Datei ist größer als 10 MB. Es wurde nichts gespeichert.")
    assert page.locator("#file").input_value().endswith("riesig.pdf"), "the form stays as it is"
