"""What the start page shows: tasks and Wiedervorlagen by day, and at most five numbers, within what the person may see.

A fixed number of queries, however many cases there are: what follows from the facts of a case stands in ``CaseTask``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import TypedDict

from models.queries import day_statements as statements
from models.queries.day_lists import FOCI, PLANNED, Chosen, Focus, newcomers
from models.queries.day_statements import values
from models.queries.handed_over import names_given_away
from models.queries.minutes import ResolutionLine
from models.queries.task_words import address_of, sentence_of
from models.rules.day import MOST_COUNTED, Due, Figure, Group, counted, due_in, group_of
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.tasks import TASK_RULES, Lane, TaskKind
from models.rules.times import german_date

PAGE = 25
LAST_PAGE = 40
MOST_WAITING = 10
MOST_NEW = 5
PRESSING = frozenset({Group.OVERDUE, Group.TODAY, Group.WEEK})
"""Groups that the start page shows with all that belongs to them, also of the working group."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the day: what, about whom, where, until when, on what ground.

    Of a Wiedervorlage ``follow_up`` and ``version`` say which it is, ``stands_in_for`` whose it is while she is away.
    """

    title: Message
    name: str
    number: str
    address: str
    due_on: date
    group: Group
    due: Due
    basis: str = ""
    follow_up: int | None = None
    version: int = 0
    stands_in_for: str = ""


class _When(TypedDict):
    due_on: date
    group: Group
    due: Due


def lines_of(
    actor: Actor, today: date, chosen: Chosen, page: int = 1, *, given: Sequence[ResolutionLine] = ()
) -> tuple[list[Line], bool]:
    """One page of the tasks and Wiedervorlagen of this person, the most pressing first, and whether there are more.

    ``given`` is what the working group gave her organisation to do. Of the whole day only what is due by the end of the
    week: the rest stands apart, and would be lost behind everything else that has time.
    """
    end = min(page, LAST_PAGE) * PAGE
    lines = [*_task_lines(actor, today, chosen, end + 1)]
    if statements.has_follow_ups(actor.role, chosen):
        lines.extend(_follow_up_lines(actor, today, chosen, end + 1))
    if statements.has_requests(actor.role, chosen):
        lines.extend(_request_lines(actor, today, chosen, end + 1))
    if chosen.focus is None:
        groups = {chosen.group} if chosen.group else PRESSING
        lines.extend(line for line in map(partial(_given_line, today), given) if line.group in groups)
    if chosen.focus is None:
        lines.sort(key=lambda line: (line.due_on, line.follow_up or 0))
    return lines[end - PAGE : end], len(lines) > end and page < LAST_PAGE


def waiting_lines(actor: Actor, today: date) -> list[Line]:
    """What others have to do first, the most pressing ones."""
    return [*_task_lines(actor, today, Chosen(group=Group.WAITING), MOST_WAITING)]


def new_lines(actor: Actor, today: date) -> tuple[Focus | None, list[Line]]:
    """The list in which new cases come in, with its newest ones; None for a role without such a list."""
    focus = newcomers(actor.role)
    return focus, [*_task_lines(actor, today, Chosen(focus=focus), MOST_NEW)] if focus else []


def figures_for(actor: Actor, today: date, given: Sequence[ResolutionLine] = ()) -> tuple[list[Figure], str]:
    """At most five numbers for this role, each with the list behind it, and how many new cases are past their goal.

    All in one query; ``given`` by the working group is counted with them. The latter is empty for none.
    """
    if actor.role not in PLANNED:
        return [], ""
    wanted = [Chosen(group=group) for group in _TILES]
    wanted.extend(Chosen(focus=focus) for focus in FOCI.get(actor.role, ())[:1])
    late = [Chosen(focus=focus, late=True)] if (focus := newcomers(actor.role)) else []
    numbers = numbers_of(actor, today, [*wanted, *late])
    groups = [group_of(task.due_on, today) for task in given]
    for place, chosen in enumerate(wanted):
        numbers[place] += groups.count(chosen.group) if chosen.group else 0
    figures = [_figure(*pair) for pair in zip(wanted, numbers, strict=False)]
    return figures, counted(numbers[-1], MOST_COUNTED) if late and numbers[-1] else ""


def _task_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    if actor.role == Role.PROVIDER:
        yield from _provider_lines(actor, today, chosen, limit)
        return
    rows = statements.task_statement(actor.role, chosen, limit).rows(*values(actor, today, *chosen.days(today)))
    for kind, lane, due_on, word, enrolment, number, family, given, reference, subject in rows:
        task, waits = TaskKind(kind), lane == Lane.WAITS
        as_sent = subject and (actor.role == Role.JOBCENTER or task == TaskKind.COPY)
        known = subject if as_sent else f"{family}, {given}"
        yield Line(
            title=sentence_of(task, word, waits=waits),
            name=known,
            number=number,
            address=address_of(task, number, reference, enrolment, word, waits=waits),
            **_when(due_on, today, _GROUP_OF_LANE.get(lane)),
            basis=TASK_RULES[task].basis,
        )


def _when(due_on: date, today: date, group: Group | None = None) -> _When:
    group = group or group_of(due_on, today)
    return {"due_on": due_on, "group": group, "due": due_in(group, due_on, today)}


_GROUP_OF_LANE = {Lane.WAITS: Group.WAITING, Lane.QUEUE: Group.NEW}


def _provider_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    """A provider knows the printed form alone, also its name of the person."""
    statement = statements.task_statement(actor.role, chosen, limit)
    for due_on, enrolment, form, course in statement.rows(*values(actor, today, *chosen.days(today))):
        yield Line(
            title=sentence_of(TaskKind.PROVIDER, ""),
            name=f"{form.get('family_name', '')}, {form.get('given_names', '')}",
            number=course,
            address=f"/anmeldungen/{enrolment}",
            **_when(due_on, today),
            basis=TASK_RULES[TaskKind.PROVIDER].basis,
        )


def _follow_up_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    rows = statements.follow_up_statement(actor.role, limit).rows(*values(actor, today, *chosen.days(today)))
    given_away = names_given_away(actor, (row[7] for row in rows))
    for number, version, due_on, reason, assigned, holder, case, case_id, *name in rows:
        yield Line(
            title=Message(N_("Wiedervorlage: {reason}"), reason=reason),
            name=", ".join(given_away.get(case_id, name)),
            number=case,
            address=f"/faelle/{case}",
            **_when(due_on, today),
            follow_up=number,
            version=version,
            stands_in_for=holder if assigned not in (None, actor.account_id) else "",
        )


def _request_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    """Requests of the Jobcenter that may mean a case of the Agentur: no fact of one case, so no stored task."""
    rows = statements.request_statement(actor.role, limit).rows(*values(actor, today, *chosen.days(today)))
    for number, family, given, ends_on in rows:
        yield Line(
            title=Message(N_("Übermittlungsersuchen beantworten")),
            name=f"{family}, {given}",
            number=N_("Jobcenter"),
            address=f"/uebergaben/eingehende-ersuchen/{number}",
            **_when(ends_on, today),
            basis="§ 65d SGB II",
        )


def _given_line(today: date, task: ResolutionLine) -> Line:
    return Line(
        title=Message("{task}", task=task.text),
        name=str(Message(N_("Sitzung am {day}"), day=german_date(task.held_on))),
        number=str(Message(N_("Aufgabe aus dem Arbeitskreis"))) + (f" · {task.contact}" if task.contact else ""),
        address=f"/arbeitskreis/aufgaben/{task.id}",
        **_when(task.due_on, today),
    )


_TILES = {
    Group.OVERDUE: N_("überfällig"),
    Group.TODAY: N_("heute fällig"),
    Group.WEEK: N_("diese Woche"),
    Group.WAITING: N_("warten auf andere"),
}


def _figure(chosen: Chosen, number: int) -> Figure:
    label = chosen.focus.label if chosen.focus else _TILES[chosen.group or Group.LATER]
    word = chosen.focus.word if chosen.focus else str(chosen.group)
    urgent = chosen.group == Group.OVERDUE and number > 0
    return Figure(counted(number, MOST_COUNTED), Message(label), f"/?liste={word}", urgent)


def numbers_of(actor: Actor, today: date, wanted: Sequence[Chosen]) -> list[int]:
    """Numbers of lines in these lists, each counted no further than the cap, all in one statement."""
    spans = [chosen.days(today) for chosen in wanted]
    prepared = statements.number_statement(actor.role, tuple(wanted))
    row = prepared.row(*values(actor, today, *chain.from_iterable(spans)))
    numbers = [0] * len(wanted)
    for place, number in zip(statements.places(actor.role, wanted), row or (), strict=True):
        numbers[place] += number
    return numbers
