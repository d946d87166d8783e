"""The list of handovers, one handover, and its files. Sending and receiving are routes of their own beside it."""

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.handovers import views
from blueprints.handovers.pages import receive_page, sender_page
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.render import download, page
from models.queries import documents, handovers
from models.queries.transfer_requests import number_of_requests
from models.rules.errors import NotVisible
from models.rules.handovers import OPEN_STATES, STATE_BADGES, STATE_LABELS, shows_content
from models.rules.message import N_
from models.rules.permissions import Permission
from models.rules.roles import Role
from models.rules.states import DocumentKind, HandoverState
from models.tables import Handover

bp = Blueprint("handovers", __name__, cli_group=None)


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the list: the word in the address, its German label, its states."""

    word: str
    label: str
    states: tuple[HandoverState, ...]


ENDED = tuple(state for state in HandoverState if state not in (*OPEN_STATES, HandoverState.ACCEPTED))
FILTERS = (
    Filter("offen", N_("offen"), OPEN_STATES),
    Filter("entwurf", N_("Entwürfe"), (HandoverState.DRAFT,)),
    Filter("unterwegs", N_("übermittelt"), (HandoverState.SENT, HandoverState.RECEIVED)),
    Filter("rueckfrage", N_("Rückfragen"), (HandoverState.QUERIED,)),
    Filter("angenommen", N_("angenommen"), (HandoverState.ACCEPTED,)),
    Filter("beendet", N_("beendet"), ENDED),
)


@bp.get("/uebergaben/")
@access.requires(Permission.HANDOVER_VIEW)
def index() -> ResponseReturnValue:
    """The Agentur's drafts and transmitted sheets, the Jobcenter's inbox; what is overdue first."""
    role = access.actor().role
    chosen = next((one for one in FILTERS if one.word == request.args.get("stand")), FILTERS[0])
    number = page_number()
    rows, more = handovers.page_of_handovers(access.actor(), chosen.states, views.today(), number)
    filters = [one for one in FILTERS if role == Role.AGENTUR or one.word != "entwurf"]
    return page(
        "handovers/index.html",
        area="handovers",
        rows=rows,
        more=more,
        number=number,
        filters=filters,
        chosen=chosen,
        labels=STATE_LABELS,
        badges=STATE_BADGES,
        today=views.today(),
        receiving=role == Role.JOBCENTER,
        requests_open=number_of_requests(access.actor(), views.today()) if role == Role.AGENTUR else 0,
    )


@bp.get("/uebergaben/<reference>")
@access.requires(Permission.HANDOVER_VIEW)
def show(reference: str) -> ResponseReturnValue:
    """One handover: the sender prepares it or follows it, the receiver takes it over."""
    handover = views.found(reference)
    note_access(handover.case_id, "handover")
    return receive_page(handover) if access.actor().role == Role.JOBCENTER else sender_page(handover)


@bp.get("/uebergaben/<reference>/uebergabebogen.pdf")
@access.requires(Permission.HANDOVER_VIEW)
def sheet_file(reference: str) -> ResponseReturnValue:
    """The stored transfer sheet, byte for byte."""
    return _file(views.found(reference), DocumentKind.TRANSFER_SHEET, "sheet")


@bp.get("/uebergaben/<reference>/empfangsbestaetigung.pdf")
@access.requires(Permission.HANDOVER_VIEW)
def receipt_file(reference: str) -> ResponseReturnValue:
    """The stored receipt, byte for byte."""
    return _file(views.found(reference), DocumentKind.RECEIPT, "receipt")


def _file(handover: Handover, kind: DocumentKind, action: str) -> ResponseReturnValue:
    document = documents.current_document(handover.id, kind)
    if document is None or not shows_content(HandoverState(handover.state), access.actor().role):
        raise NotVisible
    note_access(handover.case_id, action)
    return download(documents.content_of(document.id), document.filename, document.media_type)
