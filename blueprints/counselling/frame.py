"""What the pages of this area share: a case with the right to see its appointments, its frame, what was done."""

from typing import Any
from urllib.parse import urlsplit

from flask.typing import ResponseReturnValue

from blueprints.shared import case_frame
from blueprints.shared.case_frame import framed_form, opened, today
from blueprints.shared.commands import settings
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused
from models.queries.appointments import SEEN_WITH
from models.queries.case_view import CaseView
from models.rules.errors import NotAllowed
from models.rules.message import N_
from models.rules.permissions import Block

__all__ = ["calendar_uid", "case_page", "said", "today", "view_for"]

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
    view = opened(number)
    if view.blocks.isdisjoint(blocks):
        raise NotAllowed
    return view


def case_page(
    view: CaseView, template: str, form: BaseForm | None = None, refused: Refused | None = None, **context: Any
) -> ResponseReturnValue:
    """A page about one case, perhaps with a form that was refused."""
    return framed_form(view, template, SAID, form, refused, **context)
