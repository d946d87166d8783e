"""The signed session cookie of Flask: its signer is made once, and what a cookie says is read once."""

from collections import OrderedDict
from time import time
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

MOST = 1_000


class KeptSigner(SecureCookieSessionInterface):
    """The key of an installation never changes while it runs, so a cookie that was genuine is genuine again.

    How old it may be is asked at each request.
    """

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None
        self._genuine: OrderedDict[str, tuple[dict[str, Any], float]] = OrderedDict()

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of Flask."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request; an empty one for a cookie that is missing, forged or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        known = self._genuine.get(cookie) if cookie else None
        if known is None:
            known = self._verified(app, cookie)
        if known is None or time() - known[1] > app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        return self.session_class(known[0])

    def _verified(self, app: Flask, cookie: str | None) -> tuple[dict[str, Any], float] | None:
        signer = self.get_signing_serializer(app)
        if not cookie or signer is None:
            return None
        try:
            said, moment = signer.loads(cookie, return_timestamp=True)
        except BadSignature:
            return None
        signed_at = moment.timestamp()  # by the clock of the signer
        if all(isinstance(value, str | bool | None) for value in said.values()):  # nothing to change in place
            self._genuine[cookie] = said, signed_at
            if len(self._genuine) > MOST:
                self._genuine.popitem(last=False)
        return said, signed_at

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """As Flask does it, which reads all of ``Vary`` anew to add a word where nothing else is to be done."""
        if not session.modified and not session.permanent and session.accessed:
            vary = response.headers.get("Vary")
            response.headers["Vary"] = f"{vary}, Cookie" if vary else "Cookie"
            return
        super().save_session(app, session, response)
