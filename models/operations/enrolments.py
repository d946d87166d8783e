"""Seats in courses: reserve, give back, let expire. One statement takes a seat, so that none is given twice."""

from datetime import date, datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.enrolments import clashing_enrolment
from models.queries.law import current_law
from models.rules.enrolments import RESERVED_FOR, Act, NamedPath, next_state, path_problems
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.roles import SYSTEM, Actor
from models.rules.states import CaseState, EnrolmentState, ListKey, StageState
from models.rules.times import german_date, local_day, stamp
from models.tables import Case, CaseStage, Course, Enrolment


def reserve_seat(
    case: Case, course: Course, named: NamedPath, paths: tuple[PathState, ...], *, actor: Actor, now: datetime
) -> int:
    """Reserve a seat for two weeks; returns the id of the enrolment.

    ``paths`` are the access paths P1 to P7 as the rules see them. RuleBroken, with nothing changed, for a path that is
    not open or lacks its paper (by field), for a second course at the same time, and for a course without a free seat.
    """
    today = local_day(now)
    _check_path(named, course, paths, today)
    with db.atomic():
        _take_case(case, now)
        _refuse_clash(case, course)
        _take_seat(course, today)
        enrolment = Enrolment.create(
            case=case.id,
            course=course.id,
            state=EnrolmentState.RESERVED,
            access_path=named.path,
            path_basis=named.basis,
            path_issued_by=named.issued_by,
            path_dated=named.dated,
            path_valid_to=named.valid_to,
            reserved_on=today,
            reserved_until=today + RESERVED_FOR,
            organisation=actor.organisation_id,
            account=actor.account_id,
        )
        _begin_stage(case.id)
        data = {"enrolment": enrolment.id, "course": course.number, "path": named.path, "issued_by": named.issued_by}
        record(actor, "enrolment.reserved", data, now=now, case_id=case.id)
    return int(enrolment.id)


def _check_path(named: NamedPath, course: Course, paths: tuple[PathState, ...], today: date) -> None:
    law = current_law()
    suspension = law.admission_suspension(today)
    family = law.course_family(course.kind)
    if problems := path_problems(named, family, paths, today, suspension.valid_from if suspension else None):
        raise RuleBroken(next(iter(problems.values())), problems)


def _take_case(case: Case, now: datetime) -> None:
    """Reservations for one case come one after the other: this row is their lock."""
    query = Case.update(changed_at=stamp(now)).where(Case.id == case.id, Case.state == CaseState.OPEN)
    if not query.execute():
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))


def _begin_stage(case_id: int) -> None:
    CaseStage.update(state=StageState.IN_PROGRESS, version=CaseStage.version + 1).where(
        CaseStage.case == case_id, CaseStage.key == ListKey.COURSES, CaseStage.state == StageState.OPEN
    ).execute()


def _refuse_clash(case: Case, course: Course) -> None:
    clash = clashing_enrolment(case.id, course)
    if clash is None:
        return
    sentence = Message(
        N_("Die Person hat schon einen Platz: {title}, {provider}, ab {day}. Stornieren Sie ihn zuerst."),
        title=clash.course.title,
        provider=clash.course.provider.name,
        day=german_date(clash.course.starts_on),
    )
    raise RuleBroken(sentence, {"course": sentence})


def _take_seat(course: Course, today: date) -> None:
    bookable = (
        (Course.id == course.id)
        & (Course.taken < Course.seats)
        & Course.cancelled_on.is_null()
        & (Course.starts_on > today)
        & (Course.register_until.is_null() | (Course.register_until >= today))
    )
    if not Course.update(taken=Course.taken + 1).where(bookable).execute():
        sentence = _why_not(course.id, today)
        raise RuleBroken(sentence, {"course": sentence})


def _why_not(course_id: int, today: date) -> Message:
    course = Course.get_by_id(course_id)
    if course.cancelled_on:
        return Message(N_("Der Kurs ist abgesagt."))
    if course.starts_on <= today:
        return Message(N_("Der Kurs hat schon begonnen."))
    if course.register_until and course.register_until < today:
        return Message(N_("Die Anmeldefrist des Kurses ist vorbei."))
    return Message(N_("Der Kurs ist voll."))


def free_seat(course_id: int) -> None:
    """Give one seat of a course back, never below none; inside the transaction that ends the enrolment."""
    Course.update(taken=Course.taken - 1).where(Course.id == course_id, Course.taken > 0).execute()


def take(enrolment: Enrolment, act: Act, seen_version: int) -> tuple[Enrolment, EnrolmentState]:
    """Claim the enrolment for an act; returns its row as it stands and the state that follows.

    Must be the second statement of the operation. StaleVersion for a double click or an outdated page, RuleBroken where
    the table of transitions forbids it.
    """
    if not claim(Enrolment, enrolment.id, seen_version):
        raise StaleVersion(Message(N_("Die Anmeldung wurde inzwischen geändert. Es wurde nichts doppelt angelegt.")))
    current = Enrolment.get_by_id(enrolment.id)
    return current, next_state(act, EnrolmentState(current.state))


def end(row: Enrolment, state: EnrolmentState, reason: str, *, actor: Actor, now: datetime, source: str = "") -> None:
    """End an enrolment before its course and free its seat; inside the transaction that claimed it."""
    Enrolment.update(state=state, reason=reason, source=source, ended_on=local_day(now), reserved_until=None).where(
        Enrolment.id == row.id
    ).execute()
    free_seat(row.course_id)
    data = {"enrolment": row.id, "reason": reason, "source": source, "from_version": row.version - 1}
    record(actor, f"enrolment.{state}", data, now=now, case_id=row.case_id)


def cancel_enrolment(enrolment: Enrolment, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Give a seat back with a reason. RuleBroken without one, and for a course that has begun."""
    needs_reason(reason)
    with db.atomic():
        row, state = take(enrolment, Act.CANCEL, seen_version)
        end(row, state, reason, actor=actor, now=now)


def needs_reason(reason: str) -> None:
    """RuleBroken at the field ``reason`` where none is given."""
    if not reason:
        sentence = Message(N_("Bitte einen Grund angeben."))
        raise RuleBroken(sentence, {"reason": sentence})


def expire_reservations(*, now: datetime) -> int:
    """Free the seats of reservations whose time is over; returns how many. To be run once a day."""
    late = Enrolment.select().where(
        Enrolment.state == EnrolmentState.RESERVED, Enrolment.reserved_until < local_day(now)
    )
    return sum(_expire(enrolment, now) for enrolment in list(late))


def _expire(enrolment: Enrolment, now: datetime) -> bool:
    reason = str(Message(N_("Nicht innerhalb der Reservierung angemeldet.")))
    try:
        with db.atomic():
            row, state = take(enrolment, Act.EXPIRE, enrolment.version)
            end(row, state, reason, actor=SYSTEM, now=now)
    except (StaleVersion, RuleBroken):
        return False  # somebody acted on it in this moment
    return True
