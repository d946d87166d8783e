"""German through gettext, and the few filters that pages need."""

import hashlib
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app
from flask_babel import Domain
from flask_login import current_user

from blueprints.shared import navigation
from blueprints.shared.tokens import csrf_token
from models.rules.message import Message
from models.rules.permissions import Permission
from models.rules.times import german_date, german_time


class OneCatalogue(Domain):
    """The catalogue of the source language for forms and routes, found without asking for the locale at each text."""

    def __init__(self, catalogue: NullTranslations) -> None:
        super().__init__()
        self._catalogue = catalogue

    def get_translations(self) -> NullTranslations:
        """The catalogue that pages are written with."""
        return self._catalogue


def connect(app: Flask) -> None:
    """Bind gettext once for the source language: looking it up at each string costs more than a page's queries."""
    catalogue = Translations.load(Path(app.root_path) / "translations", ["de"]) or NullTranslations()
    app.extensions["babel"].instance.domain_instance = OneCatalogue(catalogue)
    app.jinja_env.catalogue = catalogue  # type: ignore[attr-defined]
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(day=german_date, moment=german_time, said=said, translated=catalogue.gettext)
    app.jinja_env.globals.update(csrf_token=csrf_token, P=Permission)
    app.jinja_env.globals["asset"] = partial(asset, str(app.static_folder))
    app.context_processor(_page_frame)


def said(message: Message) -> str:
    """The sentence of a rule in the language of the page."""
    return str(message)


@lru_cache(maxsize=200)
def asset(folder: str, name: str) -> str:
    """The address of a static file with its version, so that browsers may keep it for a year."""
    digest = hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def _page_frame() -> dict[str, Any]:
    user = current_user._get_current_object()
    actor = user.actor if user.is_authenticated else None
    return {
        "csrf_token": csrf_token,  # here too, because Flask-WTF puts its own into every page
        "demo": current_app.config["SETTINGS"].demo,
        "actor": actor,
        "navigation": navigation.entries_for(actor.role) if actor else (),
    }
