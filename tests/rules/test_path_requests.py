"""Requests for access paths: what may be asked of whom, what an answer needs, and which tasks follow."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.law.outcomes import PathState
from models.rules.message import Message
from models.rules.path_requests import (
    AnswerFrame,
    PathAnswer,
    answers_itself,
    askable,
    basis_of,
    check_answer,
    check_asked,
    paper_kind,
    refusal_told,
    told_words,
)
from models.rules.roles import Role
from models.rules.states import EnrolmentState, PathRequestState
from models.rules.tasks import TaskKind, tasks_of
from models.rules.tasks.facts import PathFacts, SeatFacts
from tests.rules.test_tasks import AGENTUR, ASYL, DAY, JOBCENTER, SETTLED, found

TODAY = date(2026, 11, 23)
GRANT = PathAnswer(granted=True, dated=TODAY, able_to_work=True)
UNIT = AnswerFrame("P5", True, date(1990, 1, 1), TODAY)
BAMF = AnswerFrame("P6", False, date(1990, 1, 1), TODAY, suspended_from=date(2026, 2, 9))


def states(**told: str) -> tuple[PathState, ...]:
    return tuple(PathState(path=path, state=state, reason=Message("Grund.")) for path, state in told.items())


def test_what_may_be_asked_today_says_why_not_for_the_rest():
    known = states(P1="claim", P2="obliged", P3="no", P4="hint", P5="hint", P6="suspended", P7="open")
    found = {one.key: str(one.refusal or "") for one in askable(known, Role.AGENTUR, {"P4"})}
    assert found == {
        "P1-ABH": "", "P1-BAMF": "", "P5-ASYLBLG": "", "P8-JC": "", "P8-BAMF": "",
        "P2-ABH": "Die Verpflichtung liegt schon vor.", "P3-JC": "Grund.",
        "P4-JC": "Für diesen Weg läuft schon eine Anfrage.",
        "P6-BAMF": "Zulassungen nach § 44 Abs. 4 AufenthG sind zurzeit ausgesetzt; anfragen geht erst danach.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("path", "body", "sentence"),
    [
        ("P5", "ASYLBLG", "Unter 18 Jahren keine Verpflichtung."),
        ("P5", "ABH", "Wählen Sie"),
        ("P7", "", "Selbstzahler brauchen keine Anfrage"),
        ("", "", "Wählen Sie"),
    ],
)
def test_what_may_not_be_asked_is_refused_at_the_field(path, body, sentence):
    known = (PathState(path="P5", state="no", reason=Message("Unter 18 Jahren keine Verpflichtung.")),)
    with pytest.raises(RuleBroken, match=sentence) as broken:
        check_asked(path, body, known, Role.AGENTUR, set())
    assert set(broken.value.fields) == {"wanted"}


@pytest.mark.parametrize(
    ("answer", "frame", "fields"),
    [
        (GRANT, UNIT, set()),
        (replace(GRANT, able_to_work=None), UNIT, {"able_to_work"}),
        (replace(GRANT, able_to_work=False), UNIT, {"able_to_work"}),
        (replace(GRANT, dated=None), UNIT, {"dated"}),
        (replace(GRANT, dated=date(2026, 11, 24)), UNIT, {"dated"}),
        (replace(GRANT, valid_to=date(2026, 11, 22)), UNIT, {"valid_to"}),
        (replace(GRANT, reference="AZR 1234 5678 9012"), UNIT, {"reference"}),
        (GRANT, replace(UNIT, born=date(2008, 11, 24)), {"dated"}),
        (GRANT, replace(UNIT, born=date(2008, 11, 23)), set()),
        (GRANT, replace(UNIT, path="P2"), {"basis"}),
        (replace(GRANT, basis="ABH3"), replace(UNIT, path="P2"), set()),
        (GRANT, BAMF, {"dated", "source"}),
        (replace(GRANT, dated=date(2026, 2, 8), source="lt. BAMF"), BAMF, set()),
        (PathAnswer(granted=None), UNIT, {"granted"}),
        (PathAnswer(granted=False), UNIT, {"reason_code"}),
        (PathAnswer(granted=False, reason_code="OTHER"), UNIT, {"reason"}),
        (PathAnswer(granted=False, reason_code="EMPLOYED"), UNIT, set()),
    ],
)
def test_an_answer_says_all_that_a_paper_or_a_refusal_needs(answer, frame, fields):
    if not fields:
        assert check_answer(answer, frame) is None
        return
    with pytest.raises(RuleBroken) as broken:
        check_answer(answer, frame)
    assert set(broken.value.fields) == fields


def test_papers_words_and_who_answers_itself():
    assert [paper_kind(path) for path in ("P1", "P5", "P6")] == ["ENTITLEMENT", "OBLIGATION", "ADMISSION"]
    assert [basis_of(*one) for one in (("P5", ""), ("P2", "ABH1"), ("P2", "ASYL4"), ("P1", ""))] == [
        "ASYL4", "ABH1", "", "",
    ]  # fmt: skip
    assert answers_itself("ASYLBLG", {Role.ASYLBLG}) and not answers_itself("BAMF", {Role.BAMF})
    assert [str(word) for word in told_words("P5", {"employed": False}, 31)] == [
        "31 Jahre alt", "nicht erwerbstätig", "Schulbesuch nicht bekannt",
    ]  # fmt: skip
    assert (refusal_told("OTHER", "weil"), refusal_told("SEATS", "")) == ("weil", "keine freien Plätze")


ASKED = PathFacts("P5", "ASYLBLG", PathRequestState.OPEN, DAY, AGENTUR)
GRANTED = replace(ASKED, state=PathRequestState.GRANTED, answered_on=DAY, answerer=ASYL)


def test_a_body_that_works_here_answers_and_the_asker_waits():
    due = found(TaskKind.PATH_ASKED, paths=(ASKED,), obligation_asked_on=DAY)
    assert (due.due_on, due.who, due.waits, due.word) == (date(2026, 12, 7), ASYL, AGENTUR, "P5")
    assert found(TaskKind.OBLIGATION, paths=(ASKED,), obligation_asked_on=DAY) is None
    ends = date(2026, 11, 30)
    assert found(TaskKind.PATH_ASKED, paths=(ASKED,), asylblg_until=ends).shown_to == ends
    assert found(TaskKind.PATH_CHASE, paths=(ASKED,), asylblg_until=ends).shown_from == date(2026, 12, 7)


def test_a_body_on_paper_is_asked_again_when_its_time_is_over():
    on_paper = replace(ASKED, path="P2", body="ABH")
    due = found(TaskKind.PATH_CHASE, paths=(on_paper,))
    assert (due.who, due.shown_from, due.word) == (AGENTUR, date(2026, 12, 7), "P2")
    to_jobcenter = replace(ASKED, path="P4", body="JC")
    assert found(TaskKind.PATH_ASKED, paths=(to_jobcenter,)) is None
    taken_over = {"paths": (to_jobcenter,), "accepted": True, "responsible": JOBCENTER}
    assert found(TaskKind.PATH_ASKED, **taken_over).who == JOBCENTER


def test_an_answer_is_a_task_until_it_is_seen_or_used():
    assert found(TaskKind.PATH_ANSWERED, paths=(GRANTED,)).who == AGENTUR
    again = replace(ASKED, asked_on=date(2026, 11, 24))
    for done in ((replace(GRANTED, noted=True),), (replace(GRANTED, answerer=AGENTUR),), (again, GRANTED)):
        assert found(TaskKind.PATH_ANSWERED, paths=done) is None
    seat = SeatFacts(EnrolmentState.WAITING, "IK")
    assert tasks_of(replace(SETTLED, paths=(GRANTED,), seats=(seat,))) == ()
