"""The catalogue as a calendar."""

from datetime import date

import pytest

from models.rules.course_calendar import later_month, months_from, said_in, weeks_of

JANUARY = months_from(date(2027, 1, 15), 1)[0]


def test_a_half_year_begins_with_its_month_and_crosses_the_year():
    months = months_from(date(2026, 11, 22))
    assert [period.label for period in months] == [
        "November 2026", "Dezember 2026", "Januar 2027", "Februar 2027", "März 2027", "April 2027",
    ]  # fmt: skip
    assert (months[0].first, months[3].last, months[-1].last) == (
        date(2026, 11, 1),
        date(2027, 2, 28),
        date(2027, 4, 30),
    )
    assert later_month(date(2026, 3, 31), -6) == date(2025, 9, 1)


@pytest.mark.parametrize(
    ("day", "labels", "first", "last"),
    [
        (date(2026, 11, 22), ["KW 44", "KW 45", "KW 46", "KW 47", "KW 48", "KW 49"], (10, 26), (12, 6)),
        (date(2027, 2, 1), ["KW 5", "KW 6", "KW 7", "KW 8"], (2, 1), (2, 28)),
    ],
)
def test_a_month_is_made_of_whole_weeks(day, labels, first, last):
    weeks = weeks_of(day)
    assert [week.label for week in weeks] == labels
    assert (weeks[0].first.month, weeks[0].first.day) == first and (weeks[-1].last.month, weeks[-1].last.day) == last


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (date(2027, 1, 4), date(2027, 7, 30), "ab 04.01."),
        (date(2026, 9, 1), date(2027, 1, 29), "bis 29.01."),
        (date(2027, 1, 1), date(2027, 1, 31), "01.01. bis 31.01."),
        (date(2026, 9, 1), date(2027, 7, 30), "läuft"),
        (date(2027, 2, 1), date(2027, 7, 30), ""),
        (date(2026, 9, 1), date(2026, 12, 31), ""),
        (date(2027, 1, 4), None, "ab 04.01., Ende offen"),
        (date(2026, 9, 1), None, ""),
    ],
)
def test_what_a_course_says_in_a_month(starts, ends, words):
    assert said_in(JANUARY, starts, ends) == words
