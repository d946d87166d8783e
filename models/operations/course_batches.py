"""Several people of a course at once: moved to another course, or out of one that is called off.

What was asked is stored first. Each person is a transaction of its own that also notes what became of her, so that one
who cannot be moved undoes nobody else, and an interrupted batch goes on where it stopped.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from peewee import IntegrityError

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.enrolment_claims import leave
from models.operations.enrolments import check_path, moved, path_of
from models.operations.ledger import claim, hold_case, record
from models.operations.seats import at_course, offer_free_seats, refuse_closed
from models.operations.waiting import relisted
from models.queries.case_view import view_of
from models.queries.course_access import access_of
from models.queries.course_batches import open_rows
from models.queries.dossier import dossier
from models.queries.law import current_law
from models.queries.seats import how_many_wait
from models.rules.course_batches import BatchKind, Outcome, check_cancel_reason, leaving_act
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.reasons import Reason
from models.rules.roles import SYSTEM, Actor
from models.rules.states import LISTED, PLACED, CaseState, EnrolmentState
from models.rules.times import local_day, stamp
from models.tables import Case, Course, CourseBatch, CourseBatchRow, Enrolment

GONE = Message(N_("Die Person ist nicht mehr in diesem Kurs."))
CLOSED = Message(N_("Der Fall ist abgeschlossen: kein Angebot in einem anderen Kurs."))


@dataclass(frozen=True, slots=True)
class Off:
    """That a course is called off: the reason, and the course for which its people may wait instead."""

    code: str
    text: str = ""
    replacement: Course | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one person; ``freed`` are courses whose free seats are to be offered."""

    outcome: Outcome
    became: int | None = None
    freed: frozenset[int] = frozenset()
    sentence: Message | None = None


def move_people(
    course: Course,
    chosen: Mapping[int, int],
    target: Course | None,
    *,
    may_list: bool,
    token: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Move people of a course to another one, each with her access path; returns the id of the batch.

    ``chosen`` are enrolments of the course that the acting person sees, with their versions as seen. ``may_list``: who
    finds no free seat gives hers back and goes on the list with the day since which she waits. RuleBroken by field
    before anything is changed; what is refused for one person stands in her row of the batch.
    """
    if not chosen:
        sentence = Message(N_("Wählen Sie mindestens eine Person aus."))
        raise RuleBroken(sentence, {"people": sentence})
    _check_target(course, target, now)
    batch = {"kind": BatchKind.MOVE, "course": course.id, "target": target, "may_list": may_list, "token": token}
    with db.atomic():
        batch_id, is_new = _begun(batch, actor, now)
        if is_new:
            _list_rows(batch_id, chosen)
    go_on(batch_id, actor=actor, now=now)
    return batch_id


def cancel_course(course: Course, off: Off, *, seen_version: int, token: str, actor: Actor, now: datetime) -> int:
    """Call a course off; returns the id of the batch. From then on it takes nobody.

    Everybody's enrolment in it ends. With a replacement each person waits there with the day since which she waits, and
    its free seats are offered by rank. StaleVersion for an outdated page, RuleBroken by field for what lacks.
    """
    check_cancel_reason(off.code, off.text)
    if off.replacement:
        _check_target(course, off.replacement, now)
    batch = {"kind": BatchKind.CANCEL, "course": course.id, "target": off.replacement, "token": token}
    with db.atomic():
        batch_id, is_new = _begun(batch, actor, now)
        if is_new:
            _call_off(course.id, off, seen_version, actor, now)
            everybody = Enrolment.select(Enrolment.id, Enrolment.version).where(
                Enrolment.course == course.id, Enrolment.state.in_((*PLACED, *LISTED))
            )
            _list_rows(batch_id, dict(everybody.tuples()))
    go_on(batch_id, actor=actor, now=now)
    return batch_id


def _check_target(course: Course, target: Course | None, now: datetime) -> None:
    if target is None:
        raise at_course(N_("Wählen Sie einen Kurs."))
    if target.id == course.id:
        raise at_course(N_("Wählen Sie einen anderen Kurs als diesen."))
    family = current_law().course_family
    if family(target.kind) != family(course.kind):
        raise at_course(N_("Der andere Kurs ist von anderer Art; der Zugangsweg gilt dort nicht."))
    refuse_closed(target, local_day(now))


def _begun(batch: dict[str, object], actor: Actor, now: datetime) -> tuple[int, bool]:
    """The batch of this form, and whether it begins now; the token came with the form."""
    known = {"organisation": actor.organisation_id, "account": actor.account_id, "created_at": stamp(now)}
    try:
        with db.atomic():
            return int(CourseBatch.create(**batch, **known).id), True
    except IntegrityError:
        mine = (CourseBatch.token == batch["token"]) & (CourseBatch.organisation == actor.organisation_id)
        found = CourseBatch.get_or_none(mine)
        if found is None:
            raise StaleVersion from None
        return int(found.id), False


def _list_rows(batch_id: int, chosen: Mapping[int, int]) -> None:
    """A row for each person, who waits longest first."""
    since = Enrolment.select(Enrolment.id, Enrolment.case, Enrolment.waiting_since, Enrolment.reserved_on)
    found = sorted(since.where(Enrolment.id.in_(list(chosen))).tuples(), key=lambda row: (row[2] or row[3], row[0]))
    rows = [
        {"batch": batch_id, "case": case_id, "enrolment": number, "seen_version": chosen[number]}
        for number, case_id, *_days in found
    ]
    if rows:
        CourseBatchRow.insert_many(rows).execute()


def _call_off(course_id: int, off: Off, seen_version: int, actor: Actor, now: datetime) -> None:
    if not claim(Course, course_id, seen_version):
        raise StaleVersion(Message(N_("Der Kurs wurde inzwischen geändert. Laden Sie die Seite neu.")))
    course = Course.get_by_id(course_id)
    if course.cancelled_on:
        raise RuleBroken(Message(N_("Der Kurs ist schon abgesagt.")))
    Course.update(cancelled_on=local_day(now), cancel_code=off.code, cancel_text=off.text).where(
        Course.id == course_id
    ).execute()
    data = {"course": course.number, "reason": off.code, "from_version": seen_version}
    data |= {"replacement": off.replacement.number} if off.replacement else {}
    record(actor, "course.cancelled", data, now=now)


def finish_cancellations(*, now: datetime) -> int:
    """Go on with courses that were called off when something broke in; returns how many. To be run once a day, before
    the calendar ends entries and reservations, which would lose their rank.
    """
    unfinished = (CourseBatch.kind == BatchKind.CANCEL) & (CourseBatchRow.outcome == Outcome.OPEN)
    query = CourseBatch.select(CourseBatch.id).join(CourseBatchRow).where(unfinished).distinct()
    batches = [number for (number,) in query.order_by(CourseBatch.id).tuples()]
    for batch_id in batches:
        go_on(batch_id, actor=SYSTEM, now=now)
    return len(batches)


def go_on(batch_id: int, *, actor: Actor, now: datetime) -> None:
    """Settle every row that is still open. May be called again at any time: nobody is moved twice."""
    batch = CourseBatch.get_by_id(batch_id)
    freed = {batch.course_id, *({batch.target_id} - {None})}
    for row in open_rows(batch_id):
        freed |= _settle(batch, row, actor, now)
    offer_free_seats(freed, now=now)


def _settle(batch: CourseBatch, row: CourseBatchRow, actor: Actor, now: datetime) -> frozenset[int]:
    """One person; returns the courses whose free seats are to be offered."""
    paths = _paths(row, actor, now) if batch.kind == BatchKind.MOVE else ()
    try:
        with db.atomic():
            if not _take(row):
                return frozenset()
            settled = _moved(batch, row, paths, actor, now) if paths else _called_off(batch, row, actor, now)
            _note(row, settled)
    except (RuleBroken, StaleVersion) as refused:
        with db.atomic():
            if _take(row):
                _note(row, Settled(Outcome.REFUSED, sentence=refused.message))
        return frozenset()
    return settled.freed


def _paths(row: CourseBatchRow, actor: Actor, now: datetime) -> tuple[PathState, ...]:
    """Read before the transaction: judging the ways into a course takes longer than moving somebody."""
    return access_of(view_of(dossier(Case.get_by_id(row.case_id), local_day(now)), actor)).states


def _take(row: CourseBatchRow) -> bool:
    """Hold the row; False where somebody else settled it in this moment."""
    still_open = (CourseBatchRow.id == row.id) & (CourseBatchRow.outcome == Outcome.OPEN)
    return bool(CourseBatchRow.update(outcome=Outcome.OPEN).where(still_open).execute())


def _note(row: CourseBatchRow, settled: Settled) -> None:
    told = {"outcome": settled.outcome, "became": settled.became, "sentence": str(settled.sentence or "")}
    CourseBatchRow.update(told).where(CourseBatchRow.id == row.id).execute()


def _moved(
    batch: CourseBatch, row: CourseBatchRow, paths: tuple[PathState, ...], actor: Actor, now: datetime
) -> Settled:
    enrolment = Enrolment.get_by_id(row.enrolment_id)
    act = leaving_act(EnrolmentState(enrolment.state), BatchKind.MOVE)
    if act is None:
        raise RuleBroken(GONE)
    check_path(path_of(enrolment), batch.target, paths, local_day(now))
    by = {"actor": actor, "now": now}
    try:
        with db.atomic():
            became, freed = moved(enrolment, batch.target, act, seen_version=row.seen_version, **by)
            return Settled(Outcome.MOVED, became, freed)
    except RuleBroken:
        if not (batch.may_list and _is_full(batch.target_id)):
            raise
    take_open_case(row.case_id, **by)
    why = Reason("OTHER_COURSE")
    left, held = leave(enrolment, act, why, [batch.target_id], row.seen_version, **by)
    return Settled(Outcome.LISTED, relisted(left, held[batch.target_id], **by))


def _is_full(course_id: int) -> bool:
    course = Course.get_by_id(course_id)
    return course.taken >= course.seats or bool(how_many_wait(course_id))


def _called_off(batch: CourseBatch, row: CourseBatchRow, actor: Actor, now: datetime) -> Settled:
    hold_case(row.case_id)
    enrolment, by = Enrolment.get_by_id(row.enrolment_id), {"actor": actor, "now": now}
    act = leaving_act(EnrolmentState(enrolment.state), BatchKind.CANCEL)
    if act is None:
        raise RuleBroken(GONE)
    further = [batch.target_id] if batch.target_id else []
    left, held = leave(enrolment, act, Reason("NOT_HELD"), further, enrolment.version, **by)
    if not further:
        return Settled(Outcome.ENDED)
    if not Case.select().where(Case.id == row.case_id, Case.state == CaseState.OPEN).exists():
        return Settled(Outcome.ENDED, sentence=CLOSED)
    try:
        with db.atomic():
            return Settled(Outcome.LISTED, relisted(left, held[batch.target_id], **by))
    except RuleBroken as refused:  # the place is lost all the same
        return Settled(Outcome.ENDED, sentence=refused.message)
