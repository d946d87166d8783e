"""Reads the whole ledger and says whether it holds. The key is an argument: this room knows no configuration."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from models.base import one_state
from models.rules.chain import GENESIS, anchor_digest, chain_seal, event_hash, register_seal
from models.tables import Anchor, Chain, ChainRegister, ErasureRecord, Event, UnwrittenAnchor

Line = Mapping[str, object]


@dataclass(slots=True)
class Audit:
    """Result of a verification: counts, and the first findings in order."""

    events: int = 0
    chains: int = 0
    anchors: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, removed, inserted or cut off."""
        return not self.findings


def last_anchor() -> Anchor | None:
    """The newest anchor, if there is one."""
    anchor: Anchor | None = Anchor.select().order_by(Anchor.id.desc()).first()
    return anchor


def unwritten_anchors() -> list[Anchor]:
    """Anchors whose line may not be in the file yet, in their order."""
    return list(Anchor.select().join(UnwrittenAnchor).order_by(Anchor.id))


def verify_ledger(key: bytes, read_file: Callable[[], list[Line]] | None = None) -> Audit:
    """Check every event, chain, anchor and, where it can be read, the anchor file. Reads only, while others write.

    The file is read after the rows: what they no more call unwritten stands in it.
    """
    audit = Audit()
    hashes: list[tuple[int, str]] = []
    try:
        with one_state():
            heads = _check_events(key, audit, hashes)
            _check_chains(key, audit, heads)
            _check_register(key, audit)
            known = _check_anchors(audit, hashes)
            late = {anchor.digest for anchor in unwritten_anchors()}
        if read_file:
            _check_file(audit, known, late, read_file())
    except (ValueError, TypeError, AttributeError):  # SQLite keeps bytes in columns of text, and text in numbers
        last = hashes[-1][0] if hashes else 0
        audit.findings.append(f"a value that no event, chain or anchor can have; events were readable up to {last}")
    return audit


def _check_events(key: bytes, audit: Audit, hashes: list[tuple[int, str]]) -> dict[str, tuple[int, str]]:
    heads: dict[str, tuple[int, str]] = {}
    for event_id, digest, *fields in _events():
        chain, seq = fields[0], fields[1]
        length, head = heads.get(chain, (0, GENESIS))
        if seq != length + 1:
            audit.findings.append(f"event {event_id}: chain {chain} expected number {length + 1}, found {seq}")
        elif event_hash(key, head, fields) != digest:
            audit.findings.append(f"event {event_id}: number {seq} of chain {chain} was changed or inserted")
        heads[chain] = (seq, digest)
        hashes.append((event_id, digest))
        audit.events += 1
    return heads


def _events() -> Iterator[tuple]:
    columns = (
        Event.id,
        Event.hash,
        Event.chain,
        Event.seq,
        Event.at,
        Event.kind,
        Event.case_id,
        Event.account_id,
        Event.actor,
        Event.organisation,
        Event.data,
    )
    yield from Event.select(*columns).order_by(Event.id).tuples().iterator()


def _check_chains(key: bytes, audit: Audit, heads: dict[str, tuple[int, str]]) -> None:
    seen = set()
    for chain in Chain.select().order_by(Chain.ordinal).iterator():
        seen.add(chain.name)
        audit.chains += 1
        length, head = heads.get(chain.name, (0, GENESIS))
        if chain.seal != chain_seal(key, chain.name, chain.ordinal, chain.length, chain.head):
            audit.findings.append(f"chain {chain.name}: its head was changed")
        elif (chain.length, chain.head) != (length, head):
            audit.findings.append(f"chain {chain.name}: {chain.length} events were written, {length} are there")
    for name in heads.keys() - seen:
        audit.findings.append(f"chain {name}: it has events but no head")


def _check_register(key: bytes, audit: Audit) -> None:
    register = ChainRegister.select().first()
    opened = register.chains if register else 0
    if register and register.seal != register_seal(key, opened):
        audit.findings.append("the register of chains was changed")
    present = {row[0] for row in Chain.select(Chain.ordinal).tuples()}
    present |= {row[0] for row in ErasureRecord.select(ErasureRecord.ordinal).tuples()}
    missing = sorted(set(range(1, opened + 1)) - present)
    if missing:
        audit.findings.append(f"chain number {missing[0]} vanished without an erasure record")
    _check_erasures(audit)
    if len(present) > opened:
        audit.findings.append(f"{len(present) - opened} chains are not in the register")


def _check_erasures(audit: Audit) -> None:
    """An erasure is an event of the system's chain, which nobody writes without the key."""
    events = Event.select(Event.data).where(Event.chain == "system", Event.kind == "case.erased").tuples()
    told = {json.loads(row[0]).get("chain") for row in events}
    for (chain,) in ErasureRecord.select(ErasureRecord.chain).order_by(ErasureRecord.id).tuples():
        if chain not in told:
            audit.findings.append(f"the erasure record of chain {chain} belongs to no event")


def _check_anchors(audit: Audit, hashes: list[tuple[int, str]]) -> dict[str, str]:
    """The times of the anchors by their digests."""
    hashes = sorted(hashes + _erased_hashes())
    position, previous = 0, GENESIS
    known: dict[str, str] = {}
    for anchor in Anchor.select().order_by(Anchor.id):
        start = position
        while position < len(hashes) and hashes[position][0] <= anchor.last_event:
            position += 1
        if anchor_digest(previous, (row[1] for row in hashes[start:position]), anchor.chains) != anchor.digest:
            audit.findings.append(f"anchor of {anchor.at}: the events before it are not the ones it anchored")
        previous = anchor.digest
        known[anchor.digest] = anchor.at
        audit.anchors += 1
    return known


def _erased_hashes() -> list[tuple[int, str]]:
    rows = ErasureRecord.select(ErasureRecord.hashes).tuples()
    return [(int(event_id), digest) for row in rows for event_id, digest in json.loads(row[0])]


def _check_file(audit: Audit, known: Mapping[str, str], late: set[str], lines: list[Line]) -> None:
    written = {str(line.get("digest")): line.get("at") for line in lines}
    unknown = written.keys() - known.keys()
    since = {row[0] for row in Anchor.select(Anchor.digest).where(Anchor.digest.in_(sorted(unknown))).tuples()}
    for digest in sorted(unknown - since):
        audit.findings.append(f"anchor of {written[digest]}: it is in the anchor file but not in the database")
    for digest in known.keys() - written.keys() - late:
        audit.findings.append(f"anchor of {known[digest]}: it is not in the anchor file")
