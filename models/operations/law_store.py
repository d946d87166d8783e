"""Writes entries of the law: every statement that touches their tables. Nothing is overwritten, nothing deleted."""

from collections.abc import Iterable
from datetime import datetime

from models.operations.ledger import record
from models.rules.law.changes import Act, EntryOrigin, touched_by
from models.rules.law.data import Law
from models.rules.law.entries import Entry
from models.rules.law.titles import title_of
from models.rules.roles import SYSTEM, Actor
from models.rules.times import stamp
from models.tables import LawChange, LawEntry, LawState


def insert(entry: Entry, origin: EntryOrigin, *, now: datetime, actor: Actor = SYSTEM, reason: str = "") -> LawEntry:
    """Store a new entry."""
    return LawEntry.create(
        topic=entry.topic.value,
        key=entry.key,
        position=entry.position,
        content=dict(entry.content),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        source=entry.source,
        note=entry.note,
        origin=origin.value,
        identity=entry.identity if origin is EntryOrigin.FILES else None,
        digest=entry.digest,
        reason=reason,
        account=actor.account_id,
        recorded_at=stamp(now),
    )


def replace(row: LawEntry, by: LawEntry | None, *, now: datetime) -> None:
    """Mark an entry as replaced, by another or by none."""
    values = {"replaced_at": stamp(now), "replaced_by": by.id if by else None}
    LawEntry.update(**values).where(LawEntry.id == row.id).execute()


def raise_version() -> None:
    """Make every process build the law anew."""
    LawState.update(version=LawState.version + 1).execute()


def change(
    act: Act,
    row: LawEntry,
    entries: Iterable[Entry],
    law: Law,
    *,
    now: datetime,
    actor: Actor = SYSTEM,
    reason: str = "",
) -> LawChange:
    """Record a change with the facts by which cases are touched, and its event. ``entries`` are the old and the new."""
    both = tuple(entries)
    latest = both[-1]
    made = LawChange.create(
        act=act.value,
        topic=row.topic,
        title=title_of(latest),
        effective_on=latest.valid_to if act is Act.ENDED else latest.valid_from,
        touched=touched_by(both, law).to_data(),
        entry=row.id,
        account=actor.account_id,
        recorded_at=stamp(now),
    )
    data = {"change": made.id, "act": act.value, "entry": row.id, "topic": row.topic, "key": row.key, "reason": reason}
    record(actor, "law.changed", data | {"digest": row.digest}, now=now)
    return made
