""" "Wer bekommt was?" in the browser: what each office has today, who may print it."""

import pytest

from models.queries.case_view import view_of
from models.queries.dossier import dossier_numbered
from models.queries.recipients import recipients_of
from models.rules.states import ConsentState
from models.tables import Case, Enrolment
from tests.cast import member_of
from tests.course_cast import make_course, make_enrolment, make_provider
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, taken_over, text_of


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def told(case: Case, key: str = "agentur") -> dict[str, tuple[str, ...]]:
    actor = member_of(key)
    view = view_of(dossier_numbered(actor, case.number, TODAY), actor)
    return {str(one.role): one.groups for one in recipients_of(view)}


def test_it_follows_what_each_office_sees_today(as_user):
    case = coached(ConsentState.GRANTED)
    provider = make_provider(account=True)
    row = make_enrolment(case, make_course(provider), member_of("agentur"))
    assert list(told(case)) == ["municipality", "asylblg", "coach", "agentur"]
    assert "steps" in told(case)["coach"]
    Enrolment.update(sent_on=TODAY, state="confirmed").where(Enrolment.id == row.id).execute()
    Case.update(coach_consent=ConsentState.WITHDRAWN).where(Case.id == case.id).execute()
    assert list(told(case)) == ["municipality", "asylblg", "agentur", "provider"]
    assert told(case)["provider"] == ("form",)
    page = text_of(as_user("agentur").get(f"/faelle/{case.number}/wer-bekommt-was"))
    for words in (
        "Gemeinde Tholey",
        "Bildungswerk Bosenberg",
        "Ihre AZR-Nummer",
        "nur Zahlen ohne Namen; sie bleiben auch",
    ):
        assert words in page, words
    paper = as_user("agentur").get(f"/faelle/{case.number}/wer-bekommt-was.pdf?sprache=prs")
    assert paper.data.startswith(b"%PDF")


def test_after_the_acceptance_the_jobcenter_prints_it(as_user):
    case = taken_over()
    groups = told(case, "jobcenter")
    assert set(groups["agentur"]) == {"identity", "handover", "snapshot", "own_entries"}
    assert "snapshot" in groups["jobcenter"] and "counselling" not in groups["jobcenter"]
    assert as_user("jobcenter").get(f"/faelle/{case.number}/wer-bekommt-was").status_code == 200
    for key, status in (("agentur", 403), ("tholey", 403), ("coach", 403), ("bamf", 403)):
        assert as_user(key).get(f"/faelle/{case.number}/wer-bekommt-was").status_code == status, key
