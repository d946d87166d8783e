"""What the pages of this area share: a case with the right to see its appointments, its frame, what was done."""

from typing import Any
from urllib.parse import urlsplit

from flask.typing import ResponseReturnValue

from blueprints.shared import access, case_frame
from blueprints.shared.case_frame import framed, status_of, today
from blueprints.shared.commands import settings
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused
from models.queries.appointments import SEEN_WITH
from models.queries.case_view import CaseView, view_of
from models.queries.dossier import dossier_numbered
from models.rules.errors import NotAllowed
from models.rules.message import N_
from models.rules.permissions import Block

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


def calendar_uid(name: str) -> str:
    """What makes an entry of a calendar file the same one when it comes again (RFC 5545, 3.8.4.7)."""
    return f"{name}@{urlsplit(settings().base_url).netloc}"


def said() -> str:
    """What the step before did, if the address says so."""
    return case_frame.said(SAID)


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
    shown = {"form": form or BaseForm(formdata=None), "problem": refused.message if refused else None}
    return framed(view, template, SAID, status_of(form, refused), **shown, **context)
