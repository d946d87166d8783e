"""Meetings of the working group: planned with a proposed agenda, changed, called off; invited, answered."""

from collections.abc import Collection
from datetime import datetime

from peewee import IntegrityError

from models.base import db
from models.operations.agenda import write_agenda
from models.operations.ledger import claim, record
from models.operations.meeting_lock import keep_open, take_open
from models.queries.agenda_facts import agenda_facts
from models.queries.meetings import MeetingView, PartyLine, can_be_invited, organises, slot_of, taken_rooms
from models.rules.appointments import broken, check_reason, refuse_clash
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.times import local_day, stamp
from models.rules.workgroup.agenda import propose
from models.rules.workgroup.meetings import (
    MeetingPlan,
    MeetingState,
    Reply,
    check_meeting,
    room_taken,
)
from models.rules.workgroup.minutes import check_entry
from models.tables import Meeting, MeetingParty


def plan_meeting(
    plan: MeetingPlan, invited: Collection[int], *, token: str, despite: str = "", actor: Actor, now: datetime
) -> int:
    """Plan a meeting and propose its agenda from the figures of today; returns its id.

    ``token`` came with the form and counts once. RuleBroken by field, at ``despite`` where the room is taken then.
    """
    _may(actor)
    check_meeting(plan, _known(invited), local_day(now))
    with db.atomic():
        known = Meeting.get_or_none(Meeting.token == token, Meeting.organisation == actor.organisation_id)
        if known:
            return int(known.id)
        _check_room(plan, despite, None)
        row = _create(plan, token, actor, now)
        _set_parties(row.id, invited)
        write_agenda(row.id, propose(agenda_facts(local_day(now))))
        data: dict[str, object] = {"meeting": row.id, "held_on": plan.slot.on.isoformat(), "invited": sorted(invited)}
        record(actor, "meeting.planned", data | {"despite": despite.strip()}, now=now)
    return int(row.id)


def _may(actor: Actor) -> None:
    if not organises(actor):
        raise NotAllowed


def _known(invited: Collection[int]) -> Collection[int]:
    known = {party.id for party in can_be_invited()}
    if not set(invited) <= known:
        raise broken({"parties": Message(N_("Bitte Stellen aus der Liste wählen."))})
    return invited


def _check_room(plan: MeetingPlan, despite: str, without: int | None) -> str:
    return refuse_clash(room_taken(plan.slot, plan.place, taken_rooms(plan.slot.on, without)), despite)


def _columns(plan: MeetingPlan, now: datetime) -> dict[str, object]:
    return {
        "title": plan.title.strip(),
        "held_on": plan.slot.on,
        "begins": plan.slot.begins,
        "ends": plan.slot.ends,
        "place": plan.place.strip(),
        "way_in": plan.way_in.strip(),
        "quorum": plan.quorum,
        "changed_at": stamp(now),
    }


def _create(plan: MeetingPlan, token: str, actor: Actor, now: datetime) -> Meeting:
    try:
        with db.atomic():
            made = {"created_by": actor.account_id, "created_at": stamp(now), "token": token}
            row: Meeting = Meeting.create(organisation=actor.organisation_id, **made, **_columns(plan, now))
            return row
    except IntegrityError:  # the same form, sent twice at once
        raise StaleVersion(Message(N_("Diese Sitzung ist schon geplant."))) from None


def _set_parties(meeting_id: int, invited: Collection[int]) -> None:
    """Exactly these are invited; who stays invited keeps her answer."""
    there = {row[0] for row in _of(meeting_id).tuples()}
    MeetingParty.delete().where(
        MeetingParty.meeting == meeting_id, MeetingParty.organisation.not_in(list(invited))
    ).execute()
    fresh = [{"meeting": meeting_id, "organisation": number} for number in sorted(set(invited) - there)]
    if fresh:
        MeetingParty.insert_many(fresh).execute()


def _of(meeting_id: int):  # type: ignore[no-untyped-def]
    return MeetingParty.select(MeetingParty.organisation).where(MeetingParty.meeting == meeting_id)


def change_meeting(
    view: MeetingView,
    plan: MeetingPlan,
    invited: Collection[int],
    *,
    seen_version: int,
    despite: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Change day, room or who is invited. Who had said that she comes is asked again where the day or time changed."""
    _may(actor)
    check_meeting(plan, _known(invited), local_day(now))
    with db.atomic():
        take_open(view.row.id, seen_version)
        _check_room(plan, despite, view.row.id)
        Meeting.update(**_columns(plan, now)).where(Meeting.id == view.row.id).execute()
        _set_parties(view.row.id, invited)
        if plan.slot != slot_of(view.row):
            MeetingParty.update(reply=Reply.OPEN, version=MeetingParty.version + 1).where(
                MeetingParty.meeting == view.row.id
            ).execute()
        days = [view.row.held_on.isoformat(), plan.slot.on.isoformat()]
        data: dict[str, object] = {"meeting": view.row.id, "held_on": days, "from_version": seen_version}
        record(actor, "meeting.changed", data | {"invited": sorted(invited), "despite": despite.strip()}, now=now)


def invite(view: MeetingView, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """From now on the invited organisations see the meeting and may answer. StaleVersion for a second click."""
    _may(actor)
    with db.atomic():
        take_open(view.row.id, seen_version)
        Meeting.update(state=MeetingState.INVITED, changed_at=stamp(now)).where(Meeting.id == view.row.id).execute()
        record(actor, "meeting.invited", {"meeting": view.row.id, "from_version": seen_version}, now=now)


def cancel_meeting(view: MeetingView, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Call a meeting off, with a reason; who was invited sees it. RuleBroken without one and for a day that is past."""
    _may(actor)
    why = check_reason(reason, "cancel_reason")
    check_entry(why, local_day(now), "cancel_reason")
    if view.row.held_on < local_day(now):
        raise RuleBroken(Message(N_("Was schon war, lässt sich nicht absagen.")))
    with db.atomic():
        take_open(view.row.id, seen_version)
        Meeting.update(state=MeetingState.CANCELLED, reason=why, changed_at=stamp(now)).where(
            Meeting.id == view.row.id
        ).execute()
        data: dict[str, object] = {"meeting": view.row.id, "reason": why, "from_version": seen_version}
        record(actor, "meeting.cancelled", data, now=now)


def answer_invitation(view: MeetingView, reply: Reply, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """An invited organisation says whether it comes; it may change its mind until the minutes are signed."""
    if view.mine is None:
        raise NotVisible
    if not may(actor.role, Permission.MEETING_VIEW):
        raise NotAllowed
    with db.atomic():
        _take_party(view, view.mine, seen_version)
        MeetingParty.update(reply=reply).where(MeetingParty.id == view.mine.id).execute()
        data: dict[str, object] = {"meeting": view.row.id, "reply": reply, "from_version": seen_version}
        record(actor, "meeting.answered", data, now=now)


def _take_party(view: MeetingView, party: PartyLine, seen_version: int) -> None:
    """Claim the row of a party while its meeting is open."""
    keep_open(view.row.id)
    if not claim(MeetingParty, party.id, seen_version):
        raise StaleVersion(Message(N_("Das wurde inzwischen anders eingetragen. Bitte noch einmal prüfen.")))
