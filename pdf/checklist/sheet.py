"""Checklists as finished strings: one page for one list of one person, or many of them behind a route.

What goes along to visits carries no AZR number, nothing about health and no reasons of decisions: there is no place for
them here. The QR code holds the address of the quick entry of exactly this list and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from models.rules.message import N_
from pdf.base.qr import qr_svg
from pdf.base.sheet import Cell, Entry, Metadata, QrCode

Level = Literal["must", "should", "may"]
State = Literal["open", "done", "not_applicable"]
FieldKind = Literal["tick", "date", "text", "number", "choice", "choices", "document"]

LEVELS: Mapping[Level, str] = {"must": N_("Pflicht"), "should": N_("Soll"), "may": N_("Kann")}
TIGHT_TEXT = 66
"""Choices with more letters than this are written by hand in a tight list: two lines of them fit, so it is one page."""
MOST_CHOICES = 14


class Names(StrEnum):
    """How a paper names the person: in full, by initials, or by the case number alone."""

    FULL = "voll"
    INITIALS = "kurz"
    NUMBER = "nummer"


@dataclass(frozen=True, slots=True)
class PaperField:
    """A field of an item: its kind, its label where the item has several, the labels to tick where it is a choice."""

    kind: FieldKind
    label: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperItem:
    """An item of a list as data: ``value`` is the finished text of its answer, empty where there is none.

    An item that does not apply carries the reason as its value.
    """

    code: str
    text: str
    level: Level
    fields: tuple[PaperField, ...]
    state: State = "open"
    value: str = ""


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """Whom the paper is about, and the address behind its QR code."""

    family_name: str
    given_names: str
    case_number: str
    municipality: str
    language: str
    phone: str
    address: str

    def named(self, names: Names) -> str:
        """The name as this paper prints it; empty for a paper with the number alone."""
        if names == Names.NUMBER:
            return ""
        if names == Names.INITIALS:
            return " ".join(f"{part[:1]}." for part in (self.given_names, self.family_name) if part)
        return ", ".join(filter(None, (self.family_name, self.given_names)))


@dataclass(frozen=True, slots=True)
class ListFacts:
    """One list of one person. ``tight`` keeps it on one page; else there is room for a pen and large letters."""

    title: str
    subtitle: str
    person: PaperPerson
    items: Sequence[PaperItem]
    clerk_role: str
    clerk: str
    blank: bool = False
    tight: bool = False
    not_printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of the list; an empty ``value`` leaves the ``rooms`` to write in."""

    code: str
    text: str
    level: str
    rooms: tuple[PaperField, ...]
    is_done: bool
    is_left_out: bool
    value: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """One list as the template prints it."""

    title: str
    subtitle: str
    foot: str
    look: str
    head: tuple[tuple[Entry, ...], tuple[Entry, ...]]
    qr: QrCode
    lines: tuple[Line, ...]
    not_printed: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a route: whom, when, where, and how to talk with her."""

    order: str
    name: str
    case_number: str
    time: str
    place: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Route:
    """The first page of a bundle: the stops of a day in their order."""

    title: str
    subtitle: str
    foot: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Checklists:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    printed_on: str
    route: Route | None
    pages: tuple[ListPage, ...]


def checklist(facts: ListFacts, *, printed_on: str, created: datetime, names: Names = Names.FULL) -> Checklists:
    """One list of one person. ``printed_on`` is a German date; ``names`` other than FULL prints no phone number."""
    page = _page(facts, printed_on, names)
    title = f"{facts.title} {facts.person.case_number}"
    return Checklists(_metadata(title, facts.subtitle, created), page.foot, printed_on, None, (page,))


def bundle(
    lists: Sequence[ListFacts], route: Route, *, printed_on: str, created: datetime, names: Names = Names.FULL
) -> Checklists:
    """The lists of several people behind the route of a day."""
    pages = tuple(_page(facts, printed_on, names) for facts in lists)
    return Checklists(_metadata(route.title, route.subtitle, created), route.foot, printed_on, route, pages)


def _metadata(title: str, subject: str, created: datetime) -> Metadata:
    return Metadata(title=title, subject=subject, author="Landkreis St. Wendel", created=created, identity=title)


def _page(facts: ListFacts, printed_on: str, names: Names) -> ListPage:
    number = facts.person.case_number
    return ListPage(
        title=facts.title,
        subtitle=facts.subtitle,
        foot=" · ".join((facts.title, number, printed_on)),
        look="tight" if facts.tight else "large" if facts.blank else "roomy",
        head=_head(facts, names),
        qr=QrCode(qr_svg(facts.person.address, "QR-Code: Adresse zum Eintragen"), (N_("Vom Papier"), N_("eintragen"))),
        lines=tuple(_line(item, tight=facts.tight) for item in facts.items),
        not_printed=", ".join(facts.not_printed),
    )


def _head(facts: ListFacts, names: Names) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    person, full = facts.person, names == Names.FULL
    return (
        (
            Entry(N_("Name"), _given(person.named(names))),
            Entry(N_("Fallnummer"), Cell(person.case_number)),
            Entry(N_("Gemeinde"), _given(person.municipality)),
        ),
        (
            Entry(N_("Sprache"), _given(person.language)),
            Entry(N_("Telefon"), _given(person.phone if full else "")),
            Entry(facts.clerk_role, _given(facts.clerk)),
        ),
    )


def _given(text: str) -> Cell:
    return Cell(text) if text else Cell(ink=True)


def _line(item: PaperItem, *, tight: bool) -> Line:
    return Line(
        code=item.code,
        text=item.text,
        level=LEVELS[item.level],
        rooms=_tight_rooms(item.fields) if tight else _rooms(item.fields),
        is_done=item.state == "done",
        is_left_out=item.state == "not_applicable",
        value=item.value,
    )


def _tight_rooms(fields: Sequence[PaperField]) -> tuple[PaperField, ...]:
    """One room for each kind of field; choices to tick only where they fit."""
    by_kind = {field.kind: field for field in reversed(fields) if field.kind != "tick"}
    kinds = dict.fromkeys(field.kind for field in fields if field.kind in by_kind)
    return tuple(PaperField(kind, "", _fitting(by_kind[kind].choices)) for kind in kinds)


def _fitting(choices: tuple[str, ...]) -> tuple[str, ...]:
    return choices if sum(map(len, choices)) <= TIGHT_TEXT else ()


def _rooms(fields: Sequence[PaperField]) -> tuple[PaperField, ...]:
    """Every field with its label; a choice among many is written by hand."""
    several = len(fields) > 1
    shown = [field for field in fields if several or field.kind != "tick"]
    return tuple(
        PaperField(
            field.kind, field.label if several else "", field.choices if len(field.choices) <= MOST_CHOICES else ()
        )
        for field in shown
    )
