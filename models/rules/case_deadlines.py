"""The deadlines of a case as people see them: what the table of tasks says, with the distance from today."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.tasks import TASK_RULES, Due, TaskKind

URGENT_DAYS = 10


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that matters, what for, and how far it is from today (negative: past)."""

    kind: str
    label: Message
    day: date
    left: int

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed."""
        return self.left < 0

    @property
    def is_urgent(self) -> bool:
        """Whether it is time to act: overdue or within ten days."""
        return self.left <= URGENT_DAYS

    @property
    def text(self) -> Message:
        """ "in 8 Tagen", shown beside the date."""
        if self.left in _NEAR:
            return _NEAR[self.left]
        if self.left < 0:
            return Message(N_("seit {days} Tagen überfällig"), days=-self.left)
        return Message(N_("in {days} Tagen"), days=self.left)


_NEAR = {-1: Message(N_("seit gestern überfällig")), 0: Message(N_("heute")), 1: Message(N_("morgen"))}
Naming = Callable[[TaskKind, str], Message]
"""Gives the German sentence of a deadline with the name that it leaves open."""


def deadlines_of(
    dues: Iterable[Due], blocks: frozenset[Block], role: Role, today: date, naming: Naming
) -> tuple[Deadline, ...]:
    """The deadlines that this person is told today, in the order of ``dues``."""
    told = (due for due in dues if due.is_shown(today) and _is_told(due.kind, blocks, role))
    return tuple(Deadline(due.kind, naming(due.kind, due.word), due.due_on, (due.due_on - today).days) for due in told)


def _is_told(kind: TaskKind, blocks: frozenset[Block], role: Role) -> bool:
    rule = TASK_RULES[kind]
    return bool(rule.deadline) and not rule.blocks.isdisjoint(blocks) and (not rule.roles or role in rule.roles)
