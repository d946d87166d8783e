"""What counts as a change that a person is told of, and where in a case she finds it. Events become marks here.

A mark must tell no more than the case itself shows: it is asked of the same blocks.
"""

from collections.abc import Mapping
from typing import NamedTuple

from models.rules.change_reports import READ_WITH
from models.rules.consents import Purpose
from models.rules.permissions import COACH_FIRST_ITEMS, LIST_BLOCK, Block
from models.rules.states import ListKey
from models.rules.timeline import OF_APPOINTMENTS, OF_CONSENTS, OF_ITEMS, OF_QUESTIONS, OWN_KINDS

HEAD = "case"
"""The section of all that stands in no list: person, papers, state of the case."""

_LISTS: Mapping[str, ListKey] = {
    "A": ListKey.INTAKE,
    "B": ListKey.COUNSELLING,
    "K": ListKey.COURSES,
    "U": ListKey.HANDOVER,
    "C": ListKey.COACH,
    "competence.": ListKey.COUNSELLING,
    "enrolment.": ListKey.COURSES,
    "handover.": ListKey.HANDOVER,
    "agreement.": ListKey.COUNSELLING,
}
"""By the letter of an item and by the beginning of a kind."""

_HEAD_BLOCKS: Mapping[str, frozenset[Block]] = {
    "person.": frozenset({Block.PERSON}),
    "residence.": frozenset({Block.PAPERS}),
    "decision.": frozenset({Block.PAPERS}),
    "case.": frozenset({Block.PROGRESS, Block.RESPONSIBLE}),
    "coach.": frozenset({Block.COACH_FIRST}),
    "report.": READ_WITH,
    "group.": frozenset({Block.APPOINTMENTS}),
}
_AFTERWARDS = "handover.first_talk"
"""What follows the acceptance is the Jobcenter's own."""


class Change(NamedTuple):
    """An event by another person: its kind, the item, list or consent it names, and for whom it was done."""

    kind: str
    what: str
    organisation: str


def section_of(change: Change) -> str:
    """The list in which the change is found, else ``HEAD``."""
    if change.what in tuple(ListKey):
        return change.what
    found = _LISTS.get(change.what[:1]) if change.what else _LISTS.get(_area(change.kind))
    return found or HEAD


def is_told(change: Change, blocks: frozenset[Block], organisation: str) -> bool:
    """Whether a person of this organisation who sees these blocks is told of the change."""
    if change.kind.startswith(OF_QUESTIONS):
        return False  # a task tells the one who is asked, and nobody else may know
    if _is_own(change):
        return change.organisation == organisation
    if change.kind.startswith(OF_APPOINTMENTS):
        mine = change.organisation == organisation and not blocks.isdisjoint((Block.APPOINTMENTS, Block.OWN_ENTRIES))
        return mine or Block.OTHERS_APPOINTMENTS in blocks
    own = Block.OWN_ENTRIES in blocks and change.organisation == organisation
    if own or (Block.HISTORY in blocks and not change.kind.startswith(OF_ITEMS)):
        return True
    section = section_of(change)
    if section == HEAD:
        return not blocks.isdisjoint(_HEAD_BLOCKS.get(_area(change.kind), frozenset()))
    if _area(change.kind) == "handover.":
        return Block.HANDOVER_STATE in blocks and change.kind != _AFTERWARDS
    if _area(change.kind) == "stage." and Block.PROGRESS in blocks:
        return True
    first = Block.COACH_FIRST in blocks and change.what in COACH_FIRST_ITEMS
    return first or LIST_BLOCK[ListKey(section)] in blocks


def _is_own(change: Change) -> bool:
    e5 = change.kind.startswith(OF_CONSENTS) and change.what == Purpose.E5
    return e5 or change.kind.startswith(OWN_KINDS)


def _area(kind: str) -> str:
    return kind.partition(".")[0] + "."
