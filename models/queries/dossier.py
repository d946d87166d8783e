"""All rows that say something about one case, one query for each kind of row; facts and lists are made of them."""

from bisect import bisect
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from models.queries import agreed, asked, case_rows, drafts, missed_days, proofs, reported, visits
from models.queries.agreed import Agreed
from models.queries.asked import Asked
from models.queries.case_rows import Rows
from models.queries.drafts import Draft
from models.queries.kept_cases import Worked, keep, kept_case, unchanged
from models.queries.prepared import Row, raw_json
from models.queries.proofs import Proof
from models.queries.reported import Reported
from models.queries.scope import blocks_of
from models.rules.errors import NotVisible
from models.rules.residence_entries import current_first
from models.rules.roles import Actor
from models.rules.states import ListKey, StageState
from models.rules.visits import Visit
from models.tables import AsylumDecision, Case, Consent, Handover, Person, ResidenceRecord


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
    """An enrolment together with its course and provider, what was said of the registration by
    ``told_by``, and what was reported of the end by ``reported_by``.
    """

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
    reason_code: str
    test_on: date | None
    test_level: str | None
    test_module: str | None
    pk_number: str | None
    told_by: int | None
    told_on: date | None
    proposed_on: date | None
    course_ends_on: date | None
    marked_until: date | None
    exam: str | None
    exam_result: str | None
    exam_on: date | None
    lid_points: int | None
    reported_by: int | None
    reported_on: date | None
    proof_sent_on: date | None
    proof_in_system: bool | None
    proof_seen_on: date | None


class AskedPath(NamedTuple):
    """A request for an access path, with its answer (``tables.PathRequest``)."""

    id: int
    path: str
    body: str
    state: str
    asked_on: date
    organisation_id: int
    dated: date | None
    valid_to: date | None
    reference: str
    basis: str
    reason_code: str
    reason: str
    source: str
    answered_on: date | None
    answered_for: int | None
    noted_on: date | None
    version: int


class Competences(NamedTuple):
    """What the lists need of life-line, languages and availability (``rules.competences.summary``), by part."""

    parts: Mapping[str, Any]
    german_proved_on: date | None

    @property
    def doubts(self) -> list[tuple[str, str]]:
        """What is contradictory, with what contradicts it."""
        return [(str(what), str(why)) for what, why in self.parts.get("doubts", ())]


@dataclass(frozen=True, slots=True)
class Dossier(Worked):
    """A case with all that is recorded of it. Decisions, consents, seats, handovers, path requests: the newest first.

    Records: the paper that counts first (``residence_entries.current_first``). Never changed once made: the same object
    serves all looks at the case until one of its ``rows`` is another (``kept_cases``). ``competences``: None where
    nothing of them is recorded. ``missed``: enrolment and day of the last absences in a running course.
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
    visits: tuple[Visit, ...]
    competences: Competences | None
    agreement: Agreed | None
    path_requests: tuple[AskedPath, ...]
    missed: tuple[tuple[int, date], ...]
    reports: tuple[Reported, ...]
    questions: tuple[Asked, ...]
    rows: Rows = field(compare=False, repr=False)
    worked_out: dict[Hashable, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    @property
    def direct(self) -> bool:
        """Whether the sphere was SGB II on arrival, so that there is no Agentur (rules.md 5)."""
        return self.case.agentur_id is None

    @property
    def counselled_by(self) -> int:
        """The organisation that counsels before a handover: the Agentur, or the Jobcenter from the start."""
        return int(self.case.agentur_id or self.case.responsible_id)

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
        return self.once("answers", self._by_item).get((code, holder))

    def _by_item(self) -> dict[tuple[str, str], StoredAnswer]:
        return {(row.item, row.holder): row for row in self.answers}


def dossier_numbered(actor: Actor, number: str, today: date) -> Dossier:
    """The dossier of a case that this person may know today; NotVisible otherwise."""
    found = case_rows.CASE_NUMBERED.raw(number)
    case = _case_now(found[0], today) if found else None
    if case is None or not blocks_of(actor, case, today):
        raise NotVisible
    return _as_it_stands(found[0], case, today)


def dossier(case: Case, today: date) -> Dossier:
    """Everything recorded of a case. Load the case together with its person, or one more query is asked."""
    return _put_together(case, case_rows.read_rows(None, case.id, case.person_id), today)


def renewed(held: Dossier) -> Dossier:
    """The same case read again."""
    found = case_rows.CASE.raw(held.case.id)
    if not found:
        raise NotVisible
    return _as_it_stands(found[0], _case_now(found[0], held.today), held.today)


def with_answer(held: Dossier, given: StoredAnswer, key: ListKey, account_id: int | None) -> Dossier:
    """The same case after somebody answered an item of the list ``key``, which changed no other record."""
    stage = held.stages[key]
    if stage.state == StageState.OPEN:
        stage = stage._replace(state=StageState.IN_PROGRESS, version=stage.version + 1)
    before = held.answer(given.item, given.holder)
    place = held.answers.index(before) if before else bisect(held.answers, (given.item, given.holder))
    rows = _rows_after(held.rows, given, slice(place, place + bool(before)), stage, account_id)
    case = case_rows.AS_CASE.again(held.case, changed_at=given.answered_at)
    case.person = held.person
    after = replace(
        held,
        case=case,
        answers=(*held.answers[:place], given, *held.answers[place + bool(before) :]),
        stages={**held.stages, key: stage},
        drafts=tuple(draft for draft in held.drafts if (draft.account_id, draft.item) != (account_id, given.item)),
        rows=rows,
    )
    return keep(after) if rows.case else after


def _rows_after(rows: Rows, given: StoredAnswer, place: slice, stage: Stage, account_id: int | None) -> Rows:
    """The rows that the next look should find; where it finds others, it reads the case anew."""
    answers = list(rows.answers)
    answers[place] = [(*given[:3], raw_json(given.values), *given[4:])]
    open_drafts = [row for row in rows.drafts if (row[0], row[1]) != (account_id, given.item)]
    return rows._replace(
        case=rows.case and _case_row_after(rows.case, given.answered_at, bool(open_drafts)),
        stages=[
            (*row[:3], stage.state.value, *row[4:6], stage.version, *row[7:]) if row[0] == stage.id else row
            for row in rows.stages
        ],
        answers=answers,
        drafts=open_drafts,
    )


def _case_row_after(row: Row, changed_at: str, any_draft: bool) -> Row:
    after = list(row)
    after[case_rows.CHANGED_AT], after[case_rows.DRAFTS_AT] = changed_at, any_draft
    return tuple(after)


def _case_now(row: Row, today: date) -> Case:
    """The case and its person: those of the last look where nothing of them has changed."""
    before = kept_case(row[0], today)
    return before.case if before is not None and before.rows.case == row else _case(row)


def _case(row: Row) -> Case:
    (read,) = case_rows.CASE.read([row])
    case: Case = case_rows.AS_CASE(read[: case_rows.PERSON_AT])
    case.person = case_rows.AS_PERSON(read[case_rows.PERSON_AT : case_rows.SUMMARY_AT])
    return case


def _as_it_stands(row: Row, case: Case, today: date) -> Dossier:
    rows = case_rows.read_rows(row, case.id, case.person_id)
    return unchanged(case.id, today, rows) or keep(_put_together(case, rows, today))


def _put_together(case: Case, rows: Rows, today: date) -> Dossier:
    return Dossier(
        case=case,
        person=case.person,
        today=today,
        stages=_stages(case_rows.STAGES.read(rows.stages)),
        answers=tuple(StoredAnswer(*row) for row in case_rows.ANSWERS.read(rows.answers)),
        records=current_first(map(case_rows.AS_RECORD, case_rows.RECORDS.read(rows.records))),
        decisions=tuple(map(case_rows.AS_DECISION, case_rows.DECISIONS.read(rows.decisions))),
        consents=tuple(map(case_rows.AS_CONSENT, case_rows.CONSENTS.read(rows.consents))),
        seats=tuple(Seat(*row) for row in case_rows.SEATS.read(rows.seats)),
        handovers=tuple(map(case_rows.AS_HANDOVER, case_rows.HANDOVERS.read(rows.handovers))),
        offices={row[0]: Office(*row[:4], bool(row[4])) for row in rows.offices},
        evidence=tuple(Proof(*row) for row in proofs.OF_CASE.read(rows.evidence)),
        drafts=tuple(Draft(*row) for row in drafts.OF_CASE.read(rows.drafts)),
        visits=visits.read(rows.visits),
        competences=_competences(case_rows.COMPETENCES.read(rows.competences)),
        agreement=agreed.agreed_in(agreed.OF_CASE.read(rows.agreement)),
        path_requests=tuple(AskedPath(*row) for row in case_rows.PATH_REQUESTS.read(rows.path_requests)),
        missed=tuple((enrolment, day) for _case, enrolment, day in missed_days.OF_CASE.read(rows.missed)),
        reports=tuple(Reported(*row) for row in reported.OF_CASE.read(rows.reports)),
        questions=tuple(Asked(*row) for row in asked.OF_CASE.read(rows.questions)),
        rows=rows,
    )


def _competences(rows: list[Row]) -> Competences | None:
    return Competences(*rows[0]) if rows and rows[0][0] else None


def _stages(rows: list[Row]) -> dict[ListKey, Stage]:
    stages = {row[1]: _stage(row) for row in rows}
    return {key: stages[key] for key in ListKey if key in stages}


def _stage(row: Row) -> Stage:
    back = Back(*row[8:]) if row[10] else None
    return Stage(row[0], ListKey(row[1]), row[2], StageState(row[3]), *row[4:8], back)
