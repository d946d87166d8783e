"""Requests for access paths as the office meets them that is responsible for a case."""

from collections.abc import Callable

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.desk import by, desk_page, seen
from blueprints.courses.path_forms import AskForm
from blueprints.courses.requests_context import answer_form
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to
from models.operations import path_requests as operations
from models.queries.case_view import CaseView
from models.queries.course_access import access_of
from models.queries.path_requests import RequestLine, request_lines, told_of
from models.rules.errors import NotVisible, StaleVersion
from models.rules.permissions import Permission


@bp.post("/faelle/<number>/zugangsanfrage")
@access.requires(Permission.COURSE_RESERVE)
def ask_path(number: str) -> ResponseReturnValue:
    """Ask a body for an access path."""
    view, form = seen(number), AskForm()
    form.offer(())
    wanted, states = form.chosen(), access_of(view).states
    if form.validate_on_submit() and accepted(
        form, lambda: operations.ask_for_path(view.held, wanted, states, told_of(view, wanted[1]), **by())
    ):
        flash(_("Zugangsweg angefragt."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, ask=form)


@bp.post("/faelle/<number>/zugangsanfrage/<int:request_id>/antwort")
@access.requires(Permission.COURSE_RESERVE)
def enter_path_answer(number: str, request_id: int) -> ResponseReturnValue:
    """Enter what a body answered that has no access here, with the source."""
    view, line = _seen_request(number, request_id)
    form = answer_form(view, line)
    seen_version = form.version.data
    if form.validate_on_submit() and accepted(
        form,
        lambda: operations.answer_request(view.held, request_id, form.answer(), seen_version=seen_version, **by()),
        otherwise="granted",
    ):
        flash(_("Antwort eingetragen."))
        return go_to(f"/faelle/{number}/kurs")
    return desk_page(view, **{f"path-{request_id}": form})


@bp.post("/faelle/<number>/zugangsanfrage/<int:request_id>/zuruecknehmen")
@access.requires(Permission.COURSE_RESERVE)
def withdraw_path(number: str, request_id: int) -> ResponseReturnValue:
    """Take a request back."""
    return _step(number, request_id, operations.withdraw_request, _("Anfrage zurückgenommen."))


@bp.post("/faelle/<number>/zugangsanfrage/<int:request_id>/gesehen")
@access.requires(Permission.COURSE_RESERVE)
def note_path(number: str, request_id: int) -> ResponseReturnValue:
    """The answer was seen."""
    return _step(number, request_id, operations.note_answer, _("Antwort zur Kenntnis genommen."))


def _step(number: str, request_id: int, operation: Callable[..., None], sentence: str) -> ResponseReturnValue:
    view, _line = _seen_request(number, request_id)
    form = PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    operation(view.held, request_id, seen_version=form.version.data, **by())
    flash(sentence)
    return go_to(f"/faelle/{number}/kurs")


def _seen_request(number: str, request_id: int) -> tuple[CaseView, RequestLine]:
    view = seen(number)
    for line in request_lines(view.held):
        if line.row.id == request_id:
            return view, line
    raise NotVisible
