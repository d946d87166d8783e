"""A child is born into the household of a person: a record and a case of its own, no sheet before it is 15."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from models.operations.duplicate_pairs import note_possible_duplicates
from models.operations.moves import SOURCE
from models.operations.names import renew_match_keys
from models.operations.openings import Opening, open_cases, parties
from models.operations.person_values import write_person_values
from models.operations.persons import name_columns
from models.rules.message import Message
from models.rules.roles import Actor
from models.rules.states import Origin
from models.rules.times import stamp
from models.tables import Case, Household, Person

_SAID = ("family_name", "given_name", "sex", "nationality")


def receive_child(case: Case, said: Mapping[str, Any], born: date, *, actor: Actor, now: datetime) -> str:
    """Record a child of the household of a case; returns the number of its case.

    Must run inside a transaction. It has the legal sphere of the household; with SGB II the Jobcenter is responsible.
    """
    home = _home(case.person, now)
    child = _record(case, said, born, home, actor, now)
    renew_match_keys(child.id)
    opening = Opening(child.id, child.sort_key, case.municipality_id, case.legal_sphere, source=str(Message(SOURCE)))
    (number,) = open_cases([opening], origin=Origin.MUNICIPALITY, parties=parties(), actor=actor, now=now)
    note_possible_duplicates([child.id], now=now)
    _count(case.person, actor, now)
    return number


def _home(parent: Person, now: datetime) -> int:
    if parent.household_id:
        return int(parent.household_id)
    home = Household.create(municipality=parent.municipality_id, created_at=stamp(now))
    Person.update(household=home).where(Person.id == parent.id).execute()
    return int(home.id)


def _record(case: Case, said: Mapping[str, Any], born: date, home: int, actor: Actor, now: datetime) -> Person:
    parent = case.person
    values = {name: said[name] for name in _SAID} | {
        "date_of_birth": born,
        "municipality": case.municipality_id,
        "languages": list(parent.languages or ()),
        "street": parent.street,
        "postcode": parent.postcode,
        "town": parent.town,
    }
    entry = {
        "organisation": actor.organisation_key,
        "account": actor.account_id,
        "name": actor.name,
        "at": stamp(now),
        "source": str(Message(SOURCE)),
        "version": 1,
    }
    return Person.create(
        **values,
        **name_columns(said["family_name"], said["given_name"]),
        household=home,
        provenance=dict.fromkeys(values, entry),
        created_at=stamp(now),
    )


def _count(parent: Person, actor: Actor, now: datetime) -> None:
    """One child more, where their number is known."""
    row = Person.get_by_id(parent.id)
    if row.children_in_household is not None:
        columns = {"children_in_household": row.children_in_household + 1}
        source = str(Message(SOURCE))
        write_person_values(row.id, columns, source=source, seen_version=row.version, actor=actor, now=now)
