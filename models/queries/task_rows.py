"""The rows behind the facts of tasks: one statement for each kind, for the cases of one block."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from peewee import JOIN, fn

from models.queries.by_ids import PreparedByIds
from models.queries.checklist_editing import codes_in_any_version
from models.queries.derived_seats import ENDED_SEATS
from models.queries.open_proposals import IS_OPEN
from models.queries.prepared import Prepared
from models.rules.checklists import LAW_FACTS, Item
from models.rules.roles import Role
from models.tables import (
    Answer,
    AsylumDecision,
    AttendanceDay,
    Case,
    CompetenceSummary,
    Course,
    CourseProposal,
    CourseRegistration,
    Enrolment,
    Handover,
    Organisation,
    PathRequest,
    Person,
    Provider,
    RegistrationProof,
    ResidenceRecord,
    StageReturn,
)

AGREEMENT, WORK_CHECKED, FIRST_TALK = "B25", "B19", "B02"
PATH, ALTERNATIVE, ISSUED = "K01", "K02", "K03"
NOT_HELD = "NOT_HELD"
"""The reason of an enrolment that ended because its course is not held."""
STORED_ITEMS = frozenset({AGREEMENT, WORK_CHECKED, FIRST_TALK, PATH, ALTERNATIVE, ISSUED})
"""Items whose stored answers set tasks off; besides them those that the law of work access asks for."""


def feeds_work(item: Item) -> bool:
    """Whether the law of work access asks for what the item says."""
    return any(LAW_FACTS["work_access"].intersection(field.facts) for field in item.fields)


def work_items() -> frozenset[str]:
    """Codes of the items whose stored answers the law of work access asks for, in any version that cases may have."""
    return codes_in_any_version(_feeds_work_here)


def _feeds_work_here(item: Item) -> bool:
    return item.in_list and feeds_work(item)


class CaseRow(NamedTuple):
    """What of a case and its person sets tasks off."""

    id: int
    person_id: int
    state: str
    opened_on: date
    municipality_id: int | None
    responsible_id: int
    agentur_id: int | None
    legal_sphere: str
    first_contact_on: date | None
    coach_reported_on: date | None
    coach_consent: str
    coach_consent_until: date | None
    coaching_ended_on: date | None
    receives_asylblg: bool
    asylblg_until: date | None
    accepted_on: date | None
    born: date


class HandoverRow(NamedTuple):
    """One version of a handover."""

    id: int
    case_id: int
    state: str
    due_on: date | None
    sender_id: int
    receiver_id: int
    sent_at: str | None
    closed_at: str | None
    copy_given_on: date | None
    asylblg_until: date | None


class SeatRow(NamedTuple):
    """A seat with the kind of its course and the organisation of its provider."""

    case_id: int
    id: int
    state: str
    kind: str
    reserved_until: date | None
    sent_on: date | None
    confirmed_on: date | None
    booker: int
    provider: int | None
    started_on: date | None
    ended_on: date | None
    reason_code: str
    path: str
    path_dated: date | None
    path_valid_to: date | None
    course_ends_on: date | None
    marked_until: date | str | None
    test_on: date | None
    test_level: str | None
    proposed_on: date | None
    issued_by: str
    proof_sent_on: date | None
    proof_in_system: bool | None
    proof_seen_on: date | None


class PathRow(NamedTuple):
    """A request for an access path, as ``PathFacts`` take it."""

    case_id: int
    path: str
    body: str
    state: str
    asked_on: date
    asker: int
    answered_on: date | None
    answerer: int | None
    noted_on: date | None
    dated: date | None


class PaperRow(NamedTuple):
    """A paper, with what decides which of several counts."""

    person_id: int
    code: str
    valid_to: date | None
    granted_on: date | None
    condition_until: date | None
    recorded_at: str


CASES = PreparedByIds(
    lambda ids: (
        Case.select(
            Case.id, Case.person, Case.state, Case.opened_on, Case.municipality, Case.responsible, Case.agentur,
            Case.legal_sphere, Case.first_contact_on, Case.coach_reported_on, Case.coach_consent,
            Case.coach_consent_until, Case.coaching_ended_on, Case.receives_asylblg, Case.asylblg_until,
            Case.accepted_on, Person.date_of_birth,
        )
        .join(Person)
        .where(Case.id.in_(ids))
    )
)  # fmt: skip
OFFICES = Prepared(
    lambda: Organisation.select(Organisation.id, Organisation.kind).where(
        Organisation.kind.in_([Role.COACH, Role.ASYLBLG])
    )
)
PATHS = PreparedByIds(
    lambda ids: (
        PathRequest.select(
            PathRequest.case, PathRequest.path, PathRequest.body, PathRequest.state, PathRequest.asked_on,
            PathRequest.organisation, PathRequest.answered_on, PathRequest.answered_for, PathRequest.noted_on,
            PathRequest.dated,
        )
        .where(PathRequest.case.in_(ids))
        .order_by(PathRequest.id.desc())
    )
)  # fmt: skip
# of several the last one counts
HANDOVERS = PreparedByIds(
    lambda ids: (
        Handover.select(
            Handover.id, Handover.case, Handover.state, Handover.due_on, Handover.sender, Handover.receiver,
            Handover.sent_at, Handover.closed_at, Handover.copy_given_on, Handover.asylblg_until,
        )
        .where(Handover.case.in_(ids))
        .order_by(Handover.number)
    )
)  # fmt: skip
PAPERS = PreparedByIds(
    lambda ids: (
        ResidenceRecord.select(
            ResidenceRecord.person, ResidenceRecord.code, ResidenceRecord.valid_to, ResidenceRecord.granted_on,
            ResidenceRecord.residence_condition_until, ResidenceRecord.recorded_at,
        )
        .where(ResidenceRecord.person.in_(ids), ResidenceRecord.voided_at.is_null())
        .order_by(ResidenceRecord.id.desc())
    )
)  # fmt: skip
DECISIONS = PreparedByIds(
    lambda ids: (
        AsylumDecision.select(
            AsylumDecision.person, AsylumDecision.code, AsylumDecision.served_on, AsylumDecision.recorded_at
        )
        .where(AsylumDecision.person.in_(ids), AsylumDecision.voided_at.is_null())
        .order_by(AsylumDecision.id)
    )
)
SEATS = PreparedByIds(
    lambda ids: (
        Enrolment.select(
            Enrolment.case, Enrolment.id, Enrolment.state, Course.kind, Enrolment.reserved_until, Enrolment.sent_on,
            Enrolment.confirmed_on, Enrolment.organisation, Provider.organisation, Enrolment.started_on,
            Enrolment.ended_on, Enrolment.reason_code, Enrolment.access_path, Enrolment.path_dated,
            Enrolment.path_valid_to, Course.ends_on,
            AttendanceDay.select(fn.MAX(AttendanceDay.day)).where(AttendanceDay.enrolment == Enrolment.id),
            CourseRegistration.test_on, CourseRegistration.test_level, CourseProposal.proposed_on,
            Enrolment.path_issued_by, RegistrationProof.sent_on, RegistrationProof.in_system,
            RegistrationProof.seen_on,
        )
        .join(Course)
        .join(Provider)
        .join_from(Enrolment, CourseRegistration, JOIN.LEFT_OUTER, on=CourseRegistration.enrolment == Enrolment.id)
        .join_from(Enrolment, CourseProposal, JOIN.LEFT_OUTER, on=IS_OPEN)
        .join_from(Enrolment, RegistrationProof, JOIN.LEFT_OUTER)
        .where(
            Enrolment.case.in_(ids), Enrolment.state.not_in(ENDED_SEATS) | (Enrolment.reason_code == NOT_HELD)
        )
    )
)  # fmt: skip


@lru_cache(maxsize=4)
def answers_to(items: frozenset[str]) -> PreparedByIds:
    """The stored answers to these items and to those that set tasks off by themselves."""
    return PreparedByIds(
        lambda ids: (
            Answer.select(Answer.case, Answer.item, Answer.state, Answer.values, Answer.answered_at)
            .where(Answer.case.in_(ids), Answer.item.in_(sorted(STORED_ITEMS | items)))
            .order_by(Answer.holder.desc())
        )
    )


PROOFS = PreparedByIds(
    lambda ids: CompetenceSummary.select(CompetenceSummary.case, CompetenceSummary.german_proved_on).where(
        CompetenceSummary.case.in_(ids), CompetenceSummary.german_proved_on.is_null(False)
    )
)
RETURNS = PreparedByIds(
    lambda ids: StageReturn.select(
        StageReturn.case, StageReturn.key, StageReturn.sent_to, StageReturn.organisation, StageReturn.returned_at
    ).where(StageReturn.case.in_(ids), StageReturn.settled_at.is_null())
)
