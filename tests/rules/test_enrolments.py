"""How long a provider sees an enrolment."""

from datetime import date

import pytest

from models.rules.enrolments import seen_until

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
