"""The catalogue as a calendar: into which weeks or months a course falls, in words."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
HALF_YEAR = 6
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A column of the calendar: a month or a week; both days belong to it."""

    label: str
    first: date
    last: date


def month_name(day: date) -> str:
    """``Dezember 2026``."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def later_month(day: date, months: int) -> date:
    """The first day of the month that lies so many months after (or before) that of ``day``."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def months_from(day: date, count: int = HALF_YEAR) -> tuple[Period, ...]:
    """So many months, beginning with that of ``day``."""
    starts = [later_month(day, number) for number in range(count + 1)]
    return tuple(Period(month_name(first), first, after - _ONE_DAY) for first, after in pairwise(starts))


def weeks_of(day: date) -> tuple[Period, ...]:
    """The weeks of the month of ``day``, Monday to Sunday, by their number (ISO 8601); they reach beyond it."""
    first, after = later_month(day, 0), later_month(day, 1)
    mondays = [first - timedelta(days=first.weekday())]
    while mondays[-1] + timedelta(days=7) < after:
        mondays.append(mondays[-1] + timedelta(days=7))
    return tuple(Period(f"KW {monday.isocalendar().week}", monday, monday + timedelta(days=6)) for monday in mondays)


def said_in(period: Period, starts_on: date, ends_on: date | None) -> str:
    """What a calendar says of a course in a period: its start, its end, that it runs; nothing where it does not.

    A course without an end is known by its start alone.
    """
    begins = period.first <= starts_on <= period.last
    if ends_on is None:
        return f"ab {_short(starts_on)}, Ende offen" if begins else ""
    ends = period.first <= ends_on <= period.last
    if begins and ends:
        return f"{_short(starts_on)} bis {_short(ends_on)}"
    if begins:
        return f"ab {_short(starts_on)}"
    if ends:
        return f"bis {_short(ends_on)}"
    return "läuft" if starts_on < period.first and ends_on > period.last else ""


def _short(day: date) -> str:
    return f"{day.day:02d}.{day.month:02d}."  # a third of the cost of strftime
