"""Notes of counselling, within the own organisation alone. Reads only."""

from datetime import date
from typing import NamedTuple

from peewee import JOIN

from models.queries.case_view import CaseView
from models.queries.prepared import Prepared
from models.rules.errors import NotVisible
from models.rules.notes import TOPICS
from models.rules.states import NoteTopic
from models.tables import Account, CaseNote

PAGE = 25


class NoteLine(NamedTuple):
    """A note as its organisation reads it; ``topic`` is German."""

    id: int
    version: int
    topic: str
    noted_on: date
    text: str
    decision: str
    for_transfer: bool
    author: str
    changed_at: str


def notes_for(view: CaseView, page: int = 1, topic: str = "") -> tuple[list[NoteLine], bool]:
    """A page of the notes that this person's organisation wrote about a case, newest first; is there more?"""
    query = CaseNote.select(
        CaseNote.id, CaseNote.version, CaseNote.topic, CaseNote.noted_on, CaseNote.text, CaseNote.decision,
        CaseNote.for_transfer, Account.name, CaseNote.changed_at,
    ).join(Account, JOIN.LEFT_OUTER)  # fmt: skip
    query = query.where(CaseNote.case == view.held.case.id, CaseNote.organisation == view.actor.organisation_id)
    if topic:
        query = query.where(CaseNote.topic == topic)
    rows = query.order_by(CaseNote.noted_on.desc(), CaseNote.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE)
    lines = [NoteLine(*row[:2], TOPICS[NoteTopic(row[2])], *row[3:7], row[7] or "", row[8]) for row in rows.tuples()]
    return lines[:PAGE], len(lines) > PAGE


def note_of(view: CaseView, note_id: int) -> CaseNote:
    """One note of the own organisation; NotVisible for any other."""
    row: CaseNote | None = CaseNote.get_or_none(
        CaseNote.id == note_id, CaseNote.case == view.held.case.id, CaseNote.organisation == view.actor.organisation_id
    )
    if row is None:
        raise NotVisible
    return row


class ReleasedNote(NamedTuple):
    """A note that its organisation hands over."""

    noted_on: date
    topic: str
    text: str
    decision: str


def notes_to_transfer(case_id: int, organisation_id: int) -> list[ReleasedNote]:
    """The notes that the sender of a handover ticked for it, in the order of their days."""
    return [ReleasedNote(*row) for row in _FOR_TRANSFER.rows(case_id, organisation_id)]


_FOR_TRANSFER = Prepared(
    lambda case_id, organisation: (
        CaseNote.select(CaseNote.noted_on, CaseNote.topic, CaseNote.text, CaseNote.decision)
        .where(CaseNote.case == case_id, CaseNote.organisation == organisation, CaseNote.for_transfer)
        .order_by(CaseNote.noted_on, CaseNote.id)
    ),
    int,
    int,
)
