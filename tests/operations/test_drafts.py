"""Drafts: what was typed and not saved yet. Each person's own; gone with the answer, the case, or after thirty days."""

from datetime import timedelta

import pytest

from models.operations.answers import keep_answer
from models.operations.drafts import LONGEST, discard_draft, expire_drafts, keep_draft
from models.operations.erasure import erase_case
from models.queries.checklists import one_item
from models.queries.dossier import dossier
from models.queries.drafts import open_drafts
from models.rules.checklists import AnswerValues
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.tables import AnswerDraft, Case, Event, Person
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")
TYPED = {"strengths": ["zuverlässig", ""]}


@pytest.fixture
def item(make_case, people):
    """An item of a case as somebody sees it now: ``item("agentur", "B14")`` is view and row."""
    case_id = make_case().id

    def see(key, code="B14"):
        case = Case.select(Case, Person).join(Person).where(Case.id == case_id).get()
        return one_item(dossier(case, TODAY), people(key), code)

    return see


def kept(item, key="agentur", typed=TYPED, seen_draft=0, now=NOW):
    view, row = item(key)
    return keep_draft(view, row, typed, seen_version=row.version, seen_draft=seen_draft, now=now)


def test_a_draft_comes_back_to_its_author_alone(item, people):
    events = Event.select().count()
    assert kept(item) == 1
    _view, row = item("agentur")
    assert row.draft.typed == TYPED
    assert row.draft.seen_version == 0
    assert [draft.item for draft in open_drafts(people("agentur"), TODAY)] == ["B14"]
    assert open_drafts(people("jobcenter"), TODAY) == []
    AnswerDraft.update(account=people("jobcenter").account_id).execute()
    assert item("agentur")[1].draft is None, "not another person's"
    assert Event.select().count() == events, "a draft is no record"


def test_copies_follow_one_another_and_two_windows_do_not_overwrite(item):
    assert kept(item) == 1
    assert kept(item, typed={"strengths": ["zuverlässig, pünktlich"]}, seen_draft=1) == 2
    for seen in (0, 1, 7):
        with pytest.raises(StaleVersion):
            kept(item, typed={"strengths": ["anderes Fenster"]}, seen_draft=seen)
    assert item("agentur")[1].draft.typed == {"strengths": ["zuverlässig, pünktlich"]}


def test_saving_the_answer_ends_the_draft(item):
    kept(item)
    view, row = item("agentur")
    held = keep_answer(view, row, AnswerValues(values={"strengths": "zuverlässig"}), seen_version=0, now=NOW)
    assert held.drafts == ()
    assert AnswerDraft.select().count() == 0


def test_a_discarded_draft_is_forgotten_and_discarding_twice_does_no_harm(item):
    kept(item)
    view, _row = item("agentur")
    discard_draft(view, "B14")
    discard_draft(view, "B14")
    assert AnswerDraft.select().count() == 0


def test_who_may_not_answer_keeps_no_draft(item):
    view, row = item("agentur", "A01")
    with pytest.raises(NotAllowed):
        keep_draft(view, row, TYPED, seen_version=0, seen_draft=0, now=NOW)
    assert AnswerDraft.select().count() == 0


def test_an_absurdly_long_text_is_refused_with_a_sentence(item):
    with pytest.raises(RuleBroken, match="zu lang"):
        kept(item, typed={"strengths": ["x" * (LONGEST + 1)]})


def test_drafts_are_kept_for_thirty_days(item):
    kept(item)
    assert expire_drafts(now=NOW + timedelta(days=30)) == 0
    assert expire_drafts(now=NOW + timedelta(days=30, seconds=1)) == 1
    assert AnswerDraft.select().count() == 0


def test_drafts_go_with_the_case(item, people):
    kept(item)
    view, _row = item("agentur")
    erase_case(view.held.case.id, "Löschfrist", actor=people("verwaltung"), now=NOW)
    assert AnswerDraft.select().count() == 0
