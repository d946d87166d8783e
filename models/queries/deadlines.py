"""Deadlines within what the acting person sees: of one case from its dossier, of a page of cases in three queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from models.queries.by_ids import PreparedByIds
from models.queries.case_view import CaseView
from models.queries.cases import ListRow
from models.queries.law import current_law
from models.rules.case_deadlines import (
    CourseDeadlineFacts,
    Deadline,
    DeadlineFacts,
    HandoverFacts,
    PaperFacts,
    deadlines_of,
)
from models.rules.law.outcomes import WorkOutcome
from models.rules.permissions import Block
from models.rules.residence_entries import current_first, paper_name
from models.rules.roles import Role
from models.rules.states import SEAT_HOLDING, EnrolmentState, HandoverState
from models.tables import Course, Enrolment, Handover, ResidenceRecord

_PAPER = frozenset({Block.PAPERS, Block.PAPER_KIND})


def deadlines_in(view: CaseView, work: WorkOutcome | None) -> tuple[Deadline, ...]:
    """The deadlines of a case that this person may see; ``work`` is what the law says about employment."""
    held, blocks = view.held, view.blocks
    latest = held.handovers[0] if held.handovers else None
    paper = held.records[0] if held.records and blocks & _PAPER else None
    courses = [_course(seat.state, seat.course_kind, seat.reserved_until, seat.confirmed_on) for seat in held.seats]
    facts = DeadlineFacts(
        handover=_handover(latest.state, latest.due_on, view.actor.role) if latest and _sees_handover(blocks) else None,
        paper=PaperFacts(_name(paper.code), paper.valid_to) if paper else None,
        courses=tuple(courses) if Block.COURSES in blocks else (),
        waiting_complete=work.waiting_complete if work and Block.COUNSELLING in blocks else None,
    )
    return deadlines_of(facts, held.today, current_law())


def nearest_deadlines(
    rows: Iterable[ListRow], blocks: Mapping[int, frozenset[Block]], role: Role, today: date
) -> dict[int, Deadline]:
    """The next deadline of each case of a list, by the id of the case."""
    shown = tuple(rows)
    handovers = _latest_handovers([row.id for row in shown if _sees_handover(blocks[row.id])], role)
    papers = _latest_papers([row.person_id for row in shown if blocks[row.id] & _PAPER])
    courses = _courses([row.id for row in shown if Block.COURSES in blocks[row.id]])
    found, law = {}, current_law()
    for row in shown:
        facts = DeadlineFacts(handovers.get(row.id), papers.get(row.person_id), tuple(courses.get(row.id, ())))
        if deadlines := deadlines_of(facts, today, law):
            found[row.id] = deadlines[0]
    return found


def _sees_handover(blocks: frozenset[Block]) -> bool:
    return Block.HANDOVER_STATE in blocks


def _handover(state: str, due_on: date | None, role: Role) -> HandoverFacts | None:
    """What follows the acceptance is the Jobcenter's own."""
    if state == HandoverState.ACCEPTED and role != Role.JOBCENTER:
        return None
    return HandoverFacts(HandoverState(state), due_on)


def _latest_handovers(case_ids: list[int], role: Role) -> dict[int, HandoverFacts | None]:
    return {row[0]: _handover(row[1], row[2], role) for row in _HANDOVERS.rows(case_ids)}


def _latest_papers(person_ids: list[int]) -> dict[int, PaperFacts]:
    found = current_first(_Paper(*row) for row in _PAPERS.rows(person_ids))
    return {row.person_id: PaperFacts(_name(row.code), row.valid_to) for row in reversed(found)}


class _Paper(NamedTuple):
    person_id: int
    code: str
    valid_to: date | None
    recorded_at: str


def _courses(case_ids: list[int]) -> dict[int, list[CourseDeadlineFacts]]:
    found: dict[int, list[CourseDeadlineFacts]] = defaultdict(list)
    for case_id, *rest in _COURSES.rows(case_ids):
        found[case_id].append(_course(*rest))
    return found


# of several the last one counts
_HANDOVERS = PreparedByIds(
    lambda ids: (
        Handover.select(Handover.case, Handover.state, Handover.due_on)
        .where(Handover.case.in_(ids))
        .order_by(Handover.number)
    )
)
_PAPERS = PreparedByIds(
    lambda ids: (
        ResidenceRecord.select(
            ResidenceRecord.person, ResidenceRecord.code, ResidenceRecord.valid_to, ResidenceRecord.recorded_at
        )
        .where(ResidenceRecord.person.in_(ids), ResidenceRecord.voided_at.is_null())
        .order_by(ResidenceRecord.id.desc())
    )
)
_COURSES = PreparedByIds(
    lambda ids: (
        Enrolment.select(Enrolment.case, Enrolment.state, Course.kind, Enrolment.reserved_until, Enrolment.confirmed_on)
        .join(Course)
        .where(Enrolment.case.in_(ids), Enrolment.state.in_(SEAT_HOLDING))
    )
)


def _name(code: str) -> str:
    return paper_name(current_law(), code)


def _course(state: str, kind: str, reserved_until: date | None, confirmed_on: date | None) -> CourseDeadlineFacts:
    family = current_law().course_family(kind) or ""
    return CourseDeadlineFacts(EnrolmentState(state), family, reserved_until, confirmed_on)
