"""Lists of a case on paper: collected from what the person who prints sees of it, printed, not kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.queries.case_head import name_for, needs_for
from models.queries.case_view import CaseView
from models.queries.item_rows import ItemRow
from models.queries.paper import rows_in_order
from models.rules.checklists import Field, Item, ItemState, Level
from models.rules.message import N_
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import ListKey
from models.rules.times import german_date, local_day
from pdf.checklist.sheet import (
    FieldKind,
    ListFacts,
    Names,
    PaperField,
    PaperItem,
    PaperPerson,
    Route,
    State,
    Stop,
    bundle,
    checklist,
)
from pdf.checklist.sheet import Level as SheetLevel
from pdf.render import render_pdf

PAPER = "coach"
COACHING = N_("Landkreis St. Wendel · Beschäftigungscoaching, freiwillig")
_LEVELS: dict[Level, SheetLevel] = {Level.REQUIRED: "must", Level.RECOMMENDED: "should", Level.OPTIONAL: "may"}
_STATES: dict[ItemState, State] = {ItemState.DONE: "done", ItemState.NOT_APPLICABLE: "not_applicable"}
_NAMING = frozenset({"person.spellings", "person.address", "person.contact", "person.customer_number"})
"""Records whose values name the person, so that a paper without names leaves them out."""
_REACHED = frozenset({Block.PERSON, Block.CONTACT})


@dataclass(frozen=True, slots=True)
class Wish:
    """How lists are printed: ``blank`` without answers, and how the person is named."""

    blank: bool = False
    names: Names = Names.FULL
    watermark: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop of the day: the case as the coach sees it, and what she noted for the way."""

    view: CaseView
    time: str
    place: str


def print_list(view: CaseView, key: ListKey, word: str, wish: Wish, base_url: str, *, now: datetime) -> bytes:
    """A list of a case as a PDF: the items that this person sees and that may stand on paper (domain.md 8.5).

    ``word`` is the list's word in addresses. Health never goes on paper; the coach prints what is marked for hers.
    """
    facts = list_facts(view, key, word, wish, base_url)
    sheet = checklist(facts, printed_on=german_date(local_day(now)), created=now, names=wish.names)
    return render_pdf("checklist", sheet, watermark=wish.watermark)


def print_day(visits: Sequence[Visit], title: str, wish: Wish, base_url: str, *, now: datetime) -> bytes:
    """The bundle of a day: the route, then the coach's list of each person; each with what she may see of her."""
    facts = [list_facts(visit.view, ListKey.COACH, "coach", wish, base_url) for visit in visits]
    stops = [
        Stop(
            order=str(number),
            name=one.person.named(wish.names),
            case_number=one.person.case_number,
            time=visit.time,
            place=visit.place,
            phone=one.person.phone if wish.names == Names.FULL else "",
            language=one.person.language,
        )
        for number, (visit, one) in enumerate(zip(visits, facts, strict=True), start=1)
    ]
    route = Route(title, COACHING, title, tuple(stops))
    sheet = bundle(facts, route, printed_on=german_date(local_day(now)), created=now, names=wish.names)
    return render_pdf("checklist", sheet, watermark=wish.watermark)


def list_facts(view: CaseView, key: ListKey, word: str, wish: Wish, base_url: str) -> ListFacts:
    """What a paper of this list says. The coach's is always whole; the others leave out what the case does not need."""
    coach = key == ListKey.COACH
    rows = [row for row in rows_in_order(view, key) if coach or row.text or row.view.applies is not False]
    printed = [row for row in rows if _may_print(view, row.item)]
    definition = view.definitions[key]
    address = f"{base_url}/faelle/{view.held.case.number}/papier/{word}/{definition.version}"
    return ListFacts(
        title=definition.title,
        subtitle=COACHING if coach else view.actor.organisation_name,
        person=_person(view, address),
        items=[_blank(row.item) if wish.blank else _filled(row, wish.names) for row in printed],
        clerk_role=N_("Coach") if coach else N_("Bearbeitung"),
        clerk=view.actor.name,
        blank=wish.blank,
        tight=coach,
        not_printed=tuple(row.code for row in rows if row not in printed),
    )


def _may_print(view: CaseView, item: Item) -> bool:
    return not item.sensitive and (view.actor.role != Role.COACH or PAPER in item.papers)


def _blank(item: Item) -> PaperItem:
    return PaperItem(item.code, item.text, _LEVELS[item.level], tuple(_field(field) for field in item.fields))


def _field(field: Field) -> PaperField:
    kind: FieldKind = field.kind.value
    return PaperField(kind, field.label, tuple(one.label for one in field.choices))


def _filled(row: ItemRow, names: Names) -> PaperItem:
    blank = _blank(row.item)
    value = "" if row.only_tick and row.state == ItemState.DONE else row.text
    if row.state == ItemState.NOT_APPLICABLE:
        value = row.answer.reason if row.answer and row.answer.reason else row.condition
    elif value and names != Names.FULL and row.item.derived_from in _NAMING:
        value = N_("steht im Fall")
    return PaperItem(blank.code, blank.text, blank.level, blank.fields, _STATES.get(row.state, "open"), value)


def _person(view: CaseView, address: str) -> PaperPerson:
    case = view.held.case
    family, _comma, given = name_for(view).partition(", ")
    return PaperPerson(
        family_name=family,
        given_names=given,
        case_number=case.number,
        municipality=view.held.office(case.municipality_id),
        language=needs_for(view),
        phone=view.held.person.phone if view.blocks & _REACHED else "",
        address=address,
    )
