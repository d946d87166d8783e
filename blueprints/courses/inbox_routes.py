"""The inbox of a body that opens access paths: what it was asked for, and its answer. Nothing else of the case."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.desk import by
from blueprints.courses.path_forms import PathAnswerForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from models.operations.path_requests import answer_request
from models.queries.cases import seen_case
from models.queries.dossier import dossier
from models.queries.path_requests import asked_of, asked_page, due_days
from models.rules.path_requests import OBLIGATION_BASES, OBLIGATION_LABELS, STATE_WORDS
from models.rules.permissions import Permission
from models.rules.states import PathRequestState
from models.rules.times import local_day


@bp.get("/zugangsanfragen/")
@access.requires(Permission.PATH_ANSWER)
def path_inbox() -> ResponseReturnValue:
    """The open requests, the oldest first; with ``?beantwortet=1`` the answered ones."""
    today, number = local_day(access.now()), page_number()
    answered = request.args.get("beantwortet") == "1"
    rows, more = asked_page(access.actor(), today, number, answered=answered)
    context = {"rows": rows, "more": more, "page": number, "answered": answered, "today": today, "due": due_days(rows)}
    return page("courses/path_inbox.html", area="path_requests", words=STATE_WORDS, **context)


@bp.route("/zugangsanfragen/<number>/<path>", methods=["GET", "POST"])
@access.requires(Permission.PATH_ANSWER)
def answer_path(number: str, path: str) -> ResponseReturnValue:
    """Grant or refuse a path that this body opens."""
    actor, today = access.actor(), local_day(access.now())
    asked = asked_of(actor, number, path, today)
    note_access(seen_case(actor, number, today).case.id, "path_request")
    if asked.state != PathRequestState.OPEN:
        return _answer_page(asked, None)
    form = PathAnswerForm(asked.path, True, "path", data={"version": asked.version})
    if form.validate_on_submit() and accepted(form, lambda: _answer(number, asked.id, form), otherwise="granted"):
        flash(_("Antwort gesendet. Die Stelle, die gefragt hat, sieht sie jetzt."))
        return go_to("/zugangsanfragen/")
    return _answer_page(asked, form)


def _answer(number: str, request_id: int, form: PathAnswerForm) -> None:
    today = local_day(access.now())
    held = dossier(seen_case(access.actor(), number, today).case, today)
    answer_request(held, request_id, form.answer(), seen_version=form.version.data, **by())


def _answer_page(asked: Any, form: PathAnswerForm | None) -> ResponseReturnValue:
    today = local_day(access.now())
    bases = [OBLIGATION_LABELS[code] for code in OBLIGATION_BASES.get(asked.path, ())]
    context = {"asked": asked, "form": form, "today": today, "bases": bases, "due": due_days([asked])[asked.id]}
    status = 422 if form and form.errors else 200
    return page(
        "courses/path_answer.html",
        fragment="courses/_path_asked.html",
        status=status,
        area="path_requests",
        words=STATE_WORDS,
        **context,
    )
