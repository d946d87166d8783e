"""What was read of a case as the facts that its tasks follow from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, cast

from models.queries.agreed import Agreed
from models.queries.derived_seats import ENDED_SEATS
from models.queries.dossier import Back, Stage
from models.queries.law import current_law
from models.queries.task_rows import (
    AGREEMENT,
    ALTERNATIVE,
    FIRST_TALK,
    ISSUED,
    NOT_HELD,
    PATH,
    WORK_CHECKED,
    CaseRow,
    HandoverRow,
    PathRow,
    SeatRow,
)
from models.rules.agreements import AgreementState, StepState
from models.rules.law.data import CourseRight, Effect
from models.rules.roles import Role
from models.rules.states import (
    AnswerState,
    CaseState,
    ConsentState,
    EnrolmentState,
    HandoverState,
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

Answers = Mapping[str, tuple[str, dict[str, Any], str]]
"""State, values and moment of the answers that tasks look at, by item."""

_CHANGING = (Effect.RECOGNITION, Effect.REMOVAL_BAN)


class Gathered(NamedTuple):
    """What was read of a case. ``met_on``, ``coach_met_on``: last contact of who is responsible, and of the coach."""

    case: CaseRow
    offices: Mapping[str, int]
    paper: PaperFacts | None
    served_on: date | None
    handover: HandoverFacts | None
    seats: Sequence[SeatRow]
    answers: Answers
    waiting_complete: date | None
    returns: tuple[ReturnFacts, ...]
    met_on: date | None
    coach_met_on: date | None
    german_proved_on: date | None
    agreement: Agreed | None
    paths: Sequence[PathRow]
    missed: Sequence[tuple[int, date]]
    reports: tuple[ReportFacts, ...]
    questions: tuple[QuestionFacts, ...]


def as_task_facts(read: Gathered) -> TaskFacts:
    """The facts that tasks follow from."""
    return TaskFacts(
        law=current_law(),
        paper=read.paper,
        served_on=read.served_on,
        handover=read.handover,
        waiting_complete=read.waiting_complete,
        returns=read.returns,
        reports=read.reports,
        questions=read.questions,
        german_proved_on=read.german_proved_on,
        coach_contact=read.coach_met_on,
        last_contact=_last_contact(read.case, read.answers, read.met_on),
        **_of_the_case(read.case, read.offices),
        **_of_courses(read),
        **_of_counselling(read),
    )


def _of_the_case(case: CaseRow, offices: Mapping[str, int]) -> dict[str, Any]:
    return {
        "case_open": case.state == CaseState.OPEN,
        "accepted": case.accepted_on is not None,
        "sphere": case.legal_sphere,
        "born": case.born,
        "opened_on": case.opened_on,
        "municipality": case.municipality_id,
        "responsible": case.responsible_id,
        "agentur": case.agentur_id,
        "coach": offices.get(Role.COACH),
        "asylblg": offices.get(Role.ASYLBLG),
        "first_contact": case.first_contact_on is not None,
        "coach_reported_on": case.coach_reported_on,
        "coach_asked": case.coach_consent != ConsentState.NONE,
        "coach_agreed": case.coach_consent == ConsentState.GRANTED,
        "coach_agreed_until": case.coach_consent_until,
        "coaching_ended": case.coaching_ended_on is not None,
        "receives_asylblg": case.receives_asylblg,
        "asylblg_until": case.asylblg_until,
    }


def _of_courses(read: Gathered) -> dict[str, Any]:
    lost = (row.ended_on for row in read.seats if row.ended_on and row.reason_code == NOT_HELD)
    return {
        "seats": tuple(_seat(row, read.missed) for row in read.seats if row.state not in ENDED_SEATS),
        "course_lost_on": max(lost, default=None),
        "path": str(_done(read.answers.get(PATH)).get("path") or ""),
        "path_issued_on": _iso_day(_done(read.answers.get(ISSUED)).get("issued_on")),
        "obligation_asked_on": _obligation_asked_on(read.answers),
        "paths": tuple(map(_path, read.paths)),
    }


def _of_counselling(read: Gathered) -> dict[str, Any]:
    return {
        "agreed_on": _agreed_on(read.answers, read.agreement),
        "steps": tuple(_open_steps(read.agreement)),
        "work_checked_on": _day_of(read.answers.get(WORK_CHECKED)),
    }


def _last_contact(case: CaseRow, answers: Answers, met_on: date | None) -> date | None:
    """Of a case that was taken over only what its new organisation did itself; before, the first contact counts too."""
    if case.accepted_on is not None:
        return met_on
    held_on = _done(answers.get(FIRST_TALK)).get("held_on")
    days = (met_on, case.first_contact_on, date.fromisoformat(held_on) if held_on else None)
    return max((day for day in days if day), default=None)


def return_facts(stage: Stage) -> ReturnFacts:
    """A list that was sent back, and to whom."""
    back = cast(Back, stage.back)
    return ReturnFacts(stage.key, back.to, back.by, local_date(back.at))


def paper_facts(code: str, valid_to: date | None, granted_on: date | None, condition_until: date | None) -> PaperFacts:
    """A residence paper."""
    return PaperFacts(code, valid_to, granted_on, condition_until, _gives_claim(code))


def _gives_claim(code: str) -> bool:
    kind = current_law().residence(code)
    return bool(kind and kind.is_title and kind.course in (CourseRight.CLAIM, CourseRight.CLAIM_AFTER_GRANT))


def told_on(code: str, served_on: date | None, recorded_at: str) -> date | None:
    """When the service of a decision that changes the legal sphere was recorded; None for any other."""
    decision = current_law().decision(code)
    changes = decision is not None and decision.effect in _CHANGING
    return local_date(recorded_at) if served_on and changes else None


def handover_facts(row: HandoverRow) -> HandoverFacts:
    """The handover that counts."""
    return HandoverFacts(
        state=HandoverState(row.state),
        due_on=row.due_on,
        id=row.id,
        sender=row.sender_id,
        receiver=row.receiver_id,
        sent_on=local_date(row.sent_at) if row.sent_at else None,
        closed_on=local_date(row.closed_at) if row.closed_at else None,
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


def _as_day(value: Any) -> date | None:
    return _iso_day(value) if isinstance(value, str) else value  # a subquery has no type on SQLite


def _iso_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _open_steps(agreement: Agreed | None) -> Iterable[StepFacts]:
    steps = agreement.steps if agreement else ()
    return (StepFacts(one.kind, one.who, one.until) for one in steps if one.state == StepState.OPEN)


def _agreed_on(answers: Answers, agreement: Agreed | None) -> date | None:
    """The agreement of the case goes before what the list says of one on paper."""
    if agreement and agreement.state == AgreementState.AGREED:
        return agreement.agreed_on
    values = _done(answers.get(AGREEMENT))
    day = values.get("agreed_on") if values.get("outcome") == "AGREED" else None
    return date.fromisoformat(day) if day else None


def _obligation_asked_on(answers: Answers) -> date | None:
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
    return local_date(row[2]) if row and row[0] == AnswerState.DONE else None


def local_date(stamped: str) -> date:
    """The day of a moment."""
    return local_day(from_stamp(stamped))


def _path(row: PathRow) -> PathFacts:
    *told, noted_on, dated = row[4:]
    return PathFacts(row.path, row.body, PathRequestState(row.state), *told, noted_on is not None, dated)
