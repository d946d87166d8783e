"""Closing a meeting with its signed minutes: nothing that anybody typed meanwhile may be left out unseen."""

from datetime import datetime

from models.base import db
from models.operations.documents import Belongs, IssuedFile, store_file
from models.operations.ledger import record
from models.operations.meeting_lock import take_open
from models.operations.minutes import may_write
from models.queries.meetings import MeetingView, meeting_of
from models.queries.minutes import Minutes, minutes_of, unsaved
from models.rules.appointments import broken
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import german_date, local_day, stamp
from models.rules.workgroup.meetings import MeetingState, lacks_quorum
from models.tables import Meeting


def check_signing(view: MeetingView, minutes: Minutes, *, despite_drafts: bool, actor: Actor, now: datetime) -> None:
    """RuleBroken where there is nothing to sign yet: before the day, empty minutes, resolutions without a quorum.

    At ``despite_drafts`` where somebody typed what she has not saved, unless it is to be left out.
    """
    may_write(actor)
    if view.row.held_on > local_day(now):
        raise RuleBroken(Message(N_("Die Sitzung ist erst am {day}."), day=german_date(view.row.held_on)))
    if not minutes.is_written:
        raise RuleBroken(Message(N_("Das Protokoll ist noch leer.")))
    problem = lacks_quorum(view.present, view.row.quorum) if minutes.resolved else None
    if problem:
        raise RuleBroken(problem)
    names = unsaved(view.row.id)
    if names and not despite_drafts:
        sentence = N_("Noch nicht gespeichert ist ein Text von: {names}. Bitte erst speichern oder hier bestätigen.")
        raise broken({"despite_drafts": Message(sentence, names=", ".join(names))})


def close_minutes(
    view: MeetingView, minutes: Minutes, file: IssuedFile, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Keep the signed file and close the meeting. StaleVersion where anything differs from what stands in the file."""
    with db.atomic():
        take_open(view.row.id, seen_version)
        _refuse_news(view, minutes, actor)
        document, digest = store_file(file, Belongs(), actor=actor, now=now)
        values = {"state": MeetingState.CLOSED, "document": document, "closed_by": actor.account_id}
        Meeting.update(**values, closed_at=stamp(now)).where(Meeting.id == view.row.id).execute()
        data: dict[str, object] = {"meeting": view.row.id, "file": digest, "resolutions": minutes.resolved}
        record(actor, "meeting.closed", data | {"from_version": seen_version}, now=now)


def _refuse_news(view: MeetingView, minutes: Minutes, actor: Actor) -> None:
    """Whoever writes locks the meeting's row first, so nobody can write between this look and the end."""
    now_there = meeting_of(actor, view.row.id)
    written = minutes_of(actor, now_there)
    same = (now_there.items, now_there.parties, written.entries, written.resolutions)
    if same != (view.items, view.parties, minutes.entries, minutes.resolutions):
        raise StaleVersion(
            Message(N_("Inzwischen hat noch jemand geschrieben. Lesen Sie es und unterschreiben Sie dann."))
        )
