"""The application: extensions, areas, hooks. No rule, no query."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_babel import Babel
from htmx_flask import Htmx
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from blueprints import (
    admin,
    announcements,
    arrivals,
    auth,
    cases,
    checklists,
    competences,
    contacts,
    counselling,
    courses,
    definitions,
    documents,
    handovers,
    law,
    maintenance,
    municipality,
    persons,
    privacy,
    provider,
    questions,
    reports,
    texts,
    today,
    workgroup,
)
from blueprints.shared import (
    access,
    access_log,
    addresses,
    errors,
    headers,
    language,
    sessions,
    settings,
    startup,
    templating,
    throttle,
    tokens,
)
from models.base import use_database
from models.operations import ledger

AREAS = (
    auth, today, cases, arrivals, municipality, persons, checklists, competences, counselling, courses, provider,
    handovers, questions, announcements, contacts, documents, workgroup, law, admin, definitions, texts, reports,
    privacy, maintenance,
)  # fmt: skip
STATIC = "blueprints/shared/static"
A_YEAR = 31_536_000


class Application(Flask):
    """Flask without views that wait."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: none is asynchronous, and Flask would ask each hook at each request."""
        return func


def create_app(configured: settings.Settings | None = None) -> Flask:
    """A ready application for these settings, by default those of the environment. Serves no request by itself."""
    current = configured or _or_exit(settings.current_settings)
    app = Application(__name__, static_folder=STATIC, static_url_path="/static")
    app.jinja_environment = templating.OneLanguage
    app.session_interface = sessions.KeptSigner()
    app.config.from_mapping(_flask_settings(current))
    app.url_map.converters["int"] = addresses.RecordNumber
    use_database(current.database_url)
    ledger.use_key(current.ledger_key)
    Babel(app, default_locale="de", default_timezone="Europe/Berlin")
    Htmx(app)
    access.connect(app, access.Logins(app))  # before the check of the token: its refusal asks who is logged in
    tokens.KnownTokens(app)
    addresses.connect(app)
    throttle.connect(app)
    headers.connect(app)
    errors.connect(app)
    language.connect(app)
    access_log.connect(app)
    for area in AREAS:
        app.register_blueprint(area.bp)
    # answers for static files without touching Flask; addresses carry the version, so they may be kept for a year
    static = {
        "root": app.static_folder,
        "prefix": "static/",
        "max_age": A_YEAR,
        "add_headers_function": headers.for_static,
    }
    app.wsgi_app = WhiteNoise(app.wsgi_app, **static)  # type: ignore[method-assign, arg-type]
    if current.base_url.startswith("https://"):  # who serves TLS has one proxy in front, which names client and scheme
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    if configured is None and not startup.is_command():
        _or_exit(lambda: startup.before_serving(current))
    return app


def _or_exit(step: Callable[[], Any]) -> Any:
    """One sentence instead of a traceback where a setting is wrong."""
    try:
        return step()
    except settings.WrongSetting as wrong:
        raise SystemExit(f"Staffelstab cannot start: {wrong}") from None


def _flask_settings(current: settings.Settings) -> dict[str, object]:
    return {
        "SETTINGS": current,
        "SECRET_KEY": current.session_key,
        "SESSION_COOKIE_NAME": "staffelstab",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": not current.demo,
        "WTF_CSRF_TIME_LIMIT": None,  # bound to the session: who thinks for an hour loses nothing
        "WTF_I18N_ENABLED": False,  # WTForms reads its German messages once, Flask-WTF for every form
        "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    }
