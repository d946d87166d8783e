"""What a row of a list of courses says, and what is refused at which column."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from models.rules.arrivals.word_lists import word_key
from models.rules.competences.availability import Lesson
from models.rules.course_lists.columns import LAYOUT, CourseColumn
from models.rules.course_lists.rows import CourseWords, ListedCourse, course_of, parse_course
from models.rules.courses import CourseData
from models.rules.lists.layout import MAX_ROWS
from models.rules.lists.reader import read_list
from models.rules.lists.table import MAX_BYTES, NotAList
from tests.course_cast import LATER, SOON
from tests.course_lists import course_csv, course_table, course_xlsx

WORDS = CourseWords(
    providers={word_key("Bildungswerk Bosenberg"): 7, word_key("BW-4711"): 7},
    kinds={word_key("AIK"): "AIK", word_key("Allgemeiner Integrationskurs"): "AIK"},
    sites={(7, word_key("Haus A")): 3},
)
STORED = CourseData(
    "BB-1", 7, "AIK", "Modul 3", "A2", "B1", "Altes Rathaus", "vormittags", "Bus R2", SOON, LATER, None, 25, 12, True,
    True,
)  # fmt: skip


def parsed(**row: str) -> Any:
    return parse_course(course_table(row).rows[0], WORDS)


def test_a_row_says_what_it_says_and_no_more():
    listed = parsed(SEATS="20", CHILDCARE="ja", MODULE_FROM="3", PLACE="Haus A", PROVIDER="BW-4711")
    assert isinstance(listed, ListedCourse)
    assert listed.said == {
        "number": "BB-1", "provider_id": 7, "kind": "AIK", "title": "Modul 3", "level_from": "A2", "starts_on": SOON,
        "ends_on": LATER, "seats": 20, "childcare": True, "module_from": 3, "place_id": 3,
        "lessons": tuple(Lesson(day, time(8, 30), time(12, 30)) for day in ("mon", "tue", "wed", "thu", "fri")),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("NUMBER", "", "wird gebraucht"),
        ("NUMBER", "BB 1/2", "Kursnummer hat nur"),
        ("NUMBER", "neu", "Kursnummer hat nur"),
        ("PROVIDER", "Niemand e. V.", "nicht bekannt oder nicht mehr aktiv"),
        ("KIND", "Kochkurs", "als Kursart nicht bekannt"),
        ("LEVEL_FROM", "A7", "ist kein Niveau"),
        ("STARTS_ON", "31.02.2027", "im Kalender nicht"),
        ("STARTS_ON", "1.1.27", "Jahr mit vier Ziffern"),
        ("STARTS_ON", "01.01.1927", "kann nicht stimmen"),
        ("SEATS", "viele", "keine ganze Zahl"),
        ("SEATS", "-3", "keine ganze Zahl"),
        ("TIMES", "Mo 12–8", "vor ihrem Beginn"),
        ("CHILDCARE", "vielleicht", "ja“ oder „nein"),
        ("TITLE", "x" * 201, "höchstens 200 Zeichen"),
    ],
)
def test_a_bad_cell_is_refused_at_its_column(column, text, said):
    errors = parsed(**{column: text})
    assert list(errors) == [CourseColumn[column]]
    assert said in str(errors[CourseColumn[column]])


def test_every_error_of_a_row_is_named():
    assert list(parsed(SEATS="x", KIND="y", NUMBER="")) == [CourseColumn.NUMBER, CourseColumn.KIND, CourseColumn.SEATS]


def test_an_empty_cell_takes_nothing_away():
    assert course_of(parsed(ENDS_ON="", TIMES="", LEVEL_FROM="-"), STORED) == STORED


def test_words_beside_the_times_stay_and_words_of_the_times_follow():
    listed = parsed(TIMES="Di 9–12")
    assert course_of(listed, STORED).schedule == "vormittags"
    timed = course_of(listed, CourseData(*(getattr(STORED, name) for name in list(CourseData.__slots__)[:16])))
    assert timed.lessons == (Lesson("tue", time(9), time(12)),)
    weekly = replace(STORED, schedule="Mo–Fr 8:30–12:30 Uhr", lessons=parsed().said["lessons"])
    assert course_of(parsed(), weekly).schedule == "Mo–Fr 8:30–12:30 Uhr"  # a download read back changes nothing
    told = parsed(TIMES="nur in den Ferien")
    assert course_of(told, STORED).schedule == "nur in den Ferien" and course_of(told, STORED).lessons == ()


def test_a_new_course_begins_with_nothing_said():
    made = course_of(parsed(TIMES="", LEVEL_FROM="", ENDS_ON=""), None)
    assert (made.level_from, made.ends_on, made.threshold, made.childcare, made.place_id) == (
        "",
        None,
        None,
        False,
        None,
    )


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "kurse.csv", "Die Datei ist leer."),
        (b"\xef\xbb\xbf \r\n", "kurse.csv", "Die Datei ist leer."),
        (b"x" * (MAX_BYTES + 1), "kurse.csv", "größer als 10 MB"),
        (b"%PDF-1.7", "kurse.xlsx", "PDF-Datei"),
        (b"PK\x03\x04kaputt", "kurse.xlsx", "beschädigt"),
        (b"Kurs;Ort\r\n1;2", "kurse.csv", "Kursnummer, Kursträger und Beginn"),
        (b"Kursnummer;Beginn;Ende\r\n1;2;3", "kurse.csv", "Kursträger, Kursart, Bezeichnung, Plätze"),
        (course_csv({}).splitlines()[0], "kurse.csv", "keine Zeilen"),
        (course_csv(*[{}] * 2001), "kurse.csv", "mehr als 2.000 Zeilen"),
    ],
)
def test_what_is_no_list_says_why(content, name, said):
    with pytest.raises(NotAList) as refused:
        read_list(content, name, LAYOUT)
    assert said in str(refused.value.message)
    assert LAYOUT.most_rows < MAX_ROWS


@pytest.mark.parametrize(
    "content",
    [
        course_csv({}),
        course_csv({}).decode().encode("cp1252"),
        course_csv({}).decode().encode("utf-16"),
        course_csv({}).replace(b";", b","),
        b"Kurse 2027;;;\r\n" + course_csv({}),
        course_xlsx({}),
        course_xlsx({}, title="Kurse des Landkreises im Jahr 2027"),
    ],
    ids=["utf-8", "cp1252", "utf-16", "comma", "title", "xlsx", "merged title"],
)
def test_encodings_titles_and_workbooks_say_the_same(content):
    table = read_list(content, "kurse", LAYOUT)
    assert parse_course(table.rows[0], WORDS).said == parsed().said


def test_a_formula_stays_text():
    title = "=HYPERLINK(1)"
    table = read_list(course_xlsx({"TITLE": "'" + title}), "kurse.xlsx", LAYOUT)
    assert parse_course(table.rows[0], WORDS).said["title"] == title
