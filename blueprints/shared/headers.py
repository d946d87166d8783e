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


def _harden(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"  # HTTPS with CSRF needs a referrer within the intranet
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers["Cache-Control"] = "no-store"
    return response


def for_static(headers: MutableMapping[str, str], _path: str, _url: str) -> None:
    """Static files are answered before Flask; they need no more than this."""
    headers["X-Content-Type-Options"] = "nosniff"
