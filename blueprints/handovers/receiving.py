"""Routes of the receiver: confirm receipt, accept with the second signature, return, reject, tick off values."""

from flask.typing import ResponseReturnValue

from blueprints.handovers import views
from blueprints.handovers.deputy import offer_absent, signing_actor
from blueprints.handovers.forms import AcceptForm, DayForm, QueryForm, ReasonForm, TakenForm
from blueprints.handovers.pages import GENUINE, as_choices, frame, query_choices, reason_page, receive_page
from blueprints.handovers.routes import bp
from blueprints.shared import access
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page, wants_fragment
from models.operations import handover_answers as operations
from models.queries import handovers
from models.queries.law_days import first_talk_due
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.rules.sheet.lines import valued
from models.rules.states import HandoverState
from models.tables import Handover
from pdf.transfer_sheet import issue


@bp.post("/uebergaben/<reference>/eingang")
@access.requires(Permission.HANDOVER_RECEIVE)
def confirm(reference: str) -> ResponseReturnValue:
    """Confirm that the sheet arrived (U16)."""
    handover, form = views.found(reference), PressForm()
    if form.validate_on_submit():
        operations.confirm_receipt(handover, seen_version=form.version.data, actor=access.actor(), now=access.now())
    return go_to(f"/uebergaben/{reference}?getan=eingang")


@bp.route("/uebergaben/<reference>/annehmen", methods=["GET", "POST"])
@access.requires(Permission.HANDOVER_RECEIVE)
def accept(reference: str) -> ResponseReturnValue:
    """Check, sign with the PIN, and take the case over."""
    handover = views.found(reference)
    form = AcceptForm()
    if form.validate_on_submit() and accepted(form, lambda: _accept(handover, form)):
        return go_to(f"/uebergaben/{reference}?getan=angenommen")
    if handover.state != HandoverState.RECEIVED:
        return go_to(f"/uebergaben/{reference}")
    return _accept_page(handover, form)


def _accept(handover: Handover, form: AcceptForm) -> None:
    issue.countersign_and_accept(
        handover,
        form.pin.data,
        views.signing_place(),
        checked=form.checked.data,
        first_talk_on=form.first_talk_on.data,
        seen_version=form.version.data,
        actor=signing_actor(form),
        now=access.now(),
    )


def _accept_page(handover: Handover, form: AcceptForm) -> ResponseReturnValue:
    sent = views.sent_view(handover)
    verdict = views.verdict_on(sent)
    shown = form if form.errors else AcceptForm(formdata=None, data={"version": handover.version})
    offer_absent(shown)
    return page(
        "handovers/accept.html",
        fragment="handovers/_accept.html",
        status=422 if form.errors else 200,
        form=shown,
        sent=sent,
        verdict=verdict,
        genuine=verdict is not None and verdict.code in GENUINE,
        talk_due=first_talk_due(views.today()),
        **frame(handover),
    )


@bp.post("/uebergaben/<reference>/zurueckgeben")
@access.requires(Permission.HANDOVER_RECEIVE)
def give_back(reference: str) -> ResponseReturnValue:
    """Return the sheet with what is missing."""
    handover, form = views.found(reference), QueryForm()
    form.queries.choices = as_choices(views.sent_view(handover))
    if form.validate_on_submit() and accepted(form, lambda: _give_back(handover, form)):
        return go_to(f"/uebergaben/{reference}?getan=zurueckgegeben")
    return receive_page(handover, form)


def _give_back(handover: Handover, form: QueryForm) -> None:
    labels = dict(query_choices(views.sent_view(handover)))
    operations.return_handover(
        handover,
        [operations.Query(field, labels[field]) for field in form.queries.data or ()],
        form.explanation.data or "",
        seen_version=form.version.data,
        actor=access.actor(),
        now=access.now(),
    )


@bp.route("/uebergaben/<reference>/ablehnen", methods=["GET", "POST"])
@access.requires(Permission.HANDOVER_RECEIVE)
def reject(reference: str) -> ResponseReturnValue:
    """Refuse the sheet, with a reason."""
    handover = views.found(reference)
    form = ReasonForm()
    if form.validate_on_submit() and accepted(form, lambda: _reject(handover, form)):
        return go_to(f"/uebergaben/{reference}?getan=abgelehnt")
    return reason_page(handover, "handovers/reject.html", form if form.errors else None, 422 if form.errors else 200)


def _reject(handover: Handover, form: ReasonForm) -> None:
    operations.reject_handover(
        handover, form.reason.data or "", seen_version=form.version.data, actor=access.actor(), now=access.now()
    )


@bp.post("/uebergaben/<reference>/ersttermin")
@access.requires(Permission.HANDOVER_RECEIVE)
def first_talk(reference: str) -> ResponseReturnValue:
    """Note the day of the first talk (U22)."""
    handover, form = views.found(reference), DayForm()
    if form.validate_on_submit() and accepted(form, lambda: _first_talk(handover, form), {"first_talk_on": "day"}):
        return go_to(f"/uebergaben/{reference}?getan=ersttermin")
    return receive_page(handover, day_form=form)


def _first_talk(handover: Handover, form: DayForm) -> None:
    operations.note_first_talk(
        handover, form.day.data, seen_version=form.version.data, actor=access.actor(), now=access.now()
    )


@bp.post("/uebergaben/<reference>/uebernommen")
@access.requires(Permission.HANDOVER_RECEIVE)
def take(reference: str) -> ResponseReturnValue:
    """Tick off one value that was copied, or take the tick back; htmx gets the line and the progress."""
    handover, form = handovers.content_in_sight(access.actor(), reference, views.today()), TakenForm()
    parts = valued(views.open_parts(handover, views.snapshot_of(handover)))
    line = next((line for part in parts for line in part.lines if line.address == form.field.data), None)
    if not form.validate_on_submit() or line is None:
        raise NotVisible
    operations.mark_taken(handover, line.address, form.taken.data == "1", actor=access.actor(), now=access.now())
    if not wants_fragment():
        return go_to(f"/uebergaben/{reference}#zeile-{line.address}")
    taken = handovers.taken_fields(handover.id)
    return page(
        "handovers/_taken.html",
        line=line,
        taken=taken,
        taken_count=sum(1 for part in parts for one in part.lines if one.address in taken),
        copy_count=sum(len(part.lines) for part in parts),
        address=f"/uebergaben/{reference}",
    )
