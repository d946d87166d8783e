"""Who is logged in, and what a route may be used for. Deny by default."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user

from models.base import db
from models.operations import accounts as operations
from models.queries import accounts
from models.queries.law import notice_version
from models.rules.errors import NotAllowed
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.states import AccountState
from models.rules.times import stamp

View = TypeVar("View", bound=Callable[..., Any])
PUBLIC = "public"
STILL_FRESH = timedelta(minutes=5)


class User:
    """The logged-in person, as flask-login wants to see her; ``actor`` is what operations and queries take."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, login: accounts.Login) -> None:
        self.token = token
        self.login = login
        self.actor = login.actor

    def get_id(self) -> str:
        """The token of this login, not the account: ending the login ends the cookie."""
        return self.token

    def may(self, permission: Permission) -> bool:
        """For templates: whether to offer something."""
        return may(self.actor.role, permission)


def now() -> datetime:
    """The one clock of the application, aware UTC."""
    return datetime.now(UTC)


def actor() -> Actor:
    """The acting person of this request."""
    acting: Actor | None = g.get("acting")
    if acting is None:
        acting = g.acting = current_user.actor
    return acting


def new_token() -> str:
    """An unguessable login token (256 bit)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a login token."""
    return hashlib.sha256(token.encode()).hexdigest()


def requires(permission: Permission) -> Callable[[View], View]:
    """Declare what a route is for, as data on the function; the check before each request reads it."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def public(view: View) -> View:
    """Declare a route that needs no login. A decision, never a default."""
    view.permission = PUBLIC  # type: ignore[attr-defined]
    return view


class Logins(LoginManager):
    """Logins that live in the database; addresses change in an intranet, so nothing is bound to the caller's."""

    def _session_protection_failed(self) -> bool:  # flask-login would hash the caller before it asks whether to compare
        return False


def connect(app: Flask, login_manager: LoginManager) -> None:
    """Database connection per request, login, and the check of every route's permission."""
    app.before_request(_connect_database)
    app.before_request(_check_permission)
    app.teardown_request(_close_database)
    login_manager.user_loader(_load_user)


def _load_user(token: str) -> User | None:
    login = accounts.open_login(token_hash(token), now=now())
    if login is None:
        return None
    notice_version(login.law_version)
    return User(token, login)


def _connect_database() -> None:
    db.connect()  # for unknown static files too: the page that says so knows who is logged in


def _close_database(_error: BaseException | None) -> None:
    if not db.is_closed():
        db.close()


def _check_permission() -> Any:
    if request.endpoint is None or request.endpoint == "static":
        return None  # an unknown address becomes a 404 in Flask
    permission = getattr(current_app.view_functions[request.endpoint], "permission", None)
    if permission == PUBLIC:
        return None
    user = current_user._get_current_object()  # looking through the proxy costs, and every request comes by here
    if not user.is_authenticated:
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if permission is None or not user.may(permission):
        raise NotAllowed
    return _keep_login(user.login, permission)


def _keep_login(login: accounts.Login, permission: Permission) -> Any:
    if login.seen_at < stamp(now() - STILL_FRESH):
        operations.touch_login(login.session_id, now=now())
    if login.state == AccountState.NEW and permission != Permission.OWN_ACCOUNT:
        return redirect(url_for("auth.account"))  # the first login sets the password
    return None
