"""What is looked at before an enrolment form is printed: what it lacks, where that is entered, what seems wrong."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from blueprints.shared import access
from models.queries.case_view import CaseView
from models.queries.checklists import LIST_WORDS
from models.queries.enrolments import EnrolmentRow
from models.queries.plausibility import look_again
from models.rules.message import Message
from models.rules.permissions import Block, Permission, may
from pdf.enrolment_form.fields import Gap, gap_count
from pdf.enrolment_form.issue import missing


@dataclass(frozen=True, slots=True)
class Lacking:
    """One thing that the form lacks; ``address`` is where it is entered, empty for who may not enter it."""

    label: str
    parts: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class FormCheck:
    """What the form lacks by its blocks, and how much it is; and sentences by the field that they stand beside."""

    blocks: tuple[tuple[str, tuple[Lacking, ...]], ...]
    count: int
    notes: dict[str, list[Message]]


def check_of(view: CaseView, row: EnrolmentRow, *, issues: bool) -> FormCheck:
    """The check of one enrolment. Once the form has gone to the provider nothing is missing any more."""
    found = missing(view, row) if issues else ()
    notes: dict[str, list[Message]] = defaultdict(list)
    for one in look_again(view, row):
        notes[one.field].append(one.sentence)
    blocks = tuple(
        (title, tuple(_lacking(view, gap) for gap in block))
        for title, block in groupby(found, key=lambda gap: gap.block)
    )
    return FormCheck(blocks, gap_count(found), dict(notes))


def _lacking(view: CaseView, gap: Gap) -> Lacking:
    return Lacking(gap.field.label, gap.parts, _address(view, gap))


def _address(view: CaseView, gap: Gap) -> str:
    """The control among the Personalien, or the item in its list, for who reaches it."""
    case = f"/faelle/{view.held.case.number}"
    if gap.field.control:
        edits = may(access.actor().role, Permission.PERSON_EDIT) and Block.PERSON in view.blocks
        return f"{case}/personalien#{gap.field.control}" if edits else ""
    for key, definition in view.definitions.items():
        item = definition.by_code.get(gap.field.item)
        if item and view.sees(key, item):
            return f"{case}?liste={LIST_WORDS[key]}#punkt-{item.code}"
    return ""
