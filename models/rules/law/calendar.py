"""Periods by the calendar (§§ 187, 188 BGB) and the ages of the SGB II. Whole days only, no clock, no working days."""

from calendar import monthrange
from datetime import date, timedelta

ADULT = 18
ABLE_TO_WORK_FROM = 15
"""Completed years from which a person can be entitled in her own right (§ 7 Abs. 1 S. 1 Nr. 1 SGB II)."""

MONTHS_BEYOND_65 = {
    1947: 1, 1948: 2, 1949: 3, 1950: 4, 1951: 5, 1952: 6, 1953: 7, 1954: 8, 1955: 9,
    1956: 10, 1957: 11, 1958: 12, 1959: 14, 1960: 16, 1961: 18, 1962: 20, 1963: 22, 1964: 24,
}  # fmt: skip
"""§ 7a SGB II, the table of birth years; before 1947 nothing is added, after 1964 as in 1964."""


def last_day_of_month(day: date) -> date:
    """The last day of the month in which ``day`` lies."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def first_of_next_month(day: date) -> date:
    """The first day of the month after that of ``day``."""
    return last_day_of_month(day) + timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The last day of a period of months that an event on ``day`` sets off (§ 187 Abs. 1, § 188 Abs. 2, 3 BGB).

    The day of the same number, or the last day of the month where that number is missing. Raises ValueError
    beyond the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def last_day_of_term(first: date, months: int) -> date:
    """The last day of a term of months whose first day counts (§ 187 Abs. 2, § 188 Abs. 2 Alt. 2, Abs. 3 BGB).

    The day before the one of the same number: from 1 March three months end on 31 May.
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if first.day == 1:
        return date(year, month + 1, 1) - timedelta(days=1)
    return date(year, month + 1, min(first.day - 1, _length(year, month + 1)))


def age_reached(born: date, years: int, months: int = 0) -> date:
    """The day at whose end a person completes an age: who is born on the first does so on the last of the month before.

    § 187 Abs. 2 S. 2 BGB counts the day of birth.
    """
    return last_day_of_term(born, years * 12 + months)


def has_completed(born: date, years: int, on: date) -> bool:
    """Whether the person has completed that many years when ``on`` begins."""
    return age_reached(born, years) < on


def age_limit_end(born: date) -> date:
    """The day at whose end the upper age limit is reached: the last day of the month of that age (§ 7a SGB II)."""
    beyond = MONTHS_BEYOND_65[min(born.year, 1964)] if born.year >= 1947 else 0
    return last_day_of_month(age_reached(born, 65, beyond))


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]
