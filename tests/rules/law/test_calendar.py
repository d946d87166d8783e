"""Periods by §§ 187, 188 BGB against dateutil and against themselves, and the ages of the SGB II."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from models.rules.law.calendar import (
    add_months,
    age_limit_end,
    age_reached,
    first_of_next_month,
    has_completed,
    last_day_of_month,
    last_day_of_term,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(0, 1200)


@given(DAYS, MONTHS)
def test_add_months_agrees_with_relativedelta(day, months):
    assert add_months(day, months) == day + relativedelta(months=months)


@given(DAYS, MONTHS)
def test_add_months_stays_in_the_month_meant(day, months):
    end = add_months(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert end.day == day.day or (end == last_day_of_month(end) and end.day < day.day)


@given(DAYS, DAYS, MONTHS)
def test_a_later_event_never_ends_a_period_earlier(one, other, months):
    early, late = sorted((one, other))
    assert add_months(early, months) <= add_months(late, months)
    assert last_day_of_term(early, months) <= last_day_of_term(late, months)


@given(DAYS, MONTHS)
def test_a_longer_period_ends_later(day, months):
    assert add_months(day, months) < add_months(day, months + 1)


@given(DAYS)
def test_next_month_follows_the_last_day(day):
    assert first_of_next_month(day) == last_day_of_month(day) + timedelta(days=1)
    assert first_of_next_month(day) == day.replace(day=1) + relativedelta(months=1)


@given(DAYS, MONTHS)
def test_a_term_whose_first_day_counts_ends_a_day_before(day, months):
    end, after = last_day_of_term(day, months), add_months(day, months)
    assert end in (after - timedelta(days=1), after)
    assert end == after - timedelta(days=1) or end == last_day_of_month(end)


@given(DAYS, st.integers(1, 100))
def test_the_age_is_completed_the_day_after_it_is_reached(born, years):
    reached = age_reached(born, years)
    assert not has_completed(born, years, reached)
    assert has_completed(born, years, reached + timedelta(days=1))


@given(st.dates(date(1940, 1, 1), date(1990, 12, 31)))
def test_the_upper_limit_is_a_last_day_between_65_and_67_years(born):
    end = age_limit_end(born)
    assert end == last_day_of_month(end)
    assert born + relativedelta(years=65, days=-1) <= end <= born + relativedelta(years=67, months=1)


@pytest.mark.parametrize(
    ("born", "end"),
    [
        ("1946-12-31", "2011-12-31"),
        ("1947-01-01", "2012-01-31"),
        ("1947-01-02", "2012-02-29"),
        ("1958-06-15", "2024-06-30"),
        ("1959-06-15", "2025-08-31"),
        ("1960-08-01", "2026-11-30"),
        ("1960-08-02", "2026-12-31"),
        ("1960-10-31", "2027-02-28"),
        ("1963-12-31", "2030-10-31"),
        ("1964-01-01", "2030-12-31"),
        ("1990-05-04", "2057-05-31"),
    ],
)
def test_upper_limit_month_by_month(born, end):
    assert age_limit_end(date.fromisoformat(born)) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("born", "years", "reached"),
    [
        ("2011-12-01", 15, "2026-11-30"),
        ("2011-12-02", 15, "2026-12-01"),
        ("2012-02-29", 15, "2027-02-28"),
        ("2012-03-01", 15, "2027-02-28"),
        ("2011-01-01", 15, "2025-12-31"),
    ],
)
def test_an_age_is_completed_at_the_end_of_the_day_before_the_birthday(born, years, reached):
    assert age_reached(date.fromisoformat(born), years) == date.fromisoformat(reached)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2024-11-29", 3, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
    ],
)
def test_month_ends(day, months, end):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(end)
