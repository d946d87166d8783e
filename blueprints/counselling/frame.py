"""What the pages of this area share: a case with the right to see its appointments, its frame, what was done."""

from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.shared import access
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused
from blueprints.shared.render import page
from models.queries.appointments import SEEN_WITH
from models.queries.case_head import name_for, needs_for
from models.queries.case_view import CaseView, view_of
from models.queries.dossier import dossier_numbered
from models.rules.errors import NotAllowed
from models.rules.message import N_
from models.rules.permissions import Block
from models.rules.times import local_day

SAID = {
    "vereinbart": N_("Termin vereinbart."),
    "verschoben": N_("Termin verschoben. Der alte bleibt hier lesbar."),
    "abgesagt": N_("Abgesagt."),
    "wahrgenommen": N_("Eingetragen: wahrgenommen."),
    "nicht-erschienen": N_("Eingetragen: nicht erschienen."),
    "vermerk": N_("Vermerk gespeichert."),
    "geplant": N_("Gruppeninformation geplant."),
    "geaendert": N_("Gruppeninformation geändert. Drucken Sie den Eingeladenen neue Briefe."),
    "eingeladen": N_("Eingeladen."),
    "ausgeladen": N_("Einladung zurückgenommen."),
    "abgehakt": N_("Gespeichert."),
    "dazu": N_("Auf die Liste gesetzt und als anwesend eingetragen."),
    "erfasst": N_("Person erfasst und als anwesend eingetragen."),
}
"""What the page says after a step, by the word in its address."""


def today() -> date:
    """The German day of this request."""
    return local_day(access.now())


def said() -> str:
    """What the step before did, if the address says so."""
    sentence = SAID.get(request.args.get("getan", ""))
    return _(sentence) if sentence else ""


def view_for(number: str, blocks: frozenset[Block] = SEEN_WITH) -> CaseView:
    """The case as this person sees it; NotVisible for a stranger, NotAllowed for who sees none of these blocks."""
    view = view_of(dossier_numbered(access.actor(), number, today()), access.actor())
    if view.blocks.isdisjoint(blocks):
        raise NotAllowed
    return view


def case_page(
    view: CaseView, template: str, form: BaseForm | None = None, refused: Refused | None = None, **context: Any
) -> ResponseReturnValue:
    """A page about one case, perhaps with a form that was refused."""
    status = refused.status if refused else 422 if form is not None and form.errors else 200
    case = view.held.case
    head = {"name": name_for(view), "needs": needs_for(view), "address": f"/faelle/{case.number}"}
    frame = {"view": view, "case": case, "today": today(), "said_done": said(), "area": "cases", **head}
    problem = refused.message if refused else None
    return page(template, status=status, form=form or BaseForm(formdata=None), problem=problem, **frame, **context)
