"""Working copies of forms that somebody typed and has not saved yet. Reads only; each person sees her own."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from models.queries.prepared import Prepared
from models.queries.scope import blocks_of
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
    """A draft in a list of drafts: where it is and since when; and what of the case decides who sees it."""

    case_number: str
    item: str
    saved_at: str
    municipality_id: int | None
    responsible_id: int
    agentur_id: int | None
    receives_asylblg: bool
    asylblg_until: date | None
    coach_reported_on: date | None
    coach_consent: str
    coach_consent_until: date | None
    coaching_ended_on: date | None
    accepted_on: date | None
    agentur_sees_until: date | None


def open_drafts(actor: Actor, today: date) -> list[OpenDraft]:
    """This person's drafts on cases that she still sees, the newest first; at most ``MOST``."""
    mine = (OpenDraft(*row) for row in _MINE.rows(actor.account_id))
    return [draft for draft in mine if blocks_of(actor, draft, today)]


MOST = 20
_MINE = Prepared(
    lambda account_id: (
        AnswerDraft.select(
            Case.number,
            AnswerDraft.item,
            AnswerDraft.saved_at,
            Case.municipality,
            Case.responsible,
            Case.agentur,
            Case.receives_asylblg,
            Case.asylblg_until,
            Case.coach_reported_on,
            Case.coach_consent,
            Case.coach_consent_until,
            Case.coaching_ended_on,
            Case.accepted_on,
            Case.agentur_sees_until,
        )
        .join(Case)
        .where(AnswerDraft.account == account_id)
        .order_by(AnswerDraft.saved_at.desc())
        .limit(MOST)
    ),
    int,
)


OF_CASE = Prepared(
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
"""The drafts of all people on a case: the columns of ``Draft``. ``item_rows`` shows each person her own."""
