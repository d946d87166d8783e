"""Invitations to a group information, who came, and people who come without being in any list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.ledger import claim, record
from models.operations.reception import Newcomer, receive_family
from models.queries.group_events import EventLine, Participant
from models.queries.invitations import invitable, taken_by_people
from models.rules.appointments import check_mark, clashes, refuse_clash, refuse_crowd
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.states import AttendanceState, GroupEventState
from models.rules.times import local_day, stamp
from models.tables import Attendance, Case, GroupEvent


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom to invite by case number. ``crowd``: more people than seats are meant; ``despite``: why a clash is right."""

    numbers: Collection[str]
    crowd: bool = False
    despite: str = ""


def invite(event: EventLine, wish: Invitation, *, actor: Actor, now: datetime) -> int:
    """Put people on the list of an event; returns how many. Who is on it already stays as she is.

    RuleBroken for nobody, for an event that is over or called off, for more people than seats that nobody confirmed,
    and where somebody has something else at that time and nobody gave a reason. Nothing is saved then.
    """
    if not may(actor.role, Permission.GROUP_EVENT_VIEW):
        raise NotAllowed
    with db.atomic():
        taken = _lock(event)
        if event.held_on < local_day(now):
            raise RuleBroken(Message(N_("Die Gruppeninformation war schon.")))
        cases = invitable(actor, event, wish.numbers, local_day(now))
        if not cases:
            nobody = Message(N_("Bitte mindestens eine Person auswählen, die noch nicht auf der Liste steht."))
            raise RuleBroken(nobody, {"people": nobody})
        refuse_crowd(event.capacity, taken, len(cases), confirmed=wish.crowd)
        reasons = clash_reasons(cases, event, wish.despite, actor)
        for case in cases:
            _put_on_list(event, case, AttendanceState.INVITED, actor, now, despite=reasons.get(case.id, ""))
    return len(cases)


def _lock(event: EventLine) -> int:
    """One change of the list after the other; returns how many are on it.

    RuleBroken for an event that was called off, StaleVersion for one that was changed since it was read.
    """
    planned = (GroupEvent.id == event.id) & (GroupEvent.state == GroupEventState.PLANNED)
    same = planned & (GroupEvent.version == event.version)
    if not GroupEvent.update(version=GroupEvent.version).where(same).execute():
        if GroupEvent.select().where(planned).exists():
            raise StaleVersion(Message(N_("Die Gruppeninformation wurde inzwischen geändert.")))
        raise RuleBroken(Message(N_("Die Gruppeninformation ist abgesagt.")))
    on_list = (Attendance.event == event.id) & (Attendance.state != AttendanceState.WITHDRAWN)
    return int(Attendance.select().where(on_list).count())


def clash_reasons(
    cases: list[Case], event: EventLine, despite: str, actor: Actor, field: str = "despite"
) -> dict[int, str]:
    """Why those with something else at that time are invited, by case.

    RuleBroken at ``field`` names them where nobody says why.
    """
    offices = {event.organisation_id, actor.organisation_id}
    taken = taken_by_people([case.id for case in cases], event, offices)
    found = {case: clashes(event.slot, taken.get(case.id, ())) for case in cases}
    sentences = [
        Message(N_("{name}: {sentence}"), name=f"{case.person.family_name}, {case.person.given_name}", sentence=text)
        for case, texts in found.items()
        for text in map(str, texts)
    ]
    reason = refuse_clash(sentences, despite, field)
    return {case.id: reason for case, texts in found.items() if texts}


def _put_on_list(
    event: EventLine, case: Case, state: AttendanceState, actor: Actor, now: datetime, despite: str = ""
) -> None:
    """A row for the case; who was taken off the list comes back on it."""
    take_open_case(case.id, actor=actor, now=now, before_handover=True)
    marked = state != AttendanceState.INVITED
    columns = {
        "state": state,
        "reason": "",
        "despite": despite,
        "walk_in": marked,
        "organisation": actor.organisation_id,
        "account": actor.account_id,
        "invited_at": stamp(now),
        "marked_at": stamp(now) if marked else None,
        "letter_at": None,
    }
    before = (Attendance.event == event.id) & (Attendance.case == case.id)
    if not Attendance.update(**columns, version=Attendance.version + 1).where(before).execute():
        Attendance.create(event=event.id, case=case.id, **columns)
    kind = "group.marked" if marked else "group.invited"
    record(actor, kind, _told(event) | {"attendance": state, "walk_in": marked}, now=now, case_id=case.id)


def _told(event: EventLine) -> dict[str, object]:
    return {"event": event.id, "held_on": event.held_on.isoformat()}


def withdraw_invitation(event: EventLine, one: Participant, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take somebody off the list who has not come yet: who invited her, or who holds the event; else NotAllowed.

    StaleVersion where she was marked or taken off since, RuleBroken for a case that is closed or handed over.
    """
    if not may(actor.role, Permission.GROUP_EVENT_VIEW) or not one.may_be_withdrawn_by(actor, event):
        raise NotAllowed
    with db.atomic():
        _lock(event)
        take_open_case(one.case_id, actor=actor, now=now, before_handover=True)
        invited = (Attendance.id == one.id) & (Attendance.state == AttendanceState.INVITED)
        if not claim(Attendance, one.id, seen_version) or not Attendance.select().where(invited).exists():
            raise StaleVersion(Message(N_("Die Liste wurde inzwischen geändert. Die Seite zeigt den neuen Stand.")))
        Attendance.update(state=AttendanceState.WITHDRAWN).where(Attendance.id == one.id).execute()
        data = _told(event) | {"from_version": seen_version}
        record(actor, "group.withdrawn", data, now=now, case_id=one.case_id)


def mark_attendance(
    event: EventLine,
    one: Participant,
    state: AttendanceState,
    reason: str,
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Say whether somebody came (A21 follows from it); can be corrected. NotAllowed for who does not hold the event.

    RuleBroken before the day and for "entschuldigt" without a reason, StaleVersion where somebody marked her since.
    """
    _holds(event, actor)
    if state in (AttendanceState.INVITED, AttendanceState.WITHDRAWN):
        raise RuleBroken(Message(N_("Bitte anwesend, nicht erschienen oder entschuldigt wählen.")))
    check_mark(state, reason, event.held_on, local_day(now))
    kept = "" if state == AttendanceState.ATTENDED else reason
    with db.atomic():
        _lock(event)
        take_open_case(one.case_id, actor=actor, now=now, before_handover=True)
        if one.state == AttendanceState.WITHDRAWN or not claim(Attendance, one.id, seen_version):
            raise StaleVersion(Message(N_("Jemand hat diese Person inzwischen abgehakt. Die Seite zeigt den Stand.")))
        Attendance.update(state=state, reason=kept, marked_at=stamp(now)).where(Attendance.id == one.id).execute()
        data = _told(event) | {"attendance": state, "why": kept, "from_version": seen_version}
        record(actor, "group.marked", data, now=now, case_id=one.case_id)


def _holds(event: EventLine, actor: Actor) -> None:
    if not may(actor.role, Permission.GROUP_EVENT_EDIT) or event.organisation_id != actor.organisation_id:
        raise NotAllowed


def let_in(event: EventLine, number: str, *, actor: Actor, now: datetime) -> None:
    """Somebody with a case came uninvited: on the list, and marked. RuleBroken for a number that cannot be on it."""
    _holds(event, actor)
    check_mark(AttendanceState.ATTENDED, "", event.held_on, local_day(now))
    with db.atomic():
        _lock(event)
        cases = invitable(actor, event, [number], local_day(now))
        if not cases:
            raise RuleBroken(Message(N_("Dieser Fall steht schon auf der Liste oder gehört nicht zu Ihren Fällen.")))
        _put_on_list(event, cases[0], AttendanceState.ATTENDED, actor, now)


def walk_in(event: EventLine, newcomer: Newcomer, *, token: str, actor: Actor, now: datetime) -> str:
    """Open somebody who is in no list, and mark her as attended, in one step; returns the case number.

    The Agentur may open people before they are allocated (case_model, ways into the system). ``token`` counts once.
    RuleBroken where a stored person may be the same and nobody has ruled that out.
    """
    _holds(event, actor)
    check_mark(AttendanceState.ATTENDED, "", event.held_on, local_day(now))
    with db.atomic():
        _lock(event)
        batch = receive_family([newcomer], token=token, actor=actor, now=now)
        number = str(batch.report["cases"][0])
        case = Case.get(Case.number == number)
        if not Attendance.select().where(Attendance.event == event.id, Attendance.case == case.id).exists():
            _put_on_list(event, case, AttendanceState.ATTENDED, actor, now)
    return number
