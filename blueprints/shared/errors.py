"""One handler for each kind of failure, answered as a page or as a visible message over the page."""

import logging

from flask import Flask, Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from peewee import OperationalError
from werkzeug.exceptions import HTTPException

from blueprints.shared.forms import LoginForm
from blueprints.shared.render import VARY, wants_fragment
from blueprints.shared.throttle import TooManyTries
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion

log = logging.getLogger("staffelstab")
# never carried along: they are typed again
SECRET_FIELDS = frozenset(
    "csrf_token password pin new_pin repeat_pin old_password new_password repeat_password".split()
)


def connect(app: Flask) -> None:
    """Register the handlers."""
    app.login_manager.unauthorized_handler(logged_out)  # type: ignore[attr-defined]
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(StaleVersion, _stale)
    app.register_error_handler(NotVisible, _not_visible)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(TooManyTries, _too_many)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def answer(status: int, title: str, text: str) -> Response:
    """A page with one sentence and what was written; for htmx the sentence alone, put into the message area, so that
    the form stays.
    """
    if wants_fragment():
        response = make_response(render_template("errors/_message.html", title=title, text=text), status)
        response.headers["HX-Retarget"] = "#app-message"
        response.headers["HX-Reswap"] = "innerHTML"
    else:
        context = {"title": title, "text": text, "kept": _kept(status)}
        response = make_response(render_template("errors/error.html", **context), status)
    response.headers["Vary"] = VARY
    return response


def carried_fields() -> list[tuple[str, str]]:
    """What was posted and must not be lost, without secrets and without files."""
    pairs = request.form.items(multi=True) if request.method == "POST" else ()
    return [(name, value) for name, value in pairs if name not in SECRET_FIELDS]


def _kept(status: int) -> list[str]:
    """The sentences of a refused form that is not shown again: dates and choices are quickly made anew, texts not."""
    return [value for _name, value in carried_fields() if " " in value.strip()] if status in (409, 422) else []


def logged_out() -> Response:
    """The login has ended: a dialog over the page for htmx, else the login page that carries the posted fields."""
    form = LoginForm(formdata=None)
    if wants_fragment():
        response = make_response(render_template("auth/_dialog.html", form=form), 401)
        response.headers["HX-Retarget"] = "#app-dialog"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    target = _asked_for()
    if request.method != "POST":
        return Response(
            status=302, headers={"Location": url_for("auth.login", target=target if target != "/" else None)}
        )
    context = {"form": form, "carried": carried_fields(), "target": target, "ended": True}
    return make_response(render_template("auth/login.html", **context), 401)


def _asked_for() -> str:
    """The address with its query: that may say about which piece of evidence a form is, or of what a report counts."""
    return request.full_path.rstrip("?")


def _csrf(error: CSRFError) -> Response:
    if request.endpoint != "auth.login" and not current_user.is_authenticated:
        return logged_out()
    if wants_fragment():
        response = answer(
            400, _("Bitte noch einmal"), _("Die Seite war veraltet. Ihre Eingabe wird noch einmal gesendet.")
        )
        response.headers["X-Renewed-Token"] = generate_csrf()  # readable by our own script alone
        return response
    context = {"carried": carried_fields(), "target": _asked_for()}
    return make_response(render_template("errors/again.html", **context), 400)


def _rule_broken(error: RuleBroken) -> Response:
    return answer(422, _("Das geht so nicht"), str(error.message))


def _stale(error: StaleVersion) -> Response:
    return answer(409, _("Inzwischen geändert"), str(error.message))


def _not_visible(_error: NotVisible) -> Response:
    return answer(404, _("Nicht gefunden"), _("Diese Seite gibt es nicht, oder sie gehört nicht zu Ihren Fällen."))


def _not_allowed(error: NotAllowed) -> Response:
    text = str(error.message) if error.message else _("Ihre Rolle sieht diesen Schritt nicht vor.")
    return answer(403, _("Nicht erlaubt"), text)


def _too_many(_error: TooManyTries) -> Response:
    return answer(
        429, _("Zu viele Versuche"), _("Bitte warten Sie fünf Minuten und versuchen Sie es dann noch einmal.")
    )


BUSY = ("deadlock detected", "could not serialize", "database is locked", "lock timeout")
"""What the databases say where two writers stood in each other's way; the transaction has changed nothing."""


def _database(error: OperationalError) -> Response:
    """Two writers at once: nothing is wrong with what was typed, so it is offered to be sent again."""
    if not any(words in str(error).lower() for words in BUSY):
        return _unexpected(error)
    log.warning("two writers at once at %s", request.endpoint)
    sentence = _("Gerade hat jemand anderes dasselbe geändert. Bitte speichern Sie noch einmal.")
    if request.method != "POST" or wants_fragment():
        return answer(409, _("Bitte noch einmal"), sentence)
    context = {"carried": carried_fields(), "target": _asked_for(), "why": sentence}
    return make_response(render_template("errors/again.html", **context), 409)


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    titles = {
        400: (_("Unvollständige Anfrage"), _("Die Anfrage konnte nicht gelesen werden. Laden Sie die Seite neu.")),
        403: (_("Nicht erlaubt"), _("Ihre Rolle sieht diesen Schritt nicht vor.")),
        404: (_("Nicht gefunden"), _("Diese Seite gibt es nicht, oder sie gehört nicht zu Ihren Fällen.")),
        405: (_("So nicht erreichbar"), _("Diese Adresse lässt sich nicht direkt aufrufen.")),
        413: (_("Zu groß"), _("Die Datei ist größer als 10 MB. Es wurde nichts gespeichert.")),
    }
    title, text = titles.get(error.code, (_("Das hat nicht geklappt"), _("Die Anfrage wurde nicht angenommen.")))
    return answer(error.code, title, text)


def _unexpected(error: Exception) -> Response:
    # the path may be logged, the values not: an exception's text may hold personal data
    log.error("unexpected %s at %s", type(error).__name__, request.endpoint, exc_info=_without_values(error))
    return answer(
        500,
        _("Das hat nicht geklappt"),
        _("Ein unerwarteter Fehler. Ihre Daten sind unverändert; versuchen Sie es noch einmal."),
    )


def _without_values(error: Exception) -> tuple[type[BaseException], BaseException, object]:
    """The traceback without the exception's own text."""
    return RuntimeError, RuntimeError(type(error).__name__), error.__traceback__
