"""All rows that say something about one case, one query for each kind of row; facts and lists are made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, Field, Model, fn

from models.queries.drafts import Draft, drafts_of_case
from models.queries.prepared import Prepared, Row, as_model
from models.queries.proofs import Proof, proofs_of_case
from models.queries.scope import blocks_of
from models.rules.errors import NotVisible
from models.rules.residence_entries import current_first
from models.rules.roles import Actor
from models.rules.states import AccountState, ListKey, StageState
from models.tables import (
    Account,
    Answer,
    AsylumDecision,
    Case,
    CaseStage,
    ChecklistDefinition,
    Consent,
    Course,
    Enrolment,
    Handover,
    Organisation,
    Person,
    Provider,
    ResidenceRecord,
    StageReturn,
)


class Office(NamedTuple):
    """An organisation as the lists need it. ``has_account``: somebody there can log in."""

    id: int
    key: str
    kind: str
    name: str
    has_account: bool


class StoredAnswer(NamedTuple):
    """A stored answer; ``values`` maps field keys to JSON values."""

    item: str
    holder: str
    state: str
    values: dict[str, Any]
    note: str
    reason: str
    source: str
    organisation_id: int | None
    person: str | None
    answered_at: str
    version: int


class Back(NamedTuple):
    """That a list was sent back: why, which items need work, when, by which organisation to which."""

    reason: str
    items: list[str]
    at: str
    by: int
    to: int | None


class Stage(NamedTuple):
    """One list of the case and the version of its definition; ``latest_id`` is the newest published version.

    ``back``: it was sent back and waits to be completed.
    """

    id: int
    key: ListKey
    definition_id: int
    state: StageState
    finished_on: date | None
    note: str
    version: int
    latest_id: int
    back: Back | None


class Seat(NamedTuple):
    """An enrolment together with its course and provider."""

    id: int
    state: str
    access_path: str
    path_issued_by: str
    path_dated: date | None
    path_valid_to: date | None
    reserved_on: date
    sent_on: date | None
    confirmed_on: date | None
    expected_start: date | None
    started_on: date | None
    ended_on: date | None
    organisation_id: int
    course_kind: str
    course_title: str
    provider_name: str
    provider_office: int | None
    reserved_until: date | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with all that is recorded of it. Decisions, consents, seats, handovers: the newest first.

    Records: the paper that counts first (``residence_entries.current_first``).
    """

    case: Case
    person: Person
    today: date
    stages: Mapping[ListKey, Stage]
    answers: tuple[StoredAnswer, ...]
    records: tuple[ResidenceRecord, ...]
    decisions: tuple[AsylumDecision, ...]
    consents: tuple[Consent, ...]
    seats: tuple[Seat, ...]
    handovers: tuple[Handover, ...]
    offices: Mapping[int, Office]
    evidence: tuple[Proof, ...]
    drafts: tuple[Draft, ...]

    @property
    def direct(self) -> bool:
        """Whether the sphere was SGB II on arrival, so that there is no Agentur (rules.md 5)."""
        return self.case.agentur_id is None

    @property
    def accepted(self) -> bool:
        """Whether the Jobcenter has taken the case over."""
        return self.case.accepted_on is not None

    def office(self, organisation_id: int | None) -> str:
        """The name of an organisation; an empty text for none."""
        office = self.offices.get(organisation_id or 0)
        return office.name if office else ""

    def answer(self, code: str, holder: str) -> StoredAnswer | None:
        """What one holder answered to an item."""
        return next((row for row in self.answers if row.item == code and row.holder == holder), None)


def dossier_numbered(actor: Actor, number: str, today: date) -> Dossier:
    """The dossier of a case that this person may know today; NotVisible otherwise."""
    row = _CASE_NUMBERED.row(number)
    case = _case(row) if row else None
    if case is None or not blocks_of(actor, case, today):
        raise NotVisible
    return dossier(case, today)


def dossier(case: Case, today: date) -> Dossier:
    """Everything recorded of a case. Load the case together with its person, or one more query is asked."""
    person_id = case.person_id
    return Dossier(
        case=case,
        person=case.person,
        today=today,
        stages=_stages(case.id),
        answers=_answers(case.id),
        records=current_first(as_model(ResidenceRecord, _RECORD, row) for row in _RECORDS.rows(person_id)),
        decisions=tuple(as_model(AsylumDecision, _DECISION, row) for row in _DECISIONS.rows(person_id)),
        consents=tuple(as_model(Consent, _CONSENT, row) for row in _CONSENTS.rows(case.id)),
        seats=tuple(Seat(*row) for row in _SEATS.rows(case.id)),
        handovers=tuple(as_model(Handover, _HANDOVER, row) for row in _HANDOVERS.rows(case.id)),
        offices={row[0]: Office(*row[:4], bool(row[4])) for row in _OFFICES.rows()},
        evidence=proofs_of_case(case.id),
        drafts=drafts_of_case(case.id),
    )


def with_answer(held: Dossier, given: StoredAnswer, key: ListKey, account_id: int | None) -> Dossier:
    """The same case after somebody answered an item of the list ``key``, which changed no other record."""
    others = (row for row in held.answers if (row.item, row.holder) != (given.item, given.holder))
    stage = held.stages[key]
    begun = (
        stage
        if stage.state != StageState.OPEN
        else stage._replace(state=StageState.IN_PROGRESS, version=stage.version + 1)
    )
    drafts = tuple(draft for draft in held.drafts if (draft.account_id, draft.item) != (account_id, given.item))
    return replace(held, answers=(*others, given), stages={**held.stages, key: begun}, drafts=drafts)


def renewed(held: Dossier) -> Dossier:
    """The same case read again."""
    row = _CASE.row(held.case.id)
    if row is None:
        raise NotVisible
    return dossier(_case(row), held.today)


def _case(row: Row) -> Case:
    case: Case = as_model(Case, _CASE_COLUMNS, row[: len(_CASE_COLUMNS)])
    case.person = as_model(Person, _PERSON_COLUMNS, row[len(_CASE_COLUMNS) :])
    return case


def _stages(case_id: int) -> dict[ListKey, Stage]:
    rows = _STAGES.rows(case_id)
    stages = {row[1]: _stage(row) for row in rows}
    return {key: stages[key] for key in ListKey if key in stages}


def _stage(row: Row) -> Stage:
    back = Back(*row[8:]) if row[10] else None
    return Stage(row[0], ListKey(row[1]), row[2], StageState(row[3]), *row[4:8], back)


def _answers(case_id: int) -> tuple[StoredAnswer, ...]:
    return tuple(StoredAnswer(*row) for row in _ANSWERS.rows(case_id))


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
_WITH_PERSON = Case.select(*_CASE_COLUMNS, *_PERSON_COLUMNS).join(Person)
_CASE_NUMBERED = Prepared(lambda number: _WITH_PERSON.where(Case.number == number), str)
_CASE = Prepared(lambda case_id: _WITH_PERSON.where(Case.id == case_id), int)
_RECORD, _DECISION, _CONSENT = _fields(ResidenceRecord), _fields(AsylumDecision), _fields(Consent)
_RECORDS, _DECISIONS = _valid(ResidenceRecord, _RECORD), _valid(AsylumDecision, _DECISION)
_CONSENTS = Prepared(
    lambda case_id: Consent.select(*_CONSENT).where(Consent.case == case_id).order_by(Consent.id.desc()), int
)
# the snapshot is large and read by one query of its own where somebody may see it
_HANDOVER = _fields(Handover, "snapshot", "snapshot_sha256")
_HANDOVERS = Prepared(
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
_STAGES = Prepared(
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
    ),
    int,
)
_ANSWERS = Prepared(
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
    ),
    int,
)
_SEATS = Prepared(
    lambda case_id: (
        Enrolment.select(
            Enrolment.id,
            Enrolment.state,
            Enrolment.access_path,
            Enrolment.path_issued_by,
            Enrolment.path_dated,
            Enrolment.path_valid_to,
            Enrolment.reserved_on,
            Enrolment.sent_on,
            Enrolment.confirmed_on,
            Enrolment.expected_start,
            Enrolment.started_on,
            Enrolment.ended_on,
            Enrolment.organisation,
            Course.kind,
            Course.title,
            Provider.name,
            Provider.organisation,
            Enrolment.reserved_until,
        )
        .join(Course)
        .join(Provider)
        .where(Enrolment.case == case_id)
        .order_by(Enrolment.id.desc())
    ),
    int,
)
_OFFICES = Prepared(
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
