"""The facts behind tasks and deadlines: of one case from its dossier, of many cases in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from models.queries import asked, missed_days
from models.queries.agreed import OF_CASES, Agreed, agreed_in
from models.queries.derived_seats import ENDED_SEATS
from models.queries.dossier import Back, Dossier, Stage, dossier
from models.queries.facts import work_of
from models.queries.law import current_law
from models.queries.reported import OF_CASES as REPORTS
from models.queries.reported import Reported, as_facts
from models.queries.residence import awaits_work
from models.queries.task_rows import (
    AGREEMENT,
    ALTERNATIVE,
    CASES,
    DECISIONS,
    FIRST_TALK,
    HANDOVERS,
    ISSUED,
    NOT_HELD,
    OFFICES,
    PAPERS,
    PATH,
    PATHS,
    PROOFS,
    RETURNS,
    SEATS,
    STORED_ITEMS,
    WORK_CHECKED,
    CaseRow,
    HandoverRow,
    PaperRow,
    PathRow,
    SeatRow,
    answers_to,
    feeds_work,
    work_items,
)
from models.queries.visits import contacts_of
from models.rules.agreements import AgreementState, StepState
from models.rules.checklists import Item
from models.rules.law.data import CourseRight, Effect
from models.rules.law.outcomes import WorkOutcome
from models.rules.residence_entries import current_first
from models.rules.roles import Role
from models.rules.states import (
    AnswerState,
    CaseState,
    ConsentState,
    EnrolmentState,
    HandoverState,
    ListKey,
    PathRequestState,
)
from models.rules.tasks.facts import (
    HandoverFacts,
    PaperFacts,
    PathFacts,
    ProofFacts,
    QuestionFacts,
    ReportFacts,
    ReturnFacts,
    SeatFacts,
    StepFacts,
    TaskFacts,
)
from models.rules.times import from_stamp, local_day
from models.rules.visits import last_contact
from models.tables import Case, Person

_CHANGING = (Effect.RECOGNITION, Effect.REMOVAL_BAN)


def moves_tasks(item: Item) -> bool:
    """Whether an answer to the item may set off or end a task of its case."""
    return not item.in_list or item.code in STORED_ITEMS or feeds_work(item)


def facts_in(held: Dossier, work: WorkOutcome | None) -> TaskFacts:
    """The facts of a case that was read already; ``work`` is what the law says about employment."""
    case = held.case
    paper, decision = _first(held.records), _first(held.decisions)
    handover = _first(held.handovers)
    seats = [
        SeatRow(
            case.id, s.id, s.state, s.course_kind, s.reserved_until, s.sent_on, s.confirmed_on,
            s.organisation_id, s.provider_office, s.started_on, s.ended_on, s.reason_code,
            s.access_path, s.path_dated, s.path_valid_to, s.course_ends_on, s.marked_until,
            s.test_on, s.test_level, s.proposed_on,
            s.path_issued_by, s.proof_sent_on, s.proof_in_system, s.proof_seen_on,
        )
        for s in held.seats
        if s.state not in ENDED_SEATS or s.reason_code == NOT_HELD
    ]  # fmt: skip
    offices = {office.kind: office.id for office in held.offices.values()}
    return _put_together(
        CaseRow(*(getattr(case, name) for name in _BASE_NAMES), held.person.date_of_birth),
        offices,
        _paper(paper.code, paper.valid_to, paper.granted_on, paper.residence_condition_until) if paper else None,
        _served(decision.code, decision.served_on, decision.recorded_at) if decision else None,
        _handover(HandoverRow(*(getattr(handover, name) for name in _VERSION_NAMES))) if handover else None,
        seats,
        {row.item: (row.state, row.values or {}, row.answered_at) for row in held.answers if row.item in STORED_ITEMS},
        work.waiting_complete if work else None,
        tuple(_return(stage) for stage in held.stages.values() if stage.back),
        last_contact(held.visits, case.responsible_id),
        held.competences.german_proved_on if held.competences else None,
        held.agreement,
        [
            PathRow(
                case.id, one.path, one.body, one.state, one.asked_on, one.organisation_id, one.answered_on,
                one.answered_for, one.noted_on, one.dated,
            )
            for one in held.path_requests
        ],
        held.missed,
        last_contact(held.visits, offices.get(Role.COACH)),
        tuple(map(as_facts, held.reports)),
        tuple(asked.as_facts(one) for one in held.questions if not one.is_closed),
    )  # fmt: skip


def facts_of_cases(case_ids: Sequence[int], today: date) -> dict[int, TaskFacts]:
    """The facts of these cases by id. A case whose waiting time for work can be counted is read as a whole."""
    cases = {row[0]: CaseRow(*row) for row in CASES.rows(case_ids)}
    people = [case.person_id for case in cases.values()]
    offices = {kind: number for number, kind in OFFICES.rows()}
    papers, decisions = _papers(people), _decisions(people)
    handovers = {row[1]: _handover(HandoverRow(*row)) for row in HANDOVERS.rows(case_ids)}
    work = work_items()
    seats, answers, returns = _seats(case_ids), _answers(case_ids, work), _returns(case_ids)
    contacts = contacts_of(case_ids)
    proofs = dict(PROOFS.rows(case_ids))
    agreements, reports, questions = _agreements(case_ids), _reports(case_ids), _questions(case_ids)
    paths = _paths(case_ids)
    missed = _missed([number for number, own in seats.items() if any(map(_runs, own))])
    coach = offices.get(Role.COACH)
    found = {}
    for number, case in cases.items():
        paper = papers.get(case.person_id)
        complete = _waiting_complete(number, today) if _may_wait(case, paper, answers[number], work) else None
        found[number] = _put_together(
            case, offices, paper, decisions.get(case.person_id), handovers.get(number), seats[number],
            answers[number], complete, tuple(returns[number]), contacts[number].get(case.responsible_id),
            proofs.get(number),
            agreements.get(number), paths[number], missed[number], contacts[number].get(coach or 0),
            tuple(reports[number]),
            tuple(questions[number]),
        )  # fmt: skip
    return found


_Answers = Mapping[str, tuple[str, dict[str, Any], str]]


_BASE_NAMES = CaseRow._fields[:-1]
_VERSION_NAMES = HandoverRow._fields


def _put_together(
    case: CaseRow,
    offices: Mapping[str, int],
    paper: PaperFacts | None,
    served_on: date | None,
    handover: HandoverFacts | None,
    seats: Sequence[SeatRow],
    answers: _Answers,
    waiting_complete: date | None,
    returns: tuple[ReturnFacts, ...],
    met_on: date | None,
    german_proved_on: date | None,
    agreement: Agreed | None,
    paths: Iterable[PathRow],
    missed: Sequence[tuple[int, date]],
    coach_met_on: date | None,
    reports: tuple[ReportFacts, ...],
    questions: tuple[QuestionFacts, ...],
) -> TaskFacts:
    return TaskFacts(
        law=current_law(),
        case_open=case.state == CaseState.OPEN,
        accepted=case.accepted_on is not None,
        sphere=case.legal_sphere,
        born=case.born,
        opened_on=case.opened_on,
        municipality=case.municipality_id,
        responsible=case.responsible_id,
        agentur=case.agentur_id,
        coach=offices.get(Role.COACH),
        asylblg=offices.get(Role.ASYLBLG),
        first_contact=case.first_contact_on is not None,
        coach_reported_on=case.coach_reported_on,
        coach_asked=case.coach_consent != ConsentState.NONE,
        coach_agreed=case.coach_consent == ConsentState.GRANTED,
        coach_agreed_until=case.coach_consent_until,
        coaching_ended=case.coaching_ended_on is not None,
        receives_asylblg=case.receives_asylblg,
        asylblg_until=case.asylblg_until,
        paper=paper,
        served_on=served_on,
        handover=handover,
        seats=tuple(_seat(row, missed) for row in seats if row.state not in ENDED_SEATS),
        course_lost_on=max(
            (row.ended_on for row in seats if row.ended_on and row.reason_code == NOT_HELD), default=None
        ),
        reports=reports,
        questions=questions,
        agreed_on=_agreed_on(answers, agreement),
        steps=tuple(_open_steps(agreement)),
        path=str(_done(answers.get(PATH)).get("path") or ""),
        path_issued_on=_iso_day(_done(answers.get(ISSUED)).get("issued_on")),
        coach_contact=coach_met_on,
        obligation_asked_on=_obligation_asked_on(answers),
        waiting_complete=waiting_complete,
        work_checked_on=_day_of(answers.get(WORK_CHECKED)),
        returns=returns,
        last_contact=_last_contact(case, answers, met_on),
        german_proved_on=german_proved_on,
        paths=tuple(map(_path, paths)),
    )


def _last_contact(case: CaseRow, answers: _Answers, met_on: date | None) -> date | None:
    """Of a case that was taken over only what its new organisation did itself; before, the first contact counts too."""
    if case.accepted_on is not None:
        return met_on
    held_on = _done(answers.get(FIRST_TALK)).get("held_on")
    days = (met_on, case.first_contact_on, date.fromisoformat(held_on) if held_on else None)
    return max((day for day in days if day), default=None)


def _return(stage: Stage) -> ReturnFacts:
    back = cast(Back, stage.back)
    return ReturnFacts(stage.key, back.to, back.by, _local(back.at))


def _first(rows: Sequence[Any]) -> Any:
    return rows[0] if rows else None


def _paper(code: str, valid_to: date | None, granted_on: date | None, condition_until: date | None) -> PaperFacts:
    return PaperFacts(code, valid_to, granted_on, condition_until, _gives_claim(code))


def _gives_claim(code: str) -> bool:
    kind = current_law().residence(code)
    return bool(kind and kind.is_title and kind.course in (CourseRight.CLAIM, CourseRight.CLAIM_AFTER_GRANT))


def _served(code: str, served_on: date | None, recorded_at: str) -> date | None:
    decision = current_law().decision(code)
    changes = decision is not None and decision.effect in _CHANGING
    return _local(recorded_at) if served_on and changes else None


def _handover(row: HandoverRow) -> HandoverFacts:
    return HandoverFacts(
        state=HandoverState(row.state),
        due_on=row.due_on,
        id=row.id,
        sender=row.sender_id,
        receiver=row.receiver_id,
        sent_on=_local(row.sent_at) if row.sent_at else None,
        closed_on=_local(row.closed_at) if row.closed_at else None,
        copy_given=row.copy_given_on is not None,
        asylblg_until=row.asylblg_until,
    )


def _seat(row: SeatRow, missed: Sequence[tuple[int, date]]) -> SeatFacts:
    family = current_law().course_family(row.kind) or ""
    return SeatFacts(
        EnrolmentState(row.state), family, row.reserved_until, row.sent_on, row.confirmed_on, row.id,
        row.booker, row.provider, row.started_on, row.ended_on, row.path, row.path_dated, row.path_valid_to,
        row.course_ends_on, _as_day(row.marked_until), None if row.test_level else row.test_on,
        tuple(day for enrolment, day in missed if enrolment == row.id),
        row.proposed_on, _proof(row),
    )  # fmt: skip


def _proof(row: SeatRow) -> ProofFacts:
    return ProofFacts(
        row.path, row.issued_by, row.proof_sent_on, bool(row.proof_in_system), row.proof_seen_on is not None
    )


def _runs(row: SeatRow) -> bool:
    return row.state == EnrolmentState.STARTED


def _missed(case_ids: Sequence[int]) -> Mapping[int, list[tuple[int, date]]]:
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for case_id, enrolment, day in missed_days.OF_CASES.rows(case_ids):
        found[case_id].append((enrolment, day))
    return found


def _as_day(value: Any) -> date | None:
    return _iso_day(value) if isinstance(value, str) else value  # a subquery has no type on SQLite


def _iso_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _agreements(case_ids: Sequence[int]) -> dict[int, Agreed]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for number, *row in OF_CASES.rows(case_ids):
        rows[number].append(tuple(row))
    found = ((number, agreed_in(own)) for number, own in rows.items())
    return {number: agreement for number, agreement in found if agreement}


def _open_steps(agreement: Agreed | None) -> Iterable[StepFacts]:
    steps = agreement.steps if agreement else ()
    return (StepFacts(one.kind, one.who, one.until) for one in steps if one.state == StepState.OPEN)


def _agreed_on(answers: _Answers, agreement: Agreed | None) -> date | None:
    """The agreement of the case goes before what the list says of one on paper."""
    if agreement and agreement.state == AgreementState.AGREED:
        return agreement.agreed_on
    values = _done(answers.get(AGREEMENT))
    day = values.get("agreed_on") if values.get("outcome") == "AGREED" else None
    return date.fromisoformat(day) if day else None


def _obligation_asked_on(answers: _Answers) -> date | None:
    """Since when the path P5 is named or to be looked at, and nobody has issued anything (rules.md 9)."""
    asked = [
        code
        for code, key in ((ALTERNATIVE, "alternative"), (PATH, "path"))
        if _done(answers.get(code)).get(key) == "P5"
    ]
    if not asked or _done(answers.get(ISSUED)).get("issued_on"):
        return None
    return min(day for code in asked if (day := _day_of(answers.get(code))))


def _done(row: tuple[str, dict[str, Any], str] | None) -> dict[str, Any]:
    return row[1] if row and row[0] == AnswerState.DONE else {}


def _day_of(row: tuple[str, dict[str, Any], str] | None) -> date | None:
    return _local(row[2]) if row and row[0] == AnswerState.DONE else None


def _local(stamped: str) -> date:
    return local_day(from_stamp(stamped))


def _may_wait(case: CaseRow, paper: PaperFacts | None, answers: _Answers, work: frozenset[str]) -> bool:
    waits = case.state == CaseState.OPEN and case.accepted_on is None and paper and awaits_work(paper.code)
    return bool(waits) and not work.isdisjoint(answers)


def _waiting_complete(case_id: int, today: date) -> date | None:
    case = Case.select(Case, Person).join(Person).where(Case.id == case_id).get()
    return work_of(dossier(case, today)).waiting_complete


def _papers(person_ids: Sequence[int]) -> dict[int, PaperFacts]:
    newest = current_first(PaperRow(*row) for row in PAPERS.rows(person_ids))
    return {row.person_id: _paper(*row[1:5]) for row in reversed(newest)}


def _decisions(person_ids: Sequence[int]) -> dict[int, date | None]:
    """Of several the newest counts."""
    return {person_id: _served(*rest) for person_id, *rest in DECISIONS.rows(person_ids)}


def _seats(case_ids: Sequence[int]) -> Mapping[int, list[SeatRow]]:
    found: dict[int, list[SeatRow]] = defaultdict(list)
    for row in SEATS.rows(case_ids):
        found[row[0]].append(SeatRow(*row))
    return found


def _answers(case_ids: Sequence[int], work: frozenset[str]) -> Mapping[int, dict[str, tuple[str, dict[str, Any], str]]]:
    found: dict[int, dict[str, tuple[str, dict[str, Any], str]]] = defaultdict(dict)
    for case_id, item, *rest in answers_to(work).rows(case_ids):
        found[case_id][item] = tuple(rest)
    return found


def _paths(case_ids: Sequence[int]) -> Mapping[int, list[PathRow]]:
    found: dict[int, list[PathRow]] = defaultdict(list)
    for row in PATHS.rows(case_ids):
        found[row[0]].append(PathRow(*row))
    return found


def _path(row: PathRow) -> PathFacts:
    *told, noted_on, dated = row[4:]
    return PathFacts(row.path, row.body, PathRequestState(row.state), *told, noted_on is not None, dated)


def _returns(case_ids: Sequence[int]) -> Mapping[int, list[ReturnFacts]]:
    found: dict[int, list[ReturnFacts]] = defaultdict(list)
    for case_id, key, to, by, at in RETURNS.rows(case_ids):
        found[case_id].append(ReturnFacts(ListKey(key), to, by, _local(at)))
    return found


def _reports(case_ids: Sequence[int]) -> Mapping[int, list[ReportFacts]]:
    found: dict[int, list[ReportFacts]] = defaultdict(list)
    for case_id, *row in REPORTS.rows(case_ids):
        found[case_id].append(as_facts(Reported(*row)))
    return found


def _questions(case_ids: Sequence[int]) -> Mapping[int, list[QuestionFacts]]:
    found: dict[int, list[QuestionFacts]] = defaultdict(list)
    for case_id, *row in asked.OF_CASES.rows(case_ids):
        found[case_id].append(asked.as_facts(asked.Asked(*row)))
    return found
