"""Questions between two organisations about what both see: asked, answered, closed."""

from collections.abc import Sequence
from datetime import datetime

from models.base import db
from models.operations.ended_questions import end_unseen_questions, told_of
from models.operations.ledger import claim, hold_case, hold_chain, record
from models.queries.case_view import CaseView, view_of
from models.queries.dossier import dossier
from models.queries.questions import may_be_asked
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.questions import Asking, QuestionAct, acts_on, checked_text
from models.rules.roles import SYSTEM, Actor
from models.rules.states import CaseState, QuestionState
from models.rules.times import local_day, stamp
from models.tables import Case, Person, Question


def ask_question(view: CaseView, asking: Asking, *, now: datetime) -> int:
    """Ask another organisation that sees the same item; returns the id of the question.

    NotVisible for an item that the asker does not see, RuleBroken by field, for a closed case and for the same question
    again (a double click).
    """
    text, actor, case_id = checked_text(asking.text, "text"), view.actor, view.held.case.id
    with db.atomic():
        if asking.to not in may_be_asked(_taken(view, now), asking.item, asking.evidence):
            sentence = Message(N_("Bitte eine Stelle wählen, die diesen Punkt sieht."))
            raise RuleBroken(sentence, {"to": sentence})
        _refuse_again(case_id, asking, text, actor)
        question = Question.create(
            case=case_id,
            item=asking.item,
            evidence=asking.evidence,
            asked_by=actor.organisation_id,
            asked_account=actor.account_id,
            asked_at=stamp(now),
            asked_to=asking.to,
            text=text,
        )
        data = told_of(question.id, asking.item, int(actor.organisation_id or 0), asking.to)
        record(actor, "question.asked", data, now=now, case_id=case_id)
    return int(question.id)


def _taken(view: CaseView, now: datetime) -> CaseView:
    """The case as it stands, locked; RuleBroken where it has ended."""
    case_id = view.held.case.id
    still_open = (Case.id == case_id) & (Case.state == CaseState.OPEN)
    if not Case.update(version=Case.version).where(still_open).execute():
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
    case = Case.select(Case, Person).join(Person).where(Case.id == case_id).get()
    return view_of(dossier(case, local_day(now)), view.actor)


def _refuse_again(case_id: int, asking: Asking, text: str, actor: Actor) -> None:
    same = (
        (Question.case == case_id)
        & (Question.item == asking.item)
        & (Question.asked_by == actor.organisation_id)
        & (Question.asked_to == asking.to)
        & (Question.state == QuestionState.OPEN)
        & (Question.text == text)
    )
    if Question.select(Question.id).where(same).exists():
        raise RuleBroken(Message(N_("Diese Rückfrage gibt es schon.")))


def answer_question(question: Question, text: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Answer a question. RuleBroken without a text, StaleVersion where it was answered, closed or ended since."""
    said = checked_text(text, "answer")
    answered = {"state": QuestionState.ANSWERED, "answer": said, "answered_at": stamp(now)}
    _act(question, QuestionAct.ANSWER, answered | {"answered_account": actor.account_id}, seen_version, actor, now)


def close_question(question: Question, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Close an own question, answered or not. StaleVersion for a double click."""
    closed = {"state": QuestionState.CLOSED, "closed_at": stamp(now)}
    _act(question, QuestionAct.CLOSE, closed, seen_version, actor, now)


_KINDS = {QuestionAct.ANSWER: "question.answered", QuestionAct.CLOSE: "question.closed"}


def _act(
    question: Question, act: QuestionAct, values: dict[str, object], seen_version: int, actor: Actor, now: datetime
) -> None:
    with db.atomic():
        hold_chain(question.case_id)  # any event of the case may end the question, and has locked the chain by then
        if not claim(Question, question.id, seen_version):
            raise StaleVersion(Message(N_("Die Rückfrage wurde inzwischen beantwortet oder geschlossen.")))
        row = Question.get_by_id(question.id)
        if act not in acts_on(row, actor.organisation_id):
            raise NotAllowed
        Question.update(**values).where(Question.id == row.id).execute()
        data = told_of(row.id, row.item, row.asked_by_id, row.asked_to_id) | {"from_version": seen_version}
        record(actor, _KINDS[act], data, now=now, case_id=row.case_id)


def end_questions(*, now: datetime) -> int:
    """End all questions that must not go on, case by case; returns how many. Sight may end by the calendar alone."""
    ended = 0
    for case_id in _asked_in():
        with db.atomic():
            hold_case(case_id)
            hold_chain(case_id)
            told = end_unseen_questions(case_id, today=local_day(now), now=now)
            for data in told:
                record(SYSTEM, "question.ended", data, now=now, case_id=case_id)
            ended += len(told)
    return ended


def _asked_in() -> Sequence[int]:
    waiting = Question.select(Question.case).where(Question.state != QuestionState.CLOSED).distinct()
    return [row[0] for row in waiting.order_by(Question.case).tuples()]
