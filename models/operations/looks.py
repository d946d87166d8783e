"""Keeps what a person has looked at. No event: a look changes no record and tells only herself (decision 0019)."""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import EXCLUDED, chunked, fn

from models.base import db
from models.tables import Case, Event, LastLook, ReadMark

_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody saw a section of a case, with all events up to this one."""

    account_id: int
    case_id: int
    section: str
    last_event: int


def write_looks(looks: Sequence[Look]) -> None:
    """Keep a batch of looks, of each section the latest. A case that is gone since is left out."""
    if not looks:
        return
    latest: dict[tuple[int, int, str], int] = {}
    for look in looks:
        key = (look.account_id, look.case_id, look.section)
        latest[key] = max(look.last_event, latest.get(key, 0))
    with db.atomic():
        ids = {case_id for _account, case_id, _section in latest}
        there = {row[0] for row in Case.select(Case.id).where(Case.id.in_(ids)).tuples()}
        rows = [(*key, last) for key, last in sorted(latest.items()) if key[1] in there]
        for part in chunked(rows, _ROWS):
            new = LastLook.insert_many(part, [LastLook.account, LastLook.case, LastLook.section, LastLook.last_event])
            new.on_conflict(
                conflict_target=[LastLook.account, LastLook.case, LastLook.section],
                update={LastLook.last_event: EXCLUDED.last_event},
                where=EXCLUDED.last_event > LastLook.last_event,
            ).execute()


def begin_reading(account_id: int) -> None:
    """From the first login on a person is told what others change; before it nothing was ever unread for her."""
    ReadMark.insert(account=account_id, last_event=_newest()).on_conflict_ignore().execute()


def mark_all_read(account_id: int) -> None:
    """Everything up to now counts as read."""
    with db.atomic():
        mark = ReadMark.insert(account=account_id, last_event=_newest())
        mark.on_conflict(
            conflict_target=[ReadMark.account], update={ReadMark.last_event: EXCLUDED.last_event}
        ).execute()
        LastLook.delete().where(LastLook.account == account_id).execute()


def _newest() -> int:
    return int(Event.select(fn.MAX(Event.id)).scalar() or 0)
