"""The questions of a case as tasks and pages need them, in one statement. Reads only."""

from typing import NamedTuple

from peewee import JOIN, Field, Query

from models.queries.by_ids import PreparedByIds
from models.queries.prepared import Prepared
from models.rules.states import QuestionState
from models.rules.tasks.facts import QuestionFacts
from models.rules.times import from_stamp, local_day
from models.tables import Account, Question


class Asked(NamedTuple):
    """A question with its answer; organisations by id, people by name, times as they are stored."""

    id: int
    item: str
    evidence_id: int | None
    asked_by_id: int
    asker: str | None
    asked_at: str
    asked_to_id: int
    text: str
    state: str
    answer: str
    answerer: str | None
    answered_at: str | None
    closed_at: str | None
    ended: str
    version: int

    @property
    def is_closed(self) -> bool:
        """Whether nobody has to do anything any more."""
        return self.state == QuestionState.CLOSED


def _questions(*columns: Field) -> Query:
    answerer = Account.alias()
    shown = (
        Question.id, Question.item, Question.evidence, Question.asked_by, Account.name, Question.asked_at,
        Question.asked_to, Question.text, Question.state, Question.answer, answerer.name, Question.answered_at,
        Question.closed_at, Question.ended, Question.version,
    )  # fmt: skip
    query = Question.select(*columns, *shown)
    query = query.join(Account, JOIN.LEFT_OUTER, on=Question.asked_account == Account.id)
    query = query.join_from(Question, answerer, JOIN.LEFT_OUTER, on=Question.answered_account == answerer.id)
    return query.order_by(Question.id)


OF_CASE = Prepared(lambda case_id: _questions().where(Question.case == case_id), int)
OF_CASES = PreparedByIds(
    lambda ids: _questions(Question.case).where(Question.case.in_(ids), Question.state != QuestionState.CLOSED)
)


def as_facts(asked: Asked) -> QuestionFacts:
    """What the table of tasks looks at."""
    answered = local_day(from_stamp(asked.answered_at)) if asked.answered_at else None
    asked_on = local_day(from_stamp(asked.asked_at))
    return QuestionFacts(asked.item, asked.asked_by_id, asked.asked_to_id, asked_on, answered)
