"""What a row of a list of attendance says, and that nothing else of it is kept."""

import pytest

from models.rules.attendance_lists.columns import LAYOUT, AttendanceColumn
from models.rules.attendance_lists.rows import ListedMark, name_words, parse_mark, without_remarks
from models.rules.lists.reader import read_list
from models.rules.states import DayMark

HEAD = "Kurs;Zeichen;Name;Vorname;Datum;Status;Bemerkung"


def _table(*rows: str, head: str = HEAD):
    return read_list("\r\n".join(["Anwesenheit November", "", head, *rows]).encode(), "liste.csv", LAYOUT)


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("A", DayMark.PRESENT),
        ("e", DayMark.EXCUSED),
        ("Unentschuldigt", DayMark.ABSENT),
        ("x", DayMark.PRESENT),
        ("", None),
    ],
)
def test_words_for_a_mark(word, mark):
    found = parse_mark(_table(f"BB-1;swd-2026-00001-k1;Rahimi;Samira;2.11.2026;{word};").rows[0])
    assert isinstance(found, ListedMark)
    assert (found.mark, found.reference, found.name) == (mark, "SWD-2026-00001-K1", "Rahimi Samira")


def test_every_error_of_a_row_is_named():
    found = parse_mark(_table("BB-1;;;;31.11.2026;krank;").rows[0])
    assert list(found) == [AttendanceColumn.REFERENCE, AttendanceColumn.DAY, AttendanceColumn.MARK]
    assert "Gründe werden nicht erfasst" in str(found[AttendanceColumn.MARK])


def test_remarks_and_reasons_are_not_kept_and_lines_stay():
    table = _table("BB-1;K1;Rahimi;Samira;02.11.2026;krank;Grippe", "", "BB-1;K1;'=Rahimi;Samira;03.11.2026;U;Arzt")
    kept = without_remarks(table)
    assert not any(word in kept.decode("utf-8-sig") for word in ("krank", "Grippe", "Arzt", "Bemerkung"))
    again = read_list(kept, "liste.csv", LAYOUT)
    assert [row.line for row in again.rows] == [row.line for row in table.rows] == [4, 6]
    assert [row.cells[AttendanceColumn.MARK] for row in again.rows] == ["?", "U"]
    assert again.rows[1].cells[AttendanceColumn.NAME] == "=Rahimi"


def test_names_are_the_same_in_any_order():
    assert name_words("Al-Masri, Öznur") == name_words("Öznur Al Masri") != name_words("Öznur Masri")
