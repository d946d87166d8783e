"""Finishing lists and opening them again; what an answer moves elsewhere in the case."""

from datetime import date
from typing import Any

import pytest

from models.operations.answers import save_answer
from models.operations.residence import record_decision
from models.operations.stages import finish_stage, reopen_stage
from models.queries.checklists import list_state, open_lists
from models.queries.dossier import dossier
from models.rules.checklists import AnswerValues
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.residence_entries import DecisionEntry
from models.rules.states import AnswerState, ListKey, StageState
from models.tables import Answer, Case, CaseStage, Event, Handover, Person, ResidenceRecord
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")


def again(case: Case) -> Case:
    return Case.select(Case, Person).join(Person).where(Case.id == case.id).get()


def fill(case: Case, actor: Any, key: ListKey) -> None:
    """Settle whatever is required in a list by "not applicable", until nothing is missing."""
    for _ in range(5):
        lists = open_lists(dossier(again(case), TODAY), actor, key)
        missing = [lack.code for lack in lists.chosen.missing]
        for code in missing:
            answer = AnswerValues(AnswerState.NOT_APPLICABLE, reason="Test", source="lt. Träger")
            row = next(row for row in lists.chosen.rows if row.code == code)
            held = dossier(again(case), TODAY)
            save_answer(held, code, answer, seen_version=row.version, actor=actor, now=NOW)
        if not missing:
            return


def version(case: Case, key: ListKey) -> int:
    return CaseStage.get(CaseStage.case == case.id, CaseStage.key == key).version


def test_a_list_with_gaps_is_not_finished_and_says_what_is_missing(make_case, people):
    case = make_case()
    with pytest.raises(RuleBroken) as refused:
        finish_stage(case, ListKey.INTAKE, seen_version=1, actor=people("tholey"), now=NOW)
    assert "A01 Zuweisung eingegangen am" in str(refused.value.message)
    assert version(case, ListKey.INTAKE) == 1


def test_a_complete_list_is_finished_once(make_case, people):
    case, actor = make_case(changes={"coach_reported_on": TODAY, "coach_consent": "granted"}), people("coach")
    fill(case, actor, ListKey.COACH)
    seen = version(case, ListKey.COACH)
    finish_stage(case, ListKey.COACH, seen_version=seen, actor=actor, now=NOW)
    stage = CaseStage.get(CaseStage.case == case.id, CaseStage.key == ListKey.COACH)
    assert (stage.state, stage.finished_on, stage.finished_by_id) == (StageState.FINISHED, TODAY, actor.account_id)
    with pytest.raises((StaleVersion, RuleBroken)):
        finish_stage(case, ListKey.COACH, seen_version=seen, actor=actor, now=NOW)
    assert Event.select().where(Event.kind == "stage.finished").count() == 1


def test_only_who_leads_a_list_finishes_it(make_case, people):
    case = make_case()
    with pytest.raises(NotAllowed):
        finish_stage(case, ListKey.HANDOVER, seen_version=1, actor=people("tholey"), now=NOW)
    with pytest.raises(NotVisible):
        finish_stage(case, ListKey.COUNSELLING, seen_version=1, actor=people("tholey"), now=NOW)
    with pytest.raises(NotVisible):
        finish_stage(case, ListKey.INTAKE, seen_version=1, actor=people("freisen"), now=NOW)


def test_a_finished_list_is_opened_again_with_a_reason(make_case, people):
    case, actor = make_case(), people("agentur")
    mine = (CaseStage.case == case.id) & (CaseStage.key == ListKey.COUNSELLING)
    CaseStage.update(state=StageState.FINISHED, finished_on=TODAY).where(mine).execute()
    with pytest.raises(RuleBroken):
        reopen_stage(case, ListKey.COUNSELLING, " ", seen_version=1, actor=actor, now=NOW)
    reopen_stage(case, ListKey.COUNSELLING, "neues Zeugnis", seen_version=1, actor=actor, now=NOW)
    stage = CaseStage.get(mine)
    assert (stage.state, stage.finished_on, stage.note) == (StageState.IN_PROGRESS, None, "neues Zeugnis")
    with pytest.raises(RuleBroken):
        reopen_stage(case, ListKey.COUNSELLING, "noch einmal", seen_version=2, actor=actor, now=NOW)


def test_a_paper_answered_in_the_list_is_one_paper_of_the_history(make_case, people):
    case, actor = make_case(), people("tholey")
    answer = AnswerValues(AnswerState.DONE, {"paper": "AGS", "valid_to": "2027-01-14"}, source="Papier gesehen")
    save_answer(dossier(again(case), TODAY), "A05", answer, seen_version=0, actor=actor, now=NOW)
    record = ResidenceRecord.get(ResidenceRecord.person == case.person_id)
    assert (record.code, record.valid_to, record.seen_on) == ("AGS", date(2027, 1, 14), TODAY)
    assert Answer.get(Answer.item == "A05").values == {}
    wrong = AnswerValues(AnswerState.DONE, {"paper": "AGS", "valid_to": "1950-01-14"})
    with pytest.raises(RuleBroken) as refused:
        save_answer(dossier(again(make_case()), TODAY), "A05", wrong, seen_version=0, actor=actor, now=NOW)
    assert list(refused.value.fields) == ["valid_to"]


def test_no_paper_is_an_answer_but_no_paper_of_the_history(make_case, people):
    case = make_case()
    answer = AnswerValues(AnswerState.DONE, {"paper": "none"})
    save_answer(dossier(again(case), TODAY), "A05", answer, seen_version=0, actor=people("tholey"), now=NOW)
    assert not ResidenceRecord.select().exists()
    assert Answer.get(Answer.item == "A05").values == {"paper": "none"}


def test_an_answer_that_ends_the_change_takes_the_draft_back(make_case, people):
    case, agentur = make_case(), people("agentur")
    entry = DecisionEntry(code="GFK", decided_on=date(2026, 11, 10), served_on=date(2026, 11, 14))
    record_decision(again(case), entry, seen_version=case.version, actor=agentur, now=NOW)
    assert Handover.get(Handover.case == case.id).state == "draft"
    answer = AnswerValues(AnswerState.DONE, {"able": "no", "employed": "no", "in_school": "no"})
    save_answer(dossier(again(case), TODAY), "B36", answer, seen_version=0, actor=agentur, now=NOW)
    assert Handover.get(Handover.case == case.id).state == "withdrawn"


def test_the_state_of_a_list_is_told_without_its_items(make_case, people):
    view = open_lists(dossier(again(make_case()), TODAY), people("agentur")).view
    told = list_state(view, ListKey.COUNSELLING)
    assert (told.rows, told.head.done, told.may_finish) == ((), 0, True)
    assert told.missing[0].code == "B01"
