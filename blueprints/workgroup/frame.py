"""What the pages of this area share: the meeting with the right to see it, what was done, the frame of a page."""

from typing import Any

from flask.typing import ResponseReturnValue

from blueprints.shared import access, case_frame
from blueprints.shared.case_frame import today
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused
from blueprints.shared.render import page
from models.queries.meetings import MeetingView, meeting_of, organises
from models.rules.message import N_
from models.rules.workgroup.meetings import REPLY_LABELS, STATE_LABELS

PLACE = "/arbeitskreis"
SAID = {
    "geplant": N_("Sitzung geplant. Die Tagesordnung ist aus den Zahlen von heute vorgeschlagen; prüfen Sie sie."),
    "geaendert": N_("Sitzung geändert. Drucken oder schicken Sie die Einladungen neu."),
    "eingeladen": N_("Eingeladen. Die Stellen sehen jetzt Tag, Ort und Tagesordnung."),
    "abgesagt": N_("Abgesagt. Die Eingeladenen sehen es hier; sagen Sie ihnen Bescheid."),
    "antwort": N_("Antwort gespeichert."),
    "punkt": N_("Punkt gespeichert."),
    "punkt-weg": N_("Punkt herausgenommen."),
    "punkt-hoch": N_("Punkt nach oben gerückt."),
    "anwesend": N_("Anwesenheit gespeichert."),
    "protokoll": N_("Gespeichert."),
    "beschluss": N_("Beschluss gespeichert."),
    "beschluss-weg": N_("Beschluss herausgenommen."),
    "unterschrieben": N_("Protokoll unterschrieben. Die Beschlüsse stehen jetzt bei den Stellen auf „Mein Tag“."),
    "gemailt": N_("Einladungen gemailt."),
    "aufgabe": N_("Stand gespeichert."),
    "zahlen": N_("Zahlen von heute eingesetzt, wo niemand den Text geändert hat."),
}
"""What the page says after a step, by the word in its address."""


def place_of(meeting_id: int, word: str = "") -> str:
    """The address of a meeting, with the word for what was done."""
    return f"{PLACE}/{meeting_id}" + (f"?getan={word}" if word else "")


def minutes_place(meeting_id: int, word: str = "", item_id: int | None = None) -> str:
    """The address of the minutes of a meeting, perhaps at a point."""
    asked = f"?getan={word}" if word else ""
    return f"{PLACE}/{meeting_id}/protokoll{asked}" + (f"#punkt-{item_id}" if item_id else "")


def viewed(meeting_id: int) -> MeetingView:
    """The meeting as this person sees it; NotVisible for who is not invited."""
    return meeting_of(access.actor(), meeting_id)


def by() -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": access.actor(), "now": access.now()}


def meeting_page(
    template: str,
    form: BaseForm | None = None,
    refused: Refused | None = None,
    *,
    fragment: str | None = None,
    **context: Any,
) -> ResponseReturnValue:
    """A page of this area, perhaps with a form that was refused; for htmx only the ``fragment`` where there is one."""
    frame = {
        "area": "workgroup",
        "today": today(),
        "said_done": case_frame.said(SAID),
        "organiser": organises(access.actor()),
        "state_labels": STATE_LABELS,
        "reply_labels": REPLY_LABELS,
        "problem": refused.message if refused else None,
    }
    status = case_frame.status_of(form, refused)
    return page(template, fragment=fragment, status=status, **frame, form=form, **context)
