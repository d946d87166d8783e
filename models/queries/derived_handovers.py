"""What a handover says in the place of items of its list: day, release, signature, answer, first talk."""

from collections.abc import Callable, Mapping

from models.queries.dossier import Dossier
from models.queries.found import Found, day_of, iso
from models.rules.checklists import Value
from models.rules.states import HandoverState
from models.tables import Handover

_SENT = (HandoverState.SENT, HandoverState.RECEIVED, HandoverState.QUERIED, HandoverState.ACCEPTED)


def _handover(read: Callable[[Handover], Mapping[str, Value | None]]) -> Callable[[Dossier], Found | None]:
    def find(held: Dossier) -> Found | None:
        row = held.handovers[0] if held.handovers else None
        if row is None:
            return None
        at = day_of(row.sent_at) or row.recorded_on
        return Found(read(row), f"aus der Übergabe {row.reference}", at, row.sender_id)

    return find


def _received(read: Callable[[Handover], Mapping[str, Value | None]]) -> Callable[[Dossier], Found | None]:
    def find(held: Dossier) -> Found | None:
        row = next((row for row in held.handovers if row.received_at), None)
        place = f"aus der Übergabe {row.reference}" if row else ""
        return Found(read(row), place, day_of(row.received_at), row.receiver_id) if row else None

    return find


def _change(row: Handover) -> dict[str, Value | None]:
    if row.change_on is None:
        return {}
    same = row.proposed_on is None or row.change_on == row.proposed_on
    return {"change_on": iso(row.change_on), "follows": "PROPOSED" if same else "OTHER"}


def _release(row: Handover) -> dict[str, Value | None]:
    letters = sorted(letter for letter, released in (row.released or {}).items() if released)
    return {"sections": letters or None}  # type: ignore[dict-item]  # a list of letters is a value


def _signed(row: Handover) -> dict[str, Value | None]:
    return {"sheet": {"state": "signed"} if row.sent_at else None}


def _informed(row: Handover) -> dict[str, Value | None]:
    return {"informed_on": iso(row.informed_on), "copy_on": iso(row.copy_given_on)}


def _query(held: Dossier) -> Found | None:
    row = next((row for row in held.handovers if row.queries or row.state == HandoverState.QUERIED), None)
    if row is None:
        return None
    asked = "; ".join(str(entry.get("label", "")) for entry in row.queries or [])
    text = " – ".join(part for part in (asked, row.reason) if part)
    return Found({"query": text}, f"aus der Übergabe {row.reference}", day_of(row.closed_at), row.receiver_id)


def _query_answer(held: Dossier) -> Found | None:
    latest = held.handovers[0] if held.handovers else None
    asked = any(row.queries for row in held.handovers[1:])
    if latest is None or not asked or latest.state not in _SENT:
        return None
    values = {"answer": f"neue Fassung {latest.reference}"}
    return Found(values, f"aus der Übergabe {latest.reference}", day_of(latest.sent_at), latest.sender_id)


def _deletion(held: Dossier) -> Found | None:
    day = held.case.accepted_on
    return Found({"started_on": iso(day)}, "", day, None) if day else None


def _complete(held: Dossier) -> Found | None:
    row = next((row for row in held.handovers if row.sent_at), None)
    return Found({"complete": True}, "beim Übermitteln geprüft", day_of(row.sent_at), None) if row else None


def _stamp_day(key: str, column: str) -> Callable[[Handover], Mapping[str, Value | None]]:
    return lambda row: {key: iso(day_of(getattr(row, column)))}


HANDOVER_FINDERS: Mapping[str, Callable[[Dossier], Found | None]] = {
    "handover.change": _handover(_change),
    "handover.deviation": _handover(lambda row: {"reason": row.override_reason or None}),
    "handover.release": _handover(_release),
    "handover.signed": _handover(_signed),
    "handover.sent": _handover(_stamp_day("sent_on", "sent_at")),
    "handover.informed": _handover(_informed),
    "handover.received": _received(_stamp_day("received_on", "received_at")),
    "handover.checked": _received(lambda row: {"checked": True if (row.checked or {}).get("U17") else None}),
    "handover.first_talk": _received(lambda row: {"first_talk_on": iso(row.first_talk_on)}),
    "handover.accepted": _received(_stamp_day("accepted_on", "accepted_at")),
    "handover.query": _query,
    "handover.query_answer": _query_answer,
    "rule.required_fields": _complete,
    "rule.deletion": _deletion,
}
"""By the ``from`` of an item."""
