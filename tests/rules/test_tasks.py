"""The table of tasks, row by row: what sets it off, its day, who acts, who waits, and when it is gone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.states import ChangeKind, EnrolmentState, HandoverState, ListKey, ReportState
from models.rules.tasks import TASK_RULES, Due, Lane, TaskKind, tasks_of
from models.rules.tasks.facts import (
    HandoverFacts,
    PaperFacts,
    QuestionFacts,
    ReportFacts,
    ReturnFacts,
    SeatFacts,
    TaskFacts,
)
from models.seed.law_data import load_law

DAY = date(2026, 11, 23)  # a Monday
HOME, AGENTUR, JOBCENTER, COACH, ASYL, PROVIDER = range(1, 7)
SETTLED = TaskFacts(
    law=load_law(), sphere="S3", born=date(1990, 5, 1), opened_on=DAY,
     municipality=HOME, responsible=AGENTUR, agentur=AGENTUR,
    coach=COACH, asylblg=ASYL, first_contact=True, coach_reported_on=DAY, coach_asked=True, receives_asylblg=True,
)  # fmt: skip
"""A case in which nothing is to be done."""
HANDOVER = HandoverFacts(
    HandoverState.DRAFT, DAY, 9, AGENTUR, JOBCENTER, sent_on=DAY - timedelta(days=3), copy_given=True
)


def found(kind: TaskKind, **changes: object) -> Due | None:
    """The one task of that kind that follows from the settled case with these changes."""
    kinds = [due for due in tasks_of(replace(SETTLED, **changes)) if due.kind == kind]
    assert len(kinds) <= 1
    return kinds[0] if kinds else None


def test_a_settled_case_and_a_closed_one_have_no_tasks():
    assert tasks_of(SETTLED) == ()
    assert tasks_of(replace(SETTLED, first_contact=False, case_open=False)) == ()


@pytest.mark.parametrize(
    ("state", "kind", "who", "waits"),
    [
        (HandoverState.DRAFT, TaskKind.SEND, AGENTUR, None),
        (HandoverState.QUERIED, TaskKind.ANSWER, AGENTUR, JOBCENTER),
        (HandoverState.SENT, TaskKind.RECEIPT, JOBCENTER, AGENTUR),
        (HandoverState.RECEIVED, TaskKind.ACCEPT, JOBCENTER, AGENTUR),
        (HandoverState.ACCEPTED, TaskKind.FIRST_TALK, JOBCENTER, None),
    ],
)
def test_each_state_of_a_handover_asks_somebody_for_the_next_step(state, kind, who, waits):
    (due,) = tasks_of(replace(SETTLED, handover=replace(HANDOVER, state=state)))
    assert (due.kind, due.due_on, due.who, due.waits, due.handover) == (kind, DAY, who, waits, 9)
    assert not tasks_of(replace(SETTLED, handover=replace(HANDOVER, state=state, due_on=None)))


@pytest.mark.parametrize("state", [HandoverState.REJECTED, HandoverState.EXPIRED])
def test_a_sheet_that_came_back_asks_for_a_new_one(state):
    back = replace(HANDOVER, state=state, due_on=None, closed_on=DAY)
    assert found(TaskKind.CAME_BACK, handover=back).due_on == date(2026, 11, 30)
    assert not tasks_of(replace(SETTLED, handover=replace(back, state=HandoverState.WITHDRAWN)))


def test_the_person_gets_a_copy_within_a_month():
    sent = replace(HANDOVER, state=HandoverState.ACCEPTED, due_on=None, sent_on=date(2026, 10, 31), copy_given=False)
    assert found(TaskKind.COPY, handover=sent).due_on == date(2026, 11, 30)
    assert found(TaskKind.COPY, handover=replace(sent, copy_given=True)) is None


def test_a_service_without_a_handover_is_looked_at_within_five_working_days():
    due = found(TaskKind.SERVED, served_on=DAY)
    assert (due.due_on, due.who) == (date(2026, 11, 30), AGENTUR)
    assert found(TaskKind.SERVED, served_on=DAY, handover=HANDOVER) is None
    assert found(TaskKind.SERVED, served_on=DAY, accepted=True) is None
    dropped = replace(HANDOVER, state=HandoverState.WITHDRAWN, sent_on=None)
    assert found(TaskKind.SERVED, served_on=DAY, handover=dropped) is not None
    assert found(TaskKind.SERVED, served_on=DAY, handover=replace(dropped, sent_on=DAY)) is None


def test_new_cases_stand_in_lists_of_their_own():
    due = found(TaskKind.CONTACT, first_contact=False)
    assert (due.who, due.due_on, TASK_RULES[due.kind].lane) == (AGENTUR, date(2026, 12, 7), Lane.QUEUE)
    direct = found(TaskKind.DIRECT, first_contact=False, agentur=None, responsible=JOBCENTER)
    assert (direct.who, direct.due_on) == (JOBCENTER, date(2026, 12, 7))
    assert found(TaskKind.CONTACT, first_contact=False, accepted=True) is None
    report = found(TaskKind.COACH_REPORT, coach_reported_on=None)
    assert (report.who, report.due_on) == (HOME, date(2026, 11, 30))
    assert found(TaskKind.COACH_REPORT, coach_reported_on=None, sphere="S2") is None
    assert found(TaskKind.COACH_CONTACT, coach_asked=False).who == COACH
    assert found(TaskKind.COACH_CONTACT, coach_asked=False, coaching_ended=True) is None


def test_nobody_has_to_turn_to_a_child_before_it_is_fifteen():
    born = date(2012, 3, 1)
    due = found(TaskKind.CONTACT, first_contact=False, born=born)
    assert due.shown_from == date(2027, 3, 1)
    assert not due.is_shown(date(2027, 2, 28)) and due.is_shown(date(2027, 3, 1))


def test_a_paper_is_recalled_eight_weeks_before_it_ends():
    until = date(2027, 1, 18)
    due = found(TaskKind.PAPER, paper=PaperFacts("AGS", until))
    assert (due.due_on, due.shown_from, due.who, due.word) == (until, DAY, AGENTUR, "AGS")
    assert not due.is_shown(DAY - timedelta(days=1)) and due.is_shown(DAY) and due.is_shown(until + timedelta(days=9))
    assert found(TaskKind.PAPER, paper=PaperFacts("AGS", until), accepted=True).who == HOME
    assert found(TaskKind.PAPER, paper=PaperFacts("NE")) is None


def test_the_residence_rule_is_a_date_and_nobodys_task():
    due = found(TaskKind.RESIDENCE_RULE, paper=PaperFacts("AE2521", condition_until=date(2027, 1, 18)))
    assert (due.who, due.shown_from, due.shown_to) == (None, DAY, date(2027, 1, 18))


def test_the_claim_to_a_course_ends_a_year_after_the_title():
    paper = PaperFacts("AE2521", granted_on=date(2026, 1, 18), claim=True)
    due = found(TaskKind.CLAIM, paper=paper)
    assert (due.due_on, due.who, due.shown_from) == (date(2027, 1, 18), AGENTUR, DAY)
    assert found(TaskKind.CLAIM, paper=replace(paper, claim=False)) is None
    assert found(TaskKind.CLAIM, paper=paper, seats=(SeatFacts(EnrolmentState.STARTED, "IK"),)) is None


def test_seats_have_the_deadlines_of_their_state():
    def kinds(seat: SeatFacts) -> list[tuple[TaskKind, date, int | None, int | None]]:
        return [(due.kind, due.due_on, due.who, due.waits) for due in tasks_of(replace(SETTLED, seats=(seat,)))]

    held = SeatFacts(EnrolmentState.RESERVED, "IK", DAY, DAY, DAY, 4, AGENTUR, PROVIDER)
    assert kinds(held) == [(TaskKind.SEAT, DAY, AGENTUR, None)]
    sent = replace(held, state=EnrolmentState.SENT)
    assert kinds(sent) == [(TaskKind.PROVIDER, date(2026, 11, 30), PROVIDER, AGENTUR)]
    assert kinds(replace(sent, provider=None)) == [(TaskKind.PROVIDER, date(2026, 11, 30), AGENTUR, None)]
    confirmed = replace(held, state=EnrolmentState.CONFIRMED)
    assert kinds(confirmed) == [(TaskKind.COURSE_START, date(2027, 1, 4), AGENTUR, None)]
    assert kinds(replace(confirmed, family="BSK")) == [
        (TaskKind.COURSE_FORMED, date(2026, 12, 21), AGENTUR, None),
        (TaskKind.COURSE_ELSEWHERE, date(2027, 1, 4), AGENTUR, None),
    ]
    assert kinds(replace(held, state=EnrolmentState.STARTED)) == []


@pytest.mark.parametrize(
    ("born", "due_on"),
    [
        (date(1990, 5, 1), date(2027, 5, 23)),
        (date(2001, 11, 24), date(2027, 2, 23)),
        (date(2001, 11, 23), date(2027, 5, 23)),
    ],
)
def test_the_agreement_is_reviewed_after_six_months_of_the_young_after_three(born, due_on):
    due = found(TaskKind.AGREEMENT, agreed_on=DAY, born=born)
    assert (due.due_on, due.who, due.shown_from) == (due_on, AGENTUR, due_on - timedelta(weeks=2))
    assert found(TaskKind.AGREEMENT, agreed_on=DAY, born=born, accepted=True) is None


def test_a_request_for_an_obligation_goes_to_the_unit_that_pays():
    due = found(TaskKind.OBLIGATION, obligation_asked_on=DAY)
    assert (due.who, due.waits, due.due_on) == (ASYL, AGENTUR, date(2026, 11, 30))
    assert found(TaskKind.OBLIGATION, obligation_asked_on=DAY, receives_asylblg=False) is None


def test_the_end_of_the_benefit_is_told_as_soon_as_a_handover_foresees_it():
    until = date(2026, 12, 31)
    due = found(TaskKind.BENEFIT_ENDS, handover=replace(HANDOVER, asylblg_until=until))
    assert (due.due_on, due.who, due.shown_to) == (until, ASYL, until)
    ended = replace(HANDOVER, state=HandoverState.WITHDRAWN, asylblg_until=until)
    assert found(TaskKind.BENEFIT_ENDS, handover=ended) is None
    assert found(TaskKind.BENEFIT_ENDS, asylblg_until=until).due_on == until


def test_the_waiting_time_is_told_ahead_and_then_talked_about():
    due = found(TaskKind.WAITING, waiting_complete=DAY)
    assert due.is_shown(DAY) and not due.is_shown(DAY + timedelta(days=1)) and due.who is None
    talk = found(TaskKind.WORK, waiting_complete=DAY, work_checked_on=DAY - timedelta(days=1))
    assert (talk.who, talk.shown_from) == (AGENTUR, DAY)
    assert found(TaskKind.WORK, waiting_complete=DAY, work_checked_on=DAY) is None


def test_a_list_that_was_sent_back_waits_for_its_municipality():
    due = found(TaskKind.RETURNED, returns=(ReturnFacts(ListKey.INTAKE, HOME, AGENTUR, DAY),))
    assert (due.who, due.waits, due.word) == (HOME, AGENTUR, "intake")


def test_every_kind_has_a_row_that_says_something():
    assert set(TASK_RULES) == set(TaskKind)
    for rule in TASK_RULES.values():
        assert (rule.title or rule.deadline) and rule.basis
        assert not rule.deadline or rule.blocks, "a deadline is told to somebody"


def test_the_last_contact_is_asked_for_after_the_interval_of_its_phase():
    due = found(TaskKind.NO_CONTACT, last_contact=DAY)
    assert (due.due_on, due.who, due.shown_from) == (date(2027, 1, 22), AGENTUR, date(2027, 1, 22))
    assert found(TaskKind.NO_CONTACT, last_contact=DAY, handover=HANDOVER).due_on == date(2026, 12, 14)
    accepted = replace(HANDOVER, state=HandoverState.ACCEPTED, due_on=None)
    later = found(TaskKind.NO_CONTACT, last_contact=DAY, handover=accepted, accepted=True, responsible=JOBCENTER)
    assert (later.who, later.due_on) == (JOBCENTER, date(2027, 1, 22))


def test_a_running_course_is_asked_about_every_six_weeks():
    seat = SeatFacts(EnrolmentState.STARTED, "IK", id=4, started_on=DAY)
    due = found(TaskKind.CHECK_IN, seats=(seat,))
    assert (due.due_on, due.who, due.enrolment) == (date(2027, 1, 4), AGENTUR, 4)
    assert due.shown_from == date(2026, 12, 28)
    assert found(TaskKind.CHECK_IN, seats=(seat,), last_contact=date(2026, 12, 18)).due_on == date(2027, 1, 29)
    assert found(TaskKind.NO_CONTACT, seats=(seat,), last_contact=DAY) is None
    assert found(TaskKind.CHECK_IN, seats=(replace(seat, state=EnrolmentState.FINISHED),)) is None


def test_two_missed_days_ask_the_coach_or_who_is_responsible_until_somebody_spoke_or_she_came():
    seat = SeatFacts(EnrolmentState.STARTED, "IK", id=4, started_on=DAY, missed=(DAY, DAY + timedelta(days=1)))
    due = found(TaskKind.MISSED, seats=(seat,))
    assert (due.due_on, due.who, due.waits, due.enrolment) == (date(2026, 11, 26), AGENTUR, None, 4)
    agreed = {"coach_agreed": True, "coach_agreed_until": date(2028, 11, 1)}
    due = found(TaskKind.MISSED, seats=(seat,), **agreed)
    assert (due.who, due.waits, due.shown_from, due.shown_to) == (COACH, AGENTUR, date(2026, 11, 24), date(2028, 11, 1))
    assert found(TaskKind.MISSED, seats=(seat,), coaching_ended=True, **agreed).who == AGENTUR
    for contact in ("last_contact", "coach_contact"):
        assert found(TaskKind.MISSED, seats=(seat,), **{contact: date(2026, 11, 24)}) is None
        assert found(TaskKind.MISSED, seats=(seat,), **{contact: date(2026, 11, 22)})
    assert found(TaskKind.MISSED, seats=(replace(seat, missed=(DAY,)),)) is None
    assert found(TaskKind.MISSED, seats=(replace(seat, state=EnrolmentState.DROPPED_OUT),)) is None


def test_a_proof_of_german_that_ends_asks_for_a_vocational_course():
    due = found(TaskKind.LANGUAGE_PROOF, german_proved_on=date(2026, 6, 30))
    assert (due.due_on, due.shown_from, due.shown_to) == (date(2026, 12, 30), date(2026, 12, 2), date(2026, 12, 30))
    assert due.who == AGENTUR
    in_course = SeatFacts(EnrolmentState.STARTED, "BSK")
    assert not found(TaskKind.LANGUAGE_PROOF, german_proved_on=DAY, seats=(in_course,))
    assert not found(TaskKind.LANGUAGE_PROOF, german_proved_on=DAY, accepted=True)


def _told(kind: TaskKind, report: ReportFacts, **changes: object) -> set[tuple[int | None, int | None]]:
    facts = replace(SETTLED, reports=(report,), **changes)
    return {(due.who, due.waits) for due in tasks_of(facts) if due.kind == kind}


def test_a_report_of_the_municipality_is_a_task_until_somebody_answered_it():
    moved = ReportFacts(ChangeKind.MOVED_ON, ReportState.REPORTED, DAY, HOME, home=9)
    assert _told(TaskKind.MOVED_IN, moved) == {(9, None)}
    assert _told(TaskKind.REPORT_NOTE, moved) == {(AGENTUR, None), (COACH, None), (ASYL, None)}
    assert _told(TaskKind.REPORT_NOTE, moved, receives_asylblg=False) == {(AGENTUR, None), (COACH, None)}
    noted = replace(moved, noted=True, coach_noted=True, asylblg_noted=True)
    assert _told(TaskKind.REPORT_NOTE, noted) == set()
    assert _told(TaskKind.MOVED_IN, replace(moved, state=ReportState.CONFIRMED)) == set()
    assert _told(TaskKind.REPORT_NOTE, replace(moved, state=ReportState.REFUSED)) == set()
    left = replace(moved, kind=ChangeKind.LEFT, home=None)
    assert _told(TaskKind.MOVED_AWAY, left) == {(AGENTUR, HOME)}
    assert _told(TaskKind.REPORT_NOTE, left) == {(COACH, None), (ASYL, None)}
    without_coach = {(AGENTUR, None), (ASYL, None)}
    assert _told(TaskKind.REPORT_NOTE, replace(moved, kind=ChangeKind.BIRTH)) == without_coach
    assert _told(TaskKind.REPORT_NOTE, moved, coaching_ended=True) == without_coach
    assert _told(TaskKind.REPORT_NOTE, moved, coach_reported_on=DAY + timedelta(days=1)) == without_coach
    unreachable = replace(moved, kind=ChangeKind.REACHABILITY)
    assert _told(TaskKind.REPORT_NOTE, unreachable) == {(AGENTUR, None), (COACH, None)}


def test_a_question_waits_for_who_is_asked_then_for_who_asked():
    asked = QuestionFacts("A05", AGENTUR, HOME, DAY)
    due = found(TaskKind.QUESTION, questions=(asked,))
    assert (due.who, due.waits, due.word, due.due_on) == (HOME, AGENTUR, "A05", date(2026, 11, 30))
    answered = replace(asked, answered_on=DAY)
    assert found(TaskKind.QUESTION, questions=(answered,)) is None
    assert found(TaskKind.QUESTION_ANSWERED, questions=(answered,)).who == AGENTUR
