"""The area and what its pages share: the case with the right to see it, and the frame around every page."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from blueprints.shared.case_frame import framed, opened, status_of
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused
from models.queries import competences
from models.queries.case_view import CaseView
from models.queries.competence_rows import Stored
from models.rules.message import N_

bp = Blueprint("competences", __name__)

SAID = {
    "zeitraum": N_("Zeitraum gespeichert."),
    "entfernt": N_("Entfernt. Was dort stand, bleibt im Verlauf."),
    "bestaetigt": N_("Bestätigt."),
    "frage": N_("Antwort gespeichert."),
    "sprache": N_("Sprache gespeichert."),
    "schrift": N_("Schrift gespeichert."),
    "verfuegbarkeit": N_("Verfügbarkeit gespeichert."),
}
"""What the page says after a step, by the word in its address."""


def seen_case(number: str) -> CaseView:
    """The case, where this person may read its competences: 404 for a stranger, 403 for a colleague without them."""
    view = opened(number)
    competences.require_sight(view)
    return view


def own_case(number: str) -> CaseView:
    """The case, where she may also change them."""
    view = seen_case(number)
    competences.require_hand(view)
    return view


def show(view: CaseView, template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    """A page of this area about one case."""
    own = {"may_edit": competences.refusal(view) is None, "who": lambda row: competences.who(view, row)}
    return framed(view, template, SAID, status, **own, **context)


def show_form(
    view: CaseView, template: str, form: BaseForm, refused: Refused | None, **context: Any
) -> ResponseReturnValue:
    """The same with a form that was refused, or is shown for the first time."""
    problem = refused.message if refused else None
    return show(view, template, status_of(form, refused), form=form, problem=problem, **context)


def version_in(row: Stored[Any] | None) -> int:
    """The version that a form carries; 0 for something new."""
    return row.version if row else 0
