"""Lists of courses as people upload them, made with one line."""

import io
from collections.abc import Iterable

from openpyxl import Workbook

from models.rules.course_lists.columns import LAYOUT, CourseColumn
from models.rules.lists.reader import read_list
from models.rules.lists.table import Table
from tests.course_cast import LATER, SOON

GOOD = {
    CourseColumn.NUMBER: "BB-1",
    CourseColumn.PROVIDER: "Bildungswerk Bosenberg",
    CourseColumn.KIND: "Allgemeiner Integrationskurs",
    CourseColumn.TITLE: "Modul 3",
    CourseColumn.STARTS_ON: f"{SOON:%d.%m.%Y}",
    CourseColumn.ENDS_ON: f"{LATER:%d.%m.%Y}",
    CourseColumn.SEATS: "25",
    CourseColumn.LEVEL_FROM: "A2",
    CourseColumn.TIMES: "Mo–Fr 8:30–12:30 Uhr",
}


def lines_of(rows: Iterable[dict[str, str]]) -> list[list[str]]:
    """The header and each row with its changes to ``GOOD``, in the order of the columns that are used."""
    filled = [{**GOOD, **{CourseColumn[name]: text for name, text in row.items()}} for row in rows]
    columns = [column for column in CourseColumn if any(column in row for row in filled)]
    return [[*columns], *([row.get(column, "") for column in columns] for row in filled)]


def course_csv(*rows: dict[str, str]) -> bytes:
    """A list as CSV; ``course_csv({}, {"NUMBER": "BB-2"})`` has two courses."""
    return "\r\n".join(";".join(cells) for cells in lines_of(rows)).encode()


def course_xlsx(*rows: dict[str, str], title: str = "") -> bytes:
    """A list as XLSX; with ``title`` a merged line stands over the header."""
    book = Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
        sheet.merge_cells("A1:F1")
    for cells in lines_of(rows):
        sheet.append([str(cell) for cell in cells])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def course_table(*rows: dict[str, str]) -> Table:
    """A list as it is read."""
    return read_list(course_csv(*rows), "kurse.csv", LAYOUT)
