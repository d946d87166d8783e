"""Announcements to organisations: what may be announced to whom. They never tell of a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.workgroup.minutes import names_a_case, personal_data_in

LONGEST_SUBJECT, LONGEST = 120, 2_000


@dataclass(frozen=True, slots=True)
class Wording:
    """An announcement as it was typed: to everybody, to kinds of organisations, to chosen ones by id."""

    subject: str
    text: str
    to_all: bool = False
    kinds: tuple[str, ...] = ()
    chosen: tuple[int, ...] = ()
    each_person: bool = False


def check_wording(wording: Wording, today: date) -> None:
    """RuleBroken by field for nothing, too much, and where it seems to tell of a person."""
    problems = {}
    for name, said, most in (("subject", wording.subject, LONGEST_SUBJECT), ("text", wording.text, LONGEST)):
        if not said.strip():
            problems[name] = Message(N_("Bitte ausfüllen."))
        elif len(said.strip()) > most:
            problems[name] = Message(N_("Höchstens {most} Zeichen."), most=f"{most:,}".replace(",", "."))
        elif names_a_case(said):
            text = N_("Hier steht eine Fallnummer. Mitteilungen enthalten nichts zu einzelnen Personen.")
            problems[name] = Message(text)
        elif personal_data_in(said, today):
            text = N_(
                "Das sieht wie ein Geburtsdatum, eine AZR-Nummer oder ein Aktenzeichen aus. Mitteilungen enthalten "
                "nichts zu einzelnen Personen."
            )
            problems[name] = Message(text)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def receivers(wording: Wording, offices: Mapping[int, Role]) -> tuple[int, ...]:
    """The organisations that it is for, of all active ones by id; RuleBroken where nobody is chosen."""
    wanted = set(wording.chosen)
    found = tuple(
        number for number, kind in offices.items() if wording.to_all or kind in wording.kinds or number in wanted
    )
    if not found:
        sentence = Message(N_("Bitte wählen, an wen die Mitteilung geht."))
        raise RuleBroken(sentence, {"to_all": sentence})
    return found


def not_yet(each_person: bool, people: Iterable[tuple[int, int]], read: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Organisations in which somebody has still to confirm; ``people`` and ``read``: pairs of organisation, account."""
    known, confirmed = set(people), set(read)
    if each_person:
        return frozenset(office for office, _account in known - confirmed)
    return frozenset(office for office, _account in known) - {office for office, _account in confirmed}
