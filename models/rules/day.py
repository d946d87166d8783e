"""How a day plans itself: tasks in groups by their due day, as people read them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from models.rules.message import N_, Message
from models.rules.times import german_date


class Group(StrEnum):
    """Groups of the start page by their word; ``WAITING``: others do it first, ``NEW``: lists of new cases."""

    OVERDUE = "ueberfaellig"
    TODAY = "heute"
    WEEK = "woche"
    LATER = "spaeter"
    WAITING = "wartet"
    NEW = "neu"


_SATURDAY = 5
MOST_COUNTED = 99
"""Numbers of a day are counted no further: each line costs time, and more tells nobody anything."""
DUE_GROUPS = (Group.OVERDUE, Group.TODAY, Group.WEEK, Group.LATER)
TITLES = {
    Group.OVERDUE: N_("Überfällig"),
    Group.TODAY: N_("Heute"),
    Group.WEEK: N_("Diese Woche"),
    Group.LATER: N_("Später"),
    Group.WAITING: N_("Wartet auf andere"),
    Group.NEW: N_("Neu"),
}


def span(group: Group, today: date) -> tuple[date, date]:
    """The first and the last due day of a group, both included; every day for a group that goes by no day.

    The week ends on Sunday; who works on a weekend looks at the week that follows.
    """
    return _spans(today).get(group, (date.min, date.max))


@lru_cache(maxsize=8)
def _spans(today: date) -> Mapping[Group, tuple[date, date]]:
    sunday = today + timedelta(days=6 - today.weekday() + (7 if today.weekday() >= _SATURDAY else 0))
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    return {
        Group.OVERDUE: (date.min, yesterday),
        Group.TODAY: (today, today),
        Group.WEEK: (tomorrow, sunday),
        Group.LATER: (sunday + timedelta(days=1), date.max),
    }


def group_of(due_on: date, today: date) -> Group:
    """The group of a task that is due on that day."""
    return next(group for group, (_first, last) in _spans(today).items() if due_on <= last)


class Due(NamedTuple):
    """Until when, in words, and the kind of the badge where it is urgent."""

    words: Message
    urgent: str = ""


@lru_cache(maxsize=2_000)
def due_in(group: Group, due_on: date, today: date) -> Due:
    """What a line of that group says of its day. New cases are measured by a goal, not by a deadline."""
    day = german_date(due_on)
    if group == Group.OVERDUE:
        return Due(Message(N_("fällig war {day}"), day=day), "danger")
    if group == Group.NEW and due_on < today:
        return Due(Message(N_("Ziel war {day}"), day=day), "warning")
    if group == Group.NEW:
        return Due(Message(N_("Ziel: bis {day}"), day=day))
    return Due(Message(N_("bis heute") if group == Group.TODAY else N_("bis {day}"), day=day))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, linked to the list behind it. At most five on a start page."""

    number: str
    label: Message
    address: str
    urgent: bool = False


def counted(number: int, cap: int) -> str:
    """A capped count as text: counting on costs time and tells nobody more. ``1.000+`` beyond the cap."""
    return f"{cap:,}+".replace(",", ".") if number > cap else f"{number:,}".replace(",", ".")
