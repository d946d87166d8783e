"""What people do in the browser, one function per step. Every step works with and without JavaScript."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from models.rules.times import local_day
from tests.browser.conftest import PIN

TODAY = local_day(datetime.now(UTC))
DAY, WEEK = timedelta(days=1), timedelta(days=7)
FAR_AHEAD = TODAY + timedelta(days=300)


def german(day: date) -> str:
    """As clerks type it."""
    return f"{day:%d.%m.%Y}"


def next_month(day: date) -> date:
    """The first day of the month after ``day``: the change of sphere after a recognition (§ 1 Abs. 3 AsylbLG)."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def press(page: Page, selector: str, then: str) -> None:
    """Press a button or follow a link, and wait until the next thing is there."""
    page.locator(selector).click()
    expect(page.locator(then).first).to_be_visible()


def fill(place: Locator, /, **values: str | list[str]) -> None:
    """Type into the controls of a form by their names."""
    for name, value in values.items():
        control = place.locator(f"[name='{name}']:visible").first
        kind = control.evaluate("e => e.tagName == 'SELECT' ? 'select' : e.type")
        if kind == "select":
            control.select_option(value)
        elif kind in ("radio", "checkbox"):
            for one in [value] if isinstance(value, str) else value:
                place.locator(f"[name='{name}'][value='{one}']").check()
        else:
            control.fill(str(value))


def open_item(page: Page, code: str) -> None:
    """Show the form of an item: in the list, or on its own page."""
    page.locator(f"#punkt-{code}").locator(f"summary:visible, #oeffnen-{code}:visible").first.click()
    expect(page.locator(f"#form-{code}")).to_be_visible()


def answer(page: Page, code: str, **values: str | list[str]) -> None:
    """Open an item of the list in front, fill it in and save it; it then counts as done."""
    if values:
        open_item(page, code)
        fill(page.locator(f"#form-{code}"), **values)
    page.locator(f"#speichern-{code}").click()
    expect(page.locator(f"#punkt-{code}.item--done")).to_be_visible()


def choose_course(page: Page, number: str) -> None:
    """Tick a course in the choice of a case, on whichever page of the choice it stands."""
    course = page.locator(f"#reservation-form [name=course][value='{number}']")
    turned = page.locator("#reservation-form [name=seite]")
    while not course.count():
        shown = turned.input_value()
        page.click("#more-courses")
        expect(turned).not_to_have_value(shown)
    course.check()


def upload(page: Page, path: Path) -> None:
    """Give a list of arrivals to the preview."""
    page.goto("/ankuenfte/")
    page.set_input_files("#file", path)
    press(page, "#upload-go", "#confirm")


def download(page: Page, selector: str, path: Path) -> Path:
    """Fetch what a link leads to with the cookies of this page, as the browser would; returns where it was kept."""
    address = page.locator(selector).first.get_attribute("href")
    response = page.request.get(address or "")
    assert response.ok, f"{address}: {response.status}"
    path.write_bytes(response.body())
    return path


def find_case(page: Page, text: str) -> str:
    """Search in the header and open the one case found; returns its address."""
    page.goto("/faelle/")
    page.fill("#app-search", text)
    page.click("#app-search-go")
    hit = page.locator("table.case-table a", has_text=text.split(",", maxsplit=1)[0])
    if hit.count():
        hit.first.click()
    expect(page.locator("h1")).to_have_text(text)
    return page.url.removesuffix("/").split("?")[0]


def explain_gaps(page: Page) -> int:
    """Write a reason for every gap of a sheet that is being prepared; returns how many there were."""
    fields = page.locator("[name^='reason-']")
    for place in range(fields.count()):
        fields.nth(place).fill("liegt der Agentur nicht vor")
    return fields.count()


def accept(page: Page, pin: str = PIN) -> None:
    """Tick the check and sign for the Jobcenter."""
    page.check("#accept-form [name=checked]")
    page.fill("#accept-form [name=pin]", pin)
    page.click("#accept-go")
