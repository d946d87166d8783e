"""Groups of a day: every due day has exactly one, and the span of the group says the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.day import DUE_GROUPS, Group, counted, group_of, span

MONDAY = date(2026, 11, 23)


@given(today=st.dates(date(2020, 1, 1), date(2040, 1, 1)), away=st.integers(-400, 400))
def test_every_day_is_in_the_span_of_its_group_alone(today, away):
    due = today + timedelta(days=away)
    inside = [group for group in DUE_GROUPS if span(group, today)[0] <= due <= span(group, today)[1]]
    assert inside == [group_of(due, today)]


@pytest.mark.parametrize(
    ("today", "away", "group"),
    [
        (MONDAY, -1, Group.OVERDUE),
        (MONDAY, 0, Group.TODAY),
        (MONDAY, 1, Group.WEEK),
        (MONDAY, 6, Group.WEEK),
        (MONDAY, 7, Group.LATER),
        (MONDAY + timedelta(days=5), 8, Group.WEEK),  # on Saturday, until the Sunday after
        (MONDAY + timedelta(days=6), 7, Group.WEEK),
        (MONDAY + timedelta(days=6), 8, Group.LATER),
    ],
)
def test_the_week_ends_on_sunday(today, away, group):
    assert group_of(today + timedelta(days=away), today) == group


def test_numbers_are_capped():
    assert (counted(7, 1000), counted(1000, 1000), counted(1001, 1000)) == ("7", "1.000", "1.000+")
