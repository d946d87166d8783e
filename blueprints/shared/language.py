"""German through gettext, and the few filters that pages need."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g
from flask.templating import Environment
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from blueprints.shared import navigation
from models.rules.message import Message
from models.rules.permissions import Permission
from models.rules.times import german_date, german_time


class OneLanguage(Environment):
    """Templates whose fixed texts are translated when they are compiled, since pages have one language."""

    catalogue: NullTranslations = NullTranslations()

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        translated = _Translated(self.catalogue).visit(source)
        return super()._generate(translated, *args, **options)


class _Translated(NodeTransformer):
    """Puts the text itself in the place of ``_("text")``."""

    def __init__(self, catalogue: NullTranslations) -> None:
        self._catalogue = catalogue

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        self.generic_visit(call)
        by_underscore = isinstance(call.node, nodes.Name) and call.node.name == "_" and len(call.args) == 1
        if by_underscore and isinstance(call.args[0], nodes.Const):
            return nodes.Const(self._catalogue.gettext(call.args[0].value), lineno=call.lineno)
        return call


def connect(app: Flask) -> None:
    """Bind gettext once for the source language: looking it up at each string costs more than a page's queries."""
    catalogue = Translations.load(Path(app.root_path) / "translations", ["de"]) or NullTranslations()
    app.jinja_env.catalogue = catalogue  # type: ignore[attr-defined]
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(catalogue.gettext, catalogue.ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(day=german_date, moment=german_time, said=said)
    app.jinja_env.globals.update(asset=asset, csrf_token=csrf_token, P=Permission)
    app.context_processor(_page_frame)


def csrf_token() -> str:
    """The token of this request, made once: a page with forty forms would ask Flask-WTF forty times."""
    if "csrf_token_once" not in g:
        g.csrf_token_once = generate_csrf()
    return str(g.csrf_token_once)


def said(message: Message) -> str:
    """The sentence of a rule in the language of the page."""
    return str(message)


def asset(name: str) -> str:
    """The address of a static file with its version, so that browsers may keep it for a year."""
    return _asset(str(current_app.static_folder), name)


@lru_cache(maxsize=200)
def _asset(folder: str, name: str) -> str:
    digest = hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={digest}"


def _page_frame() -> dict[str, Any]:
    signed_in = current_user.is_authenticated
    return {
        "demo": current_app.config["SETTINGS"].demo,
        "actor": current_user.actor if signed_in else None,
        "navigation": navigation.entries_for(current_user.actor.role) if signed_in else (),
    }
