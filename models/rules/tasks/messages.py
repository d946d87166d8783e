"""What sets a task off that one organisation tells or asks another of a case (domain.md 6.3, features F95)."""

from collections.abc import Iterator

from models.rules.change_reports import TOLD_TO_ASYLBLG, TOLD_TO_COACH
from models.rules.law.deadlines import counted, own_goal_due
from models.rules.states import ChangeKind, ReportState
from models.rules.tasks.due import Due, TaskKind
from models.rules.tasks.facts import ReportFacts, TaskFacts

Found = Iterator[Due]


def moved_in(facts: TaskFacts) -> Found:
    """Somebody moved here from another municipality of the county: the new one says whether she has arrived."""
    for report in _open_reports(facts, ChangeKind.MOVED_ON):
        yield Due(TaskKind.MOVED_IN, counted(facts.law, own_goal_due, report.on), report.home)


def moved_away(facts: TaskFacts) -> Found:
    """Somebody left the county as reported: who is responsible closes the case or says why not."""
    for report in _open_reports(facts, ChangeKind.LEFT):
        due = counted(facts.law, own_goal_due, report.on)
        yield Due(TaskKind.MOVED_AWAY, due, facts.responsible, report.reporter)


def _open_reports(facts: TaskFacts, kind: ChangeKind) -> Iterator[ReportFacts]:
    return (report for report in facts.reports if report.kind == kind and report.state == ReportState.REPORTED)


_NOTED_STATES = (ReportState.REPORTED, ReportState.CONFIRMED)


def report_note(facts: TaskFacts) -> Found:
    """What a municipality reported, until the responsible organisation, coach and AsylbLG unit have taken notice."""
    for report in facts.reports:
        if report.state not in _NOTED_STATES:
            continue
        due = counted(facts.law, own_goal_due, report.on)
        if not report.noted and report.kind != ChangeKind.LEFT:
            yield Due(TaskKind.REPORT_NOTE, due, facts.responsible, word=report.kind)
        if _coach_is_told(facts, report):
            yield Due(TaskKind.REPORT_NOTE, due, facts.coach, word=report.kind)
        if _asylblg_is_told(facts, report):
            yield Due(TaskKind.REPORT_NOTE, due, facts.asylblg, shown_to=facts.asylblg_until, word=report.kind)


def _coach_is_told(facts: TaskFacts, report: ReportFacts) -> bool:
    if report.coach_noted or report.kind not in TOLD_TO_COACH or facts.coaching_ended:
        return False
    return facts.coach_reported_on is not None and facts.coach_reported_on <= report.on


def _asylblg_is_told(facts: TaskFacts, report: ReportFacts) -> bool:
    """Of people who get its benefits."""
    return facts.receives_asylblg and report.kind in TOLD_TO_ASYLBLG and not report.asylblg_noted


def question(facts: TaskFacts) -> Found:
    """Somebody asks about an item: who is asked answers, who asked waits."""
    for one in facts.questions:
        if one.answered_on is None:
            due = counted(facts.law, own_goal_due, one.asked_on)
            yield Due(TaskKind.QUESTION, due, one.asked, one.asker, word=one.item)


def question_answered(facts: TaskFacts) -> Found:
    """An answer is there: who asked reads it and closes the question."""
    for one in facts.questions:
        if one.answered_on is not None:
            due = counted(facts.law, own_goal_due, one.answered_on)
            yield Due(TaskKind.QUESTION_ANSWERED, due, one.asker, word=one.item)
