"""Saving, renaming and deleting lists of cases. They hold filters and columns, no cases."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.worklists import own_lists, saved_list
from models.rules.errors import StaleVersion
from models.rules.roles import Actor
from models.rules.times import stamp
from models.rules.worklists import check_room, list_name
from models.tables import SavedList


def save_list(
    name: str, filters: Mapping[str, str], columns: Sequence[str], *, shared: bool, actor: Actor, now: datetime
) -> SavedList:
    """Save a list for this person, or for all of her organisation. RuleBroken for a name that cannot be, and for one
    list too many.
    """
    with db.atomic():
        mine = own_lists(actor)
        check_room(len(mine))
        saved = SavedList.create(
            account=actor.account_id,
            organisation=actor.organisation_id,
            shared=shared,
            name=list_name(name, (row.name for row in mine)),
            filters=dict(filters),
            columns=list(columns),
            created_at=stamp(now),
        )
        record(actor, "list.saved", {"list": saved.id, "shared": shared}, now=now)
    return saved


def rename_list(list_id: int, name: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Give a saved list another name. NotVisible for a list of others, RuleBroken for a name that cannot be."""
    with db.atomic():
        saved = _claimed(list_id, seen_version, actor)
        others = (row.name for row in own_lists(actor) if row.id != list_id)
        SavedList.update(name=list_name(name, others)).where(SavedList.id == saved.id).execute()
        record(actor, "list.renamed", {"list": saved.id, "from_version": seen_version}, now=now)


def delete_list(list_id: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Delete a saved list; the cases stay as they are. NotVisible for a list of others or one that is gone."""
    with db.atomic():
        saved = _claimed(list_id, seen_version, actor)
        SavedList.delete().where(SavedList.id == saved.id).execute()
        record(actor, "list.deleted", {"list": saved.id, "from_version": seen_version}, now=now)


def _claimed(list_id: int, seen_version: int, actor: Actor) -> SavedList:
    saved = saved_list(actor, list_id, own=True)
    if not claim(SavedList, saved.id, seen_version):
        raise StaleVersion
    return saved
