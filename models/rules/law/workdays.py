"""Working days of the Saarland: Monday to Friday without its public holidays (§ 2 Feiertagsgesetz Saarland)."""

from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
ONE_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether ``day`` is neither a Saturday nor a Sunday nor a public holiday of the Saarland."""
    return day.weekday() < SATURDAY and not is_public_holiday(day)


def is_public_holiday(day: date) -> bool:
    """Whether ``day`` is a public holiday of the Saarland."""
    return day in _public_holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which does not count itself (§ 187 Abs. 1 BGB)."""
    if count < 1:
        raise ValueError("count must be at least 1")
    while count:
        day += ONE_DAY
        count -= is_working_day(day)
    return day


def last_working_day_before(day: date) -> date:
    """The last working day that lies before ``day``."""
    day -= ONE_DAY
    while not is_working_day(day):
        day -= ONE_DAY
    return day


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("DE", subdiv="SL", years=year))
