"""Every page of every role: no finding of axe, no overflow at 1440, 360 and 320 px, no complaint of the browser."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import findings, overflow
from tests.browser.steps import TODAY, german

USERNAMES = (
    "agentur", "jobcenter", "coach", "tholey", "traeger", "asyl", "koordination", "bamf", "datenschutz", "admin",
)  # fmt: skip
LONG = ("agentur", "jobcenter", "coach", "tholey", "admin")
"""Roles with so many pages that walking them belongs to `make check`; what they do is tested by the other files."""
MANY = pytest.mark.walk
FILE = re.compile(r"\.(pdf|csv|xlsx|yaml|jpg|png|ics)$")
NUMBER = re.compile(
    r"SWD-\d{4}-\d{5}(-\d+)?|(?<=/)\d+(?=/|$)|(?<=/kurse/)[A-Z]{2}-\w+-\d+|(?<=/punkte/)[A-Z]\d\d|(?<=/auswertungen/)[a-z-]+|(?<=-)\d\d-\d\d$"
)
MOST = 140
"""More kinds of pages than any role has."""
HARMLESS = ["name", "method", "target", "title", "children", "remove"]
HIDING = """harmless => [...document.forms].flatMap(form => [...form.elements].map(field => field.name))
    .filter(name => name in HTMLFormElement.prototype && !harmless.includes(name))"""
REFUSED = {
    "agentur": (("/faelle/SWD-1999-00001", 404), ("/verwaltung/konten/", 403)),
    "bamf": (("/faelle/", 403), ("/gibt-es-nicht", 404)),
}

TOO_NARROW = """[...document.querySelectorAll('.kern-btn > .kern-label')]
    .filter(words => words.getBoundingClientRect().width > words.parentElement.getBoundingClientRect().width)
    .map(words => words.textContent)"""


def kind_of(address: str) -> str:
    """Pages that differ by their record or by a page number alone are one kind."""
    parts = urlsplit(address)
    query = re.sub(r"seite=\d+|stand=\w+|art=\w+|ab=[\d-]+|gemeinde=[\w-]+|zeile=[\w-]*|spalte=\w*", "", parts.query)
    return NUMBER.sub("N", parts.path) + ("?" + query if query.strip("&") else "")


def addresses_on(page: Page) -> list[str]:
    """Where the links of this page lead inside the product; files are left out."""
    found = page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href').split('#')[0])")
    return [address for address in found if address.startswith("/") and not FILE.search(urlsplit(address).path)]


def check(page: Page, axe: str, path: str) -> None:
    """The same for every page: fits, has one fitting heading, and nothing for axe to find."""
    assert page.locator("h1").count() == 1, path
    check_heading(page, path)
    assert page.evaluate(HIDING, HARMLESS) == [], f"{path}: a control hides a property of its form"
    for width in (1440, 360, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0, f"{path} at {width}"
        assert page.evaluate(TOO_NARROW) == [], f"{path} at {width}: words stand outside their button"
        if width == 320:
            assert findings(page, axe) == [], path
    page.set_viewport_size({"width": 1440, "height": 900})


def check_heading(page: Page, path: str) -> None:
    """A comma stands in the heading of pages about one person, and only there."""
    heading = page.locator("h1")
    text = heading.inner_text()
    about_a_person = bool(re.search(r"/faelle/SWD|/uebergaben/SWD|/anmeldungen/\d|/zugangsanfragen/SWD", path))
    assert ("," in text) == about_a_person, f"{path}: {text}"
    assert heading.locator("*").count() == 0, path


@pytest.mark.parametrize("username", [pytest.param(one, marks=MANY if one in LONG else ()) for one in USERNAMES])
def test_pages_of_a_role(open_page, axe, username):
    page = open_page(username)
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        assert page.goto(path).status == 200, path
        new = {kind_of(address): address for address in addresses_on(page) if kind_of(address) not in seen}
        seen.update(new)
        waiting.extend(new.values())
        check(page, axe, path)
    assert 2 < len(seen) < MOST
    for path, status in REFUSED.get(username, ()):
        assert page.goto(path).status == status
        check(page, axe, "refused")
    assert page.console_errors == []


def test_the_login_page(open_page, axe):
    page = open_page(None, width=320)
    page.goto("/login")
    assert findings(page, axe) == []
    assert overflow(page) <= 0


def test_an_item_is_answered_with_the_keyboard_alone(open_page):
    page = open_page("tholey")
    code = open_a_case_to_answer(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "SUMMARY", f"#punkt-{code}")
    page.keyboard.press("Enter")
    tab_to(page, "INPUT", f"#form-{code}")
    page.keyboard.type(german(TODAY))
    tab_to(page, "BUTTON", f"#form-{code}")
    page.keyboard.press("Enter")
    expect(page.locator(f"#punkt-{code} .item__saved")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == f"punkt-{code}-name"


def open_a_case_to_answer(page: Page) -> str:
    """Opens, by the keyboard, the first case that asks for a single day; returns the code of that item."""
    for place in range(10):
        page.goto("/faelle/?stufe=aufnahme")
        page.locator("table.case-table a").nth(place).focus()
        page.keyboard.press("Enter")
        expect(page.locator("#liste")).to_be_visible()
        item = page.locator("details.item__answer:has(input[inputmode=numeric])").and_(
            page.locator("#antwort-A01-0, #antwort-A09-0, #antwort-A32-0")
        )
        if item.count():
            return str(item.first.get_attribute("id")).split("-")[1]
    raise AssertionError("no case asks for a day")


def tab_to(page: Page, tag: str, inside: str) -> None:
    """Press the tab key until an element of this kind inside has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("([tag, inside]) => document.activeElement.matches(`${inside} ${tag}`)", [tag, inside]):
            return
    raise AssertionError(f"the tab key does not reach {tag} in {inside}")
