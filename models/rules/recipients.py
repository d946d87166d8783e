""" "Wer bekommt was?": the groups of data that an organisation has of a person, named for the person herself.

They follow from the same ``sight`` that decides what the organisation's people see (``models.rules.permissions``);
nothing is listed by hand. Source: Art. 12 to 15 DSGVO, §§ 82, 82a SGB X.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.permissions import Block
from models.rules.roles import Role

GROUPS: Mapping[Block, str] = {
    Block.IDENTITY: "identity",
    Block.CONTACT: "contact",
    Block.PERSON: "person",
    Block.PAPERS: "papers",
    Block.PAPER_KIND: "paper_kind",
    Block.HOUSEHOLD: "household",
    Block.INTAKE: "intake",
    Block.COUNSELLING: "counselling",
    Block.COURSES: "courses",
    Block.OBLIGATION: "obligation",
    Block.COACH_FIRST: "coaching",
    Block.COACH_LIST: "coaching",
    Block.APPOINTMENTS: "appointments",
    Block.OTHERS_APPOINTMENTS: "appointments",
    Block.STEPS: "steps",
    Block.PROGRESS: "progress",
    Block.RESPONSIBLE: "progress",
    Block.CHANGE_DATE: "change_date",
    Block.HANDOVER: "handover",
    Block.HANDOVER_STATE: "handover",
    Block.SNAPSHOT: "snapshot",
    Block.OWN_ENTRIES: "own_entries",
    Block.HISTORY: "history",
    Block.AZR: "azr",
}
"""The paragraph ``data_…`` of the text that names a block in plain words."""
_SAID_BY: Mapping[Block, Block] = {Block.IDENTITY: Block.PERSON, Block.PAPER_KIND: Block.PAPERS}
"""What a larger group says already."""
FORM = ("form",)
"""What a course provider has: the fields of the form that was sent to it."""
GENERAL = ("nobody_else", "health", "correct", "rights", "complaint")
"""The paragraphs that stand below the offices."""
PURPOSES = (Role.MUNICIPALITY, Role.ASYLBLG, Role.COACH, Role.AGENTUR, Role.JOBCENTER, Role.PROVIDER)
"""Kinds of organisations that may have data of a person, in the order of the page; a paragraph of each says why."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """An organisation that has data of a person: which groups, since when, until when if an end is set."""

    role: Role
    name: str
    contact: tuple[str, ...]
    groups: tuple[str, ...]
    since: date | None
    until: date | None = None


def groups_of(blocks: frozenset[Block]) -> tuple[str, ...]:
    """The groups of data behind what an organisation sees, in the order of the page, each once."""
    told = (block for block in GROUPS if block in blocks and _SAID_BY.get(block) not in blocks)
    return tuple(dict.fromkeys(GROUPS[block] for block in told))
