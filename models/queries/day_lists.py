"""The lists that a start page is narrowed to: the day in groups, and what a role looks at first thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.queries.law_days import own_goal_due
from models.rules.day import DUE_GROUPS, TITLES, Group, span
from models.rules.message import N_
from models.rules.roles import Role
from models.rules.tasks import TASK_RULES, Lane, TaskKind


@dataclass(frozen=True, slots=True)
class Focus:
    """A list of one kind of task that a role looks at first thing; ``since``: only what is so new."""

    word: str
    kind: TaskKind
    label: str
    since: timedelta | None = None

    @property
    def lane(self) -> Lane:
        """The lane of its tasks."""
        return TASK_RULES[self.kind].lane


WAITING_LIST = "wartet-auf-kurs"
FOCI: Mapping[Role, tuple[Focus, ...]] = {
    Role.AGENTUR: (
        Focus("ohne-uebergabe", TaskKind.SERVED, N_("zugestellt, noch ohne Übergabe")),
        Focus(WAITING_LIST, TaskKind.COURSE_WAIT, N_("warten zu lange auf einen Kurs")),
        Focus("neu", TaskKind.CONTACT, N_("neu, noch kein Kontakt")),
    ),
    Role.JOBCENTER: (
        Focus("direkt", TaskKind.DIRECT, N_("direkte Fälle ohne erstes Gespräch")),
        Focus(WAITING_LIST, TaskKind.COURSE_WAIT, N_("warten zu lange auf einen Kurs")),
    ),
    Role.COACH: (
        Focus("neu", TaskKind.COACH_CONTACT, N_("neu seit gestern"), timedelta(days=1)),
        Focus("ohne-kontakt", TaskKind.COACH_CONTACT, N_("noch ohne Kontakt")),
    ),
    Role.MUNICIPALITY: (Focus("coach", TaskKind.COACH_REPORT, N_("noch nicht an den Coach gemeldet")),),
    Role.ASYLBLG: (
        Focus("anfragen", TaskKind.PATH_ASKED, N_("Anfragen zum Kurs (P5)")),
        Focus("verpflichtung", TaskKind.OBLIGATION, N_("Verpflichtung im Fall genannt (P5)")),
    ),
}
"""Lists by role; the first one is a number of the start page, the last one of a queue is where new cases come in."""
LATE = "-ueber-ziel"
"""Ending of the word of a list of new cases that is narrowed to those past their goal."""
PLANNED = frozenset({*FOCI, Role.PROVIDER})
"""Roles with tasks of their own; the others have an overview at most."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the start page is narrowed to: a group, or the list of the role; nothing: everything that is to be done.

    ``late``: of a list of new cases only those past their goal, which is no day that the law sets and so not overdue.
    """

    group: Group | None = None
    focus: Focus | None = None
    late: bool = False

    @property
    def title(self) -> str:
        """The German heading of the list."""
        if self.focus:
            return self.focus.label
        return TITLES[self.group] if self.group else ""

    @property
    def lane(self) -> Lane:
        """The lane of the tasks in this list."""
        if self.focus:
            return self.focus.lane
        return Lane.WAITS if self.group == Group.WAITING else Lane.DUE

    def days(self, today: date) -> tuple[date, date]:
        """The first and the last due day of this list."""
        if self.late:
            return date.min, today - timedelta(days=1)
        if self.focus and self.focus.since is not None:
            return own_goal_due(today - self.focus.since), date.max
        return span(self.group, today) if self.group else (date.min, date.max)


def newcomers(role: Role) -> Focus | None:
    """The list in which new cases come in; None for a role without such a list."""
    return next((one for one in reversed(FOCI.get(role, ())) if one.lane == Lane.QUEUE), None)


def chosen_list(role: Role, word: str) -> Chosen:
    """The list behind a word in an address; everything for a word that this role has no list for."""
    for focus in FOCI.get(role, ()):
        if word == focus.word:
            return Chosen(focus=focus)
        if word == focus.word + LATE and focus.lane == Lane.QUEUE:
            return Chosen(focus=focus, late=True)
    return Chosen(group=Group(word)) if word in (*DUE_GROUPS, Group.WAITING) else Chosen()
