"""The maintained law of this installation: built from its entries once, and again when somebody changed them.

Each process keeps the law it built. ``LawState.version`` grows with every change; the query that finds the login of a
request reads it along (``version_asked``), so that the next request after a change sees it in every process and no page
asks a query more. What runs without a login (a command) builds the law when it first asks for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import JOIN, Database, ModelSelect, fn

from models.base import db
from models.rules.law.data import Law
from models.rules.law.entries import Entry, LawStand, Topic, law_from
from models.tables import Account, LawChange, LawEntry, LawState


@dataclass(frozen=True, slots=True)
class _Held:
    """The law that was built, from which database and which version of it."""

    database: Database
    version: int
    law: Law


class _Kept:
    """What this process keeps; replaced as a whole, so that threads never see half of it."""

    held: _Held | None = None


def current_law() -> Law:
    """The law as it stands. RuntimeError where the database was never filled (``db upgrade``)."""
    held = _Kept.held
    if held is None or held.database is not db.obj:
        held = _Kept.held = _read()
    return held.law


def notice_version(version: int | None) -> None:
    """Tell this process the version that the database has now; another one than was built is built anew when asked."""
    held = _Kept.held
    if held is not None and held.version != version:
        _Kept.held = None


def version_asked() -> ModelSelect:
    """The version of the law as a column of another query."""
    return LawState.select(fn.MAX(LawState.version))


def law_state() -> LawState | None:
    """The state of the whole; None where the database was never filled."""
    return LawState.select().first()


def _read() -> _Held:
    """The version first: what is changed while the entries are read makes it old, and the next request builds anew."""
    state = law_state()
    if state is None:
        raise RuntimeError("The database holds no law yet: run 'db upgrade'.")
    entries = [as_entry(row) for row in entries_standing()]
    return _Held(db.obj, state.version, law_from(entries, LawStand(state.as_of, state.checked_on, state.source)))


def as_entry(row: LawEntry) -> Entry:
    """A stored entry as the rules take it."""
    return Entry(
        topic=Topic(row.topic),
        content=row.content,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        source=row.source,
        note=row.note,
        position=row.position,
    )


def entries_standing() -> ModelSelect:
    """All entries that stand, in their order."""
    return LawEntry.select().where(LawEntry.replaced_at.is_null()).order_by(LawEntry.position, LawEntry.id)


def standing_entries(topic: Topic, key: str | None = None) -> Sequence[LawEntry]:
    """The entries of a topic that stand, with who entered them; only those of one name where ``key`` is given."""
    query = LawEntry.select(LawEntry, Account).join(Account, JOIN.LEFT_OUTER).where(LawEntry.topic == topic.value)
    query = query.where(LawEntry.replaced_at.is_null())
    if key is not None:
        query = query.where(LawEntry.key == key)
    return list(query.order_by(LawEntry.position, LawEntry.valid_from, LawEntry.id))


def replaced_entries(topic: Topic, most: int = 200) -> Sequence[LawEntry]:
    """The entries of a topic that were replaced or not taken over, the latest first."""
    query = LawEntry.select(LawEntry, Account).join(Account, JOIN.LEFT_OUTER).where(LawEntry.topic == topic.value)
    return list(query.where(LawEntry.replaced_at.is_null(False)).order_by(LawEntry.id.desc()).limit(most))


def entry_by_id(entry_id: int) -> LawEntry | None:
    """One entry that stands; None for none, and for one that was replaced."""
    return LawEntry.select().where(LawEntry.id == entry_id, LawEntry.replaced_at.is_null()).first()


def entry_counts() -> dict[Topic, int]:
    """How many entries of each topic stand, in the order of the topics."""
    query = LawEntry.select(LawEntry.topic, fn.COUNT(LawEntry.id)).where(LawEntry.replaced_at.is_null())
    found = dict(query.group_by(LawEntry.topic).tuples())
    return {topic: found.get(topic.value, 0) for topic in Topic}


def latest_changes(most: int = 10) -> Sequence[LawChange]:
    """What was done last, the newest first, with who did it."""
    query = LawChange.select(LawChange, Account).join(Account, JOIN.LEFT_OUTER)
    return list(query.order_by(LawChange.id.desc()).limit(most))
