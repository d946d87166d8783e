"""The coach's checklist as finished strings.

The paper goes along to visits, so it carries no AZR number, nothing about health and no reasons of decisions: there is
no place for them here. The QR code holds the address of the case page and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from models.rules.message import N_
from pdf.base.qr import qr_svg
from pdf.base.sheet import Cell, Entry, Metadata, QrCode

Level = Literal["must", "should", "may"]
State = Literal["open", "done", "not_applicable"]
FieldKind = Literal["tick", "date", "text", "number", "choice", "choices", "document"]

LEVELS: Mapping[Level, str] = {"must": N_("Pflicht"), "should": N_("Soll"), "may": N_("Kann")}


@dataclass(frozen=True, slots=True)
class CoachItem:
    """An item of the list as data: ``value`` is the finished text of its answer, empty where there is none.

    ``kinds`` are the kinds of its fields in order, ``choices`` the labels to tick by hand where one of them is a
    choice. An item that does not apply carries the reason as its value.
    """

    code: str
    text: str
    level: Level
    kinds: tuple[FieldKind, ...]
    state: State = "open"
    value: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoachedPerson:
    """The contact line that the municipality reported, and the address of the case page for the QR code."""

    family_name: str
    given_names: str
    case_number: str
    municipality: str
    language: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of the list; an empty ``value`` leaves room to write by ``kinds`` and ``choices``."""

    code: str
    text: str
    level: str
    kinds: tuple[FieldKind, ...]
    choices: tuple[str, ...]
    is_done: bool
    is_left_out: bool
    value: str


@dataclass(frozen=True, slots=True)
class CoachChecklist:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    printed_on: str
    coach: str
    head: tuple[tuple[Entry, ...], tuple[Entry, ...]]
    qr: QrCode | None
    lines: tuple[Line, ...]


def coach_checklist(
    items: Sequence[CoachItem],
    person: CoachedPerson | None = None,
    *,
    coach: str,
    printed_on: str,
    created: datetime,
    without_names: bool = False,
) -> CoachChecklist:
    """The list for a person, or without one a blank page.

    ``without_names`` prints the first name and the initial only, and no phone number. ``printed_on`` is a German date.
    """
    number = person.case_number if person else ""
    return CoachChecklist(
        metadata=Metadata(
            title=f"Checkliste Beschäftigungscoach {number}".strip(),
            subject="Beschäftigungscoaching",
            author="Landkreis St. Wendel",
            created=created,
            identity=number,
        ),
        foot=" · ".join(filter(None, ("Checkliste Beschäftigungscoach", number, printed_on))),
        printed_on=printed_on,
        coach=coach,
        head=_head(person, coach, without_names),
        qr=_qr(person.address) if person else None,
        lines=tuple(_line(item) for item in items),
    )


def _head(person: CoachedPerson | None, coach: str, without_names: bool) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    if person is None:
        left, right = (N_("Name"), N_("Fallnummer"), N_("Gemeinde")), (N_("Sprache"), N_("Telefon"), N_("Coach"))
        return tuple(Entry(label, _ink()) for label in left), tuple(Entry(label, _ink()) for label in right)
    return (
        (
            Entry(N_("Name"), Cell(_name(person, without_names))),
            Entry(N_("Fallnummer"), Cell(person.case_number)),
            Entry(N_("Gemeinde"), _given(person.municipality)),
        ),
        (
            Entry(N_("Sprache"), _given(person.language)),
            Entry(N_("Telefon"), _given("" if without_names else person.phone)),
            Entry(N_("Coach"), _given(coach)),
        ),
    )


def _name(person: CoachedPerson, without_names: bool) -> str:
    if without_names:
        return " ".join((*person.given_names.split()[:1], f"{person.family_name[:1]}."))
    return ", ".join(filter(None, (person.family_name, person.given_names)))


def _given(text: str) -> Cell:
    return Cell(text) if text else _ink()


def _ink() -> Cell:
    return Cell(ink=True)


def _qr(address: str) -> QrCode:
    return QrCode(qr_svg(address, "QR-Code: Adresse zum Eintragen"), (N_("Vom Papier"), N_("eintragen")))


def _line(item: CoachItem) -> Line:
    return Line(
        code=item.code,
        text=item.text,
        level=LEVELS[item.level],
        kinds=tuple(kind for kind in item.kinds if kind != "tick"),
        choices=item.choices,
        is_done=item.state == "done",
        is_left_out=item.state == "not_applicable",
        value=item.value,
    )
