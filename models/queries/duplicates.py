"""Stored persons who may be the one that is being entered. Found by keys, judged by the rules, never merged."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TypeVar

from peewee import JOIN

from models.queries.scope import visible_cases
from models.rules.arrivals.matching import Candidate, Described, Match, blocking_keys, matches_against
from models.rules.message import Message
from models.rules.roles import Actor
from models.tables import Case, EarlierName, MatchKey, Organisation, Person

CHUNK = 500
"""Values in one IN list; the databases allow more, but plan worse."""
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A stored person who may be the one that was asked for, by the newest case."""

    case_id: int
    number: str
    office: str
    reasons: tuple[Message, ...]
    score: int
    person_id: int = 0


@dataclass(frozen=True, slots=True)
class SeenMatch:
    """A match as one person may see it: name and reasons only of cases that she may see."""

    case_id: int
    number: str
    office: str
    name: str = ""
    date_of_birth: date | None = None
    reasons: tuple[Message, ...] = ()


def chunks(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """The values in parts that fit into one statement."""
    rest = iter(values)
    while part := list(islice(rest, CHUNK)):
        yield part


def stored_matches(people: Mapping[int, Described]) -> dict[int, list[StoredMatch]]:
    """For each person that was asked for the stored ones who may be the same, the likeliest first; else no entry."""
    found = alike(people)
    cases = _cases_of({match.candidate_id for matches in found.values() for match in matches})
    return {
        number: [
            StoredMatch(*cases[m.candidate_id], m.reasons, m.score, m.candidate_id)
            for m in matches
            if m.candidate_id in cases
        ]
        for number, matches in found.items()
        if matches
    }


def alike(people: Mapping[int, Described]) -> dict[int, list[Match]]:
    """For each person that was asked for the stored records that may be of her, whether they have a case or not."""
    wanted = {number: blocking_keys(person) for number, person in people.items()}
    by_key = _persons_by_key(set().union(*wanted.values()) if wanted else set())
    near = {number: set().union(*(by_key.get(key, ()) for key in keys)) for number, keys in wanted.items()}
    candidates = names_of(set().union(*near.values()) if near else set())
    return {
        number: likeliest(
            matches_against(people[number], [one for i in sorted(ids) if i in candidates for one in candidates[i]])
        )
        for number, ids in near.items()
    }


def likeliest(matches: Iterable[Match]) -> list[Match]:
    """Each person once, under the name that is the most alike."""
    best: dict[int, Match] = {}
    for match in matches:
        best.setdefault(match.candidate_id, match)
    return list(best.values())


def _persons_by_key(keys: Collection[str]) -> dict[str, list[int]]:
    persons: dict[str, list[int]] = defaultdict(list)
    for part in chunks(sorted(keys)):
        for key, person in MatchKey.select(MatchKey.key, MatchKey.person).where(MatchKey.key.in_(part)).tuples():
            persons[key].append(person)
    return persons


def names_of(ids: Collection[int]) -> dict[int, list[Candidate]]:
    """Each of these persons under her present name, and then under every earlier one."""
    columns = (
        Person.id, Person.family_name, Person.given_name, Person.date_of_birth, Person.sex, Person.nationality,
        Organisation.key, Person.bamf_reference, Person.street,
    )  # fmt: skip
    query = Person.select(*columns).join(Organisation, JOIN.LEFT_OUTER, on=Person.municipality)
    earlier = EarlierName.select(
        EarlierName.person, EarlierName.family_name, EarlierName.given_name, EarlierName.date_of_birth
    ).order_by(EarlierName.id.desc())
    found: dict[int, list[Candidate]] = {}
    for part in chunks(sorted(ids)):
        found |= {row[0]: [Candidate(*row)] for row in query.where(Person.id.in_(part)).tuples()}
        for person, family, given, born in earlier.where(EarlierName.person.in_(part)).tuples():
            now = found[person][0]
            found[person].append(replace(now, family_name=family, given_name=given, date_of_birth=born))
    return found


def _cases_of(person_ids: Collection[int]) -> dict[int, tuple[int, str, str]]:
    """Id, number and the organisation to ask of the newest case of each person."""
    responsible, municipality = Organisation.alias(), Organisation.alias()
    query = (
        Case.select(Case.person, Case.id, Case.number, municipality.name, responsible.name)
        .join(responsible, on=Case.responsible)
        .join_from(Case, municipality, JOIN.LEFT_OUTER, on=Case.municipality)
        .order_by(Case.id)
    )
    rows = (row for part in chunks(sorted(person_ids)) for row in query.where(Case.person.in_(part)).tuples())
    return {person: (case, number, home or office) for person, case, number, home, office in rows}


def seen_matches(matches: Sequence[StoredMatch], actor: Actor, today: date) -> list[SeenMatch]:
    """The matches as this person may see them: of a case that is not hers only its number and whom to ask."""
    query = Case.select(Case.id, Person.family_name, Person.given_name, Person.date_of_birth).join(Person)
    mine = {
        row[0]: row
        for row in query.where(Case.id.in_([m.case_id for m in matches]), visible_cases(actor, today)).tuples()
    }
    return [_seen(match, mine.get(match.case_id)) for match in matches]


def _seen(match: StoredMatch, row: tuple[int, str, str, date] | None) -> SeenMatch:
    if row is None:
        return SeenMatch(match.case_id, match.number, match.office)
    return SeenMatch(match.case_id, match.number, match.office, f"{row[1]}, {row[2]}", row[3], match.reasons)
