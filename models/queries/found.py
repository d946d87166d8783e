"""What a record of a case says in the place of an item of the lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.checklists import Value
from models.rules.times import from_stamp, local_day


@dataclass(frozen=True, slots=True)
class Found:
    """What a record says: values by field key, its place in German, the day, and the organisation that entered it.

    ``whole``: the record answers the item alone, nothing of it is answered in the list.
    """

    values: Mapping[str, Value | None]
    place: str
    at: date | None
    organisation_id: int | None
    whole: bool = False


def iso(day: date | None) -> str | None:
    """A day as answers keep it."""
    return day.isoformat() if day else None


def day_of(stamp: str | None) -> date | None:
    """The day in Germany of a stored time."""
    return local_day(from_stamp(stamp)) if stamp else None
