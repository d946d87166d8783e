"""A table of texts as CSV or XLSX. No cell of it can become a formula in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter

from models.rules.lists.table import guarded

_WIDEST = 60


def as_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with BOM and ';', as German spreadsheets open it."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(text) for text in row] for row in rows)
    return output.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet whose first line stays in sight."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(title)
    lines = [list(header), *([ILLEGAL_CHARACTERS_RE.sub("", guarded(text)) for text in row] for row in rows)]
    for line in lines:
        sheet.append(line)
    for place, column in enumerate(zip(*lines, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(map(len, column)) + 2, _WIDEST)
    sheet.freeze_panes = "A2"
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
