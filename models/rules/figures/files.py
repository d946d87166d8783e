"""A report as CSV and XLSX: the numbers of the screen, and below them what was counted and what is withheld."""

import csv
import io

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from models.rules.figures.report import Report
from models.rules.lists.table import guarded
from models.rules.message import N_, Message


def _explained(report: Report, asked: str) -> list[str]:
    counted = Message(N_("Was gezählt wird: {definition}"), definition=report.figure.definition)
    return [str(Message(report.figure.title)), asked, str(counted), *(str(note) for note in report.notes)]


def report_csv(report: Report, asked: str) -> bytes:
    """UTF-8 with BOM and ';', as German spreadsheets open it; explanations stand below an empty line."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    writer.writerow(report.header)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in report.rows())
    writer.writerow([])
    writer.writerows([guarded(text)] for text in _explained(report, asked))
    return output.getvalue().encode("utf-8-sig")


def report_xlsx(report: Report, asked: str) -> bytes:
    """A workbook with numbers as numbers; the second sheet explains them."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Zahlen")
    sheet.append(report.header)
    for row in report.rows():
        sheet.append([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    for place, name in enumerate(report.header, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(len(name) + 2, 24 if place == 1 else 8)
    sheet.freeze_panes = "B2"
    told = book.create_sheet("Erläuterung")
    for text in _explained(report, asked):
        told.append([guarded(text)])
    told.column_dimensions["A"].width = 100
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
