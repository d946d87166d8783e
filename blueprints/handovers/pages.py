"""The pages of one handover, each in one place because several routes answer with them."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice

from blueprints.handovers import views
from blueprints.handovers.forms import DayForm, PreparationForm, QueryForm, ReasonForm
from blueprints.shared.forms import PressForm
from blueprints.shared.render import page
from models.queries import handovers
from models.queries.law_days import first_talk_due
from models.queries.sheet import Draft
from models.rules.message import N_
from models.rules.sheet.lines import count_of, empty, parts_of, valued
from models.rules.sheet.release import ALWAYS, MINIMUM, release_from
from models.rules.states import HandoverState
from models.tables import Handover
from pdf.signatures.verdict import VerdictCode

SAID: Mapping[str, str] = {
    "gespeichert": N_("Gespeichert. Noch ist nichts übermittelt."),
    "gesendet": N_("Unterschrieben und übermittelt. Das Jobcenter sieht jetzt genau diese Angaben."),
    "zurueckgezogen": N_("Zurückgezogen. Das Jobcenter sieht den Inhalt nicht mehr."),
    "neue-fassung": N_("Neue Fassung angelegt. Ihre Entscheidungen der letzten Fassung sind übernommen."),
    "kopie": N_("Notiert, wann die Person ihre Kopie bekommen hat."),
    "eingang": N_("Eingang bestätigt."),
    "angenommen": N_("Angenommen und unterschrieben. Der Fall gehört jetzt zu Ihnen."),
    "zurueckgegeben": N_("Zurückgegeben. Die Agentur hat die Aufgabe bekommen."),
    "abgelehnt": N_("Abgelehnt. Der Fall bleibt bei der Agentur."),
    "ersttermin": N_("Ersttermin notiert."),
}
"""What the page says after a step, by the word in its address."""
FOLLOWED = (HandoverState.SENT, HandoverState.RECEIVED, HandoverState.QUERIED)
GENUINE = (VerdictCode.VALID, VerdictCode.AWAITING)


def frame(handover: Handover) -> dict[str, Any]:
    """What every page of a handover shows in its head."""
    return {
        "area": "handovers",
        "handover": handover,
        "name": views.name_of(handover),
        "needs": views.needs_in(handover),
        "state": views.state_of(handover),
        "actions": views.actions_of(handover),
        "address": f"/uebergaben/{handover.reference}",
        "case_number": handover.case.number,
        "today": views.today(),
        "said_done": SAID.get(request.args.get("getan", "")),
    }


def sender_page(handover: Handover) -> ResponseReturnValue:
    """The draft to prepare, or what became of a transmitted sheet."""
    if handover.state == HandoverState.DRAFT:
        return prepare_page(handover)
    return sent_page(handover)


def prepare_page(
    handover: Handover,
    form: PreparationForm | None = None,
    typed: Mapping[str, str] | None = None,
    release: Any = None,
    status: int = 200,
) -> ResponseReturnValue:
    """What is missing, the decisions of the sender, and exactly what the receiver will see."""
    chosen = release or release_from(handover.released or {})
    draft = views.collected(handover, chosen)
    earlier = handovers.earlier_version(handover)
    return page(
        "handovers/prepare.html",
        status=status,
        form=form or PreparationForm.of(handover, chosen),
        draft=draft,
        gaps=views.gap_rows(draft, typed),
        may_go_on=views.closable_here(draft),
        questions=views.questions_of(earlier, draft) if earlier else [],
        earlier=earlier,
        always=sorted(ALWAYS),
        doubts=draft.held.competences.doubts if draft.held.competences else [],
        minimum=sorted(MINIMUM.letters - ALWAYS),
        **preview(handover, draft),
        **frame(handover) | {"needs": views.needs_in(handover, draft)},
    )


def preview(handover: Handover, draft: Draft) -> dict[str, Any]:
    """The released values line by line, and what differs from the version before."""
    parts = parts_of(draft.shown)
    return {
        "parts": parts,
        "count": count_of(parts),
        "withheld": draft.withheld,
        "different": views.differences(handover, draft.shown),
    }


def sent_page(handover: Handover, day_form: DayForm | None = None) -> ResponseReturnValue:
    """The sender follows its sheet: where it is, what was asked back, what changed since."""
    following = handover.state in FOLLOWED
    draft = views.collected(handover) if handover.state == HandoverState.QUERIED else None
    successor = next((row for row in handovers.versions_of(handover.case_id) if row.number > handover.number), None)
    return page(
        "handovers/sent.html",
        status=422 if day_form and day_form.errors else 200,
        sent=views.sent_view(handover),
        questions=views.questions_of(handover, draft),
        outdated=views.outdated(handover) if following else [],
        successor=successor,
        press=PressForm(formdata=None, data={"version": handover.version}),
        day_form=day_form or DayForm(formdata=None, data={"version": handover.version}),
        **frame(handover),
    )


def receive_page(
    handover: Handover, query_form: QueryForm | None = None, day_form: DayForm | None = None
) -> ResponseReturnValue:
    """The receiver: is it genuine, every value to copy, what is missing, and the next step."""
    sent = views.sent_view(handover)
    verdict = views.verdict_on(sent)
    taken = handovers.taken_fields(handover.id)
    to_copy = valued(sent.parts)
    form = query_form or QueryForm(formdata=None, data={"version": handover.version})
    form.queries.choices = form.queries.choices or as_choices(sent)
    wrong = form.errors or (day_form.errors if day_form else None)
    return page(
        "handovers/receive.html",
        status=422 if wrong else 200,
        sent=sent,
        verdict=verdict,
        genuine=verdict is not None and verdict.code in GENUINE,
        to_copy=to_copy,
        taken=taken,
        taken_count=sum(1 for part in to_copy for line in part.lines if line.address in taken),
        copy_count=sum(len(part.lines) for part in to_copy),
        different=views.differences(handover, views.snapshot_of(handover)["sections"]) if sent.parts else {},
        query_form=form,
        press=PressForm(formdata=None, data={"version": handover.version}),
        day_form=day_form or DayForm(formdata=None, data={"version": handover.version}),
        talk_due=first_talk_due(views.today()),
        **frame(handover),
    )


def query_choices(sent: views.Sent) -> list[tuple[str, str]]:
    """Everything that the snapshot leaves open: empty fields and sections that were not handed over."""
    return empty(sent.parts) + [(letter, f"Abschnitt {letter}: nicht übermittelt") for letter in sent.withheld]


def as_choices(sent: views.Sent) -> list[SelectChoice]:
    """The same for the form."""
    return [SelectChoice(value, label) for value, label in query_choices(sent)]


def reason_page(
    handover: Handover, template: str, form: ReasonForm | None = None, status: int = 200
) -> ResponseReturnValue:
    """One step that needs a reason."""
    return page(
        template,
        status=status,
        form=form or ReasonForm(formdata=None, data={"version": handover.version}),
        **frame(handover),
    )
