"""Who answers a question and who ends it at the same moment do not wait for each other in a circle."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest

from models.base import db
from models.operations.ledger import record
from models.operations.questions import answer_question, ask_question
from models.rules.questions import Asking
from models.rules.states import QuestionState
from models.tables import Question
from tests.cast import make_case, member_of
from tests.conftest import NOW
from tests.visit_cast import seen_by

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.parametrize("database_url", ["postgres"], indirect=True),  # SQLite has one writer at a time
]


def test_an_answer_waits_for_the_event_that_may_end_its_question():
    """Any event of a case locks its chain and then the questions that it ends."""
    asker, asked = member_of("agentur"), member_of("tholey")
    case = make_case()
    ask_question(seen_by(asker, case), Asking("A05", asked.organisation_id, "Gilt das Papier noch?"), now=NOW)
    question = Question.get()
    has_chain = Signal()

    def change_the_case() -> None:
        with db.connection_context(), db.atomic():
            record(asker, "case.note", {}, now=NOW, case_id=case.id)
            has_chain.set()
            time.sleep(0.5)
            Question.update(asked_at=Question.asked_at).where(Question.id == question.id).execute()

    with ThreadPoolExecutor(1) as pool:
        changing = pool.submit(change_the_case)
        assert has_chain.wait(10)
        answer_question(question, "Ja.", seen_version=question.version, actor=asked, now=NOW)
    assert changing.exception() is None
    assert Question.get().state == QuestionState.ANSWERED
