"""The signed session cookie of Flask, whose signer is made once instead of twice a request."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class KeptSigner(SecureCookieSessionInterface):
    """The key of an installation never changes while it runs."""

    def __init__(self) -> None:
        self._signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The signer of Flask."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer
