"""Routes of the sender: prepare, preview, sign and send, withdraw, begin a new version, note the copy."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.handovers import views
from blueprints.handovers.deputy import offer_absent, signing_actor
from blueprints.handovers.forms import DayForm, PreparationForm, ReasonForm, SignForm, typed_reasons
from blueprints.handovers.pages import frame, prepare_page, preview, reason_page, sent_page
from blueprints.handovers.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to, page
from models.operations import handovers as operations
from models.queries.sheet import Draft
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.rules.states import HandoverState
from models.tables import Handover
from pdf.transfer_sheet import issue


def _draft(reference: str) -> Handover:
    handover = views.found(reference)
    if handover.state != HandoverState.DRAFT:
        raise NotVisible
    return handover


@bp.post("/uebergaben/<reference>/vorbereiten")
@access.requires(Permission.HANDOVER_SEND)
def prepare(reference: str) -> ResponseReturnValue:
    """Keep what the sender decided; "weiter" leads on to signing where nothing is missing any more."""
    handover = views.found(reference)
    form = PreparationForm()
    if form.validate_on_submit() and accepted(form, lambda: _save(handover, form)):
        goes_on = request.form.get("next") == "senden" and not views.collected(views.found(reference)).gaps
        return go_to(f"/uebergaben/{reference}/senden" if goes_on else f"/uebergaben/{reference}?getan=gespeichert")
    return prepare_page(handover, form, typed_reasons(), form.release(), status=422)


def _save(handover: Handover, form: PreparationForm) -> None:
    operations.save_preparation(
        handover, form.preparation(), seen_version=form.version.data, actor=access.actor(), now=access.now()
    )


@bp.post("/uebergaben/<reference>/vorschau")
@access.requires(Permission.HANDOVER_SEND)
def try_release(reference: str) -> ResponseReturnValue:
    """What the receiver would see with the ticks as they are now; keeps nothing."""
    handover = _draft(reference)
    draft = views.collected(handover, PreparationForm().release())
    return page("handovers/_preview.html", address=f"/uebergaben/{reference}", **preview(handover, draft))


@bp.get("/uebergaben/<reference>/vorschau.pdf")
@access.requires(Permission.HANDOVER_SEND)
def preview_file(reference: str) -> ResponseReturnValue:
    """The sheet as it would be, marked as a draft: no record, neither signed nor stored."""
    handover = _draft(reference)
    note_access(handover.case_id, "preview")
    pdf = issue.preview(views.collected(handover), views.signing_place(), actor=access.actor(), now=access.now())
    return download(pdf, f"Entwurf-{handover.reference}.pdf", "application/pdf")


@bp.route("/uebergaben/<reference>/senden", methods=["GET", "POST"])
@access.requires(Permission.HANDOVER_SEND)
def send(reference: str) -> ResponseReturnValue:
    """Sign with the PIN and transmit."""
    handover = views.found(reference)
    form = SignForm()
    if form.validate_on_submit() and accepted(form, lambda: _send(handover, form)):
        return go_to(f"/uebergaben/{reference}?getan=gesendet")
    if handover.state != HandoverState.DRAFT:
        return go_to(f"/uebergaben/{reference}")
    return _send_page(handover, form)


def _send(handover: Handover, form: SignForm) -> None:
    issue.issue_and_send(
        views.collected(handover),
        form.pin.data,
        form.digest.data,
        views.signing_place(),
        seen_version=form.version.data,
        actor=signing_actor(form),
        now=access.now(),
    )


def _send_page(handover: Handover, form: SignForm) -> ResponseReturnValue:
    draft: Draft = views.collected(handover)
    digest = issue.shown_digest(draft, actor=access.actor(), now=access.now())
    shown = form if form.errors else SignForm(formdata=None, data={"version": handover.version, "digest": digest})
    offer_absent(shown)
    return page(
        "handovers/send.html",
        fragment="handovers/_send.html",
        status=422 if form.errors else 200,
        form=shown,
        draft=draft,
        receiver=draft.held.office(handover.receiver_id),
        **preview(handover, draft),
        **frame(handover),
    )


@bp.route("/uebergaben/<reference>/zurueckziehen", methods=["GET", "POST"])
@access.requires(Permission.HANDOVER_SEND)
def withdraw(reference: str) -> ResponseReturnValue:
    """Take a transmitted sheet back, with a reason."""
    handover = views.found(reference)
    form = ReasonForm()
    if form.validate_on_submit() and accepted(form, lambda: _withdraw(handover, form)):
        return go_to(f"/uebergaben/{reference}?getan=zurueckgezogen")
    return reason_page(handover, "handovers/withdraw.html", form if form.errors else None, 422 if form.errors else 200)


def _withdraw(handover: Handover, form: ReasonForm) -> None:
    operations.withdraw_handover(
        handover, form.reason.data or "", seen_version=form.version.data, actor=access.actor(), now=access.now()
    )


@bp.post("/uebergaben/<reference>/neue-fassung")
@access.requires(Permission.HANDOVER_SEND)
def renew(reference: str) -> ResponseReturnValue:
    """Begin a new version of a sheet that came back; it starts with the decisions of the old one."""
    handover, form = views.found(reference), PressForm()
    if not form.validate_on_submit():
        return go_to(f"/uebergaben/{reference}")
    new = operations.begin_new_version(handover, seen_version=form.version.data, actor=access.actor(), now=access.now())
    return go_to(f"/uebergaben/{new}?getan=neue-fassung")


@bp.post("/uebergaben/<reference>/kopie")
@access.requires(Permission.HANDOVER_SEND)
def note_copy(reference: str) -> ResponseReturnValue:
    """Note when the person got a copy."""
    handover, form = views.found(reference), DayForm()
    if form.validate_on_submit() and accepted(form, lambda: _note_copy(handover, form), {"copy_given_on": "day"}):
        return go_to(f"/uebergaben/{reference}?getan=kopie")
    return sent_page(handover, form)


def _note_copy(handover: Handover, form: DayForm) -> None:
    operations.note_copy_given(
        handover, form.day.data, seen_version=form.version.data, actor=access.actor(), now=access.now()
    )
