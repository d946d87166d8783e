"""Lists of cases as people arrange them: columns by role, order, names of saved lists, and rows as finished texts.

A role is offered only columns that its blocks can show; what a line withholds stays empty in any arrangement.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.roles import Role

MOST_LISTS = 30
LONGEST_NAME = 60
MOST_ROWS = 5_000
"""So many cases one file may hold: more is no worklist but a register."""


class Order(StrEnum):
    """Orders of a list, each answered by an index."""

    NAME = "name"
    NUMBER = "nummer"
    NEWEST = "neueste"


ORDERS: Mapping[str, str] = {
    Order.NAME: N_("nach Namen"),
    Order.NUMBER: N_("nach Fallnummer"),
    Order.NEWEST: N_("neueste Fälle zuerst"),
}

COLUMNS: Mapping[str, str] = {
    "geb": N_("geb."),
    "gemeinde": N_("Gemeinde"),
    "sprachen": N_("Sprachen"),
    "telefon": N_("Telefon"),
    "erreichbar": N_("nicht erreichbar seit"),
    "gemeldet": N_("gemeldet am"),
    "einwilligung": N_("Einwilligung E1"),
    "asylblg": N_("AsylbLG bis"),
    "stand": N_("Stand"),
    "zustaendig": N_("zuständig"),
    "kontakt": N_("erster Kontakt"),
    "frist": N_("nächste Frist"),
}
"""By the word in addresses, in the order in which they stand; name and case number always come first."""

_PLAIN = ("geb", "gemeinde", "stand", "zustaendig", "frist")
STANDARD: Mapping[Role, tuple[str, ...]] = {
    Role.MUNICIPALITY: _PLAIN,
    Role.AGENTUR: _PLAIN,
    Role.JOBCENTER: _PLAIN,
    Role.ASYLBLG: ("geb", "gemeinde", "asylblg", "frist"),
    Role.COACH: ("gemeinde", "sprachen", "telefon", "gemeldet", "einwilligung"),
}
"""What a list shows where nobody chose."""
_FURTHER: Mapping[Role, tuple[str, ...]] = {
    Role.MUNICIPALITY: ("sprachen", "telefon", "erreichbar"),
    Role.AGENTUR: ("sprachen", "telefon", "erreichbar", "kontakt"),
    Role.JOBCENTER: ("sprachen", "telefon", "erreichbar", "kontakt"),
    Role.ASYLBLG: ("sprachen", "telefon"),
    Role.COACH: ("erreichbar", "frist"),
}

WORDS = ("gemeinde", "stufe", "zustaendig", "rechtskreis", "stand", "kontakt", "ordnung")
"""What of an address a saved list keeps. Codes and keys alone: no personal data."""
_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")


def offered_columns(role: Role) -> dict[str, str]:
    """The columns that this role may choose, with their labels, in their order."""
    mine = {*STANDARD.get(role, ()), *_FURTHER.get(role, ())}
    return {key: label for key, label in COLUMNS.items() if key in mine}


def chosen_columns(role: Role, asked: Iterable[str]) -> tuple[str, ...]:
    """The columns asked for, in the order of the table; the standard where none is. RuleBroken for an unknown one."""
    wanted = {word for word in asked if word}
    offered = offered_columns(role)
    for word in sorted(wanted - offered.keys()):
        raise RuleBroken(Message(N_("Die Spalte „{name}“ gibt es in Ihren Listen nicht."), name=word[:40]))
    return tuple(key for key in offered if key in wanted) or STANDARD.get(role, ())


def chosen_order(asked: str) -> Order:
    """The order asked for, by name where none is. RuleBroken for an unknown one."""
    if asked and asked not in ORDERS:
        raise RuleBroken(Message(N_("Die Reihenfolge „{name}“ gibt es nicht."), name=asked[:40]))
    return Order(asked or Order.NAME)


def kept_words(asked: Mapping[str, str]) -> dict[str, str]:
    """What a saved list keeps of an address."""
    return {word: asked[word] for word in WORDS if _CODE.fullmatch(asked.get(word, ""))}


def list_name(typed: str, taken: Iterable[str]) -> str:
    """The name for a saved list; RuleBroken, at the field ``name``, for none, a long one, or one that is taken."""
    name = " ".join(typed.split())
    problem = None
    if not name:
        problem = Message(N_("Bitte einen Namen für die Liste eingeben."))
    elif len(name) > LONGEST_NAME:
        problem = Message(N_("Der Name hat höchstens {most} Zeichen."), most=LONGEST_NAME)
    elif name.casefold() in {other.casefold() for other in taken}:
        problem = Message(N_("Sie haben schon eine Liste mit diesem Namen."))
    if problem:
        raise RuleBroken(problem, {"name": problem})
    return name


def check_room(saved: int) -> None:
    """RuleBroken where a person has as many saved lists as one may have."""
    if saved >= MOST_LISTS:
        full = Message(N_("Sie haben schon {most} gespeicherte Listen. Löschen Sie zuerst eine."), most=MOST_LISTS)
        raise RuleBroken(full, {"name": full})


def check_rows(rows: Sequence[object]) -> None:
    """RuleBroken where a file would hold more cases than a worklist has."""
    if len(rows) > MOST_ROWS:
        sentence = N_("Die Liste hat mehr als {most} Fälle. Grenzen Sie sie zuerst ein.")
        raise RuleBroken(Message(sentence, most=f"{MOST_ROWS:,}".replace(",", ".")))
