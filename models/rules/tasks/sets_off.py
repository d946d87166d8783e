"""What sets a task off, one function for each row of the table (domain.md 3.2, F1 to F14, as sharpened by rules.md)."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from models.rules.law.calendar import ABLE_TO_WORK_FROM, age_reached
from models.rules.law.deadlines import (
    agreement_review_due,
    contact_before_change_due,
    contact_due,
    copy_due,
    counted,
    first_talk_due,
    language_proof_reminder,
    language_proof_until,
    own_goal_due,
    paper_reminder,
    path_answer_due,
    young_agreement_review_due,
)
from models.rules.path_requests import BY_ASYLBLG, BY_JOBCENTER
from models.rules.states import LISTED, EnrolmentState, HandoverState, PathRequestState
from models.rules.tasks.due import Due, TaskKind
from models.rules.tasks.facts import PathFacts, TaskFacts

Found = Iterator[Due]


def _counted(facts: TaskFacts, deadline: Callable[..., date], day: date) -> date:
    return counted(facts.law, deadline, day)


_A_DAY = timedelta(days=1)
_SOON = timedelta(weeks=8)
_A_WEEK = timedelta(weeks=1)
_TWO_WEEKS = timedelta(weeks=2)
_YOUNG_UNTIL = 25
_State = HandoverState


def handover_in(kind: TaskKind, state: HandoverState, *, receiver_acts: bool) -> Callable[[TaskFacts], Found]:
    def found(facts: TaskFacts) -> Found:
        last = facts.handover
        if last and last.state == state and last.due_on:
            who, waits = (last.receiver, last.sender) if receiver_acts else (last.sender, last.receiver)
            told = None if state in (_State.DRAFT, _State.ACCEPTED) else waits
            yield Due(kind, last.due_on, who, told, handover=last.id)

    return found


def came_back(facts: TaskFacts) -> Found:
    last = facts.handover
    if last and last.state in (_State.REJECTED, _State.EXPIRED) and last.closed_on:
        yield Due(TaskKind.CAME_BACK, _counted(facts, own_goal_due, last.closed_on), last.sender, handover=last.id)


_INFORMED = (_State.SENT, _State.RECEIVED, _State.ACCEPTED)


def copy(facts: TaskFacts) -> Found:
    last = facts.handover
    if last and last.state in _INFORMED and last.sent_on and not last.copy_given:
        yield Due(TaskKind.COPY, _counted(facts, copy_due, last.sent_on), last.sender, handover=last.id)


def served(facts: TaskFacts) -> Found:
    """A service that changes the sphere, and no handover follows: the rules left it to people, or it was dropped."""
    last = facts.handover
    dropped = last is None or (last.state == _State.WITHDRAWN and last.sent_on is None)
    if facts.served_on and dropped and facts.agentur and not facts.accepted:
        yield Due(TaskKind.SERVED, _counted(facts, own_goal_due, facts.served_on), facts.agentur)


def contact(facts: TaskFacts) -> Found:
    begun = _begun(facts)
    if facts.agentur and not facts.accepted and not facts.first_contact and begun:
        yield Due(TaskKind.CONTACT, _counted(facts, first_talk_due, begun), facts.agentur, shown_from=begun)


def direct(facts: TaskFacts) -> Found:
    begun = _begun(facts)
    if facts.agentur is None and not facts.first_contact and begun:
        yield Due(TaskKind.DIRECT, _counted(facts, first_talk_due, begun), facts.responsible, shown_from=begun)


def coach_report(facts: TaskFacts) -> Found:
    """People whose coaching has ended are not reported anew by themselves."""
    begun = _begun(facts)
    unreported = facts.coach_reported_on is None and not facts.coaching_ended
    if unreported and facts.sphere == "S3" and facts.municipality and begun:
        yield Due(TaskKind.COACH_REPORT, _counted(facts, own_goal_due, begun), facts.municipality, shown_from=begun)


def _begun(facts: TaskFacts) -> date | None:
    """The day from which somebody has to turn to the person: when the case was opened, for children from 15."""
    if facts.opened_on is None or facts.born is None:
        return facts.opened_on
    return max(facts.opened_on, age_reached(facts.born, ABLE_TO_WORK_FROM) + _A_DAY)


def coach_contact(facts: TaskFacts) -> Found:
    if facts.coach_reported_on and not facts.coach_asked and not facts.coaching_ended:
        yield Due(TaskKind.COACH_CONTACT, _counted(facts, own_goal_due, facts.coach_reported_on), facts.coach)


def paper(facts: TaskFacts) -> Found:
    """From eight weeks before the end (F4). After a handover the municipality alone still sees the papers."""
    paper = facts.paper
    if paper and paper.valid_to:
        who = facts.municipality if facts.accepted else facts.responsible
        yield Due(
            TaskKind.PAPER,
            paper.valid_to,
            who,
            shown_from=_counted(facts, paper_reminder, paper.valid_to),
            word=paper.code,
        )


def residence_rule(facts: TaskFacts) -> Found:
    until = facts.paper.condition_until if facts.paper else None
    if until:
        yield Due(TaskKind.RESIDENCE_RULE, until, shown_from=until - _SOON, shown_to=until)


def waiting(facts: TaskFacts) -> Found:
    """The waiting time is told as complete, never as a permission to work (law_cases: conventions)."""
    if facts.waiting_complete:
        yield Due(TaskKind.WAITING, facts.waiting_complete, shown_to=facts.waiting_complete)


def work(facts: TaskFacts) -> Found:
    """From the day on which it is complete, until somebody has looked at it since (B19); for eight weeks."""
    day = facts.waiting_complete
    checked = day and facts.work_checked_on and facts.work_checked_on >= day
    if day and not checked and not facts.accepted:
        yield Due(
            TaskKind.WORK, _counted(facts, own_goal_due, day), facts.responsible, shown_from=day, shown_to=day + _SOON
        )


def agreement(facts: TaskFacts) -> Found:
    """Six months, three for people under 25 on the day of the agreement (F8)."""
    if facts.agreed_on and facts.born and facts.agentur and not facts.accepted:
        young = facts.agreed_on <= age_reached(facts.born, _YOUNG_UNTIL)
        due = (
            _counted(facts, young_agreement_review_due, facts.agreed_on)
            if young
            else _counted(facts, agreement_review_due, facts.agreed_on)
        )
        yield Due(TaskKind.AGREEMENT, due, facts.agentur, shown_from=due - _TWO_WEEKS)


def steps(facts: TaskFacts) -> Found:
    """Open steps of the agreement: the coach's with her consent, the person's and the Agentur's for the Agentur."""
    for step in facts.steps if facts.agentur and not facts.accepted else ():
        by_coach = step.who == "COACH" and facts.coach_agreed and not facts.coaching_ended
        who, waits = (facts.coach, facts.agentur) if by_coach else (facts.agentur, None)
        first, last = step.until - _TWO_WEEKS, facts.coach_agreed_until if by_coach else None
        yield Due(TaskKind.STEP, step.until, who, waits, shown_from=first, shown_to=last, word=step.kind)


def obligation(facts: TaskFacts) -> Found:
    """P5 is named in the list alone; a request for it has a task of its own."""
    asked = any(one.body == BY_ASYLBLG and one.state != PathRequestState.WITHDRAWN for one in facts.paths)
    if facts.obligation_asked_on and facts.receives_asylblg and not asked:
        due = _counted(facts, own_goal_due, facts.obligation_asked_on)
        waits = None if facts.accepted else facts.responsible
        yield Due(TaskKind.OBLIGATION, due, facts.asylblg, waits)


def path_asked(facts: TaskFacts) -> Found:
    """A body that works here answers within its own goal, while it sees the case."""
    for one in _open_paths(facts):
        addressee, until = _addressee(one, facts)
        if addressee is not None:
            due = _counted(facts, path_answer_due, one.asked_on)
            waits = facts.responsible if facts.responsible != addressee else None
            yield Due(TaskKind.PATH_ASKED, due, addressee, waits, shown_to=until, word=one.path)


def path_chase(facts: TaskFacts) -> Found:
    """A body on paper is asked again when its time is over; so is one that does not see the case any more."""
    for one in _open_paths(facts):
        addressee, until = _addressee(one, facts)
        due = _counted(facts, path_answer_due, one.asked_on)
        if addressee is None:
            yield Due(TaskKind.PATH_CHASE, due, facts.responsible, shown_from=due, word=one.path)
        elif until is not None:
            begin = max(due, until + _A_DAY)
            yield Due(TaskKind.PATH_CHASE, begin, facts.responsible, shown_from=begin, word=one.path)


def path_answered(facts: TaskFacts) -> Found:
    """Who asked goes on with the answer that somebody else gave, until she has seen it or a place is found."""
    newest = {one.path: one for one in reversed(facts.paths)}
    for one in newest.values():
        told = one.state in (PathRequestState.GRANTED, PathRequestState.REFUSED) and one.answered_on is not None
        used = one.state == PathRequestState.GRANTED and any(facts.seats)
        if told and one.answered_on and one.answerer != facts.responsible and not one.noted and not used:
            due = _counted(facts, own_goal_due, one.answered_on)
            yield Due(TaskKind.PATH_ANSWERED, due, facts.responsible, word=one.path)


def _open_paths(facts: TaskFacts) -> Iterator[PathFacts]:
    return (one for one in facts.paths if one.state == PathRequestState.OPEN)


def _addressee(one: PathFacts, facts: TaskFacts) -> tuple[int | None, date | None]:
    """The office that reads the request here, and its last day with the case (case_model: Who sees what)."""
    if one.body == BY_ASYLBLG and facts.receives_asylblg:
        return facts.asylblg, facts.asylblg_until
    with_jobcenter = facts.accepted or facts.agentur is None
    return (facts.responsible, None) if one.body == BY_JOBCENTER and with_jobcenter else (None, None)


def benefit_ends(facts: TaskFacts) -> Found:
    last = facts.handover
    under_way = last.asylblg_until if last and last.state in (_State.DRAFT, *_INFORMED, _State.QUERIED) else None
    until = facts.asylblg_until or under_way
    if until and facts.receives_asylblg:
        yield Due(TaskKind.BENEFIT_ENDS, until, facts.asylblg, shown_from=until - _SOON, shown_to=until)


def returned(facts: TaskFacts) -> Found:
    for back in facts.returns:
        yield Due(TaskKind.RETURNED, _counted(facts, own_goal_due, back.on), back.to, back.by, word=back.key)


_UNDER_WAY = (_State.DRAFT, _State.SENT, _State.RECEIVED, _State.QUERIED)


def no_contact(facts: TaskFacts) -> Found:
    """Nobody has spoken with the person for too long (F35). In a running course ``check_in`` asks for it instead."""
    if facts.last_contact is None or any(seat.state == EnrolmentState.STARTED for seat in facts.seats):
        return
    under_way = facts.handover is not None and facts.handover.state in _UNDER_WAY
    due = _counted(facts, contact_before_change_due if under_way else contact_due, facts.last_contact)
    yield Due(TaskKind.NO_CONTACT, due, facts.responsible, shown_from=due)


def language_proof(facts: TaskFacts) -> Found:
    """A proof of German that a vocational course will soon not take any more; nobody in such a course needs it."""
    placed = any(seat.family == "BSK" and seat.state not in LISTED for seat in facts.seats)
    if facts.german_proved_on and not facts.accepted and not placed:
        until = _counted(facts, language_proof_until, facts.german_proved_on)
        begin = _counted(facts, language_proof_reminder, until)
        yield Due(TaskKind.LANGUAGE_PROOF, until, facts.responsible, shown_from=begin, shown_to=until)
