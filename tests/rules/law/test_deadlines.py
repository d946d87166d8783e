"""Working days of the Saarland and the deadlines that rest on them or on the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.law import deadlines
from models.rules.law.workdays import add_working_days, is_working_day, last_working_day_before

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    "holiday",
    [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-25",
        "2026-06-04",
        "2025-08-15",
        "2025-10-03",
        "2027-11-01",
    ],
)
def test_public_holidays_of_the_saarland_are_no_working_days(holiday):
    day = date.fromisoformat(holiday)
    assert day.weekday() < 5
    assert not is_working_day(day)


@pytest.mark.parametrize("day", ["2026-01-06", "2026-10-30", "2026-12-24", "2026-12-31"])
def test_days_that_are_holidays_elsewhere_or_only_by_habit(day):
    assert is_working_day(date.fromisoformat(day))


@given(DAYS, st.integers(1, 30))
def test_adding_working_days_counts_them(day, count):
    end = add_working_days(day, count)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(end)


@given(DAYS)
def test_the_last_working_day_before_has_no_working_day_after_it(day):
    last = last_working_day_before(day)
    assert last < day
    assert is_working_day(last)
    assert not any(is_working_day(last + timedelta(days=n)) for n in range(1, (day - last).days))


def test_a_count_below_one_is_refused():
    with pytest.raises(ValueError, match="count"):
        add_working_days(date(2026, 11, 2), 0)


@pytest.mark.parametrize(
    ("recorded", "change", "due"),
    [
        ("2026-11-16", "2026-12-01", "2026-11-23"),
        ("2026-11-26", "2026-12-01", "2026-11-30"),
        ("2026-10-28", "2026-11-01", "2026-10-30"),
        ("2026-12-03", "2026-12-01", "2026-11-30"),
    ],
)
def test_handover_is_due_five_working_days_after_recording_or_before_the_change(recorded, change, due):
    assert deadlines.handover_due(date.fromisoformat(recorded), date.fromisoformat(change)) == date.fromisoformat(due)


def test_receipt_and_first_talk_skip_christmas():
    assert deadlines.receipt_due(date(2026, 12, 23)) == date(2026, 12, 29)
    assert deadlines.first_talk_due(date(2026, 12, 18)) == date(2027, 1, 5)


def test_paper_reminder_is_eight_weeks_before():
    assert deadlines.paper_reminder(date(2027, 3, 4)) == date(2027, 1, 7)


def test_course_deadlines():
    assert deadlines.integration_course_start_due(date(2026, 3, 2)) == date(2026, 4, 13)
    assert deadlines.integration_course_begin_until(date(2024, 2, 29)) == date(2025, 2, 28)
    assert deadlines.course_claim_until(date(2026, 3, 10)) == date(2027, 3, 10)
    assert deadlines.vocational_course_formed_due(date(2026, 8, 3)) == date(2026, 8, 31)
    assert deadlines.vocational_entitlement_until(date(2024, 11, 29)) == date(2025, 2, 28)


def test_proofs_of_german_count_six_months_or_a_year():
    assert deadlines.language_proof_until(date(2026, 8, 31)) == date(2027, 2, 28)
    assert deadlines.integration_proof_until(date(2024, 2, 29)) == date(2025, 2, 28)
    assert deadlines.language_proof_reminder(date(2026, 12, 30)) == date(2026, 12, 2)
