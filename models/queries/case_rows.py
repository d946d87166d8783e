"""The statements that read a case, one for each kind of row, and what they bring as the database gives it."""

from functools import reduce
from itertools import repeat
from operator import or_
from typing import NamedTuple

from peewee import JOIN, Expression, Field, Model, fn

from models.queries import agreed, asked, drafts, missed_days, proofs, reported, visits
from models.queries.open_proposals import IS_OPEN
from models.queries.prepared import AsModel, Prepared, Row
from models.rules.states import AccountState, EnrolmentState
from models.tables import (
    Account,
    Agreement,
    Answer,
    AnswerDraft,
    Appointment,
    AsylumDecision,
    Attendance,
    AttendanceDay,
    Case,
    CaseNote,
    CaseStage,
    ChangeReport,
    ChecklistDefinition,
    CompetenceSummary,
    Consent,
    Course,
    CourseProposal,
    CourseRegistration,
    CourseReport,
    Enrolment,
    Evidence,
    FollowUp,
    Handover,
    Organisation,
    PathRequest,
    Person,
    Provider,
    Question,
    RegistrationProof,
    ResidenceRecord,
    StageReturn,
)


class Rows(NamedTuple):
    """All rows of a case as the database gives them. ``case``: with its person; None where only its id was known."""

    case: Row | None
    stages: list[Row]
    answers: list[Row]
    records: list[Row]
    decisions: list[Row]
    consents: list[Row]
    seats: list[Row]
    handovers: list[Row]
    offices: list[Row]
    evidence: list[Row]
    drafts: list[Row]
    visits: list[Row]
    competences: list[Row]
    agreement: list[Row]
    path_requests: list[Row]
    missed: list[Row]
    reports: list[Row]
    questions: list[Row]


def read_rows(row: Row | None, case_id: int, person_id: int) -> Rows:
    """All rows of a case, read now. Of the kinds that most cases lack, those are asked for that ``row`` says exist."""
    exist = row[EXIST_AT:] if row else repeat(True)
    kinds = {kind: MAY_LACK[kind].raw(case_id) if there else [] for kind, there in zip(MAY_LACK, exist, strict=False)}
    attended = any(seat[_STATE_AT] == EnrolmentState.STARTED and seat[_LAST_DAY_AT] for seat in kinds["seats"])
    return Rows(
        case=row,
        stages=STAGES.raw(case_id),
        answers=ANSWERS.raw(case_id),
        records=RECORDS.raw(person_id),
        decisions=DECISIONS.raw(person_id),
        offices=OFFICES.raw(),
        competences=[row[SUMMARY_AT:EXIST_AT]] if row else COMPETENCES.raw(case_id),
        missed=missed_days.OF_CASE.raw(case_id) if attended else [],
        **kinds,
    )


def _fields(table: type[Model], *without: str) -> tuple[Field, ...]:
    return tuple(field for name, field in table._meta.fields.items() if name not in without)


def _valid(table: type[ResidenceRecord] | type[AsylumDecision], columns: tuple[Field, ...]) -> Prepared:
    return Prepared(
        lambda person_id: (
            table.select(*columns).where(table.person == person_id, table.voided_at.is_null()).order_by(table.id.desc())
        ),
        int,
    )


_CASE_COLUMNS, _PERSON_COLUMNS = _fields(Case), _fields(Person)
CHANGED_AT = [field.name for field in _CASE_COLUMNS].index("changed_at")
_SUMMARY = (CompetenceSummary.content, CompetenceSummary.german_proved_on)


def _exists(*tables: type[Model]) -> Expression:
    return reduce(or_, (fn.EXISTS(table.select(table.id).where(table.case == Case.id)) for table in tables))


# read with the case: most cases have none, and statements of their own would cost them a fifth of the page
_EXIST = (
    _exists(Consent),
    _exists(Enrolment),
    _exists(Handover),
    _exists(Evidence),
    _exists(AnswerDraft),
    _exists(Appointment, Attendance, CaseNote, FollowUp),
    _exists(Agreement),
    _exists(PathRequest),
    _exists(ChangeReport),
    _exists(Question),
)
_WITH_PERSON = (
    Case.select(*_CASE_COLUMNS, *_PERSON_COLUMNS, *_SUMMARY, *_EXIST)
    .join(Person)
    .join_from(Case, CompetenceSummary, JOIN.LEFT_OUTER, on=CompetenceSummary.case == Case.id)
)
COMPETENCES = Prepared(
    lambda case_id: CompetenceSummary.select(*_SUMMARY).where(CompetenceSummary.case == case_id), int
)
CASE_NUMBERED = Prepared(lambda number: _WITH_PERSON.where(Case.number == number), str)
CASE = Prepared(lambda case_id: _WITH_PERSON.where(Case.id == case_id), int)
_RECORD, _DECISION, _CONSENT = _fields(ResidenceRecord), _fields(AsylumDecision), _fields(Consent)
AS_CASE, AS_PERSON = AsModel(Case, _CASE_COLUMNS), AsModel(Person, _PERSON_COLUMNS)
AS_RECORD, AS_DECISION = AsModel(ResidenceRecord, _RECORD), AsModel(AsylumDecision, _DECISION)
AS_CONSENT = AsModel(Consent, _CONSENT)
PERSON_AT = len(_CASE_COLUMNS)
SUMMARY_AT = PERSON_AT + len(_PERSON_COLUMNS)
EXIST_AT = SUMMARY_AT + len(_SUMMARY)
RECORDS, DECISIONS = _valid(ResidenceRecord, _RECORD), _valid(AsylumDecision, _DECISION)
CONSENTS = Prepared(
    lambda case_id: Consent.select(*_CONSENT).where(Consent.case == case_id).order_by(Consent.id.desc()), int
)
# the snapshot is large and read by one query of its own where somebody may see it
_HANDOVER = _fields(Handover, "snapshot", "snapshot_sha256")
AS_HANDOVER = AsModel(Handover, _HANDOVER)
HANDOVERS = Prepared(
    lambda case_id: Handover.select(*_HANDOVER).where(Handover.case == case_id).order_by(Handover.number.desc()), int
)
_LATEST = (
    ChecklistDefinition.select(ChecklistDefinition.id)
    .where(ChecklistDefinition.key == CaseStage.key)
    .order_by(ChecklistDefinition.version.desc())
    .limit(1)
)
_OPEN_RETURN = (
    (StageReturn.case == CaseStage.case) & (StageReturn.key == CaseStage.key) & StageReturn.settled_at.is_null()
)
STAGES = Prepared(
    lambda case_id: (
        CaseStage.select(
            CaseStage.id,
            CaseStage.key,
            CaseStage.definition,
            CaseStage.state,
            CaseStage.finished_on,
            CaseStage.note,
            CaseStage.version,
            _LATEST,
            StageReturn.reason,
            StageReturn.items,
            StageReturn.returned_at,
            StageReturn.organisation,
            StageReturn.sent_to,
        )
        .join(StageReturn, JOIN.LEFT_OUTER, on=_OPEN_RETURN)
        .where(CaseStage.case == case_id)
        .order_by(CaseStage.key)
    ),
    int,
)
ANSWERS = Prepared(
    lambda case_id: (
        Answer.select(
            Answer.item,
            Answer.holder,
            Answer.state,
            Answer.values,
            Answer.note,
            Answer.reason,
            Answer.source,
            Answer.organisation,
            Account.name,
            Answer.answered_at,
            Answer.version,
        )
        .join(Account, JOIN.LEFT_OUTER)
        .where(Answer.case == case_id)
        .order_by(Answer.item, Answer.holder)
    ),
    int,
)
_LAST_DAY = AttendanceDay.select(fn.MAX(AttendanceDay.day)).where(AttendanceDay.enrolment == Enrolment.id)
_SEAT = (
    Enrolment.id, Enrolment.state, Enrolment.access_path, Enrolment.path_issued_by, Enrolment.path_dated,
    Enrolment.path_valid_to, Enrolment.reserved_on, Enrolment.sent_on, Enrolment.confirmed_on,
    Enrolment.expected_start, Enrolment.started_on, Enrolment.ended_on, Enrolment.organisation, Course.kind,
    Course.title, Provider.name, Provider.organisation, Enrolment.reserved_until, Enrolment.reason_code,
    CourseRegistration.test_on, CourseRegistration.test_level, CourseRegistration.test_module,
    CourseRegistration.pk_number, CourseRegistration.organisation, CourseRegistration.told_on,
    CourseProposal.proposed_on, Course.ends_on, _LAST_DAY, CourseReport.exam, CourseReport.exam_result,
    CourseReport.exam_on, CourseReport.lid_points, CourseReport.organisation, CourseReport.told_on,
    RegistrationProof.sent_on, RegistrationProof.in_system, RegistrationProof.seen_on,
)  # fmt: skip
_STATE_AT, _LAST_DAY_AT = (next(at for at, it in enumerate(_SEAT) if it is one) for one in (Enrolment.state, _LAST_DAY))
SEATS = Prepared(
    lambda case_id: (
        Enrolment.select(*_SEAT)
        .join(Course)
        .join(Provider)
        .join_from(Enrolment, CourseRegistration, JOIN.LEFT_OUTER)
        .join_from(Enrolment, CourseProposal, JOIN.LEFT_OUTER, on=IS_OPEN)
        .join_from(Enrolment, CourseReport, JOIN.LEFT_OUTER)
        .join_from(Enrolment, RegistrationProof, JOIN.LEFT_OUTER)
        .where(Enrolment.case == case_id)
        .order_by(Enrolment.id.desc())
    ),
    int,
)
PATH_REQUESTS = Prepared(
    lambda case_id: (
        PathRequest.select(
            PathRequest.id,
            PathRequest.path,
            PathRequest.body,
            PathRequest.state,
            PathRequest.asked_on,
            PathRequest.organisation,
            PathRequest.dated,
            PathRequest.valid_to,
            PathRequest.reference,
            PathRequest.basis,
            PathRequest.reason_code,
            PathRequest.reason,
            PathRequest.source,
            PathRequest.answered_on,
            PathRequest.answered_for,
            PathRequest.noted_on,
            PathRequest.version,
        )
        .where(PathRequest.case == case_id)
        .order_by(PathRequest.id.desc())
    ),
    int,
)
OFFICES = Prepared(
    lambda: Organisation.select(
        Organisation.id,
        Organisation.key,
        Organisation.kind,
        Organisation.name,
        fn.EXISTS(
            Account.select(Account.id).where(
                Account.organisation == Organisation.id, Account.state != AccountState.LOCKED
            )
        ),
    )
)
MAY_LACK = {
    "consents": CONSENTS,
    "seats": SEATS,
    "handovers": HANDOVERS,
    "evidence": proofs.OF_CASE,
    "drafts": drafts.OF_CASE,
    "visits": visits.OF_CASE,
    "agreement": agreed.OF_CASE,
    "path_requests": PATH_REQUESTS,
    "reports": reported.OF_CASE,
    "questions": asked.OF_CASE,
}
"""The kinds of rows that most cases lack, in the order of ``_EXIST``."""
DRAFTS_AT = EXIST_AT + list(MAY_LACK).index("drafts")
