"""Keeps what somebody typed and has not saved yet, so that a lost login, browser or network loses no text.

A draft is a working copy and no record: only its author sees it, no rule looks at it, and it writes no event.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from peewee import IntegrityError

from models.base import db
from models.operations.ledger import can_be_version
from models.queries.case_view import CaseView
from models.queries.item_rows import ItemRow
from models.queries.prepared import Prepared
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.times import stamp
from models.tables import AnswerDraft

KEPT = timedelta(days=30)
LONGEST = 20_000
"""Characters of all names and texts of one form."""


def keep_draft(
    view: CaseView,
    row: ItemRow,
    typed: Mapping[str, list[str]],
    *,
    seen_version: int,
    seen_draft: int,
    now: datetime,
) -> int:
    """Keep the form of an item as it is typed; returns the version of the draft that the next copy names.

    ``seen_version`` is that of the answer that the form began with, ``seen_draft`` that of the last copy (0 for none).
    NotAllowed where the item is not hers to answer, StaleVersion where another window has kept a copy since.
    """
    if not row.mine:
        raise NotAllowed(Message(row.refused) if row.refused else None)
    if sum(len(text) for name, texts in typed.items() for text in (name, *texts)) > LONGEST:
        raise RuleBroken(Message(N_("Der Text ist zu lang für einen Entwurf. Kürzen Sie ihn und speichern Sie.")))
    if not (can_be_version(seen_version) and can_be_version(seen_draft)):
        raise StaleVersion
    place = {"account": view.actor.account_id, "case": view.held.case.id, "item": row.code}
    copy = {"typed": dict(typed), "seen_version": seen_version, "saved_at": stamp(now)}
    with db.atomic():
        if seen_draft:
            return _replace(place, copy, seen_draft)
        return _begin(place, copy)


def _begin(place: dict[str, object], copy: dict[str, object]) -> int:
    """The unique index decides between two windows that begin at the same time."""
    try:
        with db.atomic():
            AnswerDraft.insert(**place, **copy).execute()
    except IntegrityError:
        raise StaleVersion from None
    return 1


def _replace(place: dict[str, object], copy: dict[str, object], seen_draft: int) -> int:
    mine = [getattr(AnswerDraft, name) == value for name, value in place.items()]
    changed = (
        AnswerDraft.update(**copy, version=AnswerDraft.version + 1)
        .where(*mine, AnswerDraft.version == seen_draft)
        .execute()
    )
    if not changed:
        raise StaleVersion
    return seen_draft + 1


def discard_draft(view: CaseView, code: str) -> None:
    """Forget the own draft of an item; nothing happens where there is none."""
    with db.atomic():
        drop_draft(view, code)


def drop_draft(view: CaseView, code: str) -> None:
    """The same inside the transaction of an operation: once the answer is saved the copy has done its work."""
    _DROP.run(view.actor.account_id, view.held.case.id, code)


def expire_drafts(*, now: datetime) -> int:
    """Delete drafts that nobody touched for thirty days; returns how many."""
    with db.atomic():
        return int(AnswerDraft.delete().where(AnswerDraft.saved_at < stamp(now - KEPT)).execute())


_DROP = Prepared(
    lambda account, case, item: AnswerDraft.delete().where(
        AnswerDraft.account == account, AnswerDraft.case == case, AnswerDraft.item == item
    ),
    int,
    int,
    str,
)
