"""Moments of the invented past: working days, counted back from the moment the data is made."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.rules.law.workdays import is_working_day
from models.rules.times import LOCAL, local_day

BEGIN = 121
"""So many days ago the training installation was set up: keys must be older than what they sign."""
EVENING = 16
"""Stories name hours before this one; what falls on days off is told after it."""


@dataclass(frozen=True, slots=True)
class Past:
    """``now`` is the moment at which the data is made; nothing invented lies after it."""

    now: datetime

    def moment(self, days: int, hour: int = 9, minute: int = 0) -> datetime:
        """That time of day ``days`` days ago, never after now; earlier days and hours always give earlier moments.

        What falls on a Saturday, Sunday or holiday is done late on the working day before.
        """
        wished = local_day(self.now) - timedelta(days=days)
        day = _working_day(wished)
        if day == wished:
            return self._at(day, hour * 60 + minute)
        late = (EVENING + (wished - day).days - 1) * 60
        return self._at(day, late + (hour * 60 + minute) // EVENING)

    def working(self, count: int, hour: int = 9, minute: int = 0) -> datetime:
        """That time of day ``count`` working days before the last one that is over or running."""
        day = _working_day(local_day(self.now))
        for _ in range(count):
            day = _working_day(day - timedelta(days=1))
        return self._at(day, hour * 60 + minute)

    def _at(self, day: date, minutes: int) -> datetime:
        return min(datetime.combine(day, time(minutes // 60, minutes % 60), LOCAL), self.now)


def _working_day(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
