"""Times in one UTC text format, and the day that clerks mean by it. No clock: the moment is always an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Berlin")


def stamp(now: datetime) -> str:
    """The stored text of an aware time: 27 characters, UTC, microseconds, ``2026-11-22T08:12:22.123456Z``."""
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_stamp(text: str) -> datetime:
    """The aware UTC time behind a stored text."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def local_day(now: datetime) -> date:
    """The calendar day in Germany at an aware time."""
    return now.astimezone(LOCAL).date()


def german_date(day: date | None) -> str:
    """``22.11.2026``; an empty text for no day."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}" if day else ""  # a third of the cost of strftime


def german_time(text: str) -> str:
    """``22.11.2026, 09:12`` local time from a stored text; an empty text for none."""
    return from_stamp(text).astimezone(LOCAL).strftime("%d.%m.%Y, %H:%M") if text else ""
