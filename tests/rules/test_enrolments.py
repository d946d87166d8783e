"""How long a provider sees an enrolment, and which paper opens a course."""

from datetime import date

import pytest

from models.rules.enrolments import NamedPath, path_problems, seen_until

JULY, AUGUST = date(2027, 7, 30), date(2027, 8, 13)


@pytest.mark.parametrize(
    ("course_ends", "ended_on", "last_day"),
    [
        (None, None, None),
        (JULY, None, date(2027, 9, 24)),
        (None, JULY, date(2027, 9, 24)),
        (AUGUST, JULY, date(2027, 9, 24)),
        (JULY, AUGUST, date(2027, 9, 24)),
    ],
)
def test_sight_ends_eight_weeks_after_the_first_end(course_ends, ended_on, last_day):
    assert seen_until(course_ends, ended_on) == last_day


def test_no_paper_is_older_than_the_courses():
    paper = NamedPath("P8", "", "BAMF", date(1926, 11, 20))
    assert list(path_problems(paper, "BSK", (), date(2026, 11, 23), None)) == ["dated"]
