"""Somebody moves: address, municipality, sight of the case and household go along; and the way back.

Every function runs inside the transaction of the operation that records it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.operations.person_values import write_person_values
from models.operations.personalia import identity_of
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import Case, Household, Person

SOURCE = N_("Änderungsmeldung")
ADDRESS = ("street", "postcode", "town", "accommodation")


def home_of_movers(people: Sequence[Person], municipality_id: int | None, now: datetime) -> int:
    """The household in which these people of one household live from now on: a new one where somebody stays behind."""
    household = people[0].household_id
    movers = [person.id for person in people]
    stays = (Person.household == household) & Person.id.not_in(movers) & Person.merged_into.is_null()
    if household is None or Person.select(Person.id).where(stays).exists():
        return int(Household.create(municipality=municipality_id, created_at=stamp(now)).id)
    Household.update(municipality=municipality_id).where(Household.id == household).execute()
    return int(household)


def move_person(
    person: Person, columns: Mapping[str, Any], household_id: int | None, *, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Write where she lives now; returns what stood there before. All her cases go with her to another municipality."""
    source = str(Message(SOURCE))
    before = write_person_values(
        person.id, columns, source=source, seen_version=person.version, actor=actor, now=now
    ) | {"household": person.household_id}
    identity = identity_of(person, columns)
    Person.update(household=household_id, identity_key=identity).where(Person.id == person.id).execute()
    moved = {"municipality": columns["municipality"]} if "municipality" in columns else {}
    Case.update(**moved, changed_at=stamp(now)).where(Case.person == person.id).execute()
    return before


def move_back(person: Person, before: Mapping[str, Any], *, actor: Actor, now: datetime) -> None:
    """She did not move: what stood there before stands there again."""
    columns = {name: value for name, value in before.items() if name != "household"}
    Household.update(municipality=columns["municipality"]).where(Household.id == before["household"]).execute()
    move_person(person, columns, before["household"], actor=actor, now=now)
