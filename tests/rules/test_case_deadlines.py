"""Deadlines as people see them: those that exist, the nearest first, with words for their distance."""

from datetime import date, timedelta

import pytest

from models.rules.case_deadlines import (
    CourseDeadlineFacts,
    DeadlineFacts,
    HandoverFacts,
    PaperFacts,
    deadlines_of,
)
from models.rules.states import EnrolmentState, HandoverState
from models.seed.law_data import load_law

TODAY = date(2026, 11, 22)
LAW = load_law()


def test_nothing_known_no_deadline():
    assert deadlines_of(DeadlineFacts(), TODAY, LAW) == ()


@pytest.mark.parametrize(
    ("days", "text", "urgent", "overdue"),
    [
        (8, "in 8 Tagen", True, False),
        (11, "in 11 Tagen", False, False),
        (1, "morgen", True, False),
        (0, "heute", True, False),
        (-1, "seit gestern überfällig", True, True),
        (-3, "seit 3 Tagen überfällig", True, True),
    ],
)
def test_how_far_a_deadline_is(days, text, urgent, overdue):
    facts = DeadlineFacts(handover=HandoverFacts(HandoverState.DRAFT, TODAY + timedelta(days=days)))
    (deadline,) = deadlines_of(facts, TODAY, LAW)
    assert (str(deadline.label), str(deadline.text)) == ("Übergabe an das Jobcenter", text)
    assert (deadline.is_urgent, deadline.is_overdue) == (urgent, overdue)


@pytest.mark.parametrize(
    ("state", "label"),
    [
        (HandoverState.QUERIED, "Rückfrage zur Übergabe beantworten"),
        (HandoverState.SENT, "Eingang der Übergabe bestätigen (Jobcenter)"),
        (HandoverState.RECEIVED, "Übergabe annehmen (Jobcenter)"),
        (HandoverState.ACCEPTED, "Erstes Gespräch im Jobcenter"),
    ],
)
def test_each_state_of_a_handover_waits_for_something_else(state, label):
    (deadline,) = deadlines_of(DeadlineFacts(handover=HandoverFacts(state, TODAY)), TODAY, LAW)
    assert str(deadline.label) == label


def test_a_handover_that_is_over_waits_for_nothing():
    facts = DeadlineFacts(handover=HandoverFacts(HandoverState.WITHDRAWN, TODAY))
    assert deadlines_of(facts, TODAY, LAW) == ()


@pytest.mark.parametrize(("valid_to", "told"), [(date(2027, 1, 17), True), (date(2027, 1, 18), False)])
def test_a_paper_is_recalled_eight_weeks_before_it_ends(valid_to, told):
    found = deadlines_of(DeadlineFacts(paper=PaperFacts("Aufenthaltsgestattung", valid_to)), TODAY, LAW)
    assert [str(one.label) for one in found] == (["Aufenthaltsgestattung läuft ab"] if told else [])


def test_a_paper_without_an_end_has_no_deadline():
    assert deadlines_of(DeadlineFacts(paper=PaperFacts("Niederlassungserlaubnis", None)), TODAY, LAW) == ()


def test_courses_have_the_deadlines_of_their_state():
    courses = (
        CourseDeadlineFacts(EnrolmentState.RESERVED, "IK", reserved_until=date(2026, 12, 1)),
        CourseDeadlineFacts(EnrolmentState.CONFIRMED, "IK", registered_on=date(2026, 11, 2)),
        CourseDeadlineFacts(EnrolmentState.CONFIRMED, "BSK", registered_on=date(2026, 11, 3)),
        CourseDeadlineFacts(EnrolmentState.STARTED, "IK", registered_on=date(2026, 10, 1)),
    )
    found = deadlines_of(DeadlineFacts(courses=courses), TODAY, LAW)
    assert [(str(one.label), one.day) for one in found] == [
        ("Reservierter Kursplatz verfällt", date(2026, 12, 1)),
        ("Berufssprachkurs muss zustande kommen", date(2026, 12, 1)),
        ("Integrationskurs soll beginnen", date(2026, 12, 14)),
    ]


def test_a_complete_waiting_time_is_told_only_ahead():
    for day, told in ((TODAY, 1), (TODAY - timedelta(days=1), 0)):
        assert len(deadlines_of(DeadlineFacts(waiting_complete=day), TODAY, LAW)) == told


def test_the_nearest_comes_first():
    facts = DeadlineFacts(
        handover=HandoverFacts(HandoverState.DRAFT, date(2026, 11, 30)),
        paper=PaperFacts("Duldung", date(2026, 11, 25)),
    )
    assert [one.kind for one in deadlines_of(facts, TODAY, LAW)] == ["paper", "handover"]
