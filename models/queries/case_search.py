"""Search for cases within the scope of the acting person, each hit with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import and_

from peewee import Expression, Field, Select

from models.queries.cases import ListRow, rows_where
from models.queries.earlier_names import names_called
from models.queries.handed_over import accepted_among, births_given_away, names_given_away
from models.queries.name_words import words_beginning, words_near
from models.queries.scope import blocks_of, judged_last, visible_cases
from models.rules.case_search import Hit, Search, hit, prefixes
from models.rules.name_search import Named, typed_ways
from models.rules.permissions import Block
from models.rules.roles import Actor, Role
from models.tables import Case, EarlierName, Person, SearchName

SHOWN = 50
_FETCHED = 150
"""So many candidates of one kind are looked at; who has more must type more."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in their order, and whether there are more than are shown."""

    rows: tuple[tuple[ListRow, Hit], ...]
    more: bool


def search_cases(actor: Actor, search: Search, today: date) -> Found:
    """The cases of this person that answer the search, the closest first.

    The contact line has no birth date: before and after consent E1 a coach finds people by name and number alone.
    """
    asked = replace(search, born=None) if actor.role == Role.COACH else search
    scope = judged_last(visible_cases(actor, today))
    hits: dict[int, tuple[ListRow, Hit]] = {}
    cut = False
    for column, where in _ways(asked, today.year, actor):
        if len(hits) > SHOWN:
            break  # each further way finds only what is less near
        rows = rows_where(scope & where, _FETCHED, order=column)
        cut = cut or len(rows) == _FETCHED
        hits |= {row.id: (row, why) for row, why in _judged(actor, asked, rows, today)}
    found = sorted(hits.values(), key=lambda pair: (pair[1].rank, pair[0].sort_key, pair[0].id))
    return Found(tuple(found[:SHOWN]), cut or len(found) > SHOWN)


def _judged(actor: Actor, search: Search, rows: list[ListRow], today: date) -> Iterator[tuple[ListRow, Hit]]:
    """The rows that are hits. Other names count for those alone who see them on the case.

    What the Agentur gave away it finds by what it handed over, whatever the Jobcenter has changed since.
    """
    others = []
    accepted = accepted_among(rows)
    given_away = names_given_away(actor, accepted)
    births = births_given_away(actor, accepted) if search.born else {}
    for row in rows:
        name = Named(*given_away.get(row.id, (row.family_name, row.given_name)))
        if why := hit(search, row.number, name, births.get(row.id, row.date_of_birth)):
            yield row, why
        elif search.name and Block.PERSON in blocks_of(actor, row, today):
            others.append(row)
    called = names_called([row.person_id for row in others]) if others else {}
    for row in others:
        if why := hit(search, row.number, called[row.person_id], row.date_of_birth):
            yield row, why


def _ways(search: Search, this_year: int, actor: Actor) -> Iterator[tuple[Field | None, Expression]]:
    """Conditions that an index answers, the nearest way first, with the column that gives the order, if any."""
    if numbers := search.numbers(this_year):
        yield Case.number, Case.number.in_(numbers)
    elif search.born:
        yield Person.date_of_birth, Person.date_of_birth == search.born
        if actor.role == Role.AGENTUR:
            once = EarlierName.select(EarlierName.person).where(EarlierName.date_of_birth == search.born)
            yield None, Case.accepted_on.is_null(False) & Case.person.in_(once)
    elif search.name:
        yield from ((Case.sort_key, _begins(Case.sort_key, text)) for text in prefixes(search))
        ways = typed_ways(search.name)
        beginning = {word: words_beginning(word) for way in ways for word in way}
        yield from ((None, _all_of([beginning[word] for word in way])) for way in ways)
        wider = {word: [*found, *words_near(word)] for word, found in beginning.items()}
        yield from ((None, _all_of([wider[word] for word in way])) for way in ways)


def _begins(column: Field, text: str) -> Expression:
    """All values that begin so, as a range that an index answers."""
    return (column >= text) & (column < text + "\U0010ffff")


def _all_of(wanted: list[list[str]]) -> Expression:
    """Cases of people who have one word of each list in their names."""
    return reduce(and_, (Case.person.in_(_called(words)) for words in wanted))


def _called(words: list[str]) -> Select:
    return SearchName.select(SearchName.person).where(SearchName.word.in_(words))
