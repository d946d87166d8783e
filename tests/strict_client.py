"""A test client that checks every page it gets, and keeps the test's own database connection out of the way."""

import re
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from models.base import db

UNTITLED = re.compile(r"^\s*–")


class StrictClient(FlaskClient):
    """GET and POST by address; forms get their CSRF token by themselves."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if not db.is_closed():
            db.close()
        try:
            response = super().open(*args, **kwargs)
        finally:
            db.connect(reuse_if_open=True)
        _check_headers(response)
        if response.mimetype == "text/html" and response.data and not 300 <= response.status_code < 400:
            check_html(response.get_data(as_text=True))
        return response

    def post(self, address: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """POST with the token of this login."""
        return super().post(address, data={"csrf_token": self.token(), **(data or {})}, **kwargs)

    def htmx(self, address: str, data: dict[str, Any] | None = None, method: str = "POST") -> TestResponse:
        """The request as htmx 4 sends it for a part of the page."""
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        if method == "GET":
            return self.get(address, headers=headers)
        return self.post(address, data, headers=headers)

    def token(self) -> str:
        """A CSRF token of this client's session."""
        page = super().get("/login") if not hasattr(self, "_token") else None
        if page is not None:
            page = page if page.status_code == 200 else super().get("/konto")
            field = BeautifulSoup(page.data, "html.parser").select_one("input[name=csrf_token]")
            self._token = field["value"] if field else ""
        return self._token

    def forget_token(self) -> None:
        """After a login the session has another token."""
        if hasattr(self, "_token"):
            del self._token

    def soup(self, address: str) -> BeautifulSoup:
        """The parsed page behind an address; AssertionError for anything but 200."""
        response = self.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return BeautifulSoup(response.data, "html.parser")


def _check_headers(response: TestResponse) -> None:
    assert response.headers.get("Cache-Control") == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def check_html(text: str) -> None:
    """What holds for every page and fragment: unique ids, labels, tokens, no inline script or style."""
    soup = BeautifulSoup(text, "html.parser")
    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    assert not soup.select("[style], style, [onclick], [onchange], script:not([src])"), "inline style or script"
    _check_controls(soup)
    for form in soup.select("form[method=post]"):
        assert form.select_one("[name=csrf_token]"), f"form without token: {form.get('action')}"
    if soup.select_one("html"):
        _check_page(soup)


def _check_controls(soup: BeautifulSoup) -> None:
    labelled = {label.get("for") for label in soup.select("label")}
    for control in soup.select("input:not([type=hidden]), select, textarea"):
        assert control.get("id"), f"control without id: {control}"
        assert control["id"] in labelled or control.get("aria-label") or control.get("aria-labelledby"), control["id"]
    for reference in soup.select("[aria-describedby]"):
        for target in reference["aria-describedby"].split():
            assert soup.select_one(f'[id="{target}"]'), f"aria-describedby points nowhere: {target}"


def _check_page(soup: BeautifulSoup) -> None:
    assert soup.title and soup.title.text.strip() and not UNTITLED.match(soup.title.text), "page without a title"
    assert len(soup.select("h1")) == 1, f"{len(soup.select('h1'))} h1"
    assert soup.select_one("main")
