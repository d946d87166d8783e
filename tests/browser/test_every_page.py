"""Every page of every role: no finding of axe, no overflow at 1440, 360 and 320 px, no complaint of the browser."""

import pytest

from tests.browser.conftest import findings, overflow

PAGES = {
    "agentur": ["/", "/faelle/", "/kurse/", "/uebergaben/", "/konto", "/pruefen/", "/ankuenfte/person"],
    "jobcenter": ["/", "/faelle/", "/kurse/", "/uebergaben/", "/pruefen/"],
    "coach": ["/", "/faelle/", "/kurse/"],
    "tholey": ["/", "/faelle/", "/ankuenfte/", "/ankuenfte/person"],
    "traeger": ["/", "/anmeldungen/"],
    "asyl": ["/", "/faelle/"],
    "koordination": ["/", "/ankuenfte/"],
    "bamf": ["/"],
    "datenschutz": ["/", "/datenschutz/", "/datenschutz/?art=ereignisse"],
    "admin": ["/", "/verwaltung/konten/"],
}


@pytest.mark.parametrize("username", PAGES)
def test_pages_of_a_role(open_page, axe, username):
    page = open_page(username)
    for path in PAGES[username]:
        for width in (1440, 360, 320):
            page.set_viewport_size({"width": width, "height": 900})
            response = page.goto(path)
            assert response.status == 200, path
            assert overflow(page) == 0, f"{path} at {width}"
        assert findings(page, axe) == [], path
        page.set_viewport_size({"width": 1440, "height": 900})
        assert findings(page, axe) == [], path
    assert page.console_errors == []


def test_the_login_page(open_page, axe):
    page = open_page(None, width=320)
    page.goto("/login")
    assert findings(page, axe) == []
    assert overflow(page) == 0


def test_a_page_works_with_the_keyboard_alone(open_page):
    page = open_page("agentur")
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
