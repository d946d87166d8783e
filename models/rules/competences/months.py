"""Points of a life as people remember them: a month, or only a year. Months are counted as one number."""

import re
from dataclasses import dataclass
from datetime import date

from models.rules.message import N_, Message

EARLIEST, LATEST = 1900, 2100
_TYPED = re.compile(r"(?:(?P<month>\d{1,2})\s*[./-]\s*)?(?P<year>\d{4})")
_STORED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?")


class NoPoint(ValueError):
    """The text is neither a month nor a year; carries the German sentence."""

    def __init__(self) -> None:
        self.message = Message(N_("Bitte Monat und Jahr wie 03.2015 eingeben oder nur das Jahr."))
        super().__init__(str(self.message))


@dataclass(frozen=True, slots=True)
class Point:
    """A month of a year, or with no month a year in which something began or ended."""

    year: int
    month: int | None = None

    @property
    def first(self) -> int:
        """The earliest month that is meant."""
        return number_of(self.year, self.month or 1)

    @property
    def last(self) -> int:
        """The latest month that is meant."""
        return number_of(self.year, self.month or 12)

    @property
    def stored(self) -> str:
        """As the database keeps it: 2015-03, or 2015."""
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    def __str__(self) -> str:
        return f"{self.month:02}.{self.year}" if self.month else str(self.year)


def number_of(year: int, month: int) -> int:
    """A month as one number, so that months can be counted."""
    return year * 12 + month - 1


def month_of(day: date) -> int:
    """The number of the month of a day."""
    return number_of(day.year, day.month)


def german_month(number: int) -> str:
    """03.2015"""
    year, month = divmod(number, 12)
    return f"{month + 1:02}.{year}"


def parse_point(text: str) -> Point:
    """A point from "03.2015", "3/2015" or "2015"; NoPoint for anything else."""
    return _read(_TYPED.fullmatch(text.strip()))


def stored_point(text: str) -> Point | None:
    """A point as the database keeps it; None for an empty text."""
    return _read(_STORED.fullmatch(text)) if text else None


def _read(found: re.Match[str] | None) -> Point:
    if found is None:
        raise NoPoint
    year, month = int(found["year"]), int(found["month"]) if found["month"] else None
    if not EARLIEST <= year <= LATEST or month not in (None, *range(1, 13)):
        raise NoPoint
    return Point(year, month)
