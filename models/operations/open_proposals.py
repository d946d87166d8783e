"""Ends the open proposal of an enrolment, inside the transaction that claimed the enrolment."""

from datetime import datetime

from models.rules.proposals import ProposalState
from models.rules.reasons import NO_REASON, Reason
from models.rules.roles import Actor
from models.rules.times import local_day
from models.tables import CourseProposal


def settle_proposal(
    enrolment_id: int, state: ProposalState, reason: Reason = NO_REASON, *, now: datetime, actor: Actor | None = None
) -> bool:
    """Whether there was one to end. ``actor``: who answered it; nobody where something else came instead."""
    ended = CourseProposal.update(
        state=state,
        reason_code=reason.code,
        reason=reason.text,
        settled_on=local_day(now),
        settled_by=actor.organisation_id if actor else None,
    )
    mine = (CourseProposal.enrolment == enrolment_id) & (CourseProposal.state == ProposalState.OPEN)
    return bool(ended.where(mine).execute())
