"""The Übergabebogen as finished strings, built from the stored snapshot and from nothing else.

A snapshot is described by ``schema.json``: ``format``, ``head``, ``sections`` (letter → field key → cell, see
``models.rules.transfer_sheet``) and ``withheld``, the letters of sections that are not transmitted. Of those nothing
but the letter is stored or printed.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from models.rules.transfer_sheet import (
    MARKS,
    SECTIONS,
    SNAPSHOT_FORMAT,
    SheetField,
    SheetSection,
    sha256_short,
    snapshot_digest,
)
from pdf.base.qr import qr_svg
from pdf.base.sheet import Cell, Entry, Metadata, Party, QrCode, halves

ATTACHMENT_NAME = "uebergabe.json"
ATTACHMENT_DESCRIPTION = "Übermittelte Angaben, maschinenlesbar"
LONG_TEXT = 64
"""Longer values get the whole width of the page."""

COLUMN_WIDTHS: Mapping[str, tuple[int, ...]] = {
    "members": (22, 13, 18, 15, 32),
    "school_certificate": (40, 22, 10, 28),
    "training": (19, 21, 15, 12, 12, 21),
    "experience": (25, 23, 13, 13, 11, 15),
    "german": (11, 11, 13, 13, 36, 16),
    "notes": (12, 20, 42, 26),
    "circumstances": (35, 65),
    "talks": (18, 82),
    "measures": (30, 28, 20, 22),
    "courses": (31, 28, 13, 17, 11),
    "entitlements": (68, 16, 16),
    "steps": (43, 29, 13, 15),
    "open_points": (84, 16),
    "enclosures": (84, 16),
}
"""Percent of the page for each column: set, because measuring the text costs more than drawing the whole sheet."""


class UnfitSnapshot(ValueError):
    """The stored data is not a snapshot that this sheet can print; the text names keys only, no personal data."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values in one or two columns."""

    columns: tuple[tuple[Entry, ...], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class ListTable:
    """A table with headings; ``caption`` is empty where the section's title says the same, ``widths`` are percent."""

    caption: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: str = "list"


Block = Facts | ListTable


@dataclass(frozen=True, slots=True)
class Section:
    """A printed section. ``source`` holds for each value that names no other."""

    letter: str
    title: str
    source: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TransferSheet:
    """Everything that the template prints, in the order of the page."""

    metadata: Metadata
    foot: str
    title: str
    subtitle: str
    agreement: str
    sender: Party
    recipient: Party
    qr: QrCode
    head: Facts
    sections: tuple[Section, ...]
    withheld: str
    transmitted: int
    attachment: str = ATTACHMENT_NAME


def sheet_from_snapshot(snapshot: Mapping[str, Any]) -> TransferSheet:
    """The sheet of a snapshot; raises UnfitSnapshot where fields are missing, unknown or wrongly withheld."""
    _check(snapshot)
    head, digest = snapshot["head"], snapshot_digest(snapshot)
    return TransferSheet(
        metadata=_metadata(head, digest),
        foot=f"Übergabebogen {head['reference']} · Fassung {head['version']} · SHA-256 {sha256_short(digest)}",
        title="Übergabebogen",
        subtitle=f"Rechtskreiswechsel {head['sphere_from']} → {head['sphere_to']} zum {head['change_date']}",
        agreement=head["agreement"],
        sender=_sender(head["sender"]),
        recipient=_recipient(head["recipient"]),
        qr=_qr(head["verification"]),
        head=_head_facts(head),
        sections=tuple(_sections(snapshot["sections"])),
        withheld=", ".join(sorted(snapshot["withheld"])) or "keine",
        transmitted=sum(1 for cell in _cells(snapshot["sections"]) if cell["value"]),
    )


def _check(snapshot: Mapping[str, Any]) -> None:
    if snapshot.get("format") != SNAPSHOT_FORMAT:
        raise UnfitSnapshot(f"the format is not {SNAPSHOT_FORMAT}")
    for section in SECTIONS:
        _check_section(section, snapshot["sections"].get(section.letter), section.letter in snapshot["withheld"])
    unknown = set(snapshot["sections"]) - {section.letter for section in SECTIONS}
    if unknown:
        raise UnfitSnapshot(f"unknown sections {sorted(unknown)}")


def _check_section(section: SheetSection, cells: Mapping[str, Any] | None, withheld: bool) -> None:
    if withheld and not section.may_be_withheld:
        raise UnfitSnapshot(f"section {section.letter} cannot be withheld")
    if withheld == (cells is not None):
        raise UnfitSnapshot(f"section {section.letter} is either transmitted or withheld")
    if cells is not None:
        wanted = {field.key for field in section.fields if not (field.later or field.where_given)}
        known = {field.key for field in section.fields}
        if not wanted <= set(cells) <= known:
            raise UnfitSnapshot(f"section {section.letter} has the wrong fields: {sorted(set(cells) ^ wanted)}")


def _metadata(head: Mapping[str, Any], digest: str) -> Metadata:
    return Metadata(
        title=f"Übergabebogen {head['reference']}, Fassung {head['version']}",
        subject=f"Rechtskreiswechsel {head['sphere_from']} → {head['sphere_to']}",
        author=head["sender"]["organisation"],
        created=datetime.fromisoformat(head["created_at"]),
        identity=digest,
    )


def _sender(office: Mapping[str, str]) -> Party:
    lines = (f"{office['person']}, {office['function']}", office["team"], f"Tel. {office['phone']}")
    return Party("abgebende Stelle", office["organisation"], lines)


def _recipient(office: Mapping[str, str]) -> Party:
    return Party("aufnehmende Stelle", office["organisation"], (office["team"], f"Tel. {office['phone']}"))


def _qr(verification: Mapping[str, str]) -> QrCode:
    alternative = f"QR-Code: Prüfseite dieses Bogens, Prüfcode {verification['code']}"
    return QrCode(qr_svg(verification["url"], alternative), ("Echtheit prüfen:", verification["code"]))


def _head_facts(head: Mapping[str, Any]) -> Facts:
    version = str(head["version"])
    if head["replaces"]:
        version += f" (ersetzt Fassung {head['replaces']})"
    left = (
        Entry("Dokument-Nr.", Cell(head["reference"])),
        Entry("Fassung", Cell(version)),
        Entry("Datum", Cell(head["date"])),
        Entry("Vertraulichkeit", Cell(head["confidentiality"])),
    )
    right = (
        Entry("Anlass", Cell(head["occasion"])),
        Entry("Rechtsgrundlage", Cell(head["legal_basis"])),
    )
    return Facts((left, right))


def _sections(sections: Mapping[str, Mapping[str, Any]]) -> Iterator[Section]:
    for section in SECTIONS:
        if (cells := sections.get(section.letter)) is not None:
            source = _main_source(cells)
            yield Section(section.letter, section.title, source, tuple(_blocks(section, cells, source)))


def _main_source(cells: Mapping[str, Any]) -> str:
    sources = Counter(cell["source"] for cell in _cells({"": cells}) if cell["source"])
    return sources.most_common(1)[0][0] if sources else ""


def _cells(sections: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for cells in sections.values():
        for cell in cells.values():
            yield cell
            for row in cell.get("rows") or ():
                yield from row.values()


def _blocks(section: SheetSection, cells: Mapping[str, Any], source: str) -> Iterator[Block]:
    """Runs of short values side by side, long values and tables over the whole width, in the order of the fields."""
    fields = [field for field in section.fields if not field.where_given or field.key in cells]
    pieces = [_piece(section, field, cells.get(field.key), source) for field in fields]
    for shape, run in groupby(pieces, key=_shape):
        if shape == "list":
            yield from (piece for piece in run if isinstance(piece, ListTable))
        else:
            entries = tuple(piece for piece in run if isinstance(piece, Entry))
            yield Facts(halves(entries) if shape == "short" and len(entries) > 1 else (entries,))


def _shape(piece: Entry | ListTable) -> str:
    if isinstance(piece, ListTable):
        return "list"
    return "long" if len(piece.cell.text) > LONG_TEXT or piece.cell.reason else "short"


def _piece(section: SheetSection, field: SheetField, cell: Mapping[str, Any] | None, source: str) -> Entry | ListTable:
    if cell is None:
        return Entry(field.label, Cell(ink=True))
    if not cell.get("rows"):
        return Entry(field.label, _printed(cell, source))
    headings = tuple(column.label for column in field.columns)
    rows = tuple(_row(field, row, source) for row in cell["rows"])
    return ListTable("" if field.label == section.title else field.label, headings, COLUMN_WIDTHS[field.key], rows)


def _row(field: SheetField, row: Mapping[str, Any], source: str) -> tuple[Cell, ...]:
    """The cells of a row; a source that all its values share is printed once, at the first value."""
    cells = tuple(_printed(row[column.key], source) for column in field.columns)
    valued = [number for number, cell in enumerate(cells) if cell.text]
    if len({cells[number].source for number in valued}) > 1:
        return cells
    return tuple(cell if number in valued[:1] else replace(cell, source="") for number, cell in enumerate(cells))


def _printed(cell: Mapping[str, Any], main_source: str) -> Cell:
    source = cell["source"] or ("ohne Quelle" if cell["value"] and main_source else "")
    return Cell(
        text=cell["value"],
        mark=MARKS[cell["mark"]] if cell["mark"] else "",
        source="" if source == main_source else source,
        reason=cell["reason"] or "",
    )
