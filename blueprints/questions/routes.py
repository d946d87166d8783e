"""Asking another organisation about an item, answering, closing; seen by the two of them alone."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from blueprints.questions.forms import AnswerForm, QuestionForm
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import record_number
from blueprints.shared.case_frame import framed_form, opened
from blueprints.shared.forms import BaseForm, PressForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import go_to
from models.operations.questions import answer_question, ask_question, close_question
from models.queries.case_view import CaseView
from models.queries.evidence import name_of_proof
from models.queries.questions import item_text, may_be_asked, question_of, questions_of
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.questions import Asking, QuestionAct
from models.rules.states import CaseState

bp = Blueprint("questions", __name__, cli_group=None)

SAID = {
    "gefragt": N_("Rückfrage gestellt. Sie erscheint bei der anderen Stelle auf „Mein Tag“."),
    "beantwortet": N_("Antwort gespeichert. Die fragende Stelle findet sie auf „Mein Tag“."),
    "geschlossen": N_("Rückfrage geschlossen."),
}
"""What the page says after a step, by the word in its address."""


def _view(number: str) -> CaseView:
    return opened(number)


@bp.get("/faelle/<number>/rueckfragen")
@access.requires(Permission.QUESTION)
def questions(number: str) -> ResponseReturnValue:
    """The questions that this person's organisation asked or was asked in this case."""
    view = _view(number)
    note_access(view.held.case.id, "questions")
    return _list(view)


def _list(
    view: CaseView, form: BaseForm | None = None, refused: Refused | None = None, at: int = 0
) -> ResponseReturnValue:
    return _page(view, "questions/list.html", form, refused, questions=questions_of(view), acts=QuestionAct, at=at)


def _page(
    view: CaseView, template: str, form: BaseForm | None, refused: Refused | None, **context: Any
) -> ResponseReturnValue:
    return framed_form(view, template, SAID, form, refused, **context)


@bp.route("/faelle/<number>/punkte/<code>/rueckfrage", methods=["GET", "POST"])
@access.requires(Permission.QUESTION)
def ask(number: str, code: str) -> ResponseReturnValue:
    """Ask an organisation that sees the same item, perhaps about one of its pieces of evidence."""
    view, evidence = _view(number), record_number("nachweis") or None
    offices = may_be_asked(view, code, evidence)
    if view.held.case.state != CaseState.OPEN:
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
    form, refused = QuestionForm().offer(offices), None
    if form.validate_on_submit():
        asking = Asking(code, form.receiver, form.text.data or "", evidence)
        refused = attempt(form, lambda: ask_question(view, asking, now=access.now()))
        if refused is None:
            return go_to(f"/faelle/{number}/rueckfragen?getan=gefragt")
    about = {"code": code, "item": item_text(view, code), "evidence": evidence, "proof": name_of_proof(view, evidence)}
    return _page(view, "questions/ask.html", form, refused, offices=offices, **about)


@bp.post("/faelle/<number>/rueckfragen/<int:question_id>/antworten")
@access.requires(Permission.QUESTION)
def answer(number: str, question_id: int) -> ResponseReturnValue:
    """Answer a question that this person's organisation was asked."""
    view, form, refused = _view(number), AnswerForm(), None
    row = question_of(view, question_id)
    if form.validate_on_submit():
        how = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
        refused = attempt(form, lambda: answer_question(row, form.answer.data or "", **how))
        if refused is None:
            return go_to(f"/faelle/{number}/rueckfragen?getan=beantwortet")
    return _list(_view(number), form, refused, question_id)


@bp.post("/faelle/<number>/rueckfragen/<int:question_id>/schliessen")
@access.requires(Permission.QUESTION)
def close(number: str, question_id: int) -> ResponseReturnValue:
    """Close an own question."""
    row, form = question_of(_view(number), question_id), PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    close_question(row, seen_version=form.version.data, actor=access.actor(), now=access.now())
    return go_to(f"/faelle/{number}/rueckfragen?getan=geschlossen")
