"""The agreement of first steps of a case: its page, the draft, closing, declining, progress of steps, its papers."""

from typing import Any

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.agreement_forms import (
    ROWS,
    AgreementForm,
    CloseAgreementForm,
    CopyGivenForm,
    DeclineForm,
    StepForm,
    filled_with,
    without_talk,
)
from blueprints.cases.forms import PressForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.render import download, go_to, uploaded
from models.operations import agreements as operations
from models.queries.agreements import AgreementPage, agreement_file, agreement_page, agreement_scan, scan_name, step_of
from models.queries.case_view import CaseView
from models.queries.consents import language_name
from models.queries.needs import language_codes
from models.queries.still_seen import refuse_if_narrowed
from models.rules.agreements import STATES, STEP_STATES, WHO_LABELS, AgreementState, StepState, may_settle, step_text
from models.rules.case_acts import Act
from models.rules.errors import NotAllowed, NotVisible, StaleVersion
from models.rules.permissions import Permission
from models.rules.texts import GERMAN, first_language
from models.tables import Agreement

PLACE = "/faelle/<number>/vereinbarung"


def _opened(number: str, *, writing: bool = False) -> tuple[CaseView, AgreementPage]:
    """The case with its agreements; NotAllowed for who only reads them where something is written."""
    view = views.view_for(number, Act.AGREEMENT)
    page = agreement_page(view)
    if writing and not page.may_write:
        raise NotAllowed
    return view, page


def _by() -> dict[str, Any]:
    return {"actor": access.actor(), "now": access.now()}


def _draft_of(page: AgreementPage) -> Agreement:
    if page.draft is None:
        raise NotVisible
    return page.draft


def _back(number: str, word: str) -> ResponseReturnValue:
    return go_to(f"/faelle/{number}/vereinbarung?getan={word}")


@bp.get(PLACE)
@access.requires(Permission.AGREEMENT)
def agreement(number: str) -> ResponseReturnValue:
    """What holds, with the progress of its steps; the draft; the versions before."""
    view, page = _opened(number)
    note_access(view.held.case.id, "agreement")
    return _page(view, page)


def _page(view: CaseView, page: AgreementPage) -> ResponseReturnValue:
    role = view.actor.role
    return views.case_page(
        view,
        "cases/agreement.html",
        page=page,
        states=STATES,
        step_states=STEP_STATES,
        who_labels=WHO_LABELS,
        step_text=step_text,
        language_name=language_name,
        scan_name=scan_name,
        settles=lambda step: may_settle(role, step.who) and view.standing.case_open,
    )


@bp.route(PLACE + "/entwurf", methods=["GET", "POST"])
@access.requires(Permission.AGREEMENT)
def draft_agreement(number: str) -> ResponseReturnValue:
    """Write the next version; it begins with what holds and is still open."""
    view, page = _opened(number, writing=True)
    form = AgreementForm(data=_start(view, page)).offer(page.ahead)
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: operations.save_draft(
                view.held.case, page.draft, form.plan(), seen_version=form.version.data, **_by()
            ),
        )
        if refused is None:
            return _back(number, "vereinbarung-entwurf")
        page = agreement_page(view)
    return views.case_form(
        view,
        "cases/agreement_draft.html",
        form,
        refused,
        rows=ROWS,
        in_front=form.in_front,
        version=page.draft.version if page.draft else 0,
    )


def _start(view: CaseView, page: AgreementPage) -> dict[str, Any]:
    if page.draft:
        return filled_with(page.draft, page.steps[page.draft.id]) | _chosen(page, page.draft)
    language = first_language(language_codes(view.held.person)) or GERMAN
    if page.current is None or page.current.state != AgreementState.AGREED:
        return {"language": language, "version": 0}
    still_open = [step for step in page.steps[page.current.id] if step.state == StepState.OPEN]
    return without_talk(filled_with(page.current, still_open)) | _chosen(page, page.current) | {"version": 0}


def _chosen(page: AgreementPage, row: Agreement) -> dict[str, Any]:
    """The appointment that the version names, if it is still ahead, also after it was moved."""
    talk = page.talks.get(row.id)
    return {"next_choice": str(talk.line.id)} if talk and talk.line in page.ahead else {}


@bp.get(PLACE + "/entwurf.pdf")
@access.requires(Permission.AGREEMENT)
def draft_paper(number: str) -> Response:
    """The draft, to be read and signed on paper."""
    from pdf.agreement.issue import print_draft  # imports WeasyPrint

    view, page = _opened(number, writing=True)
    watermark = current_app.config["SETTINGS"].demo
    content = print_draft(view, page, _draft_of(page), now=access.now(), watermark=watermark)
    refuse_if_narrowed(view)
    note_access(view.held.case.id, "agreement_file")
    return download(content, f"Vereinbarung-{number}-Entwurf.pdf", "application/pdf")


@bp.post(PLACE + "/entwurf/verwerfen")
@access.requires(Permission.AGREEMENT)
def drop_agreement_draft(number: str) -> ResponseReturnValue:
    """Throw the draft away."""
    view, page = _opened(number, writing=True)
    form = PressForm()
    if page.draft is None or not form.validate_on_submit():
        raise StaleVersion
    operations.drop_draft(view.held.case, page.draft, seen_version=form.version.data, **_by())
    return _back(number, "vereinbarung-verworfen")


@bp.route(PLACE + "/schliessen", methods=["GET", "POST"])
@access.requires(Permission.AGREEMENT)
def close_agreement(number: str) -> ResponseReturnValue:
    """Close the draft: with the PIN or on paper."""
    from pdf.agreement.issue import Place, issue_agreement  # imports WeasyPrint

    view, page = _opened(number, writing=True)
    draft = _draft_of(page)
    form = CloseAgreementForm(data={"agreed_on": views.today(), "version": draft.version}).offer()
    refused = None
    if form.validate_on_submit():
        current = current_app.config["SETTINGS"]
        place = Place(current.pki, current.pepper, current.demo)
        refused = views.attempt(
            form,
            lambda: issue_agreement(
                view,
                page,
                draft,
                form.closing(),
                form.pin.data or "",
                form.scan(),
                place,
                seen_version=form.version.data,
                now=access.now(),
            ),
        )
        if refused is None:
            return _back(number, "vereinbarung")
    return views.case_form(view, "cases/agreement_close.html", form, refused, draft=draft, page=page)


@bp.route(PLACE + "/abgelehnt", methods=["GET", "POST"])
@access.requires(Permission.AGREEMENT)
def decline_agreement(number: str) -> ResponseReturnValue:
    """Note that the person refused, or that it is not possible yet."""
    view, page = _opened(number, writing=True)
    form = DeclineForm(data={"agreed_on": views.today()})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: operations.decline_agreement(
                view.held.case,
                AgreementState(form.outcome.data),
                form.agreed_on.data,
                form.reason.data or "",
                seen=form.version.data,
                **_by(),
            ),
        )
        if refused is None:
            return _back(number, "vereinbarung-abgelehnt")
        page = agreement_page(view)
    seen = page.current.id if page.current else 0
    return views.case_form(view, "cases/agreement_decline.html", form, refused, seen=seen)


@bp.route(PLACE + "/schritte/<int:step_id>", methods=["GET", "POST"])
@access.requires(Permission.AGREEMENT)
def settle_step(number: str, step_id: int) -> ResponseReturnValue:
    """Note what became of a step."""
    view, _page_of = _opened(number)
    step = step_of(view, step_id)
    if not may_settle(view.actor.role, step.who):
        raise NotAllowed
    form = StepForm(data={"state": step.state, "settled_on": step.settled_on or views.today(), "version": step.version})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: operations.settle_step(
                view.held.case,
                step,
                StepState(form.state.data),
                form.settled_on.data,
                seen_version=form.version.data,
                **_by(),
            ),
        )
        if refused is None:
            return _back(number, "schritt")
        step = step_of(view, step_id)
    return views.case_form(view, "cases/agreement_step.html", form, refused, step=step, step_text=step_text)


@bp.route(PLACE + "/kopie", methods=["GET", "POST"])
@access.requires(Permission.AGREEMENT)
def agreement_copy(number: str) -> ResponseReturnValue:
    """Note when the person was given her copy."""
    view, page = _opened(number, writing=True)
    current = page.current
    if current is None or current.state != AgreementState.AGREED:
        raise NotVisible
    form = CopyGivenForm(data={"copy_on": current.copy_on or views.today(), "version": current.version})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: operations.note_copy(
                view.held.case, current, form.copy_on.data, seen_version=form.version.data, **_by()
            ),
        )
        if refused is None:
            return _back(number, "vereinbarung-kopie")
    return views.case_form(view, "cases/agreement_copy.html", form, refused, current=current)


@bp.get(PLACE + "/<int:version>.pdf")
@access.requires(Permission.AGREEMENT)
def agreement_paper(number: str, version: int) -> Response:
    """The paper of a closed version, as it was kept."""
    view, _page_of = _opened(number)
    content = agreement_file(view, version)
    note_access(view.held.case.id, "agreement_file")
    return download(content, f"Vereinbarung-{number}-{version}.pdf", "application/pdf")


@bp.get(PLACE + "/scans/<name>")
@access.requires(Permission.AGREEMENT)
def agreement_scan_file(number: str, name: str) -> Response:
    """The scan of a signed agreement."""
    view, _page_of = _opened(number)
    content, kind = agreement_scan(view, name)
    note_access(view.held.case.id, "agreement_file")
    file = f"{number}-Vereinbarung.{name.rpartition('.')[2]}"
    return uploaded(content, file, kind)
