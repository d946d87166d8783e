"""Questions end by themselves with the case, or once one of the two sides no longer sees what they are about.

``ledger.record`` asks here after each event of a case, so that no operation that takes sight away can forget it. This
module writes no event itself: the ledger does.
"""

from datetime import date, datetime

from models.queries.asked import Asked
from models.queries.dossier import Dossier, dossier
from models.queries.prepared import Prepared
from models.queries.questions import both_see
from models.rules.states import CaseState, QuestionState
from models.rules.times import stamp
from models.tables import Case, Organisation, Person, Question

_OPEN = Prepared(
    lambda case_id: (
        Question.select(Question.id).where(Question.case == case_id, Question.state != QuestionState.CLOSED).limit(1)
    ),
    int,
)


def end_unseen_questions(case_id: int, *, today: date, now: datetime) -> list[dict[str, object]]:
    """End the questions of a case that must not go on; returns what the ledger is to tell of each.

    Must run inside the transaction that changed the case.
    """
    if not _OPEN.row(case_id):
        return []
    held = dossier(Case.select(Case, Person).join(Person).where(Case.id == case_id).get(), today)
    told = []
    for question in held.questions:
        if why := _why(held, question):
            ended = {"state": QuestionState.CLOSED, "closed_at": stamp(now), "ended": why}
            Question.update(**ended, version=Question.version + 1).where(Question.id == question.id).execute()
            told.append(told_of(question.id, question.item, question.asked_by_id, question.asked_to_id))
    return told


def _why(held: Dossier, question: Asked) -> str:
    """Why a question has to end; an empty text where it goes on or has ended."""
    if question.is_closed:
        return ""
    if held.case.state == CaseState.CLOSED:
        return "case"
    return "" if both_see(held, question) else "sight"


def told_of(question_id: int, item: str, asked_by: int, asked_to: int) -> dict[str, object]:
    """What an event says of a question: the item, and between whom. Its text stays in the question."""
    wanted = Organisation.select(Organisation.id, Organisation.key).where(Organisation.id.in_([asked_by, asked_to]))
    keys = dict(wanted.tuples())
    return {"question": question_id, "item": item, "between": [keys[asked_by], keys[asked_to]]}
