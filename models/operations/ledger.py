"""Writes events. Every operation calls ``record`` inside its transaction; nothing else writes the ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from peewee import Case as Cases
from peewee import ModelSelect

from models.base import db, is_sqlite
from models.operations.ended_questions import end_unseen_questions
from models.operations.milestones import renew_milestones
from models.operations.tasks import changes_tasks, renew_tasks
from models.queries.prepared import Prepared
from models.rules.chain import GENESIS, anchor_digest, canonical, chain_seal, event_hash, register_seal
from models.rules.figures.milestones import tells_milestones
from models.rules.roles import Actor
from models.rules.timeline import OF_QUESTIONS
from models.rules.times import local_day, stamp
from models.tables import Anchor, Case, Chain, ChainRegister, ErasureRecord, Event, UnwrittenAnchor

SYSTEM_CHAIN = "system"
LARGEST_VERSION = 2**31 - 1
_key: list[bytes] = []


def use_key(key: bytes) -> None:
    """Give the process its HMAC key (32 bytes from a file outside the database)."""
    _key[:] = [key]


def ledger_key() -> bytes:
    """The HMAC key; RuntimeError where the process was not given one."""
    if not _key:
        raise RuntimeError("the ledger has no key")
    return _key[0]


def record(actor: Actor, kind: str, data: dict[str, object], *, now: datetime, case_id: int | None = None) -> None:
    """Append one event to the case's chain, or to the system's where there is no case.

    ``data`` is what a reader needs to understand the change: item, values before and after, versions.
    Must run inside the transaction of the operation, after its last change: its tasks and milestones follow.
    """
    if not db.in_transaction():
        raise RuntimeError("an event belongs into the transaction of its operation")
    _append(actor, kind, data, now, case_id)
    if case_id and changes_tasks(kind):
        _end_questions(actor, kind, now, case_id)
        renew_tasks([case_id], local_day(now))
    if case_id and tells_milestones(kind, data):
        renew_milestones([case_id])


def _end_questions(actor: Actor, kind: str, now: datetime, case_id: int) -> None:
    """What happened may have taken the sight of a question from one of its two sides."""
    if kind.startswith(OF_QUESTIONS):
        return
    for ended in end_unseen_questions(case_id, today=local_day(now), now=now):
        _append(actor, "question.ended", ended, now, case_id)


def _append(actor: Actor, kind: str, data: dict[str, object], now: datetime, case_id: int | None) -> None:
    key = ledger_key()
    name = f"case:{case_id}" if case_id else SYSTEM_CHAIN
    chain_id, ordinal, length, head = _open_or_lock(name, key)
    fields = _fields(actor, kind, data, now, case_id, name, length + 1)
    digest = event_hash(key, head, fields.values())
    _WRITE.run(*fields.values(), digest)
    _GROW.run(length + 1, digest, chain_seal(key, name, ordinal, length + 1, digest), chain_id)


def hold_chain(case_id: int) -> None:
    """Lock the chain of a case before its event is written, for what must not be locked before it.

    What other events change as well, such as the questions that they end, is changed with the chain locked.
    """
    _open_or_lock(f"case:{case_id}", ledger_key())


def record_first(actor: Actor, kind: str, data: Mapping[int, dict[str, object]], *, now: datetime) -> None:
    """The first event of each of these new cases, by the case's id, in few statements: opens all their chains at once.

    Must run inside the transaction that stored the cases.
    """
    if not db.in_transaction():
        raise RuntimeError("an event belongs into the transaction of its operation")
    key = ledger_key()
    register = _lock_register(key)
    chains, events = [], []
    for ordinal, (case_id, content) in enumerate(data.items(), start=register.chains + 1):
        name = f"case:{case_id}"
        fields = _fields(actor, kind, content, now, case_id, name, 1)
        digest = event_hash(key, GENESIS, fields.values())
        events.append({**fields, "hash": digest})
        seal = chain_seal(key, name, ordinal, 1, digest)
        chains.append({"ordinal": ordinal, "name": name, "length": 1, "head": digest, "seal": seal})
    Chain.insert_many(chains).execute()
    Event.insert_many(events).execute()
    _write_register(register, register.chains + len(chains), key)
    renew_tasks(list(data), local_day(now))
    renew_milestones(list(data))


def record_each(actor: Actor, kind: str, data: Mapping[int, dict[str, object]], *, now: datetime) -> None:
    """The same as ``record`` for several cases that have a chain already, by the case's id, in few statements.

    The chains are locked in one order, so that two of these never wait for each other.
    """
    if not db.in_transaction():
        raise RuntimeError("an event belongs into the transaction of its operation")
    key, names = ledger_key(), {f"case:{case_id}": case_id for case_id in data}
    rows = _locked(Chain.select(*_CHAIN_COLUMNS, Chain.name).where(Chain.name.in_(list(names))).order_by(Chain.id))
    chains = list(rows.tuples())
    if len(chains) != len(names):
        raise RuntimeError("each of these cases has a chain since it was opened")
    events, heads, seals = [], [], []
    for chain_id, ordinal, length, head, name in chains:
        fields = _fields(actor, kind, data[names[name]], now, names[name], name, length + 1)
        digest = event_hash(key, head, fields.values())
        events.append({**fields, "hash": digest})
        heads.append((chain_id, digest))
        seals.append((chain_id, chain_seal(key, name, ordinal, length + 1, digest)))
    Event.insert_many(events).execute()
    grown = {"length": Chain.length + 1, "head": Cases(Chain.id, heads), "seal": Cases(Chain.id, seals)}
    Chain.update(grown).where(Chain.id.in_([chain[0] for chain in chains])).execute()
    if changes_tasks(kind):
        renew_tasks(list(data), local_day(now))
    renew_milestones([number for number, told in data.items() if tells_milestones(kind, told)])


def _fields(
    actor: Actor, kind: str, data: dict[str, object], now: datetime, case_id: int | None, chain: str, seq: int
) -> dict[str, object]:
    """What is stored of an event, in the order in which it is hashed."""
    return {
        "chain": chain,
        "seq": seq,
        "at": stamp(now),
        "kind": kind,
        "case_id": case_id,
        "account_id": actor.account_id,
        "actor": actor.name,
        "organisation": actor.organisation_key,
        "data": canonical(data),
    }


_CHAIN = Prepared(lambda name: _locked(Chain.select(*_CHAIN_COLUMNS).where(Chain.name == name)), str)
_CHAIN_COLUMNS = (Chain.id, Chain.ordinal, Chain.length, Chain.head)
_STORED = ("chain", "seq", "at", "kind", "case_id", "account_id", "actor", "organisation", "data", "hash")
_WRITE = Prepared(
    lambda *values: Event.insert(dict(zip(_STORED, values, strict=True))),
    str,
    int,
    str,
    str,
    int,
    int,
    str,
    str,
    str,
    str,
)
_GROW = Prepared(
    lambda length, head, seal, chain: Chain.update(length=length, head=head, seal=seal).where(Chain.id == chain),
    int,
    str,
    str,
    int,
)


def _locked(query: ModelSelect) -> ModelSelect:
    """SQLite has one writer at a time; PostgreSQL locks the row, so that a chain never forks."""
    return query if is_sqlite() else query.for_update()


def _open_or_lock(name: str, key: bytes) -> tuple[int, int, int, str]:
    chain = _CHAIN.row(name)
    return chain or _open(name, key)  # type: ignore[return-value]


def _open(name: str, key: bytes) -> tuple[int, int, int, str]:
    """A new chain takes the next ordinal of the register, so that a chain that vanishes leaves a gap."""
    register = _lock_register(key)
    ordinal = register.chains + 1
    _write_register(register, ordinal, key)
    seal = chain_seal(key, name, ordinal, 0, GENESIS)
    chain = Chain.create(ordinal=ordinal, name=name, length=0, head=GENESIS, seal=seal)
    return chain.id, ordinal, 0, GENESIS


def _lock_register(key: bytes) -> ChainRegister:
    row = _locked(ChainRegister.select()).first()
    return row or ChainRegister.create(chains=0, seal=register_seal(key, 0))


def _write_register(register: ChainRegister, chains: int, key: bytes) -> None:
    seal = register_seal(key, chains)
    ChainRegister.update(chains=chains, seal=seal).where(ChainRegister.id == register.id).execute()


def write_anchor(*, now: datetime) -> Anchor:
    """Anchor every event since the last anchor. It counts as unwritten until ``mark_as_written``."""
    with db.atomic():
        if not is_sqlite():
            # an event with a lower id that commits later would fall between two anchors; and two runs follow each other
            db.execute_sql("LOCK TABLE event IN SHARE ROW EXCLUSIVE MODE")
        last = Anchor.select().order_by(Anchor.id.desc()).first()
        since = last.last_event if last else 0
        rows = list(Event.select(Event.id, Event.hash).where(Event.id > since).order_by(Event.id).tuples())
        chains = Chain.select().count() + ErasureRecord.select().count()
        digest = anchor_digest(last.digest if last else GENESIS, (row[1] for row in rows), chains)
        anchor = Anchor.create(
            at=stamp(now),
            last_event=rows[-1][0] if rows else since,
            events=(last.events if last else 0) + len(rows),
            chains=chains,
            digest=digest,
        )
        UnwrittenAnchor.create(anchor=anchor)
    return anchor


def mark_as_written(anchors: Sequence[Anchor]) -> None:
    """Say that the lines of these anchors are in the file, once they are on the disk."""
    with db.atomic():
        UnwrittenAnchor.delete().where(UnwrittenAnchor.anchor.in_([anchor.id for anchor in anchors])).execute()


def can_be_version(number: int) -> bool:
    """Whether a row can ever have been seen with it; the databases cannot even compare any other number."""
    return 0 <= number <= LARGEST_VERSION


def hold_case(case_id: int) -> None:
    """Lock a case whatever its state, without changing it."""
    Case.update(state=Case.state).where(Case.id == case_id).execute()


def claim(table: type, row_id: int, seen_version: int) -> bool:
    """Take the next version of a row, or False when somebody was faster: lost updates and double clicks end here."""
    if not can_be_version(seen_version):
        return False
    key = table._meta.primary_key
    changed = table.update(version=table.version + 1).where(key == row_id, table.version == seen_version).execute()
    return bool(changed)
