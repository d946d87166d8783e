"""What of courses sets a task off, one function for each row of the table (domain.md 2.3, features F36, F40, F52)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from models.rules.course_attendance import missed_since
from models.rules.course_wait import entitled_on
from models.rules.enrolments import OBLIGING, TOLD_BY_LAW
from models.rules.law.calendar import add_months
from models.rules.law.deadlines import (
    check_in_due,
    counted,
    course_claim_until,
    course_registration_due,
    course_wait_due,
    integration_course_begin_until,
    integration_course_start_due,
    missed_days_due,
    own_goal_due,
    vocational_course_elsewhere_due,
    vocational_course_formed_due,
    vocational_entitlement_until,
)
from models.rules.states import LISTED, PLACED, EnrolmentState, PathRequestState
from models.rules.tasks.due import Due, TaskKind
from models.rules.tasks.facts import PathFacts, SeatFacts, TaskFacts

Found = Iterator[Due]
_A_DAY = timedelta(days=1)
_A_WEEK = timedelta(weeks=1)
_FOUR_WEEKS = timedelta(weeks=4)
_SOON = timedelta(weeks=8)
_VOCATIONAL = "BSK"
_MAY_LAPSE = frozenset({"P1", "P4", "P6"})
"""Claim and admissions."""
_REGISTERED = (EnrolmentState.SENT, EnrolmentState.CONFIRMED, EnrolmentState.STARTED, EnrolmentState.FINISHED)
_UNREGISTERED = (*LISTED, EnrolmentState.RESERVED)


def _counted(facts: TaskFacts, deadline: Callable[..., date], day: date) -> date:
    return counted(facts.law, deadline, day)


def _seats(facts: TaskFacts, *states: EnrolmentState) -> Iterator[SeatFacts]:
    return (seat for seat in facts.seats if seat.state in states)


def _granted(facts: TaskFacts) -> Iterator[PathFacts]:
    return (one for one in facts.paths if one.state == PathRequestState.GRANTED)


def claim(facts: TaskFacts) -> Found:
    paper = facts.paper
    placed = any(seat.state not in LISTED for seat in facts.seats)
    if paper and paper.claim and paper.granted_on and not placed:
        until = _counted(facts, course_claim_until, paper.granted_on)
        who = None if facts.accepted else facts.responsible
        yield Due(TaskKind.CLAIM, until, who, shown_from=until - _SOON, shown_to=until)


def offer(facts: TaskFacts) -> Found:
    """A free seat waits for an answer; who is responsible now asks the person, whoever put her on the list."""
    for seat in _seats(facts, EnrolmentState.OFFERED):
        if seat.reserved_until:
            yield Due(TaskKind.OFFER, seat.reserved_until, facts.responsible, enrolment=seat.id)


def seat(facts: TaskFacts) -> Found:
    for seat in _seats(facts, EnrolmentState.RESERVED):
        if seat.reserved_until:
            yield Due(TaskKind.SEAT, seat.reserved_until, seat.booker, enrolment=seat.id)


def provider(facts: TaskFacts) -> Found:
    """A provider without an account answers on paper; who booked the seat enters it. Who proposed something waits."""
    for seat in _seats(facts, EnrolmentState.SENT):
        if seat.sent_on and not seat.proposed_on:
            due = _counted(facts, own_goal_due, seat.sent_on)
            waits = seat.booker if seat.provider else None
            yield Due(TaskKind.PROVIDER, due, seat.provider or seat.booker, waits, enrolment=seat.id)


def proposal(facts: TaskFacts) -> Found:
    """The provider proposed another course or start; who is responsible now asks the person and answers."""
    for seat in _seats(facts, EnrolmentState.SENT):
        if seat.proposed_on:
            due = _counted(facts, own_goal_due, seat.proposed_on)
            yield Due(TaskKind.PROPOSAL, due, facts.responsible, enrolment=seat.id)


def register(facts: TaskFacts) -> Found:
    """An obliged person registers "unverzüglich" (§ 7 Abs. 2 IntV). A held seat has a task of its own; after six weeks
    that of waiting too long takes over.
    """
    held = (*_REGISTERED, EnrolmentState.RESERVED, EnrolmentState.OFFERED)
    days = [seat.path_dated for seat in _seats(facts, EnrolmentState.WAITING) if seat.path in OBLIGING]
    days += [one.dated for one in _granted(facts) if one.path in OBLIGING]
    days += [facts.path_issued_on] if facts.path in OBLIGING else []
    obliged = min((day for day in days if day), default=None)
    if obliged and not any(_seats(facts, *held)):
        due, until = _counted(facts, course_registration_due, obliged), _counted(facts, course_wait_due, obliged)
        yield Due(TaskKind.COURSE_REGISTER, due, facts.responsible, shown_from=obliged, shown_to=until - _A_DAY)


def permit(facts: TaskFacts) -> Found:
    """The entitlement to a vocational course lapses without registration; its paper may name an earlier day."""
    for seat in _seats(facts, *_UNREGISTERED, EnrolmentState.SENT):
        if seat.family == _VOCATIONAL and seat.path_dated:
            until = _counted(facts, vocational_entitlement_until, seat.path_dated)
            last = min(until, seat.path_valid_to or until)
            shown = (last - _FOUR_WEEKS, last + _SOON)
            yield Due(TaskKind.COURSE_PERMIT, last, facts.responsible, None, *shown, enrolment=seat.id)


def course_start(facts: TaskFacts) -> Found:
    for seat in _seats(facts, EnrolmentState.CONFIRMED):
        if seat.registered_on and seat.family != _VOCATIONAL:
            due = _counted(facts, integration_course_start_due, seat.registered_on)
            yield Due(TaskKind.COURSE_START, due, facts.responsible, shown_from=due - _A_WEEK, enrolment=seat.id)


def course_formed(facts: TaskFacts) -> Found:
    """Four weeks; then the next row asks for another course."""
    for seat, due in _forming(facts):
        yield Due(TaskKind.COURSE_FORMED, due, facts.responsible, None, due - _A_WEEK, due, enrolment=seat.id)


def course_elsewhere(facts: TaskFacts) -> Found:
    """Two weeks more to place the person with another provider (§ 9 Abs. 4 DeuFöV)."""
    for seat, formed in _forming(facts):
        due = _counted(facts, vocational_course_elsewhere_due, formed)
        yield Due(TaskKind.COURSE_ELSEWHERE, due, facts.responsible, shown_from=formed + _A_DAY, enrolment=seat.id)


def _forming(facts: TaskFacts) -> Iterator[tuple[SeatFacts, date]]:
    for seat in _seats(facts, EnrolmentState.CONFIRMED):
        if seat.registered_on and seat.family == _VOCATIONAL:
            yield seat, _counted(facts, vocational_course_formed_due, seat.registered_on)


def placement_test(facts: TaskFacts) -> Found:
    """The day of the placement test is over and nobody has said how it ended (§ 11 Abs. 2 IntV)."""
    for seat in _seats(facts, EnrolmentState.SENT, EnrolmentState.CONFIRMED):
        if day := seat.test_without_result:
            due = _counted(facts, own_goal_due, day)
            yield Due(TaskKind.COURSE_TEST, due, facts.responsible, shown_from=day + _A_DAY, enrolment=seat.id)


def lapse(facts: TaskFacts) -> Found:
    """A claim may lapse a year after registration or a break, only for reasons that the person answers for: a hint, and
    nobody's task. An obligation does not lapse by time (§ 4 Abs. 1 S. 3 IntV, §§ 44 Abs. 2, 44a Abs. 1a AufenthG).
    """
    for seat in _seats(facts, EnrolmentState.CONFIRMED, EnrolmentState.DROPPED_OUT):
        begun = seat.registered_on if seat.state == EnrolmentState.CONFIRMED else seat.ended_on
        again = seat.state == EnrolmentState.DROPPED_OUT and any(_seats(facts, *PLACED))
        if seat.family == "IK" and begun and not again and seat.path in _MAY_LAPSE:
            day = integration_course_begin_until(begun)
            shown = (day - _FOUR_WEEKS, day + _SOON)
            yield Due(TaskKind.COURSE_LAPSE, day, None, None, *shown, enrolment=seat.id)


def course_off(facts: TaskFacts) -> Found:
    """Her course is not held: who is responsible tells the person and looks for another one, until she has a place."""
    lost = facts.course_lost_on
    if lost and not any(_seats(facts, *PLACED, EnrolmentState.OFFERED)):
        due = _counted(facts, own_goal_due, lost)
        yield Due(TaskKind.COURSE_OFF, due, facts.responsible, shown_from=lost, shown_to=lost + _SOON)


def course_wait(facts: TaskFacts) -> Found:
    """Somebody who wants a course has waited for it too long since it is open to her (F52), for a year at most.

    A confirmed seat has a deadline of its own; a title alone is a claim that nobody has to use.
    """
    since = entitled_on(facts)
    wants = facts.path_issued_on or any(_granted(facts)) or any(_seats(facts, *_UNREGISTERED, EnrolmentState.SENT))
    placed = (EnrolmentState.CONFIRMED, EnrolmentState.STARTED, EnrolmentState.FINISHED, EnrolmentState.DROPPED_OUT)
    if since and wants and not any(_seats(facts, *placed)):
        due = _counted(facts, course_wait_due, since)
        yield Due(TaskKind.COURSE_WAIT, due, facts.responsible, shown_from=due, shown_to=add_months(since, 12))


def report(facts: TaskFacts) -> Found:
    """The attendance of a month, where the provider tells it by law (§ 8 Abs. 3 IntV, § 9 Abs. 5 DeuFöV)."""
    for seat in _seats(facts, EnrolmentState.STARTED):
        if seat.started_on and seat.path in TOLD_BY_LAW:
            first = _month_of(seat.started_on) if seat.marked_until is None else _next_month(seat.marked_until)
            last = _next_month(first) - _A_DAY
            if seat.course_ends_on is None or first <= seat.course_ends_on:
                due, word = _counted(facts, own_goal_due, last), f"{first:%Y-%m}"
                shown = last + _A_DAY
                yield Due(TaskKind.COURSE_REPORT, due, facts.responsible, None, shown, enrolment=seat.id, word=word)


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _next_month(day: date) -> date:
    return add_months(_month_of(day), 1)


def course_ended(facts: TaskFacts) -> Found:
    """The course is over and nobody has said how it ended for the person."""
    for seat in _seats(facts, EnrolmentState.STARTED):
        if over := seat.course_ends_on:
            due = _counted(facts, own_goal_due, over)
            yield Due(TaskKind.COURSE_ENDED, due, facts.responsible, shown_from=over + _A_DAY, enrolment=seat.id)


def check_in(facts: TaskFacts) -> Found:
    """Who is asked while the course runs drops out less often (F36). A talk or a note of either since then counts.

    The coach is asked too while she has consent E1.
    """
    seat = next((seat for seat in _seats(facts, EnrolmentState.STARTED) if seat.started_on), None)
    if seat is None or seat.started_on is None:
        return
    with_coach = facts.coach_agreed and facts.coach_reported_on is not None and not facts.coaching_ended
    talks = (seat.started_on, facts.last_contact, facts.coach_contact if with_coach else None)
    due = _counted(facts, check_in_due, max(day for day in talks if day))
    begin = due - _A_WEEK
    yield Due(TaskKind.CHECK_IN, due, facts.responsible, shown_from=begin, enrolment=seat.id)
    if with_coach and facts.coach is not None:
        until = facts.coach_agreed_until
        yield Due(TaskKind.CHECK_IN, due, facts.coach, shown_from=begin, shown_to=until, enrolment=seat.id)


def missed_days(facts: TaskFacts) -> Found:
    """Two lesson days missed in a row without an excuse (F47). With consent E1 the coach asks, and the responsible
    organisation sees that she does. A talk or a note of either since then settles it, and so does coming again.
    """
    contact = max((day for day in (facts.last_contact, facts.coach_contact) if day), default=None)
    by_coach = facts.coach_agreed and facts.coach_reported_on is not None and not facts.coaching_ended
    who, waits = (facts.coach, facts.responsible) if by_coach else (facts.responsible, None)
    for seat in _seats(facts, EnrolmentState.STARTED):
        if since := missed_since(seat.missed, contact):
            due = _counted(facts, missed_days_due, since)
            last = facts.coach_agreed_until if by_coach else None
            yield Due(TaskKind.MISSED, due, who, waits, shown_from=since, shown_to=last, enrolment=seat.id)
