"""Security headers and no-store on every answer; static files are answered before Flask, by WhiteNoise."""

from collections.abc import MutableMapping

from flask import Flask, Response

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)


def connect(app: Flask) -> None:
    """Add the headers after each request."""
    app.after_request(_harden)


_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),  # HTTPS with CSRF needs a referrer within the intranet
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
"""Nobody else sets these, so that they are added without looking for what they would replace."""


def _harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    for name, value in _ALWAYS:
        headers.add(name, value)
    headers["Cache-Control"] = "no-store"
    return response


def for_static(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    """Static files are answered before Flask; they need no more than this."""
    headers["X-Content-Type-Options"] = "nosniff"
