"""The waiting list of a full course: join, answer the offer of a free seat, leave; and what the calendar does."""

from datetime import date, datetime
from typing import Any

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.enrolment_claims import LEFT, end, expire, take
from models.operations.enrolments import admit, check_path, path_columns, path_of, refuse_implausible, tell_reserved
from models.operations.ledger import record
from models.operations.seats import at_course, free_seat, hold_courses, offer_free_seats, refuse_closed
from models.queries.enrolments import listed_in, places_at_the_time
from models.queries.law import current_law
from models.queries.seats import how_many_wait
from models.rules.enrolments import RESERVED_FOR, Act, NamedPath
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.reasons import Reason, check_reason
from models.rules.roles import SYSTEM, Actor
from models.rules.states import LISTED, EnrolmentState
from models.rules.times import local_day
from models.rules.waiting import MOST_OFFERS, Priority, priority_of
from models.tables import Case, Course, Enrolment

SGB2 = "S2"


def join_waiting_list(
    case: Case,
    course: Course,
    named: NamedPath,
    paths: tuple[PathState, ...],
    *,
    in_plan: bool = False,
    actor: Actor,
    now: datetime,
) -> int:
    """Put a person on the list of a full course; returns the id of the entry.

    ``in_plan``: the Jobcenter obliged her, or the course is in her Kooperationsplan. RuleBroken by field for a path
    that does not open the course, for who has a place at that time or stands on this list, and for a
    course with free seats.
    """
    today = local_day(now)
    check_path(named, course, paths, today)
    family = current_law().course_family(course.kind)
    priority = priority_of(named, family, in_plan=in_plan, receives_sgb2=case.legal_sphere == SGB2)
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        held = hold_courses([course.id])[course.id]
        _refuse_entry(case.id, held, today)
        refuse_closed(held, today)
        if held.taken < held.seats and not how_many_wait(held.id):
            raise at_course(N_("Der Kurs hat freie Plätze: Reservieren Sie einen."))
        booked = {"case": case.id, "organisation": actor.organisation_id, "account": actor.account_id}
        entry_id = _listed(held, named, booked | {"priority": priority, "waiting_since": today}, actor=actor, now=now)
    offer_free_seats([course.id], now=now)
    return entry_id


def _listed(course: Course, named: NamedPath, known: dict[str, Any], *, actor: Actor, now: datetime) -> int:
    """Store a new entry of the list of a course that is held; returns its id."""
    days = {"state": EnrolmentState.WAITING, "reserved_on": local_day(now)}
    entry = Enrolment.create(course=course.id, **days, **known, **path_columns(named))
    data = {"enrolment": entry.id, "course": course.number, "path": named.path, "priority": str(entry.priority)}
    data |= {"dated": named.dated.isoformat()} if named.dated else {}
    record(actor, "enrolment.waiting", data, now=now, case_id=entry.case_id)
    return int(entry.id)


def relisted(left: Enrolment, course: Course, *, actor: Actor, now: datetime) -> int:
    """Put who left another course on the list of this one, with the day since which she waits; returns the entry's id.

    Inside the transaction that holds the case and both courses. What the path opens is judged when she takes the offer.
    Who booked the old place stays the one who booked. RuleBroken for who has a place at that time or stands on this
    list, and for a course that takes nobody any more.
    """
    _refuse_entry(left.case_id, course, local_day(now))
    refuse_closed(course, local_day(now))
    booked = {"case": left.case_id, "organisation": left.organisation_id, "account": left.account_id}
    rank = {
        "priority": Priority(left.priority) or _by_path(left, course),
        "waiting_since": left.waiting_since or left.reserved_on,
    }
    return _listed(course, path_of(left), booked | rank, actor=actor, now=now)


def _by_path(left: Enrolment, course: Course) -> Priority:
    family = current_law().course_family(course.kind)
    return priority_of(path_of(left), family, in_plan=False, receives_sgb2=False)


def _refuse_entry(case_id: int, course: Course, today: date) -> None:
    if listed_in(case_id, course.id):
        raise at_course(N_("Die Person steht schon auf der Warteliste dieses Kurses."))
    if places_at_the_time(case_id, course):
        raise at_course(N_("Die Person hat zu dieser Zeit schon einen Platz in einem Kurs."))
    refuse_implausible(case_id, course, today)


def accept_offer(
    entry: Enrolment,
    named: NamedPath,
    paths: tuple[PathState, ...],
    double_reason: str = "",
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Make a reservation of an offer; the seat stays held. The person leaves the lists of courses at the same time.

    RuleBroken by field for a path that is not open any more or a place at the same time; for an offer that is over.
    """
    today = local_day(now)
    check_path(named, Course.get_by_id(entry.course_id), paths, today)
    with db.atomic():
        take_open_case(entry.case_id, actor=actor, now=now)
        row, state = take(entry, Act.ACCEPT, seen_version)
        if row.reserved_until < today:
            raise RuleBroken(Message(N_("Die Frist des Angebots ist vorbei; der Platz geht an den nächsten Rang.")))
        course, freed = admit(row.case_id, row.course_id, double_reason, actor=actor, now=now)
        refuse_closed(course, today)
        Enrolment.update(
            state=state,
            reserved_on=today,
            reserved_until=today + RESERVED_FOR,
            double_reason=double_reason,
            organisation=actor.organisation_id,
            account=actor.account_id,
            **path_columns(named),
        ).where(Enrolment.id == row.id).execute()
        tell_reserved(row.id, row.case_id, course, named, double_reason, actor=actor, now=now)
    offer_free_seats(freed, now=now)


def refuse_offer(entry: Enrolment, reason: Reason, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Note that the person does not want the offered seat: she leaves the list, and the next in rank is offered it."""
    check_reason(Act.REFUSE, reason)
    _leave(entry, Act.REFUSE, "enrolment.refused", reason, seen_version, actor, now)


def leave_waiting_list(entry: Enrolment, reason: Reason, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take a person off the list before a seat was offered."""
    check_reason(Act.LEAVE, reason)
    _leave(entry, Act.LEAVE, LEFT, reason, seen_version, actor, now)


def _leave(
    entry: Enrolment, act: Act, kind: str, reason: Reason, seen_version: int, actor: Actor, now: datetime
) -> None:
    with db.atomic():
        row, state = take(entry, act, seen_version)
        end(row, state, reason, actor=actor, now=now, kind=kind)
    offer_free_seats([row.course_id], now=now)


def keep_waiting_lists(*, now: datetime) -> tuple[int, int, int]:
    """What the calendar asks of all lists: returns how many offers lapsed, entries ended and seats were offered.

    To be run once a day; it also offers what a broken-off request left free.
    """
    today = local_day(now)
    ended = sum(_end_of_course(entry, now) for entry in _of_courses_over(now))
    late = Enrolment.select().where(Enrolment.state == EnrolmentState.OFFERED, Enrolment.reserved_until < today)
    lapsed = sum(_lapse(entry, now) for entry in list(late))
    waiting = Enrolment.select(Enrolment.course).where(Enrolment.state == EnrolmentState.WAITING).distinct()
    offered = offer_free_seats([course_id for (course_id,) in waiting.tuples()], now=now)
    return lapsed, ended, offered


def _of_courses_over(now: datetime) -> list[Enrolment]:
    over = (Course.starts_on <= local_day(now)) | Course.cancelled_on.is_null(False)
    query = Enrolment.select(Enrolment, Course).join(Course).where(Enrolment.state.in_(LISTED), over)
    return list(query)


def _end_of_course(entry: Enrolment, now: datetime) -> bool:
    return expire(entry, Reason("NOT_HELD" if entry.course.cancelled_on else "BEGUN"), now=now)


def _lapse(entry: Enrolment, now: datetime) -> bool:
    """An offer without an answer: the first sends the person behind all others, the last off the list."""
    if entry.lapses + 1 >= MOST_OFFERS:
        return expire(entry, Reason("NO_ANSWER"), now=now)
    try:
        with db.atomic():
            row, state = take(entry, Act.LAPSE, entry.version)
            Enrolment.update(state=state, lapses=Enrolment.lapses + 1, offered_on=None, reserved_until=None).where(
                Enrolment.id == row.id
            ).execute()
            free_seat(row.course_id)
            course = Course.get_by_id(row.course_id)
            data = {"enrolment": row.id, "course": course.number, "from_version": row.version - 1}
            record(SYSTEM, "enrolment.lapsed", data, now=now, case_id=row.case_id)
    except (StaleVersion, RuleBroken):
        return False  # somebody answered in this moment
    return True
