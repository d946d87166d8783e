"""Writes the log of reads. No event: the log is a record of its own, kept six months (§ 79 Abs. 4 SGB X)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import chunked

from models.base import db
from models.rules.times import stamp
from models.tables import AccessLog

KEPT = timedelta(days=183)
_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading: when, who, for which organisation, which case, what."""

    at: datetime
    account_id: int | None
    organisation_id: int | None
    case_id: int | None
    action: str


def write_readings(readings: list[Reading]) -> None:
    """Append a batch."""
    rows = [
        {
            "at": stamp(reading.at),
            "account": reading.account_id,
            "organisation": reading.organisation_id,
            "case_id": reading.case_id,
            "action": reading.action,
        }
        for reading in readings
    ]
    with db.atomic():
        for part in chunked(rows, _ROWS):  # the file of a list reads thousands of cases at once
            AccessLog.insert_many(part).execute()


def drop_old_readings(*, now: datetime) -> int:
    """Delete readings older than six months; returns how many."""
    with db.atomic():
        return int(AccessLog.delete().where(AccessLog.at < stamp(now - KEPT)).execute())
