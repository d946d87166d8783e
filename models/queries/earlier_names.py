"""Names under which people were recorded before: shown with the person, and found by the search."""

from collections.abc import Sequence

from peewee import JOIN

from models.rules.name_search import Named
from models.tables import Account, EarlierName, Organisation, Person


def earlier_names(person_id: int) -> Sequence[EarlierName]:
    """The earlier names of a person, the latest first, each with who changed it."""
    query = (
        EarlierName.select(EarlierName, Organisation, Account)
        .join(Organisation, JOIN.LEFT_OUTER)
        .switch(EarlierName)
        .join(Account, JOIN.LEFT_OUTER)
        .where(EarlierName.person == person_id)
    )
    return list(query.order_by(EarlierName.id.desc()))


def names_called(person_ids: Sequence[int]) -> dict[int, Named]:
    """All names of these persons, today's and others, for the search."""
    earlier: dict[int, list[str]] = {}
    columns = (EarlierName.person, EarlierName.family_name, EarlierName.given_name)
    for person_id, family, given in EarlierName.select(*columns).where(EarlierName.person.in_(person_ids)).tuples():
        earlier.setdefault(person_id, []).append(f"{family}, {given}")
    own = (Person.id, Person.family_name, Person.given_name, Person.birth_name, Person.other_spellings)
    rows = Person.select(*own).where(Person.id.in_(person_ids)).tuples()
    return {row[0]: Named(*row[1:], tuple(earlier.get(row[0], ()))) for row in rows}
