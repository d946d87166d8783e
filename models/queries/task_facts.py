"""The facts behind tasks and deadlines: of one case from its dossier, of many cases in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from models.queries import asked, missed_days
from models.queries.agreed import OF_CASES, Agreed, agreed_in
from models.queries.derived_seats import ENDED_SEATS
from models.queries.dossier import Dossier, dossier
from models.queries.facts import work_of
from models.queries.reported import OF_CASES as REPORTS
from models.queries.reported import Reported, as_facts
from models.queries.residence import awaits_work
from models.queries.task_parts import (
    Answers,
    Gathered,
    as_task_facts,
    handover_facts,
    local_date,
    paper_facts,
    return_facts,
    told_on,
)
from models.queries.task_rows import (
    CASES,
    DECISIONS,
    HANDOVERS,
    NOT_HELD,
    OFFICES,
    PAPERS,
    PATHS,
    PROOFS,
    RETURNS,
    SEATS,
    STORED_ITEMS,
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
from models.rules.checklists import Item
from models.rules.law.outcomes import WorkOutcome
from models.rules.residence_entries import current_first
from models.rules.roles import Role
from models.rules.states import (
    CaseState,
    EnrolmentState,
    ListKey,
)
from models.rules.tasks import TASK_RULES, Due, tasks_of
from models.rules.tasks.facts import (
    PaperFacts,
    QuestionFacts,
    ReportFacts,
    ReturnFacts,
    TaskFacts,
)
from models.rules.visits import last_contact
from models.tables import Case, Person


def moves_tasks(item: Item) -> bool:
    """Whether an answer to the item may set off or end a task of its case."""
    return not item.in_list or item.code in STORED_ITEMS or feeds_work(item)


def facts_in(held: Dossier, work: WorkOutcome | None) -> TaskFacts:
    """The facts of a case that was read already; ``work`` is what the law says about employment."""
    case = held.case
    paper, decision = _first(held.records), _first(held.decisions)
    handover = _first(held.handovers)
    offices = {office.kind: office.id for office in held.offices.values()}
    read = Gathered(
        case=CaseRow(*(getattr(case, name) for name in _BASE_NAMES), held.person.date_of_birth),
        offices=offices,
        paper=paper_facts(paper.code, paper.valid_to, paper.granted_on, paper.residence_condition_until)
        if paper
        else None,
        served_on=told_on(decision.code, decision.served_on, decision.recorded_at) if decision else None,
        handover=handover_facts(HandoverRow(*(getattr(handover, name) for name in _VERSION_NAMES)))
        if handover
        else None,
        seats=list(_seats_in(held)),
        answers={
            row.item: (row.state, row.values or {}, row.answered_at) for row in held.answers if row.item in STORED_ITEMS
        },
        waiting_complete=work.waiting_complete if work else None,
        returns=tuple(return_facts(stage) for stage in held.stages.values() if stage.back),
        met_on=last_contact(held.visits, case.responsible_id),
        coach_met_on=last_contact(held.visits, offices.get(Role.COACH)),
        german_proved_on=held.competences.german_proved_on if held.competences else None,
        agreement=held.agreement,
        paths=list(_paths_in(held)),
        missed=held.missed,
        reports=tuple(map(as_facts, held.reports)),
        questions=tuple(asked.as_facts(one) for one in held.questions if not one.is_closed),
    )
    return as_task_facts(read)


def course_facts(held: Dossier) -> TaskFacts:
    """The facts of a case apart from employment, on which nothing about its courses rests."""
    return held.once("course facts", lambda: facts_in(held, None))


def course_dues(held: Dossier) -> tuple[Due, ...]:
    """What the table of tasks says of the courses of a case."""
    return held.once("course dues", lambda: tuple(_about_courses(tasks_of(course_facts(held)))))


def _about_courses(dues: Iterable[Due]) -> Iterator[Due]:
    return (due for due in dues if TASK_RULES[due.kind].link == COURSE_PAGE)


COURSE_PAGE = "kurs"
_BASE_NAMES = CaseRow._fields[:-1]
_VERSION_NAMES = HandoverRow._fields


def _seats_in(held: Dossier) -> Iterator[SeatRow]:
    for s in held.seats:
        if s.state not in ENDED_SEATS or s.reason_code == NOT_HELD:
            yield SeatRow(
                held.case.id, s.id, s.state, s.course_kind, s.reserved_until, s.sent_on, s.confirmed_on,
                s.organisation_id, s.provider_office, s.started_on, s.ended_on, s.reason_code,
                s.access_path, s.path_dated, s.path_valid_to, s.course_ends_on, s.marked_until,
                s.test_on, s.test_level, s.proposed_on,
                s.path_issued_by, s.proof_sent_on, s.proof_in_system, s.proof_seen_on,
            )  # fmt: skip


def _paths_in(held: Dossier) -> Iterator[PathRow]:
    for one in held.path_requests:
        yield PathRow(
            held.case.id, one.path, one.body, one.state, one.asked_on, one.organisation_id, one.answered_on,
            one.answered_for, one.noted_on, one.dated,
        )  # fmt: skip


def facts_of_cases(case_ids: Sequence[int], today: date) -> dict[int, TaskFacts]:
    """The facts of these cases by id. A case whose waiting time for work can be counted is read as a whole."""
    cases = {row[0]: CaseRow(*row) for row in CASES.rows(case_ids)}
    people = [case.person_id for case in cases.values()]
    offices = {kind: number for number, kind in OFFICES.rows()}
    papers, decisions = _papers(people), _decisions(people)
    handovers = {row[1]: handover_facts(HandoverRow(*row)) for row in HANDOVERS.rows(case_ids)}
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
        read = Gathered(
            case=case,
            offices=offices,
            paper=paper,
            served_on=decisions.get(case.person_id),
            handover=handovers.get(number),
            seats=seats[number],
            answers=answers[number],
            waiting_complete=complete,
            returns=tuple(returns[number]),
            met_on=contacts[number].get(case.responsible_id),
            coach_met_on=contacts[number].get(coach or 0),
            german_proved_on=proofs.get(number),
            agreement=agreements.get(number),
            paths=paths[number],
            missed=missed[number],
            reports=tuple(reports[number]),
            questions=tuple(questions[number]),
        )
        found[number] = as_task_facts(read)
    return found


def _first(rows: Sequence[Any]) -> Any:
    return rows[0] if rows else None


def _runs(row: SeatRow) -> bool:
    return row.state == EnrolmentState.STARTED


def _missed(case_ids: Sequence[int]) -> Mapping[int, list[tuple[int, date]]]:
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for case_id, enrolment, day in missed_days.OF_CASES.rows(case_ids):
        found[case_id].append((enrolment, day))
    return found


def _agreements(case_ids: Sequence[int]) -> dict[int, Agreed]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for number, *row in OF_CASES.rows(case_ids):
        rows[number].append(tuple(row))
    found = ((number, agreed_in(own)) for number, own in rows.items())
    return {number: agreement for number, agreement in found if agreement}


def _may_wait(case: CaseRow, paper: PaperFacts | None, answers: Answers, work: frozenset[str]) -> bool:
    waits = case.state == CaseState.OPEN and case.accepted_on is None and paper and awaits_work(paper.code)
    return bool(waits) and not work.isdisjoint(answers)


def _waiting_complete(case_id: int, today: date) -> date | None:
    case = Case.select(Case, Person).join(Person).where(Case.id == case_id).get()
    return work_of(dossier(case, today)).waiting_complete


def _papers(person_ids: Sequence[int]) -> dict[int, PaperFacts]:
    newest = current_first(PaperRow(*row) for row in PAPERS.rows(person_ids))
    return {row.person_id: paper_facts(*row[1:5]) for row in reversed(newest)}


def _decisions(person_ids: Sequence[int]) -> dict[int, date | None]:
    """Of several the newest counts."""
    return {person_id: told_on(*rest) for person_id, *rest in DECISIONS.rows(person_ids)}


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


def _returns(case_ids: Sequence[int]) -> Mapping[int, list[ReturnFacts]]:
    found: dict[int, list[ReturnFacts]] = defaultdict(list)
    for case_id, key, to, by, at in RETURNS.rows(case_ids):
        found[case_id].append(ReturnFacts(ListKey(key), to, by, local_date(at)))
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
