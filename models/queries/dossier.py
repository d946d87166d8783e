"""All rows that say something about one case, one query for each kind of row; facts and lists are made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, fn

from models.queries.scope import visible_cases
from models.rules.errors import NotVisible
from models.rules.roles import Actor
from models.rules.states import AccountState, ListKey, StageState
from models.tables import (
    Account,
    Answer,
    AsylumDecision,
    Case,
    CaseStage,
    Consent,
    Course,
    Enrolment,
    Handover,
    Organisation,
    Person,
    Provider,
    ResidenceRecord,
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


class Stage(NamedTuple):
    """One list of the case and the version of its definition."""

    id: int
    key: ListKey
    definition_id: int
    state: StageState
    finished_on: date | None
    note: str
    version: int


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


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with all that is recorded of it. Records, decisions, consents, seats, handovers: the newest first."""

    case: Case
    today: date
    stages: Mapping[ListKey, Stage]
    answers: tuple[StoredAnswer, ...]
    records: tuple[ResidenceRecord, ...]
    decisions: tuple[AsylumDecision, ...]
    consents: tuple[Consent, ...]
    seats: tuple[Seat, ...]
    handovers: tuple[Handover, ...]
    offices: Mapping[int, Office]

    @property
    def person(self) -> Person:
        """The person of the case."""
        person: Person = self.case.person
        return person

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
    case = Case.select(Case, Person).join(Person).where(Case.number == number, visible_cases(actor, today)).first()
    if case is None:
        raise NotVisible
    return dossier(case, today)


def dossier(case: Case, today: date) -> Dossier:
    """Everything recorded of a case. Load the case together with its person, or one more query is asked."""
    person_id = case.person_id
    return Dossier(
        case=case,
        today=today,
        stages=_stages(case.id),
        answers=_answers(case.id),
        records=tuple(_valid(ResidenceRecord, person_id)),
        decisions=tuple(_valid(AsylumDecision, person_id)),
        consents=tuple(Consent.select().where(Consent.case == case.id).order_by(Consent.id.desc())),
        seats=_seats(case.id),
        handovers=_handovers(case.id),
        offices=_offices(),
    )


def renewed(held: Dossier, *, only_answers: bool = False) -> Dossier:
    """The same case read again after an answer; ``only_answers`` where no other record was written."""
    if only_answers:
        return replace(held, stages=_stages(held.case.id), answers=_answers(held.case.id))
    case = Case.select(Case, Person).join(Person).where(Case.id == held.case.id).get()
    return dossier(case, held.today)


def _stages(case_id: int) -> dict[ListKey, Stage]:
    columns = (
        CaseStage.id,
        CaseStage.key,
        CaseStage.definition,
        CaseStage.state,
        CaseStage.finished_on,
        CaseStage.note,
        CaseStage.version,
    )
    rows = CaseStage.select(*columns).where(CaseStage.case == case_id).tuples()
    stages = {row[1]: Stage(row[0], ListKey(row[1]), row[2], StageState(row[3]), *row[4:]) for row in rows}
    return {key: stages[key] for key in ListKey if key in stages}


def _answers(case_id: int) -> tuple[StoredAnswer, ...]:
    columns = (
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
    query = Answer.select(*columns).join(Account, JOIN.LEFT_OUTER).where(Answer.case == case_id)
    return tuple(StoredAnswer(*row) for row in query.tuples())


def _valid(table: type[ResidenceRecord] | type[AsylumDecision], person_id: int) -> Any:
    return table.select().where(table.person == person_id, table.voided_at.is_null()).order_by(table.id.desc())


def _seats(case_id: int) -> tuple[Seat, ...]:
    columns = (
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
    )
    query = Enrolment.select(*columns).join(Course).join(Provider).where(Enrolment.case == case_id)
    return tuple(Seat(*row) for row in query.order_by(Enrolment.id.desc()).tuples())


# the snapshot is large and read by one query of its own where somebody may see it
_HANDOVER_COLUMNS = tuple(
    field for name, field in Handover._meta.fields.items() if name not in ("snapshot", "snapshot_sha256")
)


def _handovers(case_id: int) -> tuple[Handover, ...]:
    query = Handover.select(*_HANDOVER_COLUMNS).where(Handover.case == case_id)
    return tuple(query.order_by(Handover.number.desc()))


def _offices() -> dict[int, Office]:
    account = Account.select(Account.id).where(
        Account.organisation == Organisation.id, Account.state != AccountState.LOCKED
    )
    columns = (Organisation.id, Organisation.key, Organisation.kind, Organisation.name, fn.EXISTS(account))
    return {row[0]: Office(*row[:4], bool(row[4])) for row in Organisation.select(*columns).tuples()}
