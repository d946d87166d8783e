"""The fixed moment of the tests: a Monday."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)
