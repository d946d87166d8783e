"""The token of a login against forged requests: signed once, and recognised when it comes back. And that of a form."""

import secrets
from hmac import compare_digest

from flask import g, request, session
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFProtect, generate_csrf, same_origin
from wtforms import Field

MOST = 1_000
TOKEN_BYTES = 24
_signed: dict[str, str] = {}
"""Signed tokens by the secret of the session that they stand for; they hold as long as the session does."""


def new_token() -> str:
    """A token for a form that is opened, so that sending it counts once."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def csrf_token() -> str:
    """The token of this login: a page with forty forms would ask Flask-WTF forty times."""
    if "csrf_token" not in g:
        g.csrf_token = _signed.get(session.get("csrf_token", "")) or _sign()
    return str(g.csrf_token)


def _sign() -> str:
    token = str(generate_csrf())
    if len(_signed) >= MOST:
        _signed.clear()
    return _signed.setdefault(session["csrf_token"], token)


class FormToken(FlaskForm.Meta.csrf_class):  # type: ignore[misc]
    """Forms carry the same token as everything else on their page."""

    def generate_csrf_token(self, csrf_token_field: Field) -> str:
        """The token of this login."""
        return csrf_token()


class KnownTokens(CSRFProtect):
    """Whoever sends the very token that was signed here for this session need not have its signature checked again.

    All else, every refusal among it, is Flask-WTF's.
    """

    def protect(self, apply_exemptions: bool = False) -> None:
        """Check the request, or end it with an error."""
        if request.method == "POST" and _is_known(request.form.get("csrf_token", "")) and _comes_from_here():
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)


def _is_known(token: str) -> bool:
    known = _signed.get(session.get("csrf_token", ""))
    return known is not None and compare_digest(known.encode(), token.encode())


def _comes_from_here() -> bool:
    return not request.is_secure or same_origin(request.referrer or "", f"https://{request.host}/")
