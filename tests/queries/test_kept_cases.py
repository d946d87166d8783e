"""A case that was read before is used again only while every row of it is the same, by whoever may see it."""

from datetime import timedelta

import pytest

from models.operations.answers import save_answer
from models.queries import kept_cases
from models.queries.checklists import open_lists
from models.queries.dossier import dossier_numbered
from models.queries.law import notice_version
from models.rules.checklists import AnswerValues
from models.rules.errors import NotVisible
from models.rules.states import AnswerState, ListKey
from models.rules.times import stamp
from models.tables import Account, AnswerDraft, Case, CaseStage, Consent, Organisation, Person, ResidenceRecord
from tests.kept_proof import assert_same
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")

CHANGES = {
    "case": lambda case: Case.update(coach_consent="granted").where(Case.id == case.id),
    "person": lambda case: Person.update(phone="06851 1").where(Person.id == case.person_id),
    "stage": lambda case: CaseStage.update(note="noch einmal").where(CaseStage.case == case.id),
    "paper": lambda case: ResidenceRecord.insert(person=case.person_id, code="AGS", recorded_at=stamp(NOW)),
    "consent": lambda case: Consent.insert(
        case=case.id, purpose="E1", state="granted", decided_on=TODAY, recorded_at=stamp(NOW)
    ),
    "name of an office": lambda _case: Organisation.update(name="Jobcenter Nord").where(
        Organisation.kind == "jobcenter"
    ),
    "locked account": lambda _case: Account.update(state="locked").where(Account.username == "user.jobcenter"),
}


@pytest.fixture
def seen(people):
    """A case with an answer, and how this person reads it now."""

    def look(case, who="agentur", today=TODAY):
        return dossier_numbered(people(who), case.number, today)

    return look


def answered(seen, case, actor, text):
    held = seen(case)
    stored = held.answer("B14", "joint")
    answer = AnswerValues(AnswerState.DONE, {"strengths": text})
    return save_answer(held, "B14", answer, seen_version=stored.version if stored else 0, actor=actor, now=NOW)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_row_that_changes_makes_it_another_case(make_case, seen, change):
    case = make_case()
    before = seen(case)
    assert seen(case) is before
    change(case).execute()
    after = seen(case)
    assert after is not before and after.rows != before.rows


def test_a_draft_of_a_colleague_changes_it_too(make_case, seen, people):
    case = make_case()
    before = seen(case)
    account = people("agentur").account_id
    AnswerDraft.insert(
        case=case.id, account=account, item="B14", typed={}, seen_version=0, saved_at=stamp(NOW)
    ).execute()
    assert [draft.item for draft in seen(case).drafts] == ["B14"]
    assert before.drafts == ()


def test_who_may_see_it_is_asked_each_time(make_case, seen):
    case = make_case()
    assert seen(case) is seen(case, "tholey")
    with pytest.raises(NotVisible):
        seen(case, "freisen")
    Case.update(municipality=Organisation.get(Organisation.key == "freisen")).where(Case.id == case.id).execute()
    assert seen(case, "freisen").case.municipality_id
    with pytest.raises(NotVisible):
        seen(case, "tholey")


def test_each_person_has_a_view_of_her_own(make_case, seen, people):
    held = seen(make_case())
    agentur, tholey = open_lists(held, people("agentur")), open_lists(held, people("tholey"))
    assert open_lists(held, people("agentur")) is agentur
    assert agentur.view.actor != tholey.view.actor and agentur.view.blocks != tholey.view.blocks


def test_another_day_or_another_law_begins_anew(make_case, seen):
    case = make_case()
    before = seen(case)
    assert seen(case, today=TODAY + timedelta(days=1)).today == TODAY + timedelta(days=1)
    again = seen(case)
    assert again is not before
    notice_version(-1)
    assert seen(case) is not again


def test_after_an_answer_the_case_stands_as_the_next_look_finds_it(make_case, seen, people):
    case, actor = make_case(), people("agentur")
    answered(seen, case, actor, "zuverlässig")
    seen(case)
    saved = answered(seen, case, actor, "pünktlich")
    assert seen(case) is saved
    kept_cases.forget_all()
    fresh = seen(case)
    assert fresh is not saved
    assert_same(saved, fresh)
    assert_same(open_lists(saved, actor, ListKey.COUNSELLING), open_lists(fresh, actor, ListKey.COUNSELLING))


def test_the_first_answer_is_found_as_it_was_saved(make_case, seen, people):
    case = make_case()
    saved = answered(seen, case, people("agentur"), "zuverlässig")
    assert seen(case) is saved
    assert saved.stages[ListKey.COUNSELLING].state == "in_progress"


def test_no_more_cases_are_kept_than_agreed(make_case, seen, monkeypatch):
    monkeypatch.setattr(kept_cases, "MOST", 2)
    cases = [make_case(family_name=name) for name in ("Rahimi", "Haddad", "Nazari")]
    first = seen(cases[0])
    seen(cases[1])
    assert seen(cases[0]) is first
    seen(cases[2])
    assert seen(cases[0]) is first
    assert len(kept_cases._kept) == 2
