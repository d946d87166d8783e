"""The coach's list on paper: collected from what the coach sees of a case, printed, not kept."""

from dataclasses import dataclass
from datetime import datetime

from models.queries.case_view import CaseView
from models.queries.item_rows import ItemRow, row_of
from models.queries.needs import needs_of
from models.rules.checklists import Item, ItemState, Kind, Level, state_of
from models.rules.states import ListKey
from models.rules.times import german_date, local_day
from pdf.coach_checklist.sheet import CoachedPerson, CoachItem, State, coach_checklist
from pdf.coach_checklist.sheet import Level as SheetLevel
from pdf.render import render_pdf

PAPER = "coach"
MOST_TEXT = 66
"""Choices with more letters than this are written by hand: two lines of them fit, and the list is one page."""

_LEVELS: dict[Level, SheetLevel] = {Level.REQUIRED: "must", Level.RECOMMENDED: "should", Level.OPTIONAL: "may"}
_STATES: dict[ItemState, State] = {ItemState.DONE: "done", ItemState.NOT_APPLICABLE: "not_applicable"}
_CHOSEN = (Kind.CHOICE, Kind.CHOICES)


@dataclass(frozen=True, slots=True)
class Wish:
    """How the list is printed: ``blank`` without person and answers, ``without_names`` with first name and initial."""

    blank: bool = False
    without_names: bool = False
    watermark: bool = False


def print_checklist(view: CaseView, wish: Wish, base_url: str, *, now: datetime) -> bytes:
    """The coach's list as a PDF: the items that this person sees and that may stand on paper (domain.md 8.5).

    No AZR number, nothing about health, no reasons of decisions: such items are not marked for this paper.
    """
    rows = [row for row in _rows(view) if PAPER in row.item.papers and not row.item.sensitive]
    sheet = coach_checklist(
        [_item(row.item) if wish.blank else _filled(row) for row in rows],
        None if wish.blank else _person(view, base_url),
        coach="" if wish.blank else view.actor.name,
        printed_on=german_date(local_day(now)),
        created=now,
        without_names=wish.without_names,
    )
    return render_pdf("coach_checklist", sheet, watermark=wish.watermark)


def _rows(view: CaseView) -> list[ItemRow]:
    definition = view.definitions[ListKey.COACH]
    judged = (state_of(item, view.known, definition.by_code) for item in view.items(definition))
    return [row_of(view, ListKey.COACH, one) for one in judged]


def _item(item: Item) -> CoachItem:
    choices = next((tuple(one.label for one in field.choices) for field in item.fields if field.kind in _CHOSEN), ())
    return CoachItem(
        code=item.code,
        text=item.text,
        level=_LEVELS[item.level],
        kinds=tuple(dict.fromkeys(field.kind.value for field in item.fields)),
        choices=choices if sum(map(len, choices)) <= MOST_TEXT else (),
    )


def _filled(row: ItemRow) -> CoachItem:
    blank = _item(row.item)
    value = "" if row.only_tick and row.state == ItemState.DONE else row.text
    if row.state == ItemState.NOT_APPLICABLE:
        value = row.answer.reason if row.answer and row.answer.reason else row.condition
    return CoachItem(
        blank.code, blank.text, blank.level, blank.kinds, _STATES.get(row.state, "open"), value, blank.choices
    )


def _person(view: CaseView, base_url: str) -> CoachedPerson:
    person, case = view.held.person, view.held.case
    return CoachedPerson(
        family_name=person.family_name,
        given_names=person.given_name,
        case_number=case.number,
        municipality=view.held.office(case.municipality_id),
        language=needs_of(view),
        phone=person.phone,
        address=f"{base_url}/faelle/{case.number}/papier/coach/{view.definitions[ListKey.COACH].version}",
    )
