"""Steps of editing a list, as functions from plain data to plain data; nothing that they get is changed.

The data is that of ``definition_to_dict``. An unknown item or field is a KeyError: the caller asked before.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.rules.checklists.conditions import All, AnyOf, Condition
from models.rules.checklists.definition import Choice
from models.rules.message import N_, Message

Data = Mapping[str, Any]


def item_data(data: Data, code: str) -> dict[str, Any]:
    """The item of that number."""
    return dict(data["items"][_place(data["items"], "code", code)])


def field_data(item: Data, key: str) -> dict[str, Any]:
    """The field of that key."""
    return dict(item["fields"][_place(item["fields"], "key", key)])


def with_item(data: Data, item: Data) -> dict[str, Any]:
    """The list with this item in the place of the one that has its number, at the end where none has it."""
    return {**data, "items": _put(data["items"], "code", item)}


def with_field(item: Data, field: Data) -> dict[str, Any]:
    """The item with this field in the place of the one that has its key, at the end where none has it."""
    return {**item, "fields": _put(item["fields"], "key", field)}


def without_item(data: Data, code: str) -> dict[str, Any]:
    """The list without the item."""
    return {**data, "items": [item for item in data["items"] if item["code"] != code]}


def without_field(item: Data, key: str) -> dict[str, Any]:
    """The item without the field."""
    return {**item, "fields": [field for field in item["fields"] if field["key"] != key]}


def moved_item(data: Data, code: str, step: int) -> dict[str, Any]:
    """The list with the item one place further up (-1) or down (1); at the end of the list it stays where it is."""
    return {**data, "items": _moved(data["items"], _place(data["items"], "code", code), step)}


def moved_field(item: Data, key: str, step: int) -> dict[str, Any]:
    """The item with the field one place further up or down."""
    return {**item, "fields": _moved(item["fields"], _place(item["fields"], "key", key), step)}


def restored_item(data: Data, item: Data, order: Sequence[str]) -> dict[str, Any]:
    """The list with a retired item again, behind the last item that stood before it in ``order``."""
    before = set(order[: order.index(item["code"])])
    places = [number for number, other in enumerate(data["items"]) if other["code"] in before]
    place = places[-1] + 1 if places else 0
    rows = list(data["items"])
    return {**data, "items": [*rows[:place], dict(item), *rows[place:]]}


def changed(entry: Data, values: Data) -> dict[str, Any]:
    """The entry with these values; what is empty is left out, as in a file."""
    merged = {**entry, **values}
    return {key: value for key, value in merged.items() if key == "required" or not _is_nothing(value)}


def _is_nothing(value: object) -> bool:
    return value is None or value is False or value in ("", [])  # zero is a limit


def _place(rows: Sequence[Data], name: str, value: str) -> int:
    for number, row in enumerate(rows):
        if row[name] == value:
            return number
    raise KeyError(value)


def _put(rows: Sequence[Data], name: str, entry: Data) -> list[Data]:
    if entry[name] not in [row[name] for row in rows]:
        return [*rows, entry]
    return [entry if row[name] == entry[name] else row for row in rows]


def _moved(rows: Sequence[Data], place: int, step: int) -> list[Data]:
    ordered = list(rows)
    target = place + step
    if 0 <= target < len(ordered):
        ordered[place], ordered[target] = ordered[target], ordered[place]
    return ordered


_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def name_from(label: str, taken: Sequence[str], longest: int = 30) -> str:
    """A name for a field or a choice made of what people read: "Datum des Termins" becomes "datum_des_termins"."""
    plain = unicodedata.normalize("NFKD", label.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:longest].strip("_") or "feld"
    name = name if name[0].isalpha() else f"feld_{name}"[:longest]
    number = 2
    unique = name
    while unique in taken:
        unique = f"{name[: longest - 3]}_{number}"
        number += 1
    return unique


_LINE = re.compile(r"(?:(?P<code>[^=|\s]+)\s*=\s*)?(?P<label>[^=|]*[^=|\s])\s*(?P<rest>(?:\|[^|]*)*)")
_DAY = re.compile(r"\|\s*(ab|bis)\s+(\d{1,2})\.(\d{1,2})\.(\d{4})\s*")
CHOICE_CODE_LENGTH = 20


def choices_from_lines(text: str) -> list[dict[str, str]] | Message:
    """Choices typed one a line, "Kürzel = Bezeichnung | ab 01.01.2026 | bis 31.12.2026"; a sentence for a wrong line.

    A line without "Kürzel =" gets a code of its own, made of the label.
    """
    found: list[dict[str, str]] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    given = [match["code"] for line in lines if (match := _LINE.fullmatch(line)) and match["code"]]
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        days = _days(match["rest"]) if match else None
        if match is None or days is None:
            sentence = N_("Zeile {number} ist keine Auswahl. Schreiben Sie zum Beispiel: JA = ja, schon bekannt")
            return Message(sentence, number=number)
        taken = [*given, *(choice["code"] for choice in found)]
        code = match["code"] or name_from(match["label"], taken, CHOICE_CODE_LENGTH)
        found.append({"code": code, "label": match["label"].strip(), **days})
    return found


def _days(text: str) -> dict[str, str] | None:
    """``valid_from`` and ``valid_to`` from the end of a line; None for what is no day."""
    days: dict[str, str] = {}
    for word, day, month, year in _DAY.findall(text):
        try:
            days["valid_from" if word == "ab" else "valid_to"] = date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return None
    return None if _DAY.sub("", text).strip() else days


def lines_of(choices: Sequence[Choice]) -> str:
    """Choices as they are typed, one a line."""
    return "\n".join(_line(choice) for choice in choices)


def _line(choice: Choice) -> str:
    days = (("ab", choice.valid_from), ("bis", choice.valid_to))
    return f"{choice.code} = {choice.label}" + "".join(f" | {word} {day:%d.%m.%Y}" for word, day in days if day)


def parts_of(condition: Condition | None) -> tuple[Condition, ...]:
    """The parts that a page shows in rows: those of the outermost group, else the condition itself."""
    if condition is None:
        return ()
    return condition.parts if isinstance(condition, All | AnyOf) else (condition,)


def from_parts(parts: Sequence[Condition], *, any_of: bool) -> Condition | None:
    """The condition of these parts: all of them must hold, or one of them."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return AnyOf(tuple(parts)) if any_of else All(tuple(parts))
