"""A row of a list of attendance: who came on which day, or every error in it by column."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.arrivals.names import fold
from models.rules.attendance_lists.columns import NEEDED, AttendanceColumn
from models.rules.course_attendance import MARK_LABELS, MARK_SIGNS
from models.rules.lists.cells import day, refuse, up_to
from models.rules.lists.reading import RowReading
from models.rules.lists.table import Table, TableRow, guarded
from models.rules.message import N_, Message
from models.rules.states import DayMark

RowErrors = dict[AttendanceColumn, Message]
UNREADABLE = "?"
"""What is kept of a mark that is none: it may be a reason, and reasons are not kept."""
_WORDS: Mapping[str, DayMark] = {
    **{sign.lower(): mark for mark, sign in MARK_SIGNS.items()},
    **{label: mark for mark, label in MARK_LABELS.items()},
    "x": DayMark.PRESENT,
    "ja": DayMark.PRESENT,
    "unentschuldigt": DayMark.ABSENT,
}


@dataclass(frozen=True, slots=True)
class ListedMark:
    """What a row says. ``mark`` is None where it says nothing; ``reference`` or ``name`` tell who it is."""

    row: int
    line: int
    number: str
    reference: str
    name: str
    day: date
    mark: DayMark | None


def name_words(name: str) -> tuple[str, ...]:
    """A name for comparison, whatever the order of its parts."""
    return tuple(sorted(fold(name.replace(",", " ")).split()))


def parse_mark(row: TableRow) -> ListedMark | RowErrors:
    """What the row says, or all errors in it. Whether person and day are right, the course decides."""
    reading = RowReading(row, NEEDED)
    number = reading.value(AttendanceColumn.NUMBER, up_to(40))
    reference = reading.value(AttendanceColumn.REFERENCE, up_to(40)) or ""
    names = (reading.value(column, up_to(200)) for column in (AttendanceColumn.NAME, AttendanceColumn.GIVEN_NAME))
    name = " ".join(filter(None, names))
    on = reading.value(AttendanceColumn.DAY, day)
    mark = reading.value(AttendanceColumn.MARK, _mark)
    if not reference and not name:
        reading.refuse(
            AttendanceColumn.REFERENCE, Message(N_("Bitte das Zeichen des Anmeldebogens oder den Namen angeben."))
        )
    if reading.errors or number is None or on is None:
        return {column: reading.errors[column] for column in AttendanceColumn if column in reading.errors}
    return ListedMark(row.number, row.line, number, reference.upper(), name, on, mark)


def _mark(text: str) -> DayMark:
    if text.casefold() not in _WORDS:
        raise refuse(
            "Bitte A (anwesend), E (entschuldigt) oder U (unentschuldigt) schreiben. Gründe werden nicht erfasst."
        )
    return _WORDS[text.casefold()]


def without_remarks(table: Table) -> bytes:
    """The list with its known columns alone, its rows on their lines: remarks may be about health and are not kept."""
    places = {column: place for place, column in reversed(list(enumerate(table.columns))) if column}
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    written = 0
    lines = [(table.rows[0].line - 1, list(places)), *((row.line, _kept(row, list(places))) for row in table.rows)]
    for line, cells in lines:
        output.write("\r\n" * (line - written - 1))
        writer.writerow([guarded(text) for text in cells])
        written = line
    return output.getvalue().encode("utf-8-sig")


def _kept(row: TableRow, columns: list[str]) -> list[str]:
    return [
        _known(row.cells.get(column, "")) if column == AttendanceColumn.MARK else row.cells.get(column, "")
        for column in columns
    ]


def _known(text: str) -> str:
    return text if not text or text.casefold() in _WORDS else UNREADABLE
