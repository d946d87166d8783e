"""The frame of every page about one case, whichever area shows it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.shared import access
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused
from blueprints.shared.render import page
from models.queries.case_head import name_for, needs_for
from models.queries.case_view import CaseView, view_of
from models.queries.dossier import dossier_numbered
from models.rules.times import local_day


def today() -> date:
    """The German day of this request."""
    return local_day(access.now())


def opened(number: str) -> CaseView:
    """The case of the address as this person sees it; NotVisible for a stranger."""
    return view_of(dossier_numbered(access.actor(), number, today()), access.actor())


def said(sentences: Mapping[str, str]) -> str:
    """What the step before did, if the address says so: one of the area's sentences by the word in the address."""
    sentence = sentences.get(request.args.get("getan", ""))
    return _(sentence) if sentence else ""


def framed(
    view: CaseView, template: str, sentences: Mapping[str, str], status: int, /, **context: Any
) -> ResponseReturnValue:
    """A page about one case; what the template calls its own names never meets the names of these parameters."""
    case = view.held.case
    head = {"name": name_for(view), "needs": needs_for(view), "address": f"/faelle/{case.number}"}
    frame = {"view": view, "case": case, "today": today(), "said_done": said(sentences), **head}
    return page(template, status=status, area="cases", **frame, **context)


def framed_form(
    view: CaseView,
    template: str,
    sentences: Mapping[str, str],
    form: BaseForm | None,
    refused: Refused | None,
    /,
    **context: Any,
) -> ResponseReturnValue:
    """The same with a form that was perhaps refused; without one the page has an empty form for its buttons."""
    shown = {"form": form or BaseForm(formdata=None), "problem": refused.message if refused else None}
    return framed(view, template, sentences, status_of(form, refused), **shown, **context)


def status_of(form: BaseForm | None, refused: Refused | None) -> int:
    """What a page with this form is answered with."""
    return refused.status if refused else 422 if form is not None and form.errors else 200
