"""What the start page shows: tasks and Wiedervorlagen by day, and at most five numbers, within what the person may see.

A fixed number of queries, however many cases there are: what follows from the facts of a case stands in ``CaseTask``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from peewee import JOIN, Expression, ModelSelect, Select, fn

from models.base import db
from models.queries.enrolments import released_to
from models.queries.follow_ups import my_follow_ups
from models.queries.handed_over import names_given_away
from models.queries.law_days import own_goal_due
from models.queries.prepared import Prepared
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
    rows = _task_statement(actor.role, chosen, limit).rows(*_who(actor), today, *_days(chosen, today))
    for kind, lane, due_on, word, enrolment, number, family, given, reference, subject in rows:
        task, waits = TaskKind(kind), lane == Lane.WAITS
        as_sent = subject and (actor.role == Role.JOBCENTER or task == TaskKind.COPY)
        known = subject if as_sent else f"{family}, {given}"
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
    asking = _Asking(actor, today, *_days(chosen, today))
    query = _tasks(asking, chosen, *columns).order_by(CaseTask.due_on, CaseTask.id).limit(limit)
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


class _Asking(NamedTuple):
    """Who asks on which day for what is due from a day to a day; values of a call, or what stands for them."""

    actor: Actor
    today: date
    first: date
    last: date


def _who(actor: Actor) -> tuple[int | None, int | None]:
    return actor.organisation_id, actor.account_id


def _someone(role: Role, organisation: int, account: int) -> Actor:
    """Stands for anybody of this role while a statement is built."""
    return Actor(account, "", "", "", organisation, "", "", role)


def _days(chosen: Chosen, today: date) -> tuple[date, date]:
    """The first and the last due day of a list."""
    if chosen.focus and chosen.focus.since is not None:
        return own_goal_due(today - chosen.focus.since), date.max
    return span(chosen.group, today) if chosen.group else (date.min, date.max)


@lru_cache(maxsize=500)
def _task_statement(role: Role, chosen: Chosen, limit: int) -> Prepared:
    """Built once: building these statements costs more than running them."""

    def build(organisation: int, account: int, today: date, first: date, last: date) -> ModelSelect:
        asking = _Asking(_someone(role, organisation, account), today, first, last)
        return _tasks(asking, chosen, *_COLUMNS).order_by(*_order(chosen)).limit(limit)

    return Prepared(build, int, int, date, date, date)


def _tasks(asking: _Asking, chosen: Chosen, *columns: Any) -> ModelSelect:
    """The stored tasks of the person's organisation that are shown today, within what she may see."""
    actor, today = asking.actor, asking.today
    query = CaseTask.select(*columns)
    if actor.role == Role.PROVIDER:
        query = query.join(Enrolment).join(Course).join(Provider).where(released_to(actor, today))
    else:
        query = query.join(Case).join(Person).join_from(CaseTask, Handover, JOIN.LEFT_OUTER)
        query = query.where(_in_sight(actor, today))
    shown = (CaseTask.shown_from.is_null() | (CaseTask.shown_from <= today)) & (
        CaseTask.shown_to.is_null() | (CaseTask.shown_to >= today)
    )
    mine = (CaseTask.organisation == actor.organisation_id) & (CaseTask.lane == _lane(chosen))
    if chosen.focus:
        mine &= CaseTask.kind == chosen.focus.kind
    return query.where(mine, CaseTask.due_on.between(asking.first, asking.last), shown)


def _in_sight(actor: Actor, today: date) -> Expression:
    """The cases that the person may know; the Jobcenter also what was transmitted to it, under the name transmitted."""
    visible = visible_cases(actor, today)
    if actor.role != Role.JOBCENTER:
        return visible
    return visible | ((Handover.receiver == actor.organisation_id) & Handover.sent_at.is_null(False))


def _lane(chosen: Chosen) -> Lane:
    if chosen.focus:
        return chosen.focus.lane
    return Lane.WAITS if chosen.group == Group.WAITING else Lane.DUE


_FOLLOW_UP_COLUMNS = (
    FollowUp.id, FollowUp.version, FollowUp.due_on, FollowUp.reason, FollowUp.assigned, Account.name, Case.number,
    Case.id, Person.family_name, Person.given_name,
)  # fmt: skip


def _follow_up_lines(actor: Actor, today: date, chosen: Chosen, limit: int) -> Iterator[Line]:
    rows = _follow_up_statement(actor.role, limit).rows(*_who(actor), today, *_days(chosen, today))
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


@lru_cache(maxsize=200)
def _follow_up_statement(role: Role, limit: int) -> Prepared:
    def build(organisation: int, account: int, today: date, first: date, last: date) -> ModelSelect:
        asking = _Asking(_someone(role, organisation, account), today, first, last)
        return _follow_ups(asking, *_FOLLOW_UP_COLUMNS).order_by(FollowUp.due_on, FollowUp.id).limit(limit)

    return Prepared(build, int, int, date, date, date)


def _follow_ups(asking: _Asking, *columns: Any) -> ModelSelect:
    query = FollowUp.select(*columns).join(Case).join(Person)
    query = query.join_from(FollowUp, Account, JOIN.LEFT_OUTER, on=FollowUp.assigned == Account.id)
    seen = my_follow_ups(asking.actor, asking.today) & visible_cases(asking.actor, asking.today)
    return query.where(seen, FollowUp.due_on.between(asking.first, asking.last))


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
    """Numbers of lines in these lists, each counted no further than the cap, stored ones all in one statement."""
    spans = [_days(chosen, today) for chosen in wanted]
    if actor.role == Role.PROVIDER:  # what is released to a provider counts back from the day
        asked = [_Asking(actor, today, *days) for days in spans]
        row = _numbers(asked, wanted).tuples().execute()[0]
    else:
        row = _number_statement(actor.role, tuple(wanted)).row(*_who(actor), today, *chain.from_iterable(spans))
    numbers = [0] * len(wanted)
    for place, number in zip(_places(actor.role, wanted), row or (), strict=True):
        numbers[place] += number
    requests = [one.group for one in _request_lines(actor, today, Chosen())]
    return [number + requests.count(chosen.group) for number, chosen in zip(numbers, wanted, strict=True)]


@lru_cache(maxsize=100)
def _number_statement(role: Role, wanted: tuple[Chosen, ...]) -> Prepared:
    def build(organisation: int, account: int, today: date, *days: date) -> Select:
        who = _someone(role, organisation, account)
        pairs = zip(days[::2], days[1::2], strict=True)
        return _numbers([_Asking(who, today, first, last) for first, last in pairs], wanted)

    return Prepared(build, int, int, date, *[date] * (2 * len(wanted)))


def _numbers(asked: Sequence[_Asking], wanted: Sequence[Chosen]) -> Select:
    """A column for each part of each list, in the order of ``_places``."""
    parts = []
    for place in range(len(wanted)):
        parts.append(_tasks(asked[place], wanted[place], CaseTask.id))
        if _has_follow_ups(asked[place].actor.role, wanted[place]):
            parts.append(_follow_ups(asked[place], FollowUp.id))
    columns = [_counted(part).alias(f"part_{index}") for index, part in enumerate(parts)]
    return Select(columns=columns).bind(db)


def _places(role: Role, wanted: Sequence[Chosen]) -> list[int]:
    """For each column of the numbers, the list that it counts for."""
    return [place for place, chosen in enumerate(wanted) for _part in range(1 + _has_follow_ups(role, chosen))]


def _has_follow_ups(role: Role, chosen: Chosen) -> bool:
    return chosen.group in DUE_GROUPS and role != Role.PROVIDER


def _counted(query: ModelSelect) -> Select:
    return Select([query.limit(CAP + 1).alias("lines")], [fn.COUNT(1)])
