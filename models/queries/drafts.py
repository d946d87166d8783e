"""Working copies of forms that somebody typed and has not saved yet. Reads only; each person sees her own."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from models.queries.prepared import Prepared
from models.queries.scope import visible_cases
from models.rules.roles import Actor
from models.tables import AnswerDraft, Case


class Draft(NamedTuple):
    """What was typed for an item: texts by control name, the version of the answer it began with, its own version."""

    account_id: int
    item: str
    typed: Mapping[str, list[str]]
    seen_version: int
    version: int
    saved_at: str


class OpenDraft(NamedTuple):
    """A draft in a list of drafts: where it is and since when."""

    case_number: str
    item: str
    saved_at: str


def drafts_of_case(case_id: int) -> tuple[Draft, ...]:
    """The drafts of all people on a case; ``item_rows`` shows each person her own."""
    return tuple(Draft(*row) for row in _OF_CASE.rows(case_id))


def open_drafts(actor: Actor, today: date) -> list[OpenDraft]:
    """This person's drafts on cases that she still sees, the newest first; at most twenty."""
    query = (
        AnswerDraft.select(Case.number, AnswerDraft.item, AnswerDraft.saved_at)
        .join(Case)
        .where(AnswerDraft.account == actor.account_id, visible_cases(actor, today))
        .order_by(AnswerDraft.saved_at.desc())
        .limit(20)
    )
    return [OpenDraft(*row) for row in query.tuples()]


_OF_CASE = Prepared(
    lambda case_id: AnswerDraft.select(
        AnswerDraft.account,
        AnswerDraft.item,
        AnswerDraft.typed,
        AnswerDraft.seen_version,
        AnswerDraft.version,
        AnswerDraft.saved_at,
    ).where(AnswerDraft.case == case_id),
    int,
)
