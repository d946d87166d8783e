"""The end of a course is reported, reaches the case with its source, and the Agentur only as far as it may see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.operations.course_reports import keep_report
from models.operations.erasure import erase_case
from models.operations.registrations import keep_registration
from models.queries.case_view import view_of
from models.queries.competence_rows import skills_of
from models.queries.dossier import dossier
from models.rules.course_reports import Report
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.registrations import Registration
from models.rules.roles import SYSTEM
from models.rules.states import EnrolmentState
from models.tables import (
    Case,
    CompetenceSummary,
    Consent,
    CourseProposal,
    CourseRegistration,
    CourseReport,
    Enrolment,
)
from tests.conftest import NOW, TODAY
from tests.course_cast import OBLIGED, SELF_PAYER, make_course, make_enrolment, make_provider, provider_actor

pytestmark = pytest.mark.usefixtures("database")
BEGAN, TESTED = TODAY - timedelta(days=200), TODAY - timedelta(days=20)
PARTS = {"listening": "B1", "reading": "B1", "writing": "A2", "speaking": "B1"}
PASSED = Report("B1", exam="DTZ", exam_result="B1", exam_on=TESTED, lid_points=21, **PARTS)


@pytest.fixture
def over(make_case, people):
    """A course that is over for a person, and the acting person of its provider."""

    def make(named=OBLIGED):
        row = make_enrolment(make_case(), make_course(make_provider(account=True)), people("agentur"), named)
        days = {"sent_on": BEGAN, "confirmed_on": BEGAN, "started_on": BEGAN, "ended_on": TESTED}
        Enrolment.update(state=EnrolmentState.FINISHED, **days).where(Enrolment.id == row.id).execute()
        return Enrolment.get_by_id(row.id), provider_actor(row.course.provider)

    return make


def seen(row, actor):
    """What an acting person knows of the case now."""
    return view_of(dossier(Case.get_by_id(row.case_id), TODAY), actor).known.answers


def test_the_result_answers_the_list_and_becomes_a_certificate(over, people):
    row, actor = over()
    keep_report(row, PASSED, seen_version=1, actor=actor, now=NOW)
    answers = seen(row, people("agentur"))
    assert answers["K23"].values == {"test": "DTZ", "result": "B1", "tested_on": TESTED.isoformat()}
    assert answers["K24"].values == {"points": 21}
    assert answers["K23"].source.startswith("lt. Träger")
    assert answers["B10"].values["proof"] == "DTZ"
    (skill,) = skills_of(row.case_id)
    assert (skill.value.levels, skill.value.source) == (PARTS, "lt. Träger")
    assert skill.organisation_id == actor.organisation_id
    assert CompetenceSummary.get().german_proved_on == TESTED
    with pytest.raises(StaleVersion):
        keep_report(row, PASSED, seen_version=1, actor=actor, now=NOW)


def test_a_corrected_report_corrects_its_certificate_and_no_other(over, people):
    row, actor = over()
    keep_report(row, PASSED, seen_version=1, actor=actor, now=NOW)
    better = replace(PASSED, writing="B1")
    keep_report(row, better, seen_version=2, actor=actor, now=NOW)
    assert [one.value.writing for one in skills_of(row.case_id)] == ["B1"]
    pending = replace(better, exam_result="PENDING")
    keep_report(row, pending, seen_version=3, actor=actor, now=NOW)
    assert skills_of(row.case_id) == [] and CourseReport.get().skill_id is None
    assert not CompetenceSummary.select().exists()


def test_nothing_is_told_without_obligation_or_consent(over, people):
    row, actor = over(SELF_PAYER)
    with pytest.raises(NotAllowed):
        keep_report(row, PASSED, seen_version=1, actor=actor, now=NOW)
    assert not CourseReport.select().exists()
    keep_report(row, PASSED, "Zeugnis der Person", seen_version=1, actor=people("agentur"), now=NOW)
    Consent.create(case=row.case_id, purpose="E4", state="granted", decided_on=TODAY, recorded_at="x")
    with pytest.raises(RuleBroken, match="antwortet selbst"):
        keep_report(row, PASSED, "lt. Träger", seen_version=2, actor=people("agentur"), now=NOW)


def test_a_result_after_the_handover_is_the_jobcenters(over, people):
    row, actor = over()
    jobcenter = people("jobcenter")
    until = TODAY + timedelta(days=365)
    taken = {"accepted_on": TODAY, "responsible": jobcenter.organisation_id, "agentur_sees_until": until}
    Case.update(**taken).where(Case.id == row.case_id).execute()
    keep_report(row, PASSED, seen_version=1, actor=actor, now=NOW)
    assert seen(row, jobcenter)["K23"].values["result"] == "B1"
    assert "K23" not in seen(row, people("agentur")) and "K24" not in seen(row, people("agentur"))
    assert skills_of(row.case_id) == []


def test_what_a_provider_said_goes_with_the_case(over):
    row, actor = over()
    keep_report(row, PASSED, seen_version=1, actor=actor, now=NOW)
    keep_registration(row, Registration(BEGAN, "BA-1/26"), "", actor=actor, now=NOW)
    CourseProposal.create(
        enrolment=row.id, starts_on=TODAY, sentence="Voll.", proposed_on=BEGAN, organisation=actor.organisation_id
    )
    erase_case(row.case_id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert [table.select().count() for table in (CourseReport, CourseRegistration, CourseProposal)] == [0, 0, 0]


def test_only_what_is_over_is_reported(over):
    row, actor = over()
    Enrolment.update(state=EnrolmentState.STARTED).where(Enrolment.id == row.id).execute()
    with pytest.raises(RuleBroken):
        keep_report(row, PASSED, seen_version=1, actor=actor, now=NOW)
