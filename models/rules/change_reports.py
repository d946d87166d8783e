"""Change reports of a municipality: what may be reported, who decides, who is told, and who reads how much of it.

Source: domain.md 6.3 (Umzug, Wegzug, Geburt, Erreichbarkeit), rules.md 13 (the coach knows the contact line alone).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from models.rules.arrivals import cells
from models.rules.errors import RuleBroken
from models.rules.law.calendar import ABLE_TO_WORK_FROM, has_completed
from models.rules.lists.cells import Unreadable
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import CaseState, ChangeKind, Outcome, ReportState

KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.MOVED_HERE: N_("Umzug in der Gemeinde"),
    ChangeKind.MOVED_ON: N_("Umzug in eine andere Gemeinde"),
    ChangeKind.LEFT: N_("Wegzug"),
    ChangeKind.BIRTH: N_("Geburt"),
    ChangeKind.REACHABILITY: N_("Erreichbarkeit"),
}
"""German names of the kinds."""

STATES: Mapping[ReportState, str] = {
    ReportState.REPORTED: N_("gemeldet"),
    ReportState.CONFIRMED: N_("bestätigt"),
    ReportState.REFUSED: N_("abgelehnt"),
    ReportState.WITHDRAWN: N_("zurückgenommen"),
}

DESTINATIONS: Mapping[str, tuple[str, Outcome]] = {
    "GERMANY": (N_("in eine andere Stadt oder einen anderen Landkreis"), Outcome.MOVED),
    "ABROAD": (N_("ins Ausland"), Outcome.LEFT_COUNTRY),
    "UNKNOWN": (N_("unbekannt"), Outcome.MOVED),
}
"""Where somebody went who left the county, with the outcome of her case (rules.md 15)."""

DECIDED = frozenset({ChangeKind.MOVED_ON, ChangeKind.LEFT})
"""What somebody must confirm or refuse: the new municipality, the responsible organisation."""
OF_HOUSEHOLD = frozenset({ChangeKind.MOVED_HERE, ChangeKind.MOVED_ON, ChangeKind.LEFT})
"""What may have happened to other members of the household too."""
TOLD_TO_COACH = frozenset(ChangeKind) - {ChangeKind.BIRTH}
"""The household is not part of the contact line."""
TOLD_TO_ASYLBLG = frozenset(ChangeKind) - {ChangeKind.REACHABILITY}
"""Where and with whom she lives, which benefits follow; how she is reached, nobody has to act on there."""
READ_WITH = frozenset({Block.PERSON, Block.RESPONSIBLE})
"""Who sees one of these reads reports whole; the coach reads what belongs to the contact line."""
CONTACT_PARTS = frozenset({"phone", "unreachable_since", "contact"})
LONGEST = 200
CODED: Mapping[str, str] = {"accommodation": "accommodation", "sex": "sexes", "nationality": "countries"}
"""What is said by a code, with the list that it is of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """A report as it was typed. ``said``: the fields of its kind; days are days, empty texts are missing."""

    kind: ChangeKind
    on_day: date
    said: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the rule must know of the case: where she lives, when she was born, the postcodes of each municipality.

    ``codes`` are those of each list that a report is made with.
    """

    today: date
    born: date
    home: str
    postcodes: Mapping[str, tuple[str, ...]]
    contact: Mapping[str, Any]
    codes: Mapping[str, Collection[str]]


Problems = Iterator[tuple[str, Message]]


def read_change(entry: ChangeEntry, known: Circumstances) -> dict[str, Any]:
    """What is reported, in normal form; RuleBroken with a sentence for each field that cannot be so."""
    said: dict[str, Any] = {name: value for name, value in entry.said.items() if value not in ("", None)}
    problems = dict([*_wrong_day(entry, known), *_unknown(said, known), *_CHECKS[entry.kind](said, entry, known)])
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)
    return said


def _wrong_day(entry: ChangeEntry, known: Circumstances) -> Problems:
    if entry.on_day > known.today:
        yield "on_day", Message(N_("Das Datum liegt in der Zukunft. Melden Sie, was geschehen ist."))
    elif entry.on_day < known.born:
        yield "on_day", Message(N_("Das Datum liegt vor der Geburt."))


def _unknown(said: Mapping[str, Any], known: Circumstances) -> Problems:
    for name, of_list in CODED.items():
        if name in said and said[name] not in known.codes[of_list]:
            yield name, Message(N_("Bitte aus der Liste wählen."))


def _moved_here(said: dict[str, Any], entry: ChangeEntry, known: Circumstances) -> Problems:
    yield from _missing(said, "street", "postcode", "town")
    yield from _postcode(said, known.home, known)


def _moved_on(said: dict[str, Any], entry: ChangeEntry, known: Circumstances) -> Problems:
    home = said.get("municipality", "")
    if home not in known.postcodes or home == known.home:
        yield "municipality", Message(N_("Bitte eine andere Gemeinde des Landkreises wählen."))
    else:
        yield from _postcode(said, home, known)


def _left(said: dict[str, Any], entry: ChangeEntry, known: Circumstances) -> Problems:
    if said.get("destination") not in DESTINATIONS:
        yield "destination", Message(N_("Bitte wählen, wohin die Person gezogen ist."))


def _birth(said: dict[str, Any], entry: ChangeEntry, known: Circumstances) -> Problems:
    yield from _missing(said, "family_name", "given_name", "sex", "nationality")
    for name, read in (("family_name", cells.family_name), ("given_name", cells.given_name)):
        yield from _read(said, name, read)
    if entry.on_day <= known.today and has_completed(entry.on_day, ABLE_TO_WORK_FROM, known.today):
        yield "on_day", Message(N_("Das Kind ist schon 15. Bitte unter „Person erfassen“ eintragen."))


def _reachability(said: dict[str, Any], entry: ChangeEntry, known: Circumstances) -> Problems:
    yield from _read(said, "phone", cells.phone)
    since = said.get("unreachable_since")
    if since and since > known.today:
        yield "unreachable_since", Message(N_("Das Datum liegt in der Zukunft."))
    same = all(said.get(name) == (known.contact[name] or None) for name in ("phone", "unreachable_since"))
    if same and not said.get("contact"):
        yield "phone", Message(N_("Es ist nichts anders als gespeichert."))


_CHECKS: Mapping[ChangeKind, Callable[[dict[str, Any], ChangeEntry, Circumstances], Problems]] = {
    ChangeKind.MOVED_HERE: _moved_here,
    ChangeKind.MOVED_ON: _moved_on,
    ChangeKind.LEFT: _left,
    ChangeKind.BIRTH: _birth,
    ChangeKind.REACHABILITY: _reachability,
}


def _missing(said: Mapping[str, Any], *names: str) -> Problems:
    for name in names:
        if name not in said:
            yield name, Message(N_("Bitte ausfüllen."))


def _read(said: dict[str, Any], name: str, read: Callable[[str], str]) -> Problems:
    try:
        if name in said:
            said[name] = read(said[name])
    except Unreadable as unreadable:
        yield name, unreadable.message


def _postcode(said: dict[str, Any], home: str, known: Circumstances) -> Problems:
    found = list(_read(said, "postcode", cells.postcode))
    yield from found
    if not found and said.get("postcode", "") not in ("", *known.postcodes.get(home, ())):
        text = N_("Die Postleitzahl {postcode} gehört nicht zu dieser Gemeinde.")
        yield "postcode", Message(text, postcode=said["postcode"])


def outcome_of(data: Mapping[str, Any]) -> Outcome:
    """How a case ends whose person left as reported."""
    return DESTINATIONS[data["destination"]][1]


def readable(data: Mapping[str, Any], kind: ChangeKind, blocks: frozenset[Block]) -> dict[str, Any] | None:
    """What of a report somebody may read who sees these blocks; None: not even that there is one."""
    if not blocks.isdisjoint(READ_WITH):
        return {name: value for name, value in data.items() if name != "before"}
    if Block.CONTACT in blocks and kind in TOLD_TO_COACH:
        return {name: value for name, value in data.items() if name in CONTACT_PARTS}
    return None


class ReportAct(StrEnum):
    """What may be done with a report, by the word in its address."""

    CONFIRM = "bestaetigen"
    REFUSE = "ablehnen"
    NOTE = "gelesen"
    WITHDRAW = "zuruecknehmen"


class Stand(Protocol):
    """How a report stands; a stored row has it."""

    kind: str
    state: str
    home_id: int | None
    organisation_id: int
    noted_at: str | None
    coach_noted_at: str | None
    asylblg_noted_at: str | None


class OfCase(Protocol):
    """What of the case decides about its reports; a row of ``Case`` has it."""

    state: str
    responsible_id: int


def acts_on(report: Stand, role: Role, mine: int | None, case: OfCase) -> frozenset[ReportAct]:
    """What people of the organisation ``mine`` may do with a report now; nothing in a case that is closed."""
    found = set()
    responsible = case.responsible_id
    if case.state != CaseState.OPEN:
        return frozenset()
    decides = report.home_id if report.kind == ChangeKind.MOVED_ON else responsible
    if is_undecided(report.kind, report.state) and mine == decides:
        found |= {ReportAct.CONFIRM, ReportAct.REFUSE}
    if is_undecided(report.kind, report.state) and mine == report.organisation_id:
        found.add(ReportAct.WITHDRAW)
    if report.state in (ReportState.REPORTED, ReportState.CONFIRMED) and _has_to_note(report, role, mine, responsible):
        found.add(ReportAct.NOTE)
    return frozenset(found)


def is_undecided(kind: str, state: str) -> bool:
    """Whether somebody has still to confirm or refuse a report of this kind."""
    return kind in DECIDED and state == ReportState.REPORTED


def _has_to_note(report: Stand, role: Role, mine: int | None, responsible: int) -> bool:
    if role == Role.COACH:
        return report.kind in TOLD_TO_COACH and report.coach_noted_at is None
    if role == Role.ASYLBLG:
        return report.kind in TOLD_TO_ASYLBLG and report.asylblg_noted_at is None
    return mine == responsible and report.kind != ChangeKind.LEFT and report.noted_at is None
