"""A provider proposes another course or start, and the authority accepts or declines it (features F44)."""

from collections.abc import Sequence
from datetime import date, datetime

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.enrolment_claims import take
from models.operations.enrolments import check_path, courses_to_enter, moved, path_of
from models.operations.ledger import record
from models.operations.open_proposals import settle_proposal
from models.operations.seats import hold_courses, offer_free_seats, refuse_full
from models.queries.law import current_law
from models.rules.enrolments import Act
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.proposals import REFUSALS, Proposal, ProposalState, proposal_problems
from models.rules.reasons import NO_REASON, Reason, check_reason_among, reason_told
from models.rules.roles import Actor, Role
from models.rules.times import german_date, local_day
from models.tables import Course, CourseProposal, Enrolment

GONE = Message(N_("Der Vorschlag wurde inzwischen beantwortet oder zurückgezogen."))


def propose(enrolment: Enrolment, said: Proposal, *, seen_version: int, actor: Actor, now: datetime) -> int:
    """Propose something else for an enrolment that waits for the provider's answer; returns the id of the proposal.

    An open proposal is replaced. RuleBroken by field for what cannot be, for a course of another provider or kind and
    for one without a free seat; NotAllowed for who is no provider.
    """
    today = local_day(now)
    if actor.role != Role.PROVIDER:
        raise NotAllowed
    with db.atomic():
        row, _state = take(enrolment, Act.PROPOSE, seen_version)
        asked = Course.get_by_id(row.course_id)
        if problems := proposal_problems(said, asked.starts_on, today):
            raise RuleBroken(next(iter(problems.values())), problems)
        course = _other_course(said.course, asked, today) if said.course else None
        settle_proposal(row.id, ProposalState.REPLACED, now=now, actor=actor)
        proposal_id = CourseProposal.insert(
            enrolment=row.id, course=course.id if course else None, starts_on=said.starts_on, sentence=said.sentence,
            proposed_on=today, organisation=actor.organisation_id, account=actor.account_id,
        ).execute()  # fmt: skip
        data = {"enrolment": row.id, "what": _told(course, said.starts_on), "sentence": said.sentence}
        record(actor, "enrolment.proposed", data | {"from_version": seen_version}, now=now, case_id=row.case_id)
    return int(proposal_id)


def _other_course(number: str, asked: Course, today: date) -> Course:
    course = Course.get_or_none(Course.number == number, Course.provider == asked.provider_id)
    family = current_law().course_family
    if course is None or course.id == asked.id or family(course.kind) != family(asked.kind):
        sentence = Message(N_("Wählen Sie einen Ihrer anderen Kurse aus der Liste."))
        raise RuleBroken(sentence, {"course": sentence})
    try:
        refuse_full(course, today)
    except RuleBroken:
        sentence = Message(N_("In diesem Kurs ist kein Platz frei, oder er nimmt niemanden mehr auf."))
        raise RuleBroken(sentence, {"course": sentence}) from None
    return course  # type: ignore[no-any-return]


def _told(course: Course | None, starts_on: date | None) -> str:
    if course:
        return f"Kurs {course.number}, Beginn {german_date(course.starts_on)}"
    return f"Beginn {german_date(starts_on)}"


def withdraw_proposal(enrolment: Enrolment, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take the own proposal back. NotAllowed for who is no provider, StaleVersion where it was answered meanwhile."""
    if actor.role != Role.PROVIDER:
        raise NotAllowed
    with db.atomic():
        row, _state = take(enrolment, Act.PROPOSE, seen_version)
        _settle(row, ProposalState.WITHDRAWN, NO_REASON, actor, now)
        data: dict[str, object] = {"enrolment": row.id, "from_version": seen_version}
        record(actor, "enrolment.proposal_withdrawn", data, now=now, case_id=row.case_id)


def accept_proposal(
    enrolment: Enrolment, paths: Sequence[PathState], *, seen_version: int, actor: Actor, now: datetime
) -> int:
    """Do what the provider proposed; returns the id of the enrolment that holds the place then.

    Another course: the place moves there with the same access path, both or neither, by the rules of moving. Another
    start: it is what both expect from now on, and the provider goes on to confirm. RuleBroken where the course has no
    free seat any more or the path does not open it, StaleVersion where the proposal is not open any more.
    """
    proposal = _open_one(enrolment.id)
    if proposal.course_id:
        check_path(path_of(enrolment), proposal.course, tuple(paths), local_day(now))
        return _move(enrolment, proposal, seen_version, actor, now)
    with db.atomic():
        take_open_case(enrolment.case_id, actor=actor, now=now)
        row, _state = take(enrolment, Act.PROPOSE, seen_version)
        _accepted(row, proposal, seen_version, actor, now)
        Enrolment.update(expected_start=proposal.starts_on).where(Enrolment.id == row.id).execute()
    return int(row.id)


def _open_one(enrolment_id: int) -> CourseProposal:
    mine = (CourseProposal.enrolment == enrolment_id) & (CourseProposal.state == ProposalState.OPEN)
    found: CourseProposal | None = CourseProposal.get_or_none(mine)
    if found is None:
        raise StaleVersion(GONE)
    return found


def _move(enrolment: Enrolment, proposal: CourseProposal, seen: int, actor: Actor, now: datetime) -> int:
    with db.atomic():
        take_open_case(enrolment.case_id, actor=actor, now=now)
        row, _state = take(enrolment, Act.PROPOSE, seen)
        hold_courses([row.course_id, *courses_to_enter(row.case_id, proposal.course)])  # before its event is written
        _accepted(row, proposal, seen, actor, now)
        enrolment_id, freed = moved(row, proposal.course, seen_version=row.version, actor=actor, now=now)
    offer_free_seats(freed, now=now)
    return enrolment_id


def _accepted(row: Enrolment, proposal: CourseProposal, seen: int, actor: Actor, now: datetime) -> None:
    _settle(row, ProposalState.ACCEPTED, NO_REASON, actor, now)
    what = _told(proposal.course, proposal.starts_on)
    data: dict[str, object] = {"enrolment": row.id, "what": what, "from_version": seen}
    record(actor, "enrolment.proposal_accepted", data, now=now, case_id=row.case_id)


def decline_proposal(enrolment: Enrolment, reason: Reason, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Say no to what the provider proposed, with a reason of the closed table; the provider answers as asked."""
    check_reason_among(REFUSALS, reason)
    with db.atomic():
        take_open_case(enrolment.case_id, actor=actor, now=now)
        row, _state = take(enrolment, Act.PROPOSE, seen_version)
        _settle(row, ProposalState.DECLINED, reason, actor, now)
        data = {"enrolment": row.id, "reason": reason_told(reason.code, reason.text), "reason_code": reason.code}
        record(
            actor, "enrolment.proposal_declined", data | {"from_version": seen_version}, now=now, case_id=row.case_id
        )


def _settle(row: Enrolment, state: ProposalState, reason: Reason, actor: Actor, now: datetime) -> None:
    if not settle_proposal(row.id, state, reason, now=now, actor=actor):
        raise StaleVersion(GONE)
