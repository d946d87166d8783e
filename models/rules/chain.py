"""Hash chains of events: canonical text, HMAC-SHA-256, and the digests of anchors. Pure functions."""

import hashlib
import hmac
import json
from collections.abc import Iterable

GENESIS = "0" * 64


def canonical(data: object) -> str:
    """JSON with sorted keys and no blanks: the same data always gives the same text."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _mac(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def event_hash(key: bytes, previous: str, fields: Iterable[object]) -> str:
    """HMAC over the previous hash and the event's stored fields in their fixed order."""
    return _mac(key, previous + "\n" + canonical(list(fields)))


def chain_seal(key: bytes, name: str, ordinal: int, length: int, head: str) -> str:
    """HMAC that binds length and head of a chain, so that cutting it off needs the key."""
    return _mac(key, canonical(["chain", name, ordinal, length, head]))


def register_seal(key: bytes, chains: int) -> str:
    """HMAC over the number of chains ever opened."""
    return _mac(key, canonical(["register", chains]))


def anchor_digest(previous: str, hashes: Iterable[str], chains: int) -> str:
    """SHA-256 over the anchor before and every event hash since, in order of their ids."""
    digest = hashlib.sha256(f"{previous}\n{chains}\n".encode())
    for value in hashes:
        digest.update(value.encode())
    return digest.hexdigest()
