"""Requests for a transfer: the Jobcenter asks and sees nothing, the Agentur answers those that mean its cases."""

from flask import request
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerMinute
from wtforms import SelectChoice

from blueprints.handovers.forms import AnswerForm, TransferRequestForm
from blueprints.handovers.routes import bp
from blueprints.shared import access, throttle
from blueprints.shared.afterwards import afterwards
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from blueprints.shared.tokens import new_token
from models.operations import transfer_requests as operations
from models.operations.request_matches import match_request
from models.queries import transfer_requests as queries
from models.queries.law_days import request_ends
from models.queries.transfer_requests import Incoming
from models.rules.message import N_
from models.rules.permissions import Permission
from models.rules.requests import ANSWER_LABELS, SEEN_LABELS
from models.rules.states import RequestState
from models.rules.times import local_day

ASKED = RateLimitItemPerMinute(10)
SAID = {
    "gestellt": N_("Das Ersuchen ist gestellt."),
    "beantwortet": N_("Beantwortet. Das Jobcenter sieht nur, ob eine Übergabe kommt."),
}


@bp.get("/uebergaben/ersuchen/")
@access.requires(Permission.TRANSFER_REQUEST)
def own_requests() -> ResponseReturnValue:
    """The form, and the own requests with their state."""
    return _own_page(TransferRequestForm(formdata=None, data={"token": new_token()}))


@bp.post("/uebergaben/ersuchen/")
@access.requires(Permission.TRANSFER_REQUEST)
def ask() -> ResponseReturnValue:
    """Ask for a transfer. The same answer whoever is asked for: nobody is looked up."""
    throttle.try_once(ASKED, f"request|{access.actor().account_id}")
    form = TransferRequestForm()
    if form.validate_on_submit() and accepted(form, lambda: _ask(form)):
        return go_to("/uebergaben/ersuchen/?getan=gestellt")
    return _own_page(form)


def _ask(form: TransferRequestForm) -> None:
    made = operations.request_transfer(form.asked(), form.token.data, actor=access.actor(), now=access.now())
    if made:
        afterwards(lambda: match_request(made))


def _own_page(form: TransferRequestForm) -> ResponseReturnValue:
    today = local_day(access.now())
    return page(
        "handovers/requests.html",
        status=422 if form.errors else 200,
        area="handovers",
        form=form,
        rows=queries.own_requests(access.actor(), today),
        labels=SEEN_LABELS,
        ends_on=request_ends(today),
        said_done=SAID.get(request.args.get("getan", "")),
    )


@bp.get("/uebergaben/eingehende-ersuchen/")
@access.requires(Permission.TRANSFER_ANSWER)
def incoming() -> ResponseReturnValue:
    """Open requests that may mean somebody of the own cases, and what was answered."""
    actor = access.actor()
    return page(
        "handovers/incoming.html",
        area="handovers",
        open_ones=queries.incoming_requests(actor, local_day(access.now())),
        answered=queries.answered_requests(actor),
        labels=ANSWER_LABELS,
        said_done=SAID.get(request.args.get("getan", "")),
    )


@bp.route("/uebergaben/eingehende-ersuchen/<int:request_id>", methods=["GET", "POST"])
@access.requires(Permission.TRANSFER_ANSWER)
def answer(request_id: int) -> ResponseReturnValue:
    """Say who is meant and begin the handover, refuse with a reason, or say that nobody here is meant."""
    asked = queries.incoming_request(access.actor(), request_id, local_day(access.now()))
    form, goes_on = _answer_form(asked), []
    if form.validate_on_submit() and accepted(form, lambda: goes_on.append(_answered(request_id, form))):
        begun = goes_on[0]
        return go_to(f"{begun}&getan=ersuchen" if begun else "/uebergaben/eingehende-ersuchen/?getan=beantwortet")
    status = 422 if form.errors else 200
    return page("handovers/answer.html", status=status, area="handovers", form=form, asked=asked)


def _answer_form(asked: Incoming) -> AnswerForm:
    one = asked.meant[0].number if len(asked.meant) == 1 else None
    form = AnswerForm(data={"version": asked.row.version, "case": one})
    form.case.choices = [SelectChoice(meant.number, f"{meant.name} · {meant.number}") for meant in asked.meant]
    return form


def _answered(request_id: int, form: AnswerForm) -> str:
    return operations.answer_request(
        request_id,
        RequestState(form.answer.data),
        form.case.data or "",
        form.reason.data or "",
        seen_version=form.version.data,
        actor=access.actor(),
        now=access.now(),
    )
