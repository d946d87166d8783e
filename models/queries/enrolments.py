"""Enrolments: those of a case, and those that were released to a provider. Reads only."""

from datetime import date
from typing import NamedTuple

from peewee import JOIN, Query

from models.queries.consent_states import state_of
from models.queries.courses import kind_names
from models.queries.prepared import Prepared
from models.queries.registrations import SAID, registration_of
from models.rules.enrolments import TOLD_BY_LAW
from models.rules.errors import NotVisible
from models.rules.reasons import reason_told
from models.rules.registrations import Registration
from models.rules.states import LISTED, PLACED, ConsentState, DocumentKind, EnrolmentState
from models.tables import Consent, Course, CourseRegistration, Document, Enrolment, Organisation, Provider

PAGE = 25
OPEN_END = date(9999, 12, 31)


class EnrolmentRow(NamedTuple):
    """An enrolment of a case with its course and its issued form."""

    id: int
    state: EnrolmentState
    version: int
    number: int
    access_path: str
    path_basis: str
    path_issued_by: str
    path_dated: date | None
    path_valid_to: date | None
    reserved_on: date
    reserved_until: date | None
    sent_on: date | None
    confirmed_on: date | None
    expected_start: date | None
    started_on: date | None
    ended_on: date | None
    reason_code: str
    reason: str
    source: str
    waiting_since: date | None
    priority: str
    lapses: int
    offered_on: date | None
    double_reason: str
    course_id: int
    course_number: str
    course_kind: str
    course_title: str
    schedule: str
    transport: str
    starts_on: date
    ends_on: date | None
    provider_id: int
    provider_name: str
    provider_office: int | None
    document_id: int | None
    signatures: int | None
    test_on: date | None
    test_level: str | None
    test_module: str | None
    pk_number: str | None
    registered_by: str | None
    registration_source: str | None

    @property
    def registration(self) -> Registration:
        """What the provider said beside the day of the registration."""
        return registration_of(self)

    @property
    def kind_name(self) -> str:
        """The kind of course in German."""
        return kind_names().get(self.course_kind, self.course_kind)

    @property
    def reason_told(self) -> str:
        """Why it ended, in German."""
        return reason_told(self.reason_code, self.reason)


_COLUMNS = (
    Enrolment.access_path, Enrolment.path_basis, Enrolment.path_issued_by, Enrolment.path_dated,
    Enrolment.path_valid_to, Enrolment.reserved_on, Enrolment.reserved_until, Enrolment.sent_on,
    Enrolment.confirmed_on, Enrolment.expected_start, Enrolment.started_on, Enrolment.ended_on, Enrolment.reason_code,
    Enrolment.reason, Enrolment.source, Enrolment.waiting_since, Enrolment.priority, Enrolment.lapses,
    Enrolment.offered_on, Enrolment.double_reason, Enrolment.course,
    Course.number, Course.kind, Course.title, Course.schedule, Course.transport, Course.starts_on, Course.ends_on,
    Provider.id, Provider.name, Provider.organisation, Document.id, Document.signatures,
    *SAID, Organisation.name, CourseRegistration.source,
)  # fmt: skip


def enrolments_of(case_id: int) -> list[EnrolmentRow]:
    """The enrolments of a case, the newest first, in one query; ``number`` counts them from 1 within the case."""
    numbered = [
        EnrolmentRow(row[0], EnrolmentState(row[1]), row[2], number, *row[3:])
        for number, row in enumerate(_OF_CASE.rows(case_id), 1)
    ]
    return numbered[::-1]


def _of_case(case_id: int) -> Query:
    issued = (
        (Document.enrolment == Enrolment.id)
        & (Document.kind == DocumentKind.ENROLMENT_FORM)
        & Document.replaced_by.is_null()
    )
    return (
        Enrolment.select(Enrolment.id, Enrolment.state, Enrolment.version, *_COLUMNS)
        .join(Course)
        .join(Provider)
        .join_from(Enrolment, Document, JOIN.LEFT_OUTER, on=issued)
        .join_from(Enrolment, CourseRegistration, JOIN.LEFT_OUTER)
        .join(Organisation, JOIN.LEFT_OUTER)
        .where(Enrolment.case == case_id)
        .order_by(Enrolment.id)
    )


_OF_CASE = Prepared(_of_case, int)


def enrolment_of(case_id: int, enrolment_id: int) -> EnrolmentRow:
    """One enrolment of a case; NotVisible for none, or one of another case."""
    for row in enrolments_of(case_id):
        if row.id == enrolment_id:
            return row
    raise NotVisible


def places_at_the_time(case_id: int, course: Course) -> list[Enrolment]:
    """The places of the person in courses that overlap this one; a course without an end never ends."""
    return list(_at_the_time(case_id, course).where(Enrolment.state.in_(PLACED)))


def listed_at_the_time(case_id: int, course: Course) -> list[Enrolment]:
    """The entries of the person on the lists of other courses that overlap this one, offered seats among them."""
    others = _at_the_time(case_id, course).where(Enrolment.state.in_(LISTED), Enrolment.course != course.id)
    return list(others.order_by(Enrolment.id))


def _at_the_time(case_id: int, course: Course) -> Query:
    return (
        Enrolment.select(Enrolment, Course, Provider)
        .join(Course)
        .join(Provider)
        .where(
            Enrolment.case == case_id,
            Course.starts_on <= (course.ends_on or OPEN_END),
            Course.ends_on.is_null() | (Course.ends_on >= course.starts_on),
        )
    )


def listed_in(case_id: int, course_id: int) -> bool:
    """Whether the person waits for this course, or a seat of it is offered to her."""
    here = (Enrolment.case == case_id) & (Enrolment.course == course_id)
    return bool(Enrolment.select().where(here, Enrolment.state.in_(LISTED)).exists())


def consent_e2(case_id: int, provider_office: int | None, today: date) -> ConsentState:
    """Whether the form may be passed on to a provider today. A decision that names another provider says nothing."""
    return _latest(case_id, "E2", provider_office, today)


def _latest(case_id: int, purpose: str, provider_office: int | None, today: date) -> ConsentState:
    found = _LATEST.row(case_id, purpose, provider_office)
    return state_of(_Decided(*found) if found else None, today)


class _Decided(NamedTuple):
    state: str
    decided_on: date


_LATEST = Prepared(
    lambda case_id, purpose, office: (
        Consent.select(Consent.state, Consent.decided_on)
        .where(
            Consent.case == case_id,
            Consent.purpose == purpose,
            Consent.recipient.is_null() | (Consent.recipient == office),
        )
        .order_by(Consent.id.desc())
        .limit(1)
    ),
    int,
    str,
    int,
)


def tells_itself(enrolment: Enrolment, today: date) -> bool:
    """Whether the provider may tell today how a course goes: by law on some access paths, else with the consent E4."""
    if enrolment.access_path in TOLD_BY_LAW:
        return True
    office = Provider.select(Provider.organisation).join(Course).where(Course.id == enrolment.course_id).scalar()
    return _agreed_to_tell(enrolment.case_id, office, today)


def _agreed_to_tell(case_id: int, provider_office: int | None, today: date) -> bool:
    return _latest(case_id, "E4", provider_office, today) == ConsentState.GRANTED


def speaks_for_itself(row: EnrolmentRow, case_id: int, today: date) -> bool:
    """Whether the provider has an account and this enrolment of the case, and may tell how the course goes."""
    has_it = row.sent_on is not None and row.provider_office is not None
    return has_it and (row.access_path in TOLD_BY_LAW or _agreed_to_tell(case_id, row.provider_office, today))


def form_document(enrolment_id: int) -> Document | None:
    """The issued form of an enrolment that counts."""
    found: Document | None = (
        Document.select()
        .where(
            Document.enrolment == enrolment_id,
            Document.kind == DocumentKind.ENROLMENT_FORM,
            Document.replaced_by.is_null(),
        )
        .order_by(Document.id.desc())
        .first()
    )
    return found


def case_id_of(enrolment_id: int) -> int:
    """The case behind an enrolment, for the log of reads alone."""
    return int(Enrolment.select(Enrolment.case).where(Enrolment.id == enrolment_id).scalar())
