"""A test client that checks every page it gets, and keeps the test's own database connection out of the way."""

import re
from secrets import token_hex
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from lxml import html
from werkzeug.test import TestResponse

from models.base import db

UNTITLED = re.compile(r"^\s*–")


class StrictClient(FlaskClient):
    """GET and POST by address; forms get their CSRF token by themselves."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if not db.is_closed():
            db.close()
        try:
            response = super().open(*args, **{"buffered": True, **kwargs})  # what is done after an answer is done then
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
        if not hasattr(self, "_token"):
            with self.session_transaction() as session:
                raw = session.setdefault("csrf_token", token_hex())
            db.connect(reuse_if_open=True)  # the end of a session transaction closes the connection
            key = self.application.config["SECRET_KEY"]
            self._token = URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw)
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
    page = html.document_fromstring(f"<html>{text}" if "<html" not in text else text)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids)), f"ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    assert not page.xpath("//*[@style or @onclick or @onchange] | //style | //script[not(@src)]"), "inline"
    _check_controls(page, set(ids))
    for form in page.xpath("//form[@method='post']"):
        assert form.xpath(".//*[@name='csrf_token']"), f"form without token: {form.get('action')}"
    if "<html" in text:
        _check_page(page)


def _check_controls(page: html.HtmlElement, ids: set[str]) -> None:
    labelled = set(page.xpath("//label/@for"))
    for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        name = control.get("id")
        assert name, f"control without id: {control.get('name')}"
        assert name in labelled or control.get("aria-label") or control.get("aria-labelledby"), name
    for reference in page.xpath("//@aria-describedby"):
        assert ids.issuperset(reference.split()), f"aria-describedby points nowhere: {reference}"


def _check_page(page: html.HtmlElement) -> None:
    title = page.findtext(".//title") or ""
    assert title.strip() and not UNTITLED.match(title), "page without a title"
    headings = page.xpath("//h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    assert page.xpath("//main")
