"""Names under which people were recorded before: shown with the person, and found by the search."""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from peewee import JOIN, Expression, Field

from models.rules.case_search import Hit, Search, hit, prefixes, sound_keys
from models.rules.message import N_, Message
from models.tables import Account, EarlierName, Organisation

_FETCHED = 300
RANK = 5
"""After everybody who has such a name today."""


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


def hits_by_earlier_name(search: Search) -> dict[int, Hit]:
    """Persons, by id, whose earlier name answers what was typed; the scope is not asked here."""
    if search.number or not (ways := list(_ways(search))):
        return {}
    columns = (EarlierName.person, EarlierName.family_name, EarlierName.given_name, EarlierName.date_of_birth)
    rows = EarlierName.select(*columns).where(reduce(or_, ways)).limit(_FETCHED).tuples()
    asked = Search("", search.born, search.name)
    why = Hit(RANK, Message(N_("früherer Name")))
    return {person: why for person, family, given, born in rows if hit(asked, "", family, given, born)}


def _ways(search: Search) -> Iterator[Expression]:
    sounds = sound_keys(search)
    yield from (_between(EarlierName.sort_key, text, "\U0010ffff") for text in prefixes(search))
    yield from (_between(EarlierName.name_key, key, "!") for key in sounds)
    yield from (_between(EarlierName.given_key, key, "\U0010ffff") for key in sounds[:1])


def _between(column: Field, start: str, end: str) -> Expression:
    return (column >= start) & (column < start + end)
