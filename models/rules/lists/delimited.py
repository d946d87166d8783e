"""The lines of a CSV file as cells: the encoding and the separator are found out, quotes are honoured."""

import codecs
import csv
import io
from collections.abc import Iterator

from models.rules.lists.layout import Layout
from models.rules.lists.table import HEAD, MAX_CELL, Line, NotAList
from models.rules.message import Message

SEPARATORS = (";", ",", "\t")


def lines(content: bytes, layout: Layout) -> list[Line]:
    """All lines that are not blank. Raises NotAList for what is no text or has an open quotation mark."""
    text = _text(content)
    separator = max(SEPARATORS, key=lambda candidate: _known_headers(text, candidate, layout))
    try:
        return [_checked(line, separator) for line in _split(text, separator)]
    except csv.Error:
        raise _open_quote() from None


def _text(content: bytes) -> str:
    text = _decoded(content)
    if "\0" in text:
        raise NotAList(Message("Die Datei enthält keinen lesbaren Text. Bitte als CSV oder XLSX speichern."))
    return text


def _decoded(content: bytes) -> str:
    """UTF-8, else cp1252, line by line: lists grow together from several sources, and one line spoils no other."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    bare = content.removeprefix(codecs.BOM_UTF8)
    try:
        return bare.decode()
    except UnicodeDecodeError:
        return "".join(map(_decoded_line, bare.splitlines(keepends=True)))


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def _split(text: str, separator: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    start = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, tuple(cells)
        start = reader.line_num + 1


def _known_headers(text: str, separator: str, layout: Layout) -> int:
    head = "\n".join(text[:20_000].splitlines()[:HEAD])
    try:
        return max((layout.known_headers(cells) for _, cells in _split(head, separator)), default=0)
    except csv.Error:
        return 0


def _checked(line: Line, separator: str) -> Line:
    """An open quotation mark swallows the lines after it: a cell then holds line ends and many separators."""
    for cell in line[1]:
        swallowed = "\n" in cell and cell.count(separator) >= 5
        if swallowed or len(cell) > 10 * MAX_CELL:
            raise _open_quote(line[0])
    return line


def _open_quote(line: int | None = None) -> NotAList:
    if line is None:
        return NotAList(Message("In der Datei ist ein Anführungszeichen nicht geschlossen."))
    return NotAList(Message("Ab Zeile {line} ist ein Anführungszeichen nicht geschlossen.", line=line))
