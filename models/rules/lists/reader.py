"""From the bytes of a file to a table: CSV or XLSX, whatever the file is called."""

from models.rules.lists import delimited, workbook
from models.rules.lists.layout import Layout
from models.rules.lists.table import (
    HEAD,
    MAX_BYTES,
    MAX_CELL,
    MAX_COLUMNS,
    Line,
    NotAList,
    Table,
    TableRow,
    clean,
    unguarded,
)
from models.rules.message import Message

_ZIP = b"PK\x03\x04"
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", Message("Altes oder geschütztes Excel-Format. Bitte ohne Kennwort als XLSX speichern.")),
    (b"%PDF", Message("Das ist eine PDF-Datei. Gebraucht wird die Liste selbst als CSV oder XLSX.")),
    (b"<", Message("Das ist eine Webseite oder XML-Datei. Gebraucht wird die Liste als CSV oder XLSX.")),
    (b"{", Message("Das ist eine JSON-Datei. Gebraucht wird die Liste als CSV oder XLSX.")),
)
_ENOUGH_HEADERS = 3


def read_list(content: bytes, filename: str, layout: Layout) -> Table:
    """The table in a CSV or XLSX file, its cells as text.

    The content decides what the file is; the name only helps to say what is wrong. Raises NotAList for what is no
    such list: empty, binary, another format, without known headers, without a required column, without rows, too
    large. Single bad rows are no reason to refuse a list.
    """
    return _table(_lines(content, filename, layout), layout)


def _lines(content: bytes, filename: str, layout: Layout) -> list[Line]:
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise NotAList(Message("Die Datei ist leer."))
    if len(content) > MAX_BYTES:
        raise NotAList(Message("Die Datei ist größer als 10 MB."))
    if content.startswith(_ZIP):
        return workbook.lines(content, layout)
    head = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for start, message in _FOREIGN:
        if head.startswith(start):
            raise NotAList(message)
    lines = delimited.lines(content, layout)
    if filename.lower().endswith((".xlsx", ".xlsm")) and _header_place(lines, layout) is None:
        raise NotAList(Message("Die Datei heißt wie eine Excel-Arbeitsmappe, ist aber keine."))
    return lines


def _header_place(lines: list[Line], layout: Layout) -> int | None:
    counts = [layout.known_headers(texts) for _, texts in lines[:HEAD]]
    best = max(counts, default=0)
    return counts.index(best) if best >= _ENOUGH_HEADERS else None


def _table(lines: list[Line], layout: Layout) -> Table:
    place = _header_place(lines, layout)
    if place is None:
        raise NotAList(layout.without_header)
    headers = _headers(lines[place])
    columns = _columns(headers, layout)
    data = lines[place + 1 :]
    if not data:
        raise NotAList(Message("Die Liste hat eine Kopfzeile, aber keine Zeilen."))
    if len(data) > layout.most_rows:
        most = f"{layout.most_rows:,}".replace(",", ".")
        raise NotAList(Message("Die Liste hat mehr als {most} Zeilen. Bitte teilen.", most=most))
    return Table(headers, columns, tuple(_row(number, line, columns) for number, line in enumerate(data, start=1)))


def _headers(line: Line) -> tuple[str, ...]:
    """The headers up to the last one; separators and empty cells may follow it."""
    headers = [clean(unguarded(text)) for text in line[1]]
    while headers and not headers[-1]:
        headers.pop()
    return tuple(headers)


def _columns(headers: tuple[str, ...], layout: Layout) -> tuple[str | None, ...]:
    """The column at each place. Of two headers for one optional column (Telefon, Handy) the first counts."""
    if len(headers) > MAX_COLUMNS:
        raise NotAList(Message("Die Liste hat mehr als 80 Spalten."))
    columns = [layout.column_of(header) for header in headers]
    missing = [column for column in layout.required if column not in columns]
    if missing:
        raise NotAList(Message("Diese Spalten fehlen: {columns}.", columns=", ".join(missing)))
    twice = [column for column in layout.required if columns.count(column) > 1]
    if twice:
        raise NotAList(Message("Diese Spalten kommen doppelt vor: {columns}.", columns=", ".join(twice)))
    return tuple(column if column not in columns[:place] else None for place, column in enumerate(columns))


def _row(number: int, line: Line, columns: tuple[str | None, ...]) -> TableRow:
    """The row with a text for each column; missing cells at its end are empty."""
    texts = tuple(map(unguarded, line[1]))
    filled = (*texts, *[""] * (len(columns) - len(texts)))
    cells = {column: clean(text[:MAX_CELL]) for column, text in zip(columns, filled, strict=False) if column}
    return TableRow(number, line[0], texts, cells, any(text.strip() for text in texts[len(columns) :]))
