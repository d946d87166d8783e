"""Recording people who arrive: person, household, paper, keys for duplicates, and the case that is opened for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.base import db, is_sqlite
from models.operations.duplicate_pairs import note_possible_duplicates
from models.operations.name_index import index_names
from models.operations.openings import Opening, Parties, open_cases
from models.operations.request_matches import match_persons
from models.queries.arrivals import HouseholdKey, household_key
from models.rules.arrivals.identity import identity_key
from models.rules.arrivals.matching import Described, blocking_keys
from models.rules.arrivals.names import fold, name_key
from models.rules.arrivals.record import Paper, columns_of, gets_contact_line, paper_of, sphere_of
from models.rules.arrivals.rows import ArrivalRow
from models.rules.law.data import Law
from models.rules.name_search import Named
from models.rules.roles import Actor
from models.rules.states import Origin
from models.rules.times import local_day, stamp
from models.tables import Household, MatchKey, Organisation, Person, ResidenceRecord

_MAY_BE_NULL = ("municipality", "arrived_on", "interpreter_needed", "children_in_household", "remark")


@dataclass(frozen=True, slots=True)
class Reception:
    """What all people of one list or form share. ``households`` grows with the families that come in.

    ``one_family``: they live together, whatever their rows say.
    """

    actor: Actor
    now: datetime
    source: str
    origin: Origin
    parties: Parties
    municipalities: Mapping[str, Organisation]
    law: Law
    households: dict[HouseholdKey, int]
    one_family: bool = False

    def municipality_id(self, row: ArrivalRow) -> int | None:
        """The municipality that the row names."""
        home = self.municipalities.get(row.municipality or "")
        return int(home.id) if home else None


def people_arrive_one_at_a_time() -> None:
    """From here on this transaction alone adds people, so that what it looked up stays true until it is done."""
    if not is_sqlite():  # there the transaction itself was the only writer from its first statement
        db.execute_sql("LOCK TABLE match_key IN SHARE ROW EXCLUSIVE MODE")


def receive_people(rows: Sequence[ArrivalRow], reception: Reception) -> list[str]:
    """Store new people and open a case for each; returns the case numbers in the order of the rows.

    Must run inside a transaction. The rows have different identities, and possible duplicates were looked for before.
    Whose paper says SGB II on arrival goes to the Jobcenter at once (rules.md 5); the coach gets the contact line of
    people of an age to work in the sphere SGB III whom a municipality reports (item A19).
    """
    if not rows:
        return []
    ids = _store_persons(rows, reception)
    write_match_keys({ids[identity_key(row)]: row for row in rows})
    index_names({ids[identity_key(row)]: Named(row.family_name, row.given_name) for row in rows})
    match_persons(ids.values())
    papers = {ids[identity_key(row)]: paper for row in rows if (paper := paper_of(row, reception.law))}
    add_papers(papers, reception)
    numbers = open_cases(
        [_opening(row, ids[identity_key(row)], reception) for row in rows],
        origin=reception.origin,
        parties=reception.parties,
        actor=reception.actor,
        now=reception.now,
    )
    note_possible_duplicates(ids.values(), now=reception.now)
    return numbers


def _opening(row: ArrivalRow, person_id: int, reception: Reception) -> Opening:
    today = local_day(reception.now)
    sphere = sphere_of(paper_of(row, reception.law), reception.law, today)
    return Opening(
        person_id=person_id,
        sort_key=name_columns(row.family_name, row.given_name)["sort_key"],
        municipality_id=reception.municipality_id(row),
        sphere=sphere,
        to_coach=reception.origin == Origin.MUNICIPALITY and gets_contact_line(sphere, row.date_of_birth, today),
        source=reception.source,
    )


def _store_persons(rows: Sequence[ArrivalRow], reception: Reception) -> dict[str, int]:
    """Ids of the new persons by identity key: databases return new ids in no promised order."""
    homes = _households(rows, reception)
    values = [_person(row, home, reception) for row, home in zip(rows, homes, strict=True)]
    query = Person.insert_many(values).returning(Person.identity_key, Person.id)
    return dict(query.tuples().execute())


def _person(row: ArrivalRow, household_id: int, reception: Reception) -> dict[str, Any]:
    said = columns_of(row)
    if home := reception.municipality_id(row):
        said["municipality"] = home
    return {
        **dict.fromkeys(_MAY_BE_NULL),  # a bulk insert takes its columns from the first row
        **said,
        **name_columns(row.family_name, row.given_name),
        "identity_key": identity_key(row),
        "household": household_id,
        "provenance": dict.fromkeys(said, provenance_entry(reception)),
        "created_at": stamp(reception.now),
    }


def provenance_entry(reception: Reception, version: int = 1) -> dict[str, Any]:
    """Who entered a value, for whom, when and from what; ``version`` is that of the person's record."""
    return {
        "organisation": reception.actor.organisation_key,
        "account": reception.actor.account_id,
        "name": reception.actor.name,
        "at": stamp(reception.now),
        "source": reception.source,
        "version": version,
    }


def name_columns(family_name: str, given_name: str) -> dict[str, str]:
    """The columns that follow from a name, for order and search; cut to what the columns hold."""
    whole = f"{family_name} {given_name}"
    return {
        "sort_key": fold(whole)[:250],
        "name_key": name_key(whole)[:250],
        "given_key": name_key(given_name)[:120],
    }


def write_match_keys(people: Mapping[int, Described]) -> None:
    """Store the keys by which possible duplicates of these persons, by id, are found."""
    keys = [(person_id, key) for person_id, person in people.items() for key in sorted(blocking_keys(person))]
    MatchKey.insert_many(keys, [MatchKey.person, MatchKey.key]).execute()


def add_papers(papers: Mapping[int, Paper], reception: Reception) -> None:
    """Add a paper to the dated history of residence of each of these persons, by id."""
    rows = [
        {
            "person": person_id,
            "code": paper.code,
            "label": paper.label,
            "valid_to": paper.valid_to,
            "source": reception.source,
            "organisation": reception.actor.organisation_id,
            "account": reception.actor.account_id,
            "recorded_at": stamp(reception.now),
        }
        for person_id, paper in papers.items()
    ]
    if rows:
        ResidenceRecord.insert_many(rows).execute()


def _households(rows: Sequence[ArrivalRow], reception: Reception) -> list[int]:
    """The household of each row, in their order; families that are not stored yet get a new one."""
    keys = [household_key(row) or ("alone", str(row.number)) for row in rows]
    if reception.one_family:
        keys = [next((key for key in keys if key in reception.households), keys[0])] * len(keys)
    new = {
        key: reception.municipality_id(row)
        for key, row in zip(keys, rows, strict=True)
        if key not in reception.households
    }
    reception.households.update(_new_households(new, reception))
    return [reception.households[key] for key in keys]


def _new_households(wanted: Mapping[HouseholdKey, int | None], reception: Reception) -> dict[HouseholdKey, int]:
    if not wanted:
        return {}
    values = [{"municipality": home, "created_at": stamp(reception.now)} for home in wanted.values()]
    free: dict[int | None, list[int]] = defaultdict(list)
    query = Household.insert_many(values).returning(Household.id, Household.municipality)
    for household_id, home in query.tuples().execute():
        free[home].append(household_id)
    return {key: free[home].pop(0) for key, home in wanted.items()}
