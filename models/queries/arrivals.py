"""What is stored of the people in an arrivals list: who is known already, and which households there are."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from peewee import Expression

from models.queries.duplicates import chunks
from models.rules.arrivals.identity import identity_key, name_identity
from models.rules.arrivals.names import fold, name_key
from models.rules.arrivals.record import PERSONALIA_ITEM
from models.rules.arrivals.rows import ArrivalRow
from models.rules.roles import Role
from models.rules.states import AnswerState
from models.tables import Answer, Case, EarlierName, Organisation, Person, ResidenceRecord

HouseholdKey = tuple[str, ...]


@dataclass(slots=True)
class Known:
    """A stored person whom a row means, with the newest case, the papers in their order, and what is confirmed.

    ``by_earlier_name``: the row has a name or a birth date under which she was recorded before.
    """

    person: Person
    municipality: Organisation | None
    case: Case
    papers: list[ResidenceRecord] = field(default_factory=list)
    personalia_confirmed: bool = False
    by_earlier_name: bool = False


@dataclass(frozen=True, slots=True)
class _Stored:
    """As much of a stored person as ``name_identity`` needs."""

    id: int
    family_name: str
    given_name: str
    date_of_birth: date
    municipality: str | None
    bamf_reference: str | None


def municipalities() -> dict[str, Organisation]:
    """The municipalities of the county by key."""
    return {row.key: row for row in Organisation.select().where(Organisation.kind == Role.MUNICIPALITY)}


def known_persons(rows: Sequence[ArrivalRow]) -> dict[int, Known]:
    """The stored person behind a row, by row number, where there is one.

    By the reference and the given name, else by full name, birth date and municipality (case_model). Whose reference
    only one of the two knows is found by the name; who has another reference is another person. Who was renamed, or
    recorded twice and merged, is found under the earlier name too.
    """
    ids = _ids(rows)
    earlier = _earlier_ids([row for row in rows if row.number not in ids])
    persons = _load({*ids.values(), *earlier.values()})
    known = {number: persons[person_id] for number, person_id in ids.items() if person_id in persons}
    renamed = {n: replace(persons[i], by_earlier_name=True) for n, i in earlier.items() if i in persons}
    return known | renamed


def _ids(rows: Sequence[ArrivalRow]) -> dict[int, int]:
    exact = _by_key(identity_key(row) for row in rows)
    found = {row.number: exact[identity_key(row)] for row in rows if identity_key(row) in exact}
    missing = [row for row in rows if row.number not in found]
    bare = _by_key((name_identity(row) for row in missing if row.bamf_reference), Person.bamf_reference == "")
    with_reference = _with_reference([row for row in missing if not row.bamf_reference])
    by_name = bare | with_reference
    return found | {row.number: by_name[name_identity(row)] for row in missing if name_identity(row) in by_name}


def stored_identities(keys: Collection[str]) -> set[str]:
    """Which of these keys, at most as many as fit into one statement, belong to somebody, now or earlier."""
    tables = (Person, EarlierName)
    found = (table.select(table.identity_key).where(table.identity_key.in_(keys)).tuples() for table in tables)
    return {row[0] for rows in found for row in rows}


def _earlier_ids(rows: Sequence[ArrivalRow]) -> dict[int, int]:
    keys = {row.number: (identity_key(row), name_identity(row)) for row in rows}
    query = EarlierName.select(EarlierName.identity_key, EarlierName.person).order_by(EarlierName.id)
    parts = chunks(sorted({key for pair in keys.values() for key in pair}))
    found = dict(row for part in parts for row in query.where(EarlierName.identity_key.in_(part)).tuples())
    return {number: found[key] for number, pair in keys.items() for key in reversed(pair) if key in found}


def _by_key(keys: Iterable[str], *conditions: Expression) -> dict[str, int]:
    query = Person.select(Person.identity_key, Person.id).where(Person.merged_into.is_null())
    query = query.order_by(Person.id.desc())
    parts = chunks(sorted(set(keys)))
    return dict(row for part in parts for row in query.where(Person.identity_key.in_(part), *conditions).tuples())


def _with_reference(rows: Sequence[ArrivalRow]) -> dict[str, int]:
    """Persons stored with a reference by the names of rows that have none."""
    columns = (
        Person.id, Person.family_name, Person.given_name, Person.date_of_birth, Organisation.key,
        Person.bamf_reference,
    )  # fmt: skip
    query = Person.select(*columns).join(Organisation, on=Person.municipality).where(Person.merged_into.is_null())
    query = query.order_by(Person.id.desc())
    names = {name_key(f"{row.family_name} {row.given_name}") for row in rows}
    stored = (
        _Stored(*row)
        for part in chunks(sorted(names))
        for row in query.where(Person.name_key.in_(part), Person.bamf_reference != "").tuples()
    )
    return {name_identity(person): person.id for person in stored}


def _load(ids: Collection[int]) -> dict[int, Known]:
    offices = {row.id: row for row in Organisation.select()}
    persons = {row.id: row for part in chunks(ids) for row in Person.select().where(Person.id.in_(part))}
    known = {
        case.person_id: Known(person := persons[case.person_id], offices.get(person.municipality_id), case)
        for part in chunks(ids)
        for case in Case.select().where(Case.person.in_(part)).order_by(Case.id)
    }
    for paper in _papers(known):
        known[paper.person_id].papers.append(paper)
    for person_id in _confirmed(known):
        known[person_id].personalia_confirmed = True
    return known


def _papers(ids: Iterable[int]) -> Iterator[ResidenceRecord]:
    for part in chunks(ids):
        yield from ResidenceRecord.select().where(ResidenceRecord.person.in_(part)).order_by(ResidenceRecord.id)


def _confirmed(ids: Iterable[int]) -> Iterator[int]:
    """Persons whose personal data somebody has compared with the paper."""
    done = (Answer.item == PERSONALIA_ITEM) & (Answer.state == AnswerState.DONE)
    for part in chunks(ids):
        query = Answer.select(Case.person).join(Case).where(done, Case.person.in_(part))
        yield from (row[0] for row in query.tuples())


def household_key(row: ArrivalRow) -> HouseholdKey | None:
    """Who lives together: a family shares one reference; without one the family name at one address. None: unknown."""
    if row.bamf_reference:
        return ("reference", row.bamf_reference)
    if not row.street or not row.municipality:
        return None
    return ("address", fold(row.family_name), fold(row.street), row.municipality)


def stored_households(rows: Sequence[ArrivalRow]) -> dict[HouseholdKey, int]:
    """The households that are stored already, by key, of the people in these rows."""
    keys = {key for row in rows if (key := household_key(row))}
    references = [key[1] for key in keys if key[0] == "reference"]
    streets = {str(row.street) for row in rows if not row.bamf_reference and row.street}
    found = {("reference", reference): home for reference, home in _by_reference(references)}
    return {key: home for key, home in (*found.items(), *_by_address(streets)) if key in keys}


def _by_reference(references: Iterable[str]) -> Iterator[tuple[str, int]]:
    query = Person.select(Person.bamf_reference, Person.household).where(Person.household.is_null(False))
    for part in chunks(references):
        yield from query.where(Person.bamf_reference.in_(part)).order_by(Person.id.desc()).tuples()


def _by_address(streets: Iterable[str]) -> Iterator[tuple[HouseholdKey, int]]:
    query = (
        Person.select(Person.family_name, Person.street, Organisation.key, Person.household)
        .join(Organisation, on=Person.municipality)
        .where(Person.bamf_reference == "", Person.household.is_null(False))
        .order_by(Person.id.desc())
    )
    for part in chunks(streets):
        for family_name, street, municipality, home in query.where(Person.street.in_(part)).tuples():
            yield ("address", fold(family_name), fold(street), municipality), home
