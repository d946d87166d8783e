"""How a day plans itself: tasks with their due day, grouped as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.message import Message


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a person has to do: what, about whom, where, until when."""

    title: Message
    address: str
    detail: Message
    due: date | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, linked to the list behind it. At most five on a start page."""

    number: str
    label: Message
    address: str
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """The tasks of one person on one day."""

    overdue: tuple[Task, ...]
    today: tuple[Task, ...]
    this_week: tuple[Task, ...]
    later: tuple[Task, ...]


def plan(tasks: Iterable[Task], today: date) -> Day:
    """Group tasks by their due day; the week ends on Sunday, tasks without a day come last."""
    ordered = sorted(tasks, key=lambda task: (task.due or date.max, str(task.title)))
    sunday = today + timedelta(days=6 - today.weekday())
    return Day(
        overdue=tuple(task for task in ordered if task.due and task.due < today),
        today=tuple(task for task in ordered if task.due == today),
        this_week=tuple(task for task in ordered if task.due and today < task.due <= sunday),
        later=tuple(task for task in ordered if task.due is None or task.due > sunday),
    )


def counted(number: int, cap: int) -> str:
    """A capped count as text: counting on costs time and tells nobody more. ``1.000+`` beyond the cap."""
    return f"{cap:,}+".replace(",", ".") if number > cap else f"{number:,}".replace(",", ".")
