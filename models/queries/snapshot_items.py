"""The items of the lists inside a snapshot: written when a handover is frozen, read by the Jobcenter ever after.

They stand under ``items`` of the snapshot and hold no more than the released sections of the sheet.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.queries.consent_states import state_now
from models.queries.definitions import definitions_of, items_of
from models.queries.derived import derived_answers
from models.queries.dossier import Dossier
from models.queries.facts import known_of
from models.rules.checklists import AnswerValues, DerivedAnswer, Field, Item, display
from models.rules.states import AnswerState, ConsentState, HandoverState, Holder
from models.rules.times import from_stamp, local_day
from models.tables import Handover


@dataclass(frozen=True, slots=True)
class ReleasedItem:
    """What a snapshot says of an item, and who stands for it."""

    answer: AnswerValues
    organisation: str
    on: date | None
    source: str


def items_to_release(held: Dossier, letters: Collection[str]) -> dict[str, dict[str, Any]]:
    """What the snapshot of a handover carries under ``items`` when the sections of these letters are released.

    By item code: ``values`` by field key, ``state``, ``reason``, ``text`` (German), ``organisation`` and ``date`` (ISO)
    of the entry, ``source``. Health stays out without the consent E3 (§ 76 SGB X), and so does every field that stands
    in no released section.
    """
    known = known_of(held)
    definitions = definitions_of(held)
    items = items_of(definitions)
    behind = derived_answers(held, definitions.elsewhere)
    healthy = state_now(held, "E3") == ConsentState.GRANTED
    released = {}
    for code, answer in known.answers.items():
        item = items.get(code)
        if item is None or (item.sensitive and not healthy):
            continue
        if kept := _kept(item, answer, letters):
            released[code] = _written(item, kept) | _behind(held, code, behind.get(code))
    return released


def _kept(item: Item, answer: AnswerValues, letters: Collection[str]) -> AnswerValues | None:
    fields = {field.key for field in item.fields if _sheet(item, field)[:1] in letters}
    if not fields or answer.state == AnswerState.CLEARED:
        return None
    values = {key: value for key, value in answer.values.items() if key in fields}
    if answer.values and not values:
        return None
    return AnswerValues(answer.state, values, answer.reason, "", answer.source)


def _sheet(item: Item, field: Field) -> str:
    """Where a field stands on the sheet; of health only what the sheet itself asks for, never the effects."""
    return field.sheet or ("" if item.sensitive and not field.required else item.sheet) or "-"


def _written(item: Item, answer: AnswerValues) -> dict[str, Any]:
    return {
        "state": answer.state.value,
        "values": dict(answer.values),
        "reason": answer.reason,
        "text": display(item, answer),
        "source": answer.source,
    }


def _behind(held: Dossier, code: str, record: tuple[DerivedAnswer, int | None] | None) -> dict[str, Any]:
    row = held.answer(code, Holder.JOINT)
    if record:
        on, organisation_id = record[0].at, record[1]
    else:
        on, organisation_id = (local_day(from_stamp(row.answered_at)), row.organisation_id) if row else (None, None)
    return {"organisation": held.office(organisation_id), "date": on.isoformat() if on else None}


def released_items(held: Dossier) -> dict[str, ReleasedItem]:
    """What the accepted snapshot of a case says of its items; empty where none was accepted."""
    row = next((row for row in held.handovers if row.state == HandoverState.ACCEPTED), None)
    text = Handover.select(Handover.snapshot).where(Handover.id == row.id).scalar() if row else None
    items: Mapping[str, Any] = json.loads(text).get("items", {}) if text else {}
    return {code: _read(entry, f"aus dem Übergabebogen {row.reference}") for code, entry in items.items()}


def _read(entry: Mapping[str, Any], place: str) -> ReleasedItem:
    answer = AnswerValues(
        AnswerState(entry.get("state", AnswerState.DONE)), entry.get("values", {}), entry.get("reason", "")
    )
    on = date.fromisoformat(entry["date"]) if entry.get("date") else None
    said = ", ".join(part for part in (place, entry.get("source", "")) if part)
    return ReleasedItem(answer, entry.get("organisation", ""), on, said)
