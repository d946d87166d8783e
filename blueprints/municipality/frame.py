"""What the pages of this area share: a case with the right to see its reports, its frame, what was done."""

from typing import Any

from flask.typing import ResponseReturnValue

from blueprints.shared import case_frame
from blueprints.shared.case_frame import framed_form, opened, today
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused
from models.queries.case_page import act_facts
from models.queries.case_view import CaseView
from models.rules.case_acts import Act, sees_act
from models.rules.errors import NotAllowed
from models.rules.message import N_

__all__ = ["act_facts", "case_page", "said", "today", "view_for"]

SAID = {
    "gemeldet": N_(
        "Gemeldet. Die zuständige Stelle, Coach und AsylbLG-Stelle sehen es sofort, soweit sie den Fall sehen."
    ),
    "umgezogen": N_("Gemeldet. Den Fall sieht jetzt die neue Gemeinde; hier steht, was daraus wird."),
    "bestaetigen": N_("Bestätigt."),
    "ablehnen": N_("Abgelehnt. Die meldende Gemeinde sieht den Grund."),
    "gelesen": N_("Zur Kenntnis genommen. Die meldende Gemeinde sieht es."),
    "zuruecknehmen": N_("Meldung zurückgenommen."),
}
"""What the page says after a step, by the word in its address."""


def said() -> str:
    """What the step before did, if the address says so."""
    return case_frame.said(SAID)


def view_for(number: str, act: Act) -> CaseView:
    """The case as this person sees it; NotVisible for a stranger, NotAllowed for a colleague without this act."""
    view = opened(number)
    if not sees_act(act, act_facts(view)):
        raise NotAllowed
    return view


def case_page(
    view: CaseView, template: str, form: BaseForm | None = None, refused: Refused | None = None, **context: Any
) -> ResponseReturnValue:
    """A page about one case, perhaps with a form that was refused."""
    return framed_form(view, template, SAID, form, refused, **context)
