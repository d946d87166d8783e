"""Times in one UTC text format, and the day that clerks mean by it. No clock: the moment is always an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Europe/Berlin")


def stamp(now: datetime) -> str:
    """The stored text of an aware time: 27 characters, UTC, microseconds, ``2026-11-22T08:12:22.123456Z``."""
    return now.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def from_stamp(text: str) -> datetime:
    """The aware UTC time behind a stored text; ValueError for any other text."""
    if len(text) != 27 or text[26] != "Z":
        raise ValueError(f"no stored time: {text!r}")
    return datetime.fromisoformat(text)  # a tenth of the cost of strptime


def local_day(now: datetime) -> date:
    """The calendar day in Germany at an aware time."""
    return now.astimezone(LOCAL).date()


def german_date(day: date | None) -> str:
    """``22.11.2026``; an empty text for no day."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}" if day else ""  # a third of the cost of strftime


def german_time(text: str) -> str:
    """``22.11.2026, 09:12`` local time from a stored text; an empty text for none."""
    if not text:
        return ""
    moment = from_stamp(text).astimezone(LOCAL)
    return f"{german_date(moment)}, {moment.hour:02d}:{moment.minute:02d}"
