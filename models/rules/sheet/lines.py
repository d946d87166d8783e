"""A sheet line by line: for the preview, for the receiver's transcription, for questions and for differences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.rules.transfer_sheet import MARKS, SECTIONS, Cell, Sections, SheetField, SheetSection


@dataclass(frozen=True, slots=True)
class Line:
    """One value of the sheet. ``address`` is "A.phone", in tables with row and column "H.experience.1.level".

    ``mark`` is the German text in place of a value, ``reason`` the printed reason for it.
    """

    address: str
    label: str
    value: str
    mark: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """A lettered section with its lines."""

    letter: str
    title: str
    lines: tuple[Line, ...]


def parts_of(sections: Sections) -> list[Part]:
    """The sections that are there, in the order of the sheet."""
    return [
        Part(section.letter, section.title, tuple(_lines(section, sections[section.letter])))
        for section in SECTIONS
        if section.letter in sections
    ]


def _lines(section: SheetSection, cells: Mapping[str, Cell]) -> Iterator[Line]:
    for field in section.fields:
        cell = cells.get(field.key)
        if cell is None:
            continue
        address = f"{section.letter}.{field.key}"
        rows = cell.get("rows") or ()
        if not rows:
            yield _line(address, field.label, cell)
        for number, row in enumerate(rows, start=1):
            start = _start(section, field, number if len(rows) > 1 else 0)
            for column in field.columns:
                yield _line(f"{address}.{number}.{column.key}", f"{start}{column.label}", row[column.key])


def _start(section: SheetSection, field: SheetField, number: int) -> str:
    """What stands before the name of a column: the number of the row, and the table unless it is the whole section."""
    table = "" if field.label == section.title else f"{field.label}: "
    return f"{number}. {table}" if number else table


def _line(address: str, label: str, cell: Cell) -> Line:
    mark = MARKS[cell["mark"]] if cell["mark"] else ""
    return Line(address, label, cell["value"], mark, cell["source"] or "", cell["reason"] or "")


def valued(parts: list[Part]) -> list[Part]:
    """Only the lines that have a value, without the section that the signature fills: what a receiver copies."""
    kept = (Part(part.letter, part.title, tuple(line for line in part.lines if line.value)) for part in parts)
    return [part for part in kept if part.lines and part.letter != "R"]


def count_of(parts: list[Part]) -> int:
    """How many values are handed over, as the sheet itself counts them."""
    return sum(1 for part in parts for line in part.lines if line.value)


def empty(parts: list[Part]) -> list[tuple[str, str]]:
    """Address and German name of everything without a value: what the receiver may ask for."""
    return [
        (line.address, f"{part.letter} {part.title}: {line.label} – {line.mark}")
        for part in parts
        for line in part.lines
        if not line.value and part.letter != "R"
    ]


def changed(before: Sections, after: Sections) -> dict[str, str]:
    """What differs between two versions of a sheet: address of the value that is there now (or was), and the old text.

    Only values count, not their sources or reasons; section R differs always and is left out.
    """
    old, new = _texts(before), _texts(after)
    return {
        address: old.get(address, "")
        for address in sorted(old.keys() | new.keys())
        if old.get(address, "") != new.get(address, "")
    }


def _texts(sections: Sections) -> dict[str, str]:
    parts = parts_of({letter: cells for letter, cells in sections.items() if letter != "R"})
    return {line.address: line.value for part in parts for line in part.lines if line.value}
