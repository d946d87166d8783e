"""The frozen data of a transfer sheet: what the receiver gets, made from a draft at one moment. Reads only."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from models.queries.handovers import earlier_version
from models.queries.sheet import Draft
from models.queries.snapshot_items import items_to_release
from models.rules.handovers import LEGAL_BASIS
from models.rules.message import N_
from models.rules.roles import Actor
from models.rules.sheet.places import addresses_of
from models.rules.times import german_date, local_day
from models.rules.transfer_sheet import SNAPSHOT_FORMAT, Cell, given
from models.tables import Account, Organisation

AGREEMENT = N_("nach der Kooperationsvereinbarung zwischen Landkreis St. Wendel und Agentur für Arbeit Saarland")
CONFIDENTIALITY = N_("Sozialdaten")
SIGNATURE_NOTE = N_("fortgeschrittene elektronische Signatur")
OCCASIONS: Mapping[str, str] = {
    "ASYL": N_("Anerkennung"),
    "GFK": N_("Anerkennung"),
    "SUBS": N_("Anerkennung"),
    "FAM": N_("Anerkennung"),
    "ABV": N_("Erteilung eines Aufenthaltstitels"),
}
OTHER_OCCASION = N_("Wechsel des Rechtskreises")


def snapshot_of(draft: Draft, code: str, address: str, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The snapshot of a draft as the acting person would sign it now.

    ``code`` and ``address`` of the verification page stand in the head; nothing else is not in the draft already.
    """
    sections = {letter: dict(cells) for letter, cells in draft.shown.items()}
    sections["R"] = _release(actor, now)
    return {
        "format": SNAPSHOT_FORMAT,
        "head": _head(draft, {"code": code, "url": address}, actor, now),
        "sections": sections,
        "withheld": draft.withheld,
        "items": _items(draft),
    }


def shown_part(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """What a person looks at before signing: the released values and what is withheld, without time and signer."""
    sections = {letter: cells for letter, cells in snapshot["sections"].items() if letter != "R"}
    return {"sections": sections, "withheld": snapshot["withheld"]}


def _release(actor: Actor, now: datetime) -> dict[str, Cell]:
    today = local_day(now)
    return {
        "released_by": given(actor.with_function),
        "released_on": given(german_date(today), None, today.isoformat()),
        "signature_note": given(SIGNATURE_NOTE),
    }


def _head(draft: Draft, verification: dict[str, str], actor: Actor, now: datetime) -> dict[str, Any]:
    row, today = draft.handover, local_day(now)
    earlier = earlier_version(row)
    return {
        "reference": row.reference,
        "case_number": draft.held.case.number,
        "version": row.number,
        "replaces": earlier.number if earlier else None,
        "date": german_date(today),
        "created_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "occasion": _occasion(draft),
        "legal_basis": LEGAL_BASIS,
        "confidentiality": CONFIDENTIALITY,
        "agreement": AGREEMENT,
        "sphere_from": "SGB III",
        "sphere_to": "SGB II",
        "change_date": german_date(row.change_on),
        "sender": _sender(row.sender_id, actor),
        "recipient": _office(row.receiver_id),
        "verification": verification,
    }


def _occasion(draft: Draft) -> str:
    occasion = OCCASIONS.get(draft.handover.decision_code, OTHER_OCCASION)
    decision = draft.shown["C"]["bamf_decision"]["value"]
    return f"{occasion} ({decision})" if decision and occasion != OTHER_OCCASION else occasion


def _office(organisation_id: int) -> dict[str, str]:
    row = Organisation.get_by_id(organisation_id)
    return {"organisation": row.name, "team": row.unit, "phone": row.phone}


def _sender(organisation_id: int, actor: Actor) -> dict[str, str]:
    phone = Account.select(Account.phone).where(Account.id == actor.account_id).scalar()
    office = _office(organisation_id)
    return office | {"person": actor.name, "function": actor.function, "phone": phone or office["phone"]}


def _items(draft: Draft) -> dict[str, Any]:
    """The items behind the released values, for the receiver's own lists; no more than the sheet itself shows."""
    items = draft.items
    letters = [letter for letter in draft.shown if letter != "R"]
    released = items_to_release(draft.held, letters)
    return {code: entry for code, entry in released.items() if code in items and _is_shown(draft, code)}


def _is_shown(draft: Draft, code: str) -> bool:
    places = [address.split(".") for address in addresses_of(draft.items[code])]
    cells = [draft.shown[letter][key] for letter, key in places if letter in draft.shown and key in draft.shown[letter]]
    return bool(cells) and all(cell["mark"] != "not_released" for cell in cells)
