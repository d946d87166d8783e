"""Resolutions of a meeting: written and changed until the minutes are signed, then reported done or dropped."""

from collections.abc import Collection
from datetime import datetime

from peewee import IntegrityError

from models.base import db
from models.operations.ledger import claim, record
from models.operations.meeting_lock import keep_open
from models.operations.minutes import may_write
from models.queries.meetings import ItemLine, MeetingView, organises
from models.queries.minutes import ResolutionLine
from models.rules.appointments import broken
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import local_day
from models.rules.workgroup.meetings import MeetingState, lacks_quorum
from models.rules.workgroup.minutes import ResolutionPlan, ResolutionState, check_note, check_resolution
from models.tables import MeetingParty, Resolution

STALE = N_("Der Beschluss wurde inzwischen geändert. Ihre Eingabe steht noch hier.")


def add_resolution(
    view: MeetingView,
    item: ItemLine,
    plan: ResolutionPlan,
    owners: Collection[int],
    *,
    token: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what is resolved at a point. ``token`` came with the form and counts once.

    RuleBroken by field: no words, no owner, no day; at ``text`` where too few organisations are there to decide.
    """
    may_write(actor)
    check_resolution(plan, owners, view.row.held_on, local_day(now))
    with db.atomic():
        keep_open(view.row.id)
        present = MeetingParty.select().where(MeetingParty.meeting == view.row.id, MeetingParty.present).count()
        if problem := lacks_quorum(present, view.row.quorum):
            raise broken({"text": problem})
        number = _create(item, plan, token)
        if number:
            data = _data(plan) | {"meeting": view.row.id, "resolution": number}
            record(actor, "resolution.made", data, now=now)


def _columns(plan: ResolutionPlan) -> dict[str, object]:
    return {
        "text": plan.text.strip(),
        "owner": plan.owner,
        "contact": plan.contact.strip(),
        "due_on": plan.due_on,
    }


def _data(plan: ResolutionPlan) -> dict[str, object]:
    return {"text": plan.text.strip(), "owner": plan.owner, "due_on": str(plan.due_on)}


def _create(item: ItemLine, plan: ResolutionPlan, token: str) -> int | None:
    try:
        with db.atomic():
            return int(Resolution.create(item=item.id, token=token, **_columns(plan)).id)
    except IntegrityError:  # the second of two clicks
        return None


def change_resolution(
    view: MeetingView,
    line: ResolutionLine,
    plan: ResolutionPlan,
    owners: Collection[int],
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Word a resolution anew, as long as the minutes are not signed. StaleVersion where somebody was faster."""
    may_write(actor)
    check_resolution(plan, owners, view.row.held_on, local_day(now))
    with db.atomic():
        keep_open(view.row.id)
        _take(line, seen_version)
        Resolution.update(**_columns(plan)).where(Resolution.id == line.id).execute()
        record(actor, "resolution.changed", _data(plan) | {"resolution": line.id}, now=now)


def remove_resolution(
    view: MeetingView, line: ResolutionLine, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Take a resolution out of minutes that are not signed yet."""
    may_write(actor)
    with db.atomic():
        keep_open(view.row.id)
        _take(line, seen_version)
        Resolution.delete().where(Resolution.id == line.id).execute()
        record(actor, "resolution.removed", {"resolution": line.id, "text": line.text}, now=now)


def _take(line: ResolutionLine, seen_version: int) -> None:
    if not claim(Resolution, line.id, seen_version):
        raise StaleVersion(Message(STALE))


def settle_resolution(
    line: ResolutionLine, state: ResolutionState, note: str, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Report a resolution of signed minutes as done, or open it again; the organiser may also drop it with a reason."""
    if actor.organisation_id != line.owner_id and not organises(actor):
        raise NotAllowed
    if state == ResolutionState.DROPPED and not organises(actor):
        raise NotAllowed(Message(N_("Nur die Koordination legt einen Beschluss zu den Akten.")))
    if line.meeting_state != MeetingState.CLOSED:
        raise RuleBroken(Message(N_("Das Protokoll ist noch nicht unterschrieben.")))
    words = check_note(note, state, local_day(now))
    with db.atomic():
        _take(line, seen_version)
        over = state != ResolutionState.OPEN
        values = {
            "state": state,
            "note": words,
            "settled_on": local_day(now) if over else None,
            "settled_by": actor.account_id if over else None,
        }
        Resolution.update(**values).where(Resolution.id == line.id).execute()
        data: dict[str, object] = {"resolution": line.id, "state": [line.state, state], "from_version": seen_version}
        record(actor, "resolution.settled", data | {"note": words}, now=now)
