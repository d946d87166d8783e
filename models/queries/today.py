"""What the start page shows: tasks and Wiedervorlagen by day, and at most five numbers, within what the person may see.

A fixed number of queries, however many cases there are: what follows from the facts of a case stands in ``CaseTask``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import JOIN, Expression, ModelSelect, Select, fn

from models.base import db
from models.queries.enrolments import released_to
from models.queries.follow_ups import my_follow_ups
from models.queries.handed_over import names_given_away
from models.queries.law_days import own_goal_due
from models.queries.scope import visible_cases
from models.queries.task_words import address_of, sentence_of
from models.queries.transfer_requests import incoming_requests
from models.rules.day import DUE_GROUPS, TITLES, Figure, Group, counted, group_of, span
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.tasks import TASK_RULES, Lane, TaskKind
from models.tables import Account, Case, CaseTask, Course, Enrolment, FollowUp, Handover, Person, Provider

CAP = 1_000
PAGE = 25
LAST_PAGE = CAP // PAGE
MOST_WAITING = 10
MOST_NEW = 5


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
    basis: str = ""
    follow_up: int | None = None
    version: int = 0
    stands_in_for: str = ""


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


FOCI: Mapping[Role, tuple[Focus, ...]] = {
    Role.AGENTUR: (
        Focus("ohne-uebergabe", TaskKind.SERVED, N_("zugestellt, noch ohne Übergabe")),
        Focus("neu", TaskKind.CONTACT, N_("neu, noch kein Kontakt")),
    ),
    Role.JOBCENTER: (Focus("direkt", TaskKind.DIRECT, N_("direkte Fälle ohne erstes Gespräch")),),
    Role.COACH: (
        Focus("neu", TaskKind.COACH_CONTACT, N_("neu seit gestern"), timedelta(days=1)),
        Focus("ohne-kontakt", TaskKind.COACH_CONTACT, N_("noch ohne Kontakt")),
    ),
    Role.MUNICIPALITY: (Focus("coach", TaskKind.COACH_REPORT, N_("noch nicht an den Coach gemeldet")),),
    Role.ASYLBLG: (Focus("verpflichtung", TaskKind.OBLIGATION, N_("Verpflichtungen angefragt (P5)")),),
}
"""Lists by role; the first one is a number of the start page, the last one is where new cases come in."""
PLANNED = frozenset({*FOCI, Role.PROVIDER})
"""Roles with tasks of their own; the others have an overview at most."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the start page is narrowed to: a group, or the list of the role; nothing: everything that is to be done."""

    group: Group | None = None
    focus: Focus | None = None

    @property
    def title(self) -> str:
        """The German heading of the list."""
        if self.focus:
            return self.focus.label
        return TITLES[self.group] if self.group else ""


def chosen_list(role: Role, word: str) -> Chosen:
    """The list behind a word in an address; everything for a word that this role has no list for."""
    for focus in FOCI.get(role, ()):
        if word == focus.word:
            return Chosen(focus=focus)
    return Chosen(group=Group(word)) if word in (*DUE_GROUPS, Group.WAITING) else Chosen()


def lines_of(actor: Actor, today: date, chosen: Chosen, page: int = 1) -> tuple[list[Line], bool]:
    """One page of the tasks and Wiedervorlagen of this person, the most pressing first, and whether there are more."""
    end = min(page, LAST_PAGE) * PAGE
    lines = [*_task_lines(actor, today, chosen, end + 1)]
    if chosen.focus is None and chosen.group != Group.WAITING:
        lines.extend(_follow_up_lines(actor, today, chosen, end + 1))
        lines.extend(_request_lines(actor, today, chosen))
        lines.sort(key=lambda line: (line.due_on, line.follow_up or 0))
    return lines[end - PAGE : end], len(lines) > end and page < LAST_PAGE


def waiting_lines(actor: Actor, today: date) -> list[Line]:
    """What others have to do first, the most pressing ones."""
    return [*_task_lines(actor, today, Chosen(group=Group.WAITING), MOST_WAITING)]


def new_lines(actor: Actor, today: date) -> tuple[Focus | None, list[Line]]:
    """The list in which new cases come in, with its newest ones; None for a role without such a list."""
    focus = next((one for one in reversed(FOCI.get(actor.role, ())) if one.lane == Lane.QUEUE), None)
    return focus, [*_task_lines(actor, today, Chosen(focus=focus), MOST_NEW)] if focus else []


def figures_for(actor: Actor, today: date) -> list[Figure]:
    """At most five numbers for this role, each with the list behind it, in one query."""
    return _day_figures(actor, today) if actor.role in PLANNED else []


_COLUMNS = (
    CaseTask.kind, CaseTask.lane, CaseTask.due_on, CaseTask.word, CaseTask.enrolment, Case.number, Person.family_name,
    Person.given_name, Handover.reference, Handover.subject,
)  # fmt: skip


def _task_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    if actor.role == Role.PROVIDER:
        yield from _provider_lines(actor, today, chosen, limit)
        return
    query = _tasks(actor, today, chosen, *_COLUMNS).order_by(*_order(chosen)).limit(limit)
    for kind, lane, due_on, word, enrolment, number, family, given, reference, subject in query.tuples():
        known = subject if actor.role == Role.JOBCENTER and subject else f"{family}, {given}"
        task, waits = TaskKind(kind), lane == Lane.WAITS
        yield Line(
            title=sentence_of(task, word, waits=waits),
            name=known,
            number=number,
            address=address_of(task, number, reference, enrolment, word, waits=waits),
            due_on=due_on,
            group=_GROUP_OF_LANE.get(lane) or group_of(due_on, today),
            basis=TASK_RULES[task].basis,
        )


_GROUP_OF_LANE = {Lane.WAITS: Group.WAITING, Lane.QUEUE: Group.NEW}


def _order(chosen: Chosen) -> tuple[Any, ...]:
    """The most pressing first; of new cases the newest."""
    newest_first = chosen.focus is not None and chosen.focus.lane == Lane.QUEUE
    return (CaseTask.due_on.desc(), CaseTask.id.desc()) if newest_first else (CaseTask.due_on, CaseTask.id)


def _provider_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    """A provider knows the printed form alone, also its name of the person."""
    columns = (CaseTask.due_on, Enrolment.id, Enrolment.form, Course.number)
    query = _tasks(actor, today, chosen, *columns).order_by(CaseTask.due_on, CaseTask.id).limit(limit)
    for due_on, enrolment, form, course in query.tuples():
        yield Line(
            title=sentence_of(TaskKind.PROVIDER, ""),
            name=f"{form.get('family_name', '')}, {form.get('given_names', '')}",
            number=course,
            address=f"/anmeldungen/{enrolment}",
            due_on=due_on,
            group=group_of(due_on, today),
            basis=TASK_RULES[TaskKind.PROVIDER].basis,
        )


def _tasks(actor: Actor, today: date, chosen: Chosen, *columns: Any) -> ModelSelect:
    """The stored tasks of the person's organisation that are shown today, within what she may see."""
    query = CaseTask.select(*columns)
    if actor.role == Role.PROVIDER:
        query = query.join(Enrolment).join(Course).join(Provider).where(released_to(actor, today))
    else:
        query = query.join(Case).join(Person).join_from(CaseTask, Handover, JOIN.LEFT_OUTER)
        query = query.where(_in_sight(actor, today))
    shown = (CaseTask.shown_from.is_null() | (CaseTask.shown_from <= today)) & (
        CaseTask.shown_to.is_null() | (CaseTask.shown_to >= today)
    )
    return query.where(CaseTask.organisation == actor.organisation_id, shown, *_narrowed(chosen, today))


def _in_sight(actor: Actor, today: date) -> Expression:
    """The cases that the person may know; the Jobcenter also what was transmitted to it, under the name transmitted."""
    visible = visible_cases(actor, today)
    if actor.role != Role.JOBCENTER:
        return visible
    return visible | ((Handover.receiver == actor.organisation_id) & Handover.sent_at.is_null(False))


def _narrowed(chosen: Chosen, today: date) -> Iterator[Expression]:
    yield CaseTask.lane == _lane(chosen)
    if chosen.focus:
        yield CaseTask.kind == chosen.focus.kind
        if chosen.focus.since is not None:
            yield CaseTask.due_on >= own_goal_due(today - chosen.focus.since)
    elif chosen.group in DUE_GROUPS:
        yield CaseTask.due_on.between(*span(chosen.group, today))


def _lane(chosen: Chosen) -> Lane:
    if chosen.focus:
        return chosen.focus.lane
    return Lane.WAITS if chosen.group == Group.WAITING else Lane.DUE


def _follow_up_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    columns = (
        FollowUp.id, FollowUp.version, FollowUp.due_on, FollowUp.reason, FollowUp.assigned, Account.name, Case.number,
        Case.id, Person.family_name, Person.given_name,
    )  # fmt: skip
    query = _follow_ups(actor, today, chosen, *columns).order_by(FollowUp.due_on, FollowUp.id).limit(limit)
    rows = list(query.tuples())
    given_away = names_given_away(actor, (row[7] for row in rows))
    for number, version, due_on, reason, assigned, holder, case, case_id, *name in rows:
        yield Line(
            title=Message(N_("Wiedervorlage: {reason}"), reason=reason),
            name=", ".join(given_away.get(case_id, name)),
            number=case,
            address=f"/faelle/{case}",
            due_on=due_on,
            group=group_of(due_on, today),
            follow_up=number,
            version=version,
            stands_in_for=holder if assigned not in (None, actor.account_id) else "",
        )


def _request_lines(actor: Actor, today: date, chosen: Chosen) -> Iterator[Line]:
    """Requests of the Jobcenter that may mean a case of the Agentur: no fact of one case, so no stored task."""
    for one in incoming_requests(actor, today) if actor.role == Role.AGENTUR else ():
        group = group_of(one.row.ends_on, today)
        if chosen.group in (None, group):
            yield Line(
                title=Message(N_("Übermittlungsersuchen beantworten")),
                name=f"{one.row.family_name}, {one.row.given_name}",
                number=N_("Jobcenter"),
                address=f"/uebergaben/eingehende-ersuchen/{one.row.id}",
                due_on=one.row.ends_on,
                group=group,
                basis="§ 65d SGB II",
            )


def _follow_ups(actor: Actor, today: date, chosen: Chosen, *columns: Any) -> ModelSelect:
    query = FollowUp.select(*columns).join(Case).join(Person).join_from(FollowUp, Account, JOIN.LEFT_OUTER,
        on=FollowUp.assigned == Account.id)  # fmt: skip
    query = query.where(my_follow_ups(actor, today), visible_cases(actor, today))
    if chosen.group in DUE_GROUPS:
        query = query.where(FollowUp.due_on.between(*span(chosen.group, today)))
    return query


_TILES = {
    Group.OVERDUE: N_("überfällig"),
    Group.TODAY: N_("heute fällig"),
    Group.WEEK: N_("diese Woche"),
    Group.WAITING: N_("warten auf andere"),
}


def _day_figures(actor: Actor, today: date) -> list[Figure]:
    wanted = [Chosen(group=group) for group in _TILES]
    wanted.extend(Chosen(focus=focus) for focus in FOCI.get(actor.role, ())[:1])
    numbers = numbers_of(actor, today, wanted)
    return [_figure(chosen, number) for chosen, number in zip(wanted, numbers, strict=True)]


def _figure(chosen: Chosen, number: int) -> Figure:
    label = chosen.focus.label if chosen.focus else _TILES[chosen.group or Group.LATER]
    word = chosen.focus.word if chosen.focus else str(chosen.group)
    urgent = chosen.group == Group.OVERDUE and number > 0
    return Figure(counted(number, CAP), Message(label), f"/?liste={word}", urgent)


def numbers_of(actor: Actor, today: date, wanted: Sequence[Chosen]) -> list[int]:
    """Numbers of lines in these lists, each counted no further than the cap, all in one statement."""
    parts = [(place, part) for place, chosen in enumerate(wanted) for part in _counted_in(actor, today, chosen)]
    columns = [_counted(part).alias(f"part_{index}") for index, (_place, part) in enumerate(parts)]
    row = Select(columns=columns).bind(db).tuples().execute()[0]
    numbers = [0] * len(wanted)
    for (place, _part), number in zip(parts, row, strict=True):
        numbers[place] += number
    return numbers


def _counted_in(actor: Actor, today: date, chosen: Chosen) -> Iterator[ModelSelect]:
    yield _tasks(actor, today, chosen, CaseTask.id)
    if chosen.group in DUE_GROUPS and actor.role != Role.PROVIDER:
        yield _follow_ups(actor, today, chosen, FollowUp.id)


def _counted(query: ModelSelect) -> Select:
    return Select([query.limit(CAP + 1).alias("lines")], [fn.COUNT(1)])
