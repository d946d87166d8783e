"""Who gets the daily mail, and how much she has to do: the numbers of Mein Tag."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from models.queries.accounts import actor_of
from models.queries.day_lists import PLANNED, Chosen
from models.queries.minutes import open_calls, workgroup_tasks
from models.queries.today import numbers_of
from models.rules.day import Group, group_of
from models.rules.digest import Load
from models.rules.roles import Actor
from models.rules.states import AccountState
from models.tables import Account, Mailbox, Organisation

_WITHIN = (Group.OVERDUE, Group.TODAY, Group.WEEK)


class Reader(NamedTuple):
    """Somebody who wants the mail and has not had it today."""

    actor: Actor
    address: str
    told_on: date | None


def readers(today: date) -> Iterator[Reader]:
    """Everybody who wants the mail, works for an active organisation, and has not had it today."""
    query = (
        Mailbox.select(Mailbox, Account, Organisation)
        .join(Account)
        .join(Organisation)
        .where(
            Mailbox.digest,
            Account.state == AccountState.ACTIVE,
            Organisation.active,
            Mailbox.told_on.is_null() | (Mailbox.told_on < today),
        )
        .order_by(Mailbox.account)
    )
    for row in list(query):
        yield Reader(actor_of(row.account), row.address, row.told_on)


def load_of(actor: Actor, today: date) -> Load:
    """What this person's start page shows as overdue, due today and due this week, also of the working group."""
    groups = [group_of(task.due_on, today) for task in workgroup_tasks(actor)]
    given = [group for group in groups if group in _WITHIN]
    due, overdue = len(given) + len(open_calls(actor, today)), given.count(Group.OVERDUE)
    if actor.role not in PLANNED:
        return Load(due, overdue)
    numbers = numbers_of(actor, today, [Chosen(group=group) for group in _WITHIN])
    return Load(due + sum(numbers), overdue + numbers[0])


def mailbox_of(account_id: int) -> Mailbox:
    """The mailbox of an account; an empty one of version 0 where she never said anything."""
    return Mailbox.get_or_none(Mailbox.account == account_id) or Mailbox(account=account_id, version=0)


def mailboxes() -> dict[int, Mailbox]:
    """All mailboxes by account."""
    return {row.account_id: row for row in Mailbox.select()}
