"""The transfer sheet (Übergabebogen) as data: its sections A–R and their fields.

One list for the gate before sending, for the printed sheet, for the embedded JSON and for the receiver's transcription
page. The sections and fields follow the statutory lists of § 18b AZRG, § 37 SGB III, § 15 SGB II and § 7 IntV; the
transfer itself rests on § 50 Abs. 1 SGB II and § 69 Abs. 1 Nr. 1 SGB X.

A cell of a snapshot is a dict with these keys (the functions ``given``, ``not_given`` and ``listed`` build it):

``value``   finished German text; "keine" is a value, an empty text is none
``mark``    None, or why there is no value: ``not_collected``, ``declined``, ``not_released``
``source``  who has it from where and when ("AA, lt. Zeugnis, 02.10.2026"), or None
``code``    the stored code or the ISO date behind the text, or None (for machines that read the JSON)
``reason``  the printed reason for a gap, or None
``rows``    only for fields of the kind ``table``: a list of dicts, column key → cell
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from models.rules.message import N_, Message
from models.rules.transfer_sheet_sections import SECTIONS, SheetColumn, SheetField, SheetSection

__all__ = [
    "MARKS",
    "SECTIONS",
    "SNAPSHOT_FORMAT",
    "Cell",
    "Gap",
    "Sections",
    "SheetColumn",
    "SheetField",
    "SheetSection",
    "canonical_json",
    "given",
    "listed",
    "not_given",
    "required_gaps",
    "sha256_short",
    "snapshot_digest",
]

SNAPSHOT_FORMAT = "staffelstab-uebergabebogen/1"

MARKS: Mapping[str, str] = {
    "not_collected": N_("nicht erhoben"),
    "declined": N_("keine Angabe"),
    "not_released": N_("nicht freigegeben"),
}
"""Why a field is empty: three different printed marks, none of them a value."""

Cell = dict[str, Any]
Sections = Mapping[str, Mapping[str, Cell]]


class Gap(NamedTuple):
    """A required field without a value and without a printed reason."""

    letter: str
    key: str
    label: Message


_GATED = tuple(section for section in SECTIONS if section.letter != "R")
"""Section R is filled by signing, so the gate before it cannot ask for it."""


def given(value: str, source: str | None = None, code: str | None = None) -> Cell:
    """A cell with a value, e.g. ``given("14.03.1994", "Gemeinde Tholey, lt. Ausweis, 20.05.2026", "1994-03-14")``."""
    return {"value": value, "mark": None, "source": source, "code": code, "reason": None}


def not_given(mark: str = "not_collected", reason: str | None = None) -> Cell:
    """A cell without a value: ``mark`` is a key of ``MARKS`` (else KeyError), ``reason`` closes the gap in print."""
    if mark not in MARKS:
        raise KeyError(mark)
    return {"value": "", "mark": mark, "source": None, "code": None, "reason": reason}


def listed(rows: Sequence[Mapping[str, Cell]]) -> Cell:
    """The cell of a table field from its rows; none means "nicht erhoben", ``given("keine")`` says it."""
    if not rows:
        return not_given() | {"rows": []}
    return given("") | {"rows": [dict(row) for row in rows]}


def required_gaps(sections: Sections, withheld: Collection[str] = ()) -> tuple[Gap, ...]:
    """The required fields A–Q that have neither a value nor a printed reason, in the order of the sheet.

    ``withheld`` names the sections that are not transmitted at all; they are gaps only if they may not be.
    """
    return tuple(
        gap
        for section in _GATED
        if not (section.may_be_withheld and section.letter in withheld)
        for gap in _section_gaps(section, sections.get(section.letter, {}))
    )


def _section_gaps(section: SheetSection, cells: Mapping[str, Cell]) -> Iterator[Gap]:
    for field in section.fields:
        if not field.required or field.later:
            continue
        cell = cells.get(field.key)
        if _is_gap(cell):
            yield Gap(section.letter, field.key, Message(field.label))
        elif cell:
            yield from _row_gaps(section.letter, field, cell.get("rows") or ())


def _row_gaps(letter: str, field: SheetField, rows: Sequence[Mapping[str, Cell]]) -> Iterator[Gap]:
    for number, row in enumerate(rows, start=1):
        for column in field.columns:
            if column.required and _is_gap(row.get(column.key)):
                label = Message(
                    N_("{field}, Zeile {row}: {column}"), field=field.label, row=number, column=column.label
                )
                yield Gap(letter, f"{field.key}.{column.key}", label)


def _is_gap(cell: Cell | None) -> bool:
    if cell is None:
        return True
    return not (cell["value"].strip() or cell.get("rows") or (cell["reason"] or "").strip())


def canonical_json(data: object) -> bytes:
    """The one byte form of JSON data: sorted keys, no spaces, no escapes, UTF-8. Raises ValueError for NaN."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def snapshot_digest(snapshot: object) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(snapshot)).hexdigest()


def sha256_short(digest: str) -> str:
    """The digest as the foot of a page shows it: ``7f3c 19ab … 02de``."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"
