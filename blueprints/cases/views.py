"""What the pages of one case share: loading with the right to see it, the frame, one attempt at an operation."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.shared import case_frame
from blueprints.shared.case_frame import framed, opened, status_of, today
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused, attempt
from models.queries.case_page import act_facts
from models.queries.case_view import CaseView
from models.queries.law import current_law
from models.rules.case_acts import Act, may_act, sees_act
from models.rules.errors import NotAllowed, RuleBroken
from models.rules.message import N_, Message
from models.rules.residence_entries import decision_name

__all__ = ["Refused", "attempt", "case_form", "case_page", "named_decision", "said", "today", "view_for"]

SAID = {
    "person": N_("Person gespeichert."),
    "zurueckgegeben": N_("Die Liste ist zurückgegeben. Die Gemeinde findet sie auf „Mein Tag“."),
    "aufnahme": N_("Aufnahme abgeschlossen. Weiter geht es bei der Stelle, die unter „Zuständigkeit“ steht."),
    "liste": N_("Liste abgeschlossen."),
    "ergaenzt": N_("Die Ergänzung ist gemeldet."),
    "ersuchen": N_("Antwort gespeichert. Weiter geht es hier mit der Übergabe."),
    "papier": N_("Aufenthaltspapier erfasst."),
    "papier-gestrichen": N_("Aufenthaltspapier gestrichen. Es bleibt im Verlauf lesbar."),
    "bescheid": N_("Bescheid erfasst. Die Agentur für Arbeit ist am Zug."),
    "erfasst": N_("Bescheid erfasst."),
    "bescheid-gestrichen": N_("Bescheid gestrichen. Ein Entwurf, der auf ihm beruhte, ist zurückgezogen."),
    "wechsel": N_("Wechseltermin gesetzt. Der Vorschlag bleibt daneben stehen."),
    "entwurf": N_("Übergabe angelegt."),
    "kein-entwurf": N_("Aus den Angaben folgt zurzeit keine Übergabe."),
    "kontakt": N_("Erster Kontakt eingetragen."),
    "coach": N_("An den Beschäftigungscoach gemeldet."),
    "personalien": N_("Personalien geändert. Ein früherer Name bleibt im Verlauf und in der Suche."),
    "vereinbarung": N_("Vereinbarung geschlossen. Ihre Schritte stehen jetzt bei den Aufgaben."),
    "vereinbarung-entwurf": N_("Entwurf gespeichert. Drucken Sie ihn, und schließen Sie die Vereinbarung ab."),
    "vereinbarung-verworfen": N_("Entwurf verworfen."),
    "vereinbarung-abgelehnt": N_("Gespeichert. Das hält keine Übergabe auf."),
    "vereinbarung-kopie": N_("Notiert: Die Person hat ihre Kopie."),
    "schritt": N_("Stand des Schritts gespeichert."),
    "einwilligung": N_("Entscheidung gespeichert. Sie gilt ab sofort."),
    "widerruf": N_("Widerruf gespeichert. Er gilt ab sofort."),
    "wiedervorlage": N_("Wiedervorlage gesetzt. Sie erscheint an ihrem Tag auf „Mein Tag“."),
    "wiedervorlage-verschoben": N_("Wiedervorlage geändert."),
    "wiedervorlage-erledigt": N_("Wiedervorlage erledigt."),
    "rueckkehr": N_("Neuer Fall begonnen. Gehen Sie durch, was noch stimmt."),
    "haushalt": N_("Haushalt geändert. Jede Person behält ihre eigenen Termine."),
    "abgeschlossen": N_("Fall abgeschlossen."),
    "geoeffnet": N_("Fall wieder geöffnet."),
    "gelesen": N_("Alles als gelesen markiert."),
    "liste-gespeichert": N_("Liste gespeichert."),
    "liste-umbenannt": N_("Liste umbenannt."),
    "liste-geloescht": N_("Liste gelöscht. Die Fälle bleiben, wie sie sind."),
}
"""What the page says after a step, by the word in its address."""


def named_decision(code: str) -> str:
    """The German name of a decision of the BAMF."""
    return decision_name(current_law(), code)


def view_for(number: str, act: Act | None = None) -> CaseView:
    """The case as this person sees it; NotVisible for a stranger, NotAllowed for a colleague without this act.

    Where the act is hers but the case is past it, a page is refused here, a form by its operation: so the second of
    two clicks meets the version that the first one took, and says so.
    """
    view = opened(number)
    if act is not None:
        _check(view, act)
    return view


def _check(view: CaseView, act: Act) -> None:
    facts = act_facts(view)
    if not sees_act(act, facts):
        raise NotAllowed
    if request.method == "GET" and not may_act(act, facts):
        raise RuleBroken(Message(N_("Das geht im jetzigen Stand des Falls nicht.")))


def case_form(
    view: CaseView, template: str, form: BaseForm, refused: Refused | None = None, **context: Any
) -> ResponseReturnValue:
    """A page about one case with a form; after a refusal the case is read again, so that the form can be sent again."""
    if refused and refused.status == 409:
        view = view_for(view.held.case.number)
    return case_page(
        view, template, status_of(form, refused), form=form, problem=refused.message if refused else None, **context
    )


def case_page(view: CaseView, template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    """A page about one case."""
    return framed(view, template, SAID, status, **context)


def said() -> str:
    """What the step before did, if the address says so."""
    return case_frame.said(SAID)
