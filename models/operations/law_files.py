"""Brings the law of the data files into the database, without touching what an administrator entered.

What stands from the files follows the files: a new entry comes in, a corrected one replaces the old one, one that is no
longer in them is taken out. Where an administrator ended, corrected or struck out an entry of the files, or entered
one of her own for the same time, hers stays; the file's version is kept in the history beside it, "not taken over".
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from models.operations.law_store import change, insert, raise_version, replace
from models.operations.ledger import record
from models.queries.law import as_entry, law_state
from models.rules.law.changes import Act, EntryOrigin
from models.rules.law.entries import Entry, LawStand
from models.rules.message import N_
from models.rules.roles import SYSTEM
from models.seed.law_data import file_entries, load_law
from models.tables import LawChange, LawEntry, LawState

NOT_TAKEN = N_("nicht übernommen: Der Eintrag der Verwaltung geht vor")
LEFT_FILES = N_("steht nicht mehr in den Dateien der neuen Fassung")


def follow_files(*, now: datetime) -> int:
    """Bring the stored law up to the files; returns how many entries were added, replaced or taken out.

    Must run inside the transaction of its caller.
    """
    entries, stand = file_entries()
    if law_state() is None:
        return _fill(entries, stand, now)
    known = _known_from_files()
    changed = sum(_follow(entry, known.get(entry.identity, []), now) for entry in entries)
    changed += _take_out(known, {entry.identity for entry in entries}, now)
    if _follow_stand(stand) or changed:
        raise_version()
    return changed


def _fill(entries: list[Entry], stand: LawStand, now: datetime) -> int:
    for entry in entries:
        insert(entry, EntryOrigin.FILES, now=now)
    LawState.create(version=1, as_of=stand.as_of, checked_on=stand.checked_on, source=stand.source)
    return len(entries)


def _known_from_files() -> dict[str, list[LawEntry]]:
    """All that ever came from the files, by identity, the oldest first."""
    known: dict[str, list[LawEntry]] = defaultdict(list)
    for row in LawEntry.select().where(LawEntry.identity.is_null(False)).order_by(LawEntry.id):
        known[row.identity].append(row)
    return known


def _follow(entry: Entry, known: list[LawEntry], now: datetime) -> int:
    """One entry of the files; ``known`` are its versions so far. Returns whether something was written."""
    latest = known[-1] if known and not _left_files(known[-1]) else None
    if latest and latest.digest == entry.digest:
        return 0
    standing = latest if latest and latest.replaced_at is None else None
    if (latest and standing is None) or _goes_against(entry):
        _keep_aside(entry, now)
        return 1
    row = insert(entry, EntryOrigin.FILES, now=now)
    if standing:
        replace(standing, row, now=now)
    change(Act.CORRECTED if standing else Act.ADDED, row, _both(standing, entry), load_law(), now=now)
    return 1


def _both(standing: LawEntry | None, entry: Entry) -> Iterable[Entry]:
    return (as_entry(standing), entry) if standing else (entry,)


def _left_files(row: LawEntry) -> bool:
    """Whether an earlier version of the files took it out; it may come back."""
    taken_out = LawChange.select().where(LawChange.entry == row.id, LawChange.act == Act.WITHDRAWN.value)
    return row.replaced_at is not None and taken_out.where(LawChange.account.is_null()).exists()


def _goes_against(entry: Entry) -> bool:
    """Whether an administrator entered something for the same name and time."""
    rows = LawEntry.select().where(
        LawEntry.topic == entry.topic.value,
        LawEntry.key == entry.key,
        LawEntry.replaced_at.is_null(),
        LawEntry.origin == EntryOrigin.ADMINISTRATION.value,
    )
    return any(as_entry(row).overlaps(entry) for row in rows)


def _keep_aside(entry: Entry, now: datetime) -> None:
    row = insert(entry, EntryOrigin.FILES, now=now, reason=NOT_TAKEN)
    replace(row, None, now=now)
    record(SYSTEM, "law.not_taken_over", {"entry": row.id, "topic": row.topic, "key": row.key}, now=now)


def _take_out(known: dict[str, list[LawEntry]], in_files: set[str], now: datetime) -> int:
    gone = [rows[-1] for identity, rows in known.items() if identity not in in_files and rows[-1].replaced_at is None]
    for row in gone:
        replace(row, None, now=now)
        change(Act.WITHDRAWN, row, (as_entry(row),), load_law(), now=now, reason=LEFT_FILES)
    return len(gone)


def _follow_stand(stand: LawStand) -> bool:
    """A newer version of the files was checked later than what stands; returns whether that is so."""
    newer = LawState.checked_on < stand.checked_on
    values = {"as_of": stand.as_of, "checked_on": stand.checked_on, "source": stand.source}
    return bool(LawState.update(**values).where(newer).execute())
