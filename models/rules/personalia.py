"""Name, birth and nationality as people correct them: what may stand there, and what is different from before."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from models.rules.arrivals.cells import family_name, given_name
from models.rules.errors import RuleBroken
from models.rules.lists.cells import Unreadable
from models.rules.message import N_, Message

NAMES = frozenset({"family_name", "given_name"})
COMPARED = NAMES | {"date_of_birth"}
"""Columns of which the order of names, search and the keys for duplicates are made."""
EARLIEST_YEAR = 1900

REASONS: Mapping[str, str] = {
    "spelling": N_("Schreibfehler berichtigt"),
    "paper": N_("nach dem Ausweispapier berichtigt"),
    "changed": N_("Name geändert, zum Beispiel durch Heirat"),
    "told": N_("nach Angabe der Person berichtigt"),
}
"""Why personal data are changed; stands in the history and beside an earlier name."""

LABELS: Mapping[str, str] = {
    "family_name": N_("Familienname"),
    "given_name": N_("Vorname"),
    "birth_name": N_("Geburtsname"),
    "date_of_birth": N_("Geburtsdatum"),
    "place_of_birth": N_("Geburtsort"),
    "sex": N_("Geschlecht"),
    "nationality": N_("Staatsangehörigkeit"),
    "second_nationality": N_("zweite Staatsangehörigkeit"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Personalia:
    """Personal data as somebody enters them; codes as in the code lists sexes and countries."""

    family_name: str
    given_name: str
    birth_name: str = ""
    date_of_birth: date
    place_of_birth: str = ""
    sex: str
    nationality: str
    second_nationality: str = ""


def read_personalia(entry: Personalia, today: date) -> dict[str, Any]:
    """The columns that this entry says; RuleBroken with a sentence for each field that cannot be so."""
    columns, problems = asdict(entry), dict(_wrong_days(entry, today))
    for name, read in (("family_name", family_name), ("given_name", given_name), ("birth_name", family_name)):
        try:
            columns[name] = read(columns[name]) if columns[name] or name in NAMES else ""
        except Unreadable as unreadable:
            problems[name] = unreadable.message
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)
    return columns


def _wrong_days(entry: Personalia, today: date) -> Iterator[tuple[str, Message]]:
    if entry.date_of_birth > today:
        yield "date_of_birth", Message(N_("Das Geburtsdatum liegt in der Zukunft."))
    if entry.date_of_birth.year < EARLIEST_YEAR:
        yield "date_of_birth", Message(N_("Das Geburtsdatum liegt zu weit zurück. Bitte das Jahr prüfen."))
    if entry.second_nationality and entry.second_nationality == entry.nationality:
        yield "second_nationality", Message(N_("Beide Staatsangehörigkeiten sind gleich."))


def changed_columns(said: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What is said differently from what is stored. RuleBroken where nothing is."""
    changed = {name: value for name, value in said.items() if value != stored[name]}
    if not changed:
        raise RuleBroken(Message(N_("Es ist nichts anders als gespeichert.")))
    return changed
