"""An appointment as an iCalendar file (RFC 5545). It names no person: calendars are shared and synchronised."""

from dataclasses import dataclass
from datetime import date, datetime, time

from icalendar import Calendar, Event

from models.rules.appointments import Slot
from models.rules.times import LOCAL

PRODUCT = "-//Staffelstab//Termine//DE"
MEDIA_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a calendar; ``uid`` stays the same when it changes, ``version`` counts the changes."""

    uid: str
    title: str
    slot: Slot
    place: str
    description: str
    version: int
    cancelled: bool
    changed: datetime


def calendar_file(entry: Entry) -> bytes:
    """The file with this one entry, in local time with its time zone."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.cancelled else "PUBLISH")
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstart", _at(entry.slot, entry.slot.begins))
    event.add("dtend", _at(entry.slot, entry.slot.ends))
    event.add("dtstamp", entry.changed)
    event.add("sequence", entry.version - 1)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if entry.place:
        event.add("location", entry.place)
    event.add("description", entry.description)
    event.add("class", "CONFIDENTIAL")
    calendar.add_component(event)
    year = entry.slot.on.year
    calendar.add_missing_timezones(first_date=date(year, 1, 1), last_date=date(year + 1, 1, 1))
    return bytes(calendar.to_ical())


def _at(slot: Slot, clock: str) -> datetime:
    return datetime.combine(slot.on, time.fromisoformat(clock), LOCAL)
