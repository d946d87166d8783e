"""What a later arrivals list changes of a known person."""

from models.operations.ledger import claim, record
from models.operations.person_values import plain
from models.operations.persons import Reception, add_papers, name_columns, provenance_entry, write_match_keys
from models.queries.arrival_plan import Change
from models.rules.arrivals.identity import identity_key
from models.rules.arrivals.matching import Candidate
from models.rules.arrivals.record import gets_contact_line
from models.rules.errors import StaleVersion
from models.rules.times import local_day, stamp
from models.tables import Case, MatchKey, Person

_COMPARED = frozenset({"family_name", "given_name", "date_of_birth"})
"""Columns of which the keys for duplicates and the order of names are made."""


def change_person(change: Change, reception: Reception) -> None:
    """Write what a row says anew, each value with its source; a new paper joins the history of residence.

    Must run inside a transaction. StaleVersion where the person was changed since she was read.
    """
    person, version = change.known.person, change.known.person.version
    if not claim(Person, person.id, version):
        raise StaleVersion
    before = {name: person.__data__[name] for name in change.columns}
    if change.columns:
        _write(change, reception)
    if change.paper:
        add_papers({person.id: change.paper}, reception)
    data = {
        "person": person.id,
        "before": plain(before),
        "after": plain(change.columns),
        "paper": change.paper.code if change.paper else None,
        "source": reception.source,
        "from_version": version,
    }
    record(reception.actor, "person.changed", data, now=reception.now, case_id=change.known.case.id)


def _write(change: Change, reception: Reception) -> None:
    person, case = change.known.person, change.known.case
    entry = provenance_entry(reception, person.version + 1)
    provenance = {**(person.provenance or {}), **dict.fromkeys(change.columns, entry)}
    for name, value in change.columns.items():
        setattr(person, name, value)
    derived = name_columns(person.family_name, person.given_name)
    if change.row.bamf_reference:
        derived["identity_key"] = identity_key(change.row)
    Person.update(**change.columns, **derived, provenance=provenance).where(Person.id == person.id).execute()
    if _COMPARED & change.columns.keys():
        MatchKey.delete().where(MatchKey.person == person.id).execute()
        compared = Candidate(person.id, person.family_name, person.given_name, person.date_of_birth)
        write_match_keys({person.id: compared})
    Case.update(sort_key=derived["sort_key"], changed_at=stamp(reception.now)).where(Case.person == person.id).execute()
    if "municipality" in change.columns:
        _move(change, case, reception)


def _move(change: Change, case: Case, reception: Reception) -> None:
    """The newest case goes with the person to the municipality that reports her; the coach hears of her once."""
    today, home = local_day(reception.now), change.columns["municipality"]
    Case.update(municipality=home).where(Case.id == case.id).execute()
    if gets_contact_line(case.legal_sphere, change.known.person.date_of_birth, today):
        report = Case.update(coach_reported_on=today, coach_reported_by=home)
        report.where(Case.id == case.id, Case.coach_reported_on.is_null()).execute()
