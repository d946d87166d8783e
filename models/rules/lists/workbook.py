"""The lines of an XLSX workbook as the text a clerk sees in its cells."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from models.rules.lists.layout import MAX_ROWS, Layout
from models.rules.lists.table import HEAD, MAX_COLUMNS, Line, NotAList
from models.rules.message import Message

MAX_UNPACKED = 80 * 1024 * 1024
"""What a workbook may unpack to, in bytes: 20,000 rows of 21 cells are about 30 MB of XML."""
_LAST_LINE = 1_048_576
_WHOLE_NUMBER = re.compile(r'(?:0|[ \\"-])+')


def lines(content: bytes, layout: Layout) -> list[Line]:
    """The lines of the first sheet that has the headers of such a list, else of the first sheet.

    Raises NotAList where the bytes are no workbook, a broken one, or one that unpacks to too much.
    """
    _refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations that we do not read
            return _list_sheet(content, layout)
    except Exception:  # a broken part surfaces as anything: BadZipFile, ParseError, KeyError, ValueError, zlib.error
        raise _broken() from None


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _broken() from None
    if unpacked > MAX_UNPACKED:
        raise NotAList(Message("Die Arbeitsmappe ist entpackt zu groß. Bitte nur die Liste selbst speichern."))
    if not any(name.endswith("workbook.xml") for name in names):
        raise NotAList(Message("Das ist keine Excel-Arbeitsmappe. Bitte die Liste als XLSX oder CSV speichern."))


def _list_sheet(content: bytes, layout: Layout) -> list[Line]:
    workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    first: list[Line] = []
    for sheet in workbook.worksheets:
        found = list(_lines(sheet))
        if any(layout.known_headers(texts) >= 3 for _, texts in found[:HEAD]):
            return found
        first = first or found
    return first


def _lines(sheet: Any) -> Iterator[Line]:
    """Lines with text, until there are too many. What a sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    count = 0
    for number, cells in enumerate(sheet.iter_rows(max_row=_LAST_LINE, max_col=MAX_COLUMNS), start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield number, tuple(texts)
            count += 1
        if count > MAX_ROWS + HEAD:
            return


def _text(cell: ReadOnlyCell | EmptyCell) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value).strip()


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    has_time = isinstance(value, datetime) and (value.hour or value.minute or value.second)
    return f"{value:%d.%m.}{value.year:04d}" + (f" {value:%H:%M}" if has_time else "")


def _number(value: float, number_format: str) -> str:
    """Whole numbers without a decimal point, with the leading zeros that their format shows (00000 for postcodes)."""
    if value != int(value):
        return str(value).replace(".", ",")
    shown = number_format.count("0") if _WHOLE_NUMBER.fullmatch(number_format) else 0
    return str(int(value)).zfill(shown)


def _broken() -> NotAList:
    return NotAList(Message("Die Excel-Arbeitsmappe ist beschädigt und lässt sich nicht lesen."))
