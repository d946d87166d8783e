"""What the record that stays takes from the other: values, history, earlier cases; and the way back.

Each ``take_…`` returns, as plain data, what stood there before, each ``give_back_…`` what has to stay. All run inside
the transaction of the merge or of its undoing.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from models.operations.change_of_sphere import drop_draft
from models.operations.ledger import record
from models.operations.persons import name_columns
from models.queries.comparison import Sheet
from models.queries.merges import unchanged
from models.rules.merging import FIELDS, taken_over
from models.rules.message import N_, Message
from models.rules.person_values import plain
from models.rules.personalia import COMPARED
from models.rules.roles import Actor
from models.rules.states import CaseState, HandoverState, Outcome
from models.rules.times import local_day, stamp
from models.tables import AsylumDecision, Case, Handover, Person, ResidenceRecord

CHOSEN = N_("beim Vergleich gewählt")
"""Added to the source of a value that somebody chose: a later list does not change it any more."""
_HISTORY = {"papers": ResidenceRecord, "decisions": AsylumDecision}
_CASE_DAYS = ("asylblg_until", "first_contact_on", "coach_reported_on")


def take_values(
    kept: Sheet, gone: Sheet, chosen: frozenset[str], decided: frozenset[str], now: datetime
) -> dict[str, Any]:
    """Write the values that hold: of the fields in ``chosen`` those of the other record.

    Each value keeps who entered it; where somebody decided, it says so.
    """
    person, other = kept.record.person, gone.record.person
    columns = taken_over(kept.values, gone.values, chosen)
    names = columns.keys() | {column for field in FIELDS if field.key in decided for column in field.columns}
    written = {name: _entry(other if name in columns else person, name, person.version, now) for name in names}
    for field in FIELDS:
        for name in field.columns if field.key in decided else ():
            written[name]["source"] = ", ".join(filter(None, (written[name].get("source"), CHOSEN)))
    provenance = person.provenance or {}
    renamed = bool(COMPARED & columns.keys())
    derived = name_columns(columns.get("family_name", person.family_name), columns.get("given_name", person.given_name))
    Person.update(**columns, **(derived if renamed else {}), provenance=provenance | written).where(
        Person.id == person.id
    ).execute()
    _order(person.id, derived["sort_key"], now)
    before, after = plain({name: kept.values[name] for name in columns}), plain(columns)
    return {
        "values": {name: [before[name], after[name]] for name in columns},
        "provenance": {name: [provenance.get(name), entry] for name, entry in written.items()},
        "renamed": renamed,
    }


def _entry(person: Person, name: str, version: int, now: datetime) -> dict[str, Any]:
    return {"at": stamp(now)} | dict((person.provenance or {}).get(name) or {}) | {"version": version}


def _order(person_id: int, sort_key: str, now: datetime) -> None:
    Case.update(sort_key=sort_key, changed_at=stamp(now)).where(Case.person == person_id).execute()


def give_back_values(kept: Person, gone: Person, taken: Mapping[str, Any], now: datetime) -> None:
    """Restore the values that nobody has changed since; the others stay."""
    columns = {name: _as_stored(name, taken["values"][name][0]) for name in unchanged(kept, taken)}
    provenance = dict(kept.provenance or {})
    for name, (earlier, written) in taken["provenance"].items():
        if provenance.get(name) == written:
            provenance.pop(name)
            if earlier:
                provenance[name] = earlier | {"version": kept.version}
    derived = name_columns(columns.get("family_name", kept.family_name), columns.get("given_name", kept.given_name))
    Person.update(**columns, **derived, provenance=provenance).where(Person.id == kept.id).execute()
    Person.update(merged_into=None).where(Person.id == gone.id).execute()
    _order(kept.id, derived["sort_key"], now)


def _as_stored(name: str, value: Any) -> Any:
    is_day = name in ("date_of_birth", "arrived_on") and value
    return date.fromisoformat(value) if is_day else value


def take_history(kept: Sheet, gone: Sheet) -> dict[str, list[int]]:
    """Papers, decisions and all cases of the other record belong to the one that stays from now on."""
    person, other = kept.record.person.id, gone.record.person.id
    moved: dict[str, list[int]] = {}
    for name, table in (*_HISTORY.items(), ("cases", Case)):
        ids = [row[0] for row in table.select(table.id).where(table.person == other).order_by(table.id).tuples()]
        table.update(person=person).where(table.id.in_(ids)).execute()
        moved[name] = ids
    sort_key = Person.select(Person.sort_key).where(Person.id == person)
    Case.update(sort_key=sort_key).where(Case.id.in_(moved["cases"])).execute()
    Person.update(merged_into=person).where(Person.id == other).execute()
    return moved


def give_back_history(kept: Person, gone: Person, moved: Mapping[str, list[int]]) -> None:
    """What came with the other record goes back with it; what was recorded since stays."""
    for name, table in (*_HISTORY.items(), ("cases", Case)):
        table.update(person=gone.id).where(table.id.in_(moved[name]), table.person == kept.id).execute()
    Case.update(sort_key=gone.sort_key).where(Case.id.in_(moved["cases"])).execute()


def take_home(kept: Sheet, gone: Sheet) -> dict[str, Any]:
    """All cases go to the municipality of the record: the other one must not see through hers what is entered now."""
    person = kept.record.person.id
    home = Person.select(Person.municipality).where(Person.id == person).scalar()
    home = home or kept.record.case.municipality_id or gone.record.case.municipality_id
    cases = Case.select(Case.id, Case.municipality).where(Case.person == person).order_by(Case.id).tuples()
    moved = [[number, before] for number, before in cases if home is not None and before != home]
    Case.update(municipality=home).where(Case.id.in_([number for number, _before in moved])).execute()
    return {"home": home, "moved": moved}


def give_back_home(taken: Mapping[str, Any]) -> None:
    """Cases that came to a municipality go back, unless they have gone on to another one since."""
    for number, before in taken["moved"]:
        here = (Case.id == number) & (Case.municipality == taken["home"])
        Case.update(municipality=before).where(here).execute()


def take_case(kept: Sheet, gone: Sheet, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """The open case that stays learns what only the other one knew; the other one ends as "doppelt erfasst"."""
    case, other = kept.record.case, gone.record.case
    columns = {name: other.__data__[name] for name in _CASE_DAYS if case.__data__[name] is None}
    if case.coach_reported_on is None:
        columns["coach_reported_by"] = other.coach_reported_by_id
    columns |= {"receives_asylblg": case.receives_asylblg or other.receives_asylblg}
    if case.legal_sphere == "UNK":
        columns["legal_sphere"] = other.legal_sphere
    columns = {name: value for name, value in columns.items() if value != case.__data__[name]}
    before = {name: case.__data__[name] for name in columns}
    if columns:
        Case.update(**columns).where(Case.id == case.id).execute()
    _end(other, actor, now)
    return {"before": plain(before), "after": plain(columns)}


def _end(case: Case, actor: Actor, now: datetime) -> None:
    draft = Handover.get_or_none(Handover.case == case.id, Handover.state == HandoverState.DRAFT)
    if draft:
        drop_draft(draft, str(Message(N_("Der Fall war doppelt erfasst."))), actor=actor, now=now)
    today = local_day(now)
    ended = {"state": CaseState.CLOSED, "outcome": Outcome.DUPLICATE, "outcome_on": today}
    Case.update(**ended, changed_at=stamp(now)).where(Case.id == case.id).execute()
    data: dict[str, object] = {"outcome": Outcome.DUPLICATE, "on": today.isoformat(), "note": ""}
    record(actor, "case.closed", data, now=now, case_id=case.id)


def give_back_case(kept: Case, gone: Case, taken: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """The case that ended goes on; the other one forgets what it learned, unless that was changed since."""
    stored = plain(kept.__data__)
    back = {name: value for name, value in taken["before"].items() if stored[name] == taken["after"][name]}
    columns = {name: date.fromisoformat(v) if v and name in _CASE_DAYS else v for name, v in back.items()}
    if columns:
        Case.update(**columns).where(Case.id == kept.id).execute()
    if gone.state == CaseState.CLOSED and gone.outcome == Outcome.DUPLICATE:
        opened = {"state": CaseState.OPEN, "outcome": None, "outcome_on": None, "changed_at": stamp(now)}
        Case.update(**opened).where(Case.id == gone.id).execute()
        reason = str(Message(N_("Die Zusammenführung wurde rückgängig gemacht.")))
        record(actor, "case.reopened", {"reason": reason}, now=now, case_id=gone.id)
