"""Places in courses: reserve, move, give back, let expire. A seat is taken under the lock of its course alone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.enrolment_claims import LEFT, end, expire, leave, take
from models.operations.ledger import record
from models.operations.seats import (
    hold_courses,
    offer_free_seats,
    refuse_full,
    take_seat,
)
from models.queries.enrolments import listed_at_the_time, listed_in, places_at_the_time
from models.queries.law import current_law
from models.rules.enrolments import RESERVED_FOR, Act, NamedPath, path_problems
from models.rules.errors import RuleBroken
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.plausibility import InCourse, check_plausible
from models.rules.reasons import Reason, check_reason
from models.rules.roles import Actor
from models.rules.states import EnrolmentState, ListKey, StageState
from models.rules.times import german_date, local_day
from models.tables import Case, CaseStage, Course, Enrolment, Person


def reserve_seat(
    case: Case,
    course: Course,
    named: NamedPath,
    paths: tuple[PathState, ...],
    double_reason: str = "",
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Reserve a seat for two weeks; returns the id of the enrolment.

    ``paths`` are the access paths P1 to P7 as the rules see them. RuleBroken, with nothing changed, for a path that is
    not open or lacks its paper (by field), for a second course at the same time without a reason for it, and for a
    course without a free seat or whose free seats belong to its waiting list.
    """
    today = local_day(now)
    check_path(named, course, paths, today)
    _refuse_double(places_at_the_time(case.id, course), course.id, double_reason)
    refuse_full(Course.get_by_id(course.id), today)  # told without waiting for locks; what counts is asked under them
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        held, freed = admit(case.id, course.id, double_reason, actor=actor, now=now)
        _refuse_listed(case.id, held.id)
        take_seat(held, today)
        enrolment_id = _reserved(case.id, held, named, double_reason, actor=actor, now=now)
    offer_free_seats(freed, now=now)
    return enrolment_id


def move_enrolment(
    enrolment: Enrolment,
    course: Course,
    paths: tuple[PathState, ...],
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Give a place back and reserve one in another course with the same access path, both or neither.

    Returns the id of the new enrolment; the seat that becomes free goes to the waiting list of the old course.
    """
    check_path(path_of(enrolment), course, paths, local_day(now))
    with db.atomic():
        enrolment_id, freed = moved(enrolment, course, seen_version=seen_version, actor=actor, now=now)
    offer_free_seats(freed, now=now)
    return enrolment_id


def moved(
    enrolment: Enrolment, course: Course, act: Act = Act.CANCEL, *, seen_version: int, actor: Actor, now: datetime
) -> tuple[int, frozenset[int]]:
    """The same inside a transaction, once the path was checked; ``act`` is how the person leaves the old course.

    The day since which she waits stays hers. Returns the id of the new enrolment, and the courses whose free seats are
    to be offered after the transaction.
    """
    take_open_case(enrolment.case_id, actor=actor, now=now)
    further = courses_to_enter(enrolment.case_id, course)
    row, _held = leave(enrolment, act, Reason("OTHER_COURSE"), further, seen_version, actor=actor, now=now)
    held, freed = admit(row.case_id, course.id, row.double_reason, actor=actor, now=now)
    _refuse_listed(row.case_id, held.id)
    take_seat(held, local_day(now))
    rank = {"waiting_since": row.waiting_since or row.reserved_on, "priority": row.priority}
    enrolment_id = _reserved(row.case_id, held, path_of(row), row.double_reason, rank, actor=actor, now=now)
    return enrolment_id, freed | {row.course_id}


def _reserved(
    case_id: int,
    course: Course,
    named: NamedPath,
    double_reason: str,
    rank: Mapping[str, object] = MappingProxyType({}),
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """``rank``: since when and with what priority the person waits, should this course be called off."""
    today = local_day(now)
    enrolment = Enrolment.create(
        case=case_id,
        course=course.id,
        state=EnrolmentState.RESERVED,
        reserved_on=today,
        reserved_until=today + RESERVED_FOR,
        double_reason=double_reason,
        organisation=actor.organisation_id,
        account=actor.account_id,
        **path_columns(named),
        **rank,
    )
    tell_reserved(enrolment.id, case_id, course, named, double_reason, actor=actor, now=now)
    return int(enrolment.id)


def tell_reserved(
    enrolment_id: int,
    case_id: int,
    course: Course,
    named: NamedPath,
    double_reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """What a new place means for its case: the list of courses has begun, and an event says so."""
    CaseStage.update(state=StageState.IN_PROGRESS, version=CaseStage.version + 1).where(
        CaseStage.case == case_id, CaseStage.key == ListKey.COURSES, CaseStage.state == StageState.OPEN
    ).execute()
    data = {"enrolment": enrolment_id, "course": course.number, "path": named.path, "issued_by": named.issued_by}
    data |= {"double_reason": double_reason} if double_reason else {}
    data |= {"dated": named.dated.isoformat()} if named.dated else {}
    record(actor, "enrolment.reserved", data, now=now, case_id=case_id)


def path_columns(named: NamedPath) -> dict[str, object]:
    """The columns of an enrolment that hold the named access path."""
    return {
        "access_path": named.path,
        "path_basis": named.basis,
        "path_issued_by": named.issued_by,
        "path_dated": named.dated,
        "path_valid_to": named.valid_to,
    }


def path_of(row: Enrolment) -> NamedPath:
    """The access path that an enrolment names."""
    return NamedPath(row.access_path, row.path_basis, row.path_issued_by, row.path_dated, row.path_valid_to)


def check_path(named: NamedPath, course: Course, paths: tuple[PathState, ...], today: date) -> None:
    """RuleBroken by field where the named path does not open this course, or lacks its paper (rules.md 10)."""
    law = current_law()
    suspension = law.admission_suspension(today)
    family = law.course_family(course.kind)
    if problems := path_problems(named, family, paths, today, suspension.valid_from if suspension else None):
        raise RuleBroken(next(iter(problems.values())), problems)


def admit(
    case_id: int, course_id: int, double_reason: str, *, actor: Actor, now: datetime
) -> tuple[Course, frozenset[int]]:
    """Lock the course for a place of this case; returns it, and the courses in which an offer to her became free.

    Inside the transaction that holds the case. RuleBroken at ``course`` for a place or an entry in the same course, and
    at ``double_reason`` for a course at the same time without a reason. With a place of her own the person leaves the
    lists of courses at the same time, unless two at once are meant.
    """
    course = Course.get_by_id(course_id)
    refuse_implausible(case_id, course, local_day(now))
    _refuse_double(places_at_the_time(case_id, course), course_id, double_reason)
    held = hold_courses(courses_to_enter(case_id, course))
    entries = [] if double_reason else listed_at_the_time(case_id, course)
    for entry in entries:
        act = Act.REFUSE if entry.state == EnrolmentState.OFFERED else Act.LEAVE
        row, state = take(entry, act, entry.version)
        end(row, state, Reason("OTHER_COURSE"), actor=actor, now=now, kind=LEFT)
    return held[course_id], frozenset(entry.course_id for entry in entries)


def courses_to_enter(case_id: int, course: Course) -> list[int]:
    """The courses that a place in this one touches: it, and those at the time on whose lists the person stands."""
    return [course.id, *(entry.course_id for entry in listed_at_the_time(case_id, course))]


def refuse_implausible(case_id: int, course: Course, today: date) -> None:
    """RuleBroken at ``course`` for a person who is too young for it, or a course whose days cannot be right (F50)."""
    born = Person.select(Person.date_of_birth).join(Case).where(Case.id == case_id).scalar()
    check_plausible(InCourse(born, today, course.starts_on, course.ends_on))


def _refuse_listed(case_id: int, course_id: int) -> None:
    """An offer in the same course holds a seat for the person already; who waits there comes by rank."""
    if listed_in(case_id, course_id):
        sentence = Message(N_("Die Person steht auf der Warteliste dieses Kurses: Nehmen Sie dort das Angebot an."))
        raise RuleBroken(sentence, {"course": sentence})


def _refuse_double(places: Iterable[Enrolment], course_id: int, double_reason: str) -> None:
    for place in places:
        known = {
            "title": place.course.title,
            "provider": place.course.provider.name,
            "day": german_date(place.course.starts_on),
        }
        if place.course_id == course_id:
            sentence = Message(N_("Die Person hat in diesem Kurs schon einen Platz."))
            raise RuleBroken(sentence, {"course": sentence})
        if not double_reason:
            text = N_("Die Person hat schon einen Platz: {title}, {provider}, ab {day}. Stornieren Sie ihn zuerst.")
            sentence = Message(text, **known)
            why = Message(N_("Oder nennen Sie den Grund für zwei Kurse zur gleichen Zeit."))
            raise RuleBroken(sentence, {"course": sentence, "double_reason": why})


def cancel_enrolment(enrolment: Enrolment, reason: Reason, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Give a seat back with a reason. RuleBroken without one, and for a course that has begun."""
    check_reason(Act.CANCEL, reason)
    with db.atomic():
        row, state = take(enrolment, Act.CANCEL, seen_version)
        end(row, state, reason, actor=actor, now=now)
    offer_free_seats([row.course_id], now=now)


def expire_reservations(*, now: datetime) -> int:
    """Free the seats of reservations whose time is over; returns how many. To be run once a day."""
    late = Enrolment.select().where(
        Enrolment.state == EnrolmentState.RESERVED, Enrolment.reserved_until < local_day(now)
    )
    expired = [enrolment.course_id for enrolment in list(late) if expire(enrolment, Reason("NOT_SENT"), now=now)]
    offer_free_seats(expired, now=now)
    return len(expired)
