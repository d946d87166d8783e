"""The statements of the start page, built once: building them costs more than running them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from peewee import JOIN, Expression, ModelSelect, Select, fn

from models.base import db
from models.queries.day_lists import Chosen
from models.queries.follow_ups import my_follow_ups
from models.queries.prepared import Prepared
from models.queries.released import ReleasedSince, released_since, released_to
from models.queries.scope import visible_cases
from models.queries.transfer_requests import waits_for
from models.rules.day import DUE_GROUPS, MOST_COUNTED
from models.rules.roles import Actor, Role
from models.rules.tasks import Lane
from models.tables import (
    Account,
    Case,
    CaseTask,
    Course,
    Enrolment,
    FollowUp,
    Handover,
    Person,
    Provider,
    TransferRequest,
)

TASK_COLUMNS = (
    CaseTask.kind, CaseTask.lane, CaseTask.due_on, CaseTask.word, CaseTask.enrolment, Case.number, Person.family_name,
    Person.given_name, Handover.reference, Handover.subject,
)  # fmt: skip
PROVIDER_COLUMNS = (CaseTask.due_on, Enrolment.id, Enrolment.form, Course.number)
FOLLOW_UP_COLUMNS = (
    FollowUp.id, FollowUp.version, FollowUp.due_on, FollowUp.reason, FollowUp.assigned, Account.name, Case.number,
    Case.id, Person.family_name, Person.given_name,
)  # fmt: skip
REQUEST_COLUMNS = (
    TransferRequest.id, TransferRequest.family_name, TransferRequest.given_name, TransferRequest.ends_on,
)  # fmt: skip


class _Asking(NamedTuple):
    """Stands for anybody of a role who asks on a day for what is due from a day to a day, while a statement is built.

    ``over`` and ``ended`` are the days of ``ReleasedSince``.
    """

    actor: Actor
    today: date
    over: date
    ended: date
    first: date
    last: date


def values(actor: Actor, today: date, *days: date) -> tuple[Any, ...]:
    """The values of a statement: who asks, when, and the first and the last day of each list."""
    return actor.organisation_id, actor.account_id, today, *released_since(today), *days


_KINDS = (int, int, date, date, date)


def _asking(role: Role, organisation: int, account: int, *days: date) -> _Asking:
    return _Asking(Actor(account, "", "", "", organisation, "", "", role), *days)


@lru_cache(maxsize=500)
def task_statement(role: Role, chosen: Chosen, limit: int) -> Prepared:
    """The stored tasks of a list for a role, with the columns of ``task_columns``."""

    def build(*given: Any) -> ModelSelect:
        query = _tasks(_asking(role, *given), chosen, *task_columns(role))
        query = query if role == Role.PROVIDER else query.join_from(Case, Person)
        return query.order_by(*_order(chosen)).limit(limit)

    return Prepared(build, *_KINDS, date, date)


def task_columns(role: Role) -> tuple[Any, ...]:
    """A provider knows the printed form alone."""
    return PROVIDER_COLUMNS if role == Role.PROVIDER else TASK_COLUMNS


def _order(chosen: Chosen) -> tuple[Any, ...]:
    """The most pressing first; of new cases the newest, unless they are past their goal."""
    newest_first = chosen.lane == Lane.QUEUE and not chosen.late
    return (CaseTask.due_on.desc(), CaseTask.id.desc()) if newest_first else (CaseTask.due_on, CaseTask.id)


def _tasks(asking: _Asking, chosen: Chosen, *columns: Any) -> ModelSelect:
    """The stored tasks of the person's organisation that are shown today, within what she may see."""
    actor, today = asking.actor, asking.today
    query = CaseTask.select(*columns)
    if actor.role == Role.PROVIDER:
        since = ReleasedSince(asking.over, asking.ended)
        query = query.join(Enrolment).join(Course).join(Provider).where(released_to(actor, since))
    else:
        query = query.join(Case).join_from(CaseTask, Handover, JOIN.LEFT_OUTER).where(_in_sight(actor, today))
    shown = (CaseTask.shown_from.is_null() | (CaseTask.shown_from <= today)) & (
        CaseTask.shown_to.is_null() | (CaseTask.shown_to >= today)
    )
    mine = (CaseTask.organisation == actor.organisation_id) & (CaseTask.lane == chosen.lane)
    if chosen.focus:
        mine &= CaseTask.kind == chosen.focus.kind
    return query.where(mine, CaseTask.due_on.between(asking.first, asking.last), shown)


def _in_sight(actor: Actor, today: date) -> Expression:
    """The cases that the person may know; the Jobcenter also what was transmitted to it, under the name transmitted."""
    visible = visible_cases(actor, today)
    if actor.role != Role.JOBCENTER:
        return visible
    return visible | ((Handover.receiver == actor.organisation_id) & Handover.sent_at.is_null(False))


@lru_cache(maxsize=200)
def follow_up_statement(role: Role, limit: int) -> Prepared:
    """The Wiedervorlagen of a person."""

    def build(*given: Any) -> ModelSelect:
        query = _follow_ups(_asking(role, *given), *FOLLOW_UP_COLUMNS).join_from(Case, Person)
        query = query.join_from(FollowUp, Account, JOIN.LEFT_OUTER, on=FollowUp.assigned == Account.id)
        return query.order_by(FollowUp.due_on, FollowUp.id).limit(limit)

    return Prepared(build, *_KINDS, date, date)


def _follow_ups(asking: _Asking, *columns: Any) -> ModelSelect:
    seen = my_follow_ups(asking.actor, asking.today) & visible_cases(asking.actor, asking.today)
    due = FollowUp.due_on.between(asking.first, asking.last)
    return FollowUp.select(*columns).join(Case).where(seen, due)


@lru_cache(maxsize=200)
def request_statement(role: Role, limit: int) -> Prepared:
    """Requests that may mean a case of a person's organisation."""

    def build(*given: Any) -> ModelSelect:
        query = _requests(_asking(role, *given), *REQUEST_COLUMNS)
        return query.order_by(TransferRequest.ends_on, TransferRequest.id).limit(limit)

    return Prepared(build, *_KINDS, date, date)


def _requests(asking: _Asking, *columns: Any) -> ModelSelect:
    waiting = waits_for(asking.actor, asking.today)
    return TransferRequest.select(*columns).where(waiting, TransferRequest.ends_on.between(asking.first, asking.last))


@lru_cache(maxsize=100)
def number_statement(role: Role, wanted: tuple[Chosen, ...]) -> Prepared:
    """A column for each part of each list, in the order of ``places``."""

    def build(*given: Any) -> Select:
        who_and_when, days = given[: len(_KINDS)], given[len(_KINDS) :]
        pairs = zip(days[::2], days[1::2], strict=True)
        asked = [_asking(role, *who_and_when, first, last) for first, last in pairs]
        return _numbers(asked, wanted)

    return Prepared(build, *_KINDS, *[date] * (2 * len(wanted)))


def _numbers(asked: Sequence[_Asking], wanted: Sequence[Chosen]) -> Select:
    parts = []
    for asking, chosen in zip(asked, wanted, strict=True):
        parts.append(_tasks(asking, chosen, CaseTask.id))
        if has_follow_ups(asking.actor.role, chosen):
            parts.append(_follow_ups(asking, FollowUp.id))
        if has_requests(asking.actor.role, chosen):
            parts.append(_requests(asking, TransferRequest.id))
    columns = [_counted(part).alias(f"part_{index}") for index, part in enumerate(parts)]
    return Select(columns=columns).bind(db)


def places(role: Role, wanted: Sequence[Chosen]) -> list[int]:
    """For each column of the numbers, the list that it counts for."""
    return [
        place
        for place, chosen in enumerate(wanted)
        for _part in range(1 + has_follow_ups(role, chosen) + has_requests(role, chosen))
    ]


def has_follow_ups(role: Role, chosen: Chosen) -> bool:
    """Whether Wiedervorlagen stand in this list."""
    return _is_by_day(chosen) and role != Role.PROVIDER


def has_requests(role: Role, chosen: Chosen) -> bool:
    """Whether requests of the Jobcenter stand in this list: the Agentur answers them."""
    return _is_by_day(chosen) and role == Role.AGENTUR


def _is_by_day(chosen: Chosen) -> bool:
    return chosen.focus is None and chosen.group in (None, *DUE_GROUPS)


def _counted(query: ModelSelect) -> Select:
    return Select([query.limit(MOST_COUNTED + 1).alias("lines")], [fn.COUNT(1)])
