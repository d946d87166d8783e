"""What runs for the course of one case: how long the person waits, and the days that the table of tasks names."""

from dataclasses import dataclass
from datetime import date

from models.queries.case_view import CaseView
from models.queries.day_lists import WAITING_LIST, chosen_list
from models.queries.deadlines import deadlines_in
from models.queries.task_facts import course_dues, course_facts
from models.queries.today import numbers_of
from models.rules.case_deadlines import Deadline
from models.rules.course_wait import Wait, wait_in
from models.rules.permissions import Block
from models.rules.roles import Actor
from models.rules.tasks import TASK_RULES, TaskKind


@dataclass(frozen=True, slots=True)
class Clock:
    """The wait, and the deadlines that are shown today, each with its legal basis."""

    wait: Wait | None
    deadlines: tuple[tuple[Deadline, str], ...]


def waiting_too_long(actor: Actor, today: date) -> tuple[int, str]:
    """So many cases of the acting person's organisation wait too long for a course, and the list of them; counted no
    further than the cap, none for a role without such a list.
    """
    chosen = chosen_list(actor.role, WAITING_LIST)
    number = numbers_of(actor, today, [chosen])[0] if chosen.focus else 0
    return number, f"/?liste={WAITING_LIST}"


def course_clock(view: CaseView) -> Clock:
    """The clock of a case that was read already; nothing for who does not see its courses."""
    if Block.COURSES not in view.blocks:
        return Clock(None, ())
    return view.once("course clock", lambda: _clock(view))


def _clock(view: CaseView) -> Clock:
    told = ((one, TASK_RULES[TaskKind(one.kind)].basis) for one in deadlines_in(view, course_dues(view.held)))
    return Clock(wait_in(course_facts(view.held), view.held.today), tuple(told))
