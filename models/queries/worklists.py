"""Saved lists: a person's own, and those that her organisation shares."""

from peewee import Expression

from models.rules.errors import NotVisible
from models.rules.roles import Actor
from models.tables import Account, SavedList


def own_lists(actor: Actor) -> list[SavedList]:
    """The lists that this person saved, by name."""
    return list(SavedList.select().where(SavedList.account == actor.account_id).order_by(SavedList.name))


def visible_lists(actor: Actor) -> list[SavedList]:
    """Her own lists and the shared ones of her organisation, each with the account that saved it, by name."""
    query = SavedList.select(SavedList, Account).join(Account).where(_visible(actor))
    return list(query.order_by(SavedList.shared, SavedList.name))


def saved_list(actor: Actor, list_id: int, *, own: bool = False) -> SavedList:
    """A list that this person may open, or, with ``own``, may change: only what she saved. NotVisible otherwise."""
    scope = SavedList.account == actor.account_id if own else _visible(actor)
    found = SavedList.select().where(SavedList.id == list_id, scope).first()
    if found is None:
        raise NotVisible
    return found


def _visible(actor: Actor) -> Expression:
    shared = SavedList.shared & (SavedList.organisation == actor.organisation_id)
    return (SavedList.account == actor.account_id) | shared
