"""Reads the whole ledger and says whether it holds. The key is an argument: this room knows no configuration."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.rules.chain import GENESIS, anchor_digest, chain_seal, event_hash, register_seal
from models.tables import Anchor, Chain, ChainRegister, ErasureRecord, Event


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


def verify_ledger(key: bytes, anchor_file: list[dict[str, object]] | None = None) -> Audit:
    """Check every event, chain, anchor and, where given, the lines of the anchor file. Reads only."""
    audit = Audit()
    hashes: list[tuple[int, str]] = []
    try:
        heads = _check_events(key, audit, hashes)
        _check_chains(key, audit, heads)
        _check_register(key, audit)
        _check_anchors(audit, hashes, anchor_file)
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


def _check_anchors(audit: Audit, hashes: list[tuple[int, str]], lines: list[dict[str, object]] | None) -> None:
    hashes = sorted(hashes + _erased_hashes())
    position, previous, known = 0, GENESIS, {}
    for anchor in Anchor.select().order_by(Anchor.id):
        start = position
        while position < len(hashes) and hashes[position][0] <= anchor.last_event:
            position += 1
        if anchor_digest(previous, (row[1] for row in hashes[start:position]), anchor.chains) != anchor.digest:
            audit.findings.append(f"anchor of {anchor.at}: the events before it are not the ones it anchored")
        previous = anchor.digest
        known[anchor.digest] = anchor.at
        audit.anchors += 1
    _check_file(audit, known, lines)


def _erased_hashes() -> list[tuple[int, str]]:
    rows = ErasureRecord.select(ErasureRecord.hashes).tuples()
    return [(int(event_id), digest) for row in rows for event_id, digest in json.loads(row[0])]


def _check_file(audit: Audit, known: dict[str, str], lines: list[dict[str, object]] | None) -> None:
    if lines is None:
        return
    written = {str(line.get("digest")) for line in lines}
    for line in lines:
        if line.get("digest") not in known:
            audit.findings.append(f"anchor of {line.get('at')}: it is in the anchor file but not in the database")
    for digest in known.keys() - written:
        audit.findings.append(f"anchor of {known[digest]}: it is not in the anchor file")
