"""Wiedervorlagen and deputies within the own organisation. Reads only."""

from datetime import date
from typing import NamedTuple

from peewee import JOIN, Expression, ModelSelect

from models.queries.prepared import Prepared
from models.rules.errors import NotVisible
from models.rules.roles import Actor
from models.rules.states import AccountState, FollowUpState
from models.tables import Absence, Account, FollowUp


class CaseFollowUp(NamedTuple):
    """An open Wiedervorlage of a case; ``holder`` is a name, empty for the whole organisation."""

    id: int
    version: int
    due_on: date
    reason: str
    holder: str | None


def my_follow_ups(actor: Actor, today: date) -> Expression:
    """A WHERE over ``FollowUp``: open ones of this person, of her organisation, and of whom she stands in for."""
    mine = (
        FollowUp.assigned.is_null()
        | (FollowUp.assigned == actor.account_id)
        | FollowUp.assigned.in_(_absent(actor, today))
    )
    return (FollowUp.organisation == actor.organisation_id) & (FollowUp.state == FollowUpState.OPEN) & mine


def stands_in_for(actor: Actor, today: date) -> frozenset[int]:
    """The accounts of those for whom this person stands in today."""
    return frozenset(row[0] for row in _absent(actor, today).tuples())


def _absent(actor: Actor, today: date) -> ModelSelect:
    return Absence.select(Absence.account).where(
        Absence.deputy == actor.account_id, Absence.begins_on <= today, Absence.ends_on >= today
    )


def follow_ups_of(actor: Actor, case_id: int) -> list[CaseFollowUp]:
    """The open Wiedervorlagen that this person's organisation set for a case, the nearest first."""
    return [CaseFollowUp(*row) for row in _OF_CASE.rows(case_id, actor.organisation_id)]


_OF_CASE = Prepared(
    lambda case_id, organisation: (
        FollowUp.select(FollowUp.id, FollowUp.version, FollowUp.due_on, FollowUp.reason, Account.name)
        .join(Account, JOIN.LEFT_OUTER, on=FollowUp.assigned == Account.id)
        .where(FollowUp.case == case_id, FollowUp.organisation == organisation, FollowUp.state == FollowUpState.OPEN)
        .order_by(FollowUp.due_on, FollowUp.id)
    ),
    int,
    int,
)


def follow_up_of(actor: Actor, case_id: int, follow_up_id: int) -> FollowUp:
    """One Wiedervorlage of a case; NotVisible for one of another case or organisation."""
    row: FollowUp | None = FollowUp.get_or_none(
        FollowUp.id == follow_up_id, FollowUp.case == case_id, FollowUp.organisation == actor.organisation_id
    )
    if row is None:
        raise NotVisible
    return row


def colleagues_of(actor: Actor) -> dict[int, str]:
    """Names of all people of the own organisation who can log in, by account, the person herself included."""
    query = Account.select(Account.id, Account.name).where(
        Account.organisation == actor.organisation_id, Account.state != AccountState.LOCKED
    )
    return dict(query.order_by(Account.name).tuples())
