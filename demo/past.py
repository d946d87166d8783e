"""Moments of the invented past: office hours of working days, counted back from the moment the data is made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.rules.law.workdays import is_working_day
from models.rules.times import LOCAL, local_day

BEGIN = 121
"""So many days ago the training installation was set up: keys must be older than what they sign."""


@dataclass(frozen=True, slots=True)
class Past:
    """``now`` is the moment at which the data is made; nothing invented lies after it."""

    now: datetime

    def moment(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """That time of day on the last working day that is at least ``days`` days ago, never after now."""
        return self._at(_working_day(local_day(self.now) - timedelta(days=days)), hour, minute)

    def working(self, count: int, hour: int = 9, minute: int = 0) -> datetime:
        """That time of day ``count`` working days before the last one that is over or running."""
        day = _working_day(local_day(self.now))
        for _ in range(count):
            day = _working_day(day - timedelta(days=1))
        return self._at(day, hour, minute)

    def _at(self, day: date, hour: int, minute: int) -> datetime:
        return min(datetime.combine(day, time(hour, minute), LOCAL), self.now)


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
