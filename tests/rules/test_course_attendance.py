"""Which days of a course may be marked, what a sheet changes, and when somebody should be asked."""

from datetime import date

import pytest

from models.rules.course_attendance import Month, Stay, Teaching, Typed, compare, missed_since, refusal, summaries
from models.rules.lesson_times import read_lessons
from models.rules.states import DayMark

PRESENT, EXCUSED, ABSENT = DayMark.PRESENT, DayMark.EXCUSED, DayMark.ABSENT
TODAY = date(2026, 11, 23)
MON_WED_SAT = Teaching(date(2026, 10, 12), date(2026, 12, 18), read_lessons("Mo, Mi 8:30-12:30, Sa 9-12"))
NO_TIMES = Teaching(date(2026, 10, 12), None)
STAY = Stay("Rahimi, Samira", date(2026, 10, 14), date(2026, 11, 20), told=True)
NOVEMBER = Month(date(2026, 11, 1))


def nov(day: int) -> date:
    return date(2026, 11, day)


def test_a_sheet_has_the_days_with_lessons_and_those_that_were_marked():
    days = [day.day for day in NOVEMBER.days(MON_WED_SAT)]
    assert days == [2, 4, 7, 9, 11, 14, 16, 18, 21, 23, 25, 28, 30]
    assert nov(3) in NOVEMBER.days(MON_WED_SAT, marked=[nov(3)])
    assert [day.day for day in Month(date(2026, 10, 1)).days(NO_TIMES)][:3] == [12, 13, 14]


def test_no_lessons_on_a_public_holiday():
    sundays = Teaching(date(2026, 1, 1), None, read_lessons("Mo-So 9-12"))
    assert date(2026, 10, 3) not in Month(date(2026, 10, 1)).days(sundays)


@pytest.mark.parametrize(
    ("day", "stay", "teaching", "words"),
    [
        (nov(16), STAY, MON_WED_SAT, ""),
        (nov(17), STAY, MON_WED_SAT, "kein Unterricht"),
        (nov(17), STAY, NO_TIMES, ""),
        (nov(25), STAY, MON_WED_SAT, "Zukunft"),
        (date(2026, 10, 7), STAY, MON_WED_SAT, "läuft der Kurs nicht"),
        (date(2026, 10, 12), STAY, MON_WED_SAT, "nicht im Kurs"),
        (nov(21), STAY, MON_WED_SAT, "nicht im Kurs"),
        (nov(16), Stay("R", None, None, True), MON_WED_SAT, "noch nicht begonnen"),
        (nov(16), Stay("R", nov(2), None, False), MON_WED_SAT, "E4"),
    ],
)
def test_why_a_day_cannot_be_marked(day, stay, teaching, words):
    sentence = refusal(day, teaching, stay, TODAY)
    assert (words in str(sentence)) if words else sentence is None


def test_what_nobody_touched_says_nothing_and_the_same_twice_is_no_clash():
    shown = {nov(2): PRESENT, nov(4): ABSENT}
    typed = Typed({nov(2): PRESENT, nov(4): None, nov(9): EXCUSED, nov(11): ABSENT}, shown)
    stored = {nov(2): ABSENT, nov(4): ABSENT, nov(9): EXCUSED, nov(11): PRESENT}
    found = compare(typed, stored)
    assert found.changes == {nov(4): None}
    assert found.clashes == {nov(11): PRESENT}


def test_a_month_is_counted_up_to_today_and_within_the_stay():
    marks = {nov(2): PRESENT, nov(4): PRESENT, nov(9): EXCUSED, nov(11): ABSENT, date(2026, 10, 14): PRESENT}
    november, october = summaries(marks, MON_WED_SAT, STAY, TODAY)
    assert (november.present, november.excused, november.absent) == (2, 1, 1)
    assert (november.lessons, november.unmarked) == (8, 4)
    assert october.month.word == "2026-10"


@pytest.mark.parametrize(
    ("missed", "contact", "since"),
    [
        ([], None, None),
        ([nov(16)], None, None),
        ([nov(16), nov(18)], None, nov(18)),
        ([nov(16), nov(18), nov(21)], None, nov(18)),
        ([nov(16), nov(18)], nov(18), None),
        ([nov(16), nov(18), nov(21), nov(23)], nov(18), nov(23)),
    ],
)
def test_two_missed_days_in_a_row_since_the_last_contact(missed, contact, since):
    assert missed_since(missed, contact) == since
