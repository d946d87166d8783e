"""An enrolment claimed for an act, and ended before its course: by a person, with another course, by the calendar."""

from collections.abc import Iterable
from datetime import datetime

from models.base import db
from models.operations.ledger import claim, hold_case, record
from models.operations.open_proposals import settle_proposal
from models.operations.seats import free_seat, hold_courses
from models.rules.enrolments import Act, next_state
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.proposals import ProposalState
from models.rules.reasons import Reason, reason_told
from models.rules.roles import SYSTEM, Actor
from models.rules.states import LISTED, SEAT_HOLDING, EnrolmentState
from models.rules.times import local_day
from models.tables import Course, Enrolment

LEFT = "enrolment.left"
"""The event of who leaves a waiting list."""


def take(enrolment: Enrolment, act: Act, seen_version: int) -> tuple[Enrolment, EnrolmentState]:
    """Claim the enrolment for an act, under the lock of its case; returns its row and the state that follows.

    Must come before courses are held and events written. StaleVersion for a double click or an outdated page,
    RuleBroken where the table of transitions forbids it.
    """
    hold_case(enrolment.case_id)
    if not claim(Enrolment, enrolment.id, seen_version):
        raise StaleVersion(Message(N_("Die Anmeldung wurde inzwischen geändert. Es wurde nichts doppelt angelegt.")))
    current = Enrolment.get_by_id(enrolment.id)
    return current, next_state(act, EnrolmentState(current.state))


def end(
    row: Enrolment,
    state: EnrolmentState,
    reason: Reason,
    *,
    actor: Actor,
    now: datetime,
    source: str = "",
    kind: str = "",
) -> None:
    """End an enrolment before its course and free the seat that it holds; inside the transaction that claimed it."""
    Enrolment.update(
        state=state,
        reason_code=reason.code,
        reason=reason.text,
        source=source,
        ended_on=local_day(now),
        reserved_until=None,
    ).where(Enrolment.id == row.id).execute()
    settle_proposal(row.id, ProposalState.REPLACED, now=now)
    if row.state in SEAT_HOLDING:
        free_seat(row.course_id)
    told = {"reason": reason_told(reason.code, reason.text), "reason_code": reason.code}
    data = {"enrolment": row.id, **told, "source": source, "from_version": row.version - 1}
    record(actor, kind or f"enrolment.{state}", data, now=now, case_id=row.case_id)


def leave(
    enrolment: Enrolment,
    act: Act,
    why: Reason,
    further: Iterable[int],
    seen_version: int,
    *,
    actor: Actor,
    now: datetime,
) -> tuple[Enrolment, dict[int, Course]]:
    """Take a person out of a course; returns her row as it was, and her course with the ``further`` ones, all held.

    Inside the transaction that holds the case.
    """
    row, state = take(enrolment, act, seen_version)
    held = hold_courses([row.course_id, *further])
    end(row, state, why, actor=actor, now=now, kind=LEFT if row.state in LISTED else "")
    return row, held


def expire(enrolment: Enrolment, reason: Reason, *, now: datetime) -> bool:
    """Let one enrolment lapse by the calendar; False where somebody acted on it in this moment."""
    try:
        with db.atomic():
            row, state = take(enrolment, Act.EXPIRE, enrolment.version)
            end(row, state, reason, actor=SYSTEM, now=now)
    except (StaleVersion, RuleBroken):
        return False
    return True
