"""Search for cases within the scope of the acting person, each hit with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peewee import OP, Expression, Field
from peewee import Case as Choice

from models.queries.cases import ListRow, rows_where
from models.queries.earlier_names import hits_by_earlier_name
from models.queries.scope import visible_cases
from models.rules.case_search import Hit, Search, hit, prefixes, sound_keys
from models.rules.roles import Actor, Role
from models.tables import Case, Person

SHOWN = 50
_FETCHED = 300
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
    asked = Search(search.number, None, search.name) if actor.role == Role.COACH else search
    scope = _judged_last(visible_cases(actor, today))
    candidates: dict[int, ListRow] = {}
    cut = False
    for column, where in _ways(asked):
        rows = rows_where(scope & where, _FETCHED, order=column)
        cut = cut or len(rows) == _FETCHED
        candidates.update((row.id, row) for row in rows)
    earlier = hits_by_earlier_name(asked)
    if earlier:
        renamed = rows_where(scope & Case.person.in_(list(earlier)), _FETCHED)
        candidates.update((row.id, row) for row in renamed)
    hits = [(row, why) for row in candidates.values() if (why := _why(asked, row) or earlier.get(row.person_id))]
    hits.sort(key=lambda found: (found[1].rank, found[0].sort_key, found[0].id))
    return Found(tuple(hits[:SHOWN]), cut or len(hits) > SHOWN)


def _why(asked: Search, row: ListRow) -> Hit | None:
    return hit(asked, row.number, row.family_name, row.given_name, row.date_of_birth)


def _judged_last(scope: Expression) -> Expression:
    """The scope in a form that no index answers: what was typed is rarer than what a large office may see."""
    return Expression(Choice(None, [(scope, 1)], 0), OP.EQ, 1)


def _ways(search: Search) -> Iterator[tuple[Field, Expression]]:
    """Conditions that an index answers, one for each way to the cases, with the column of that index."""
    if search.number:
        yield Case.number, Case.number == search.number
        return
    if search.born:
        yield Person.date_of_birth, Person.date_of_birth == search.born
        return
    sounds = sound_keys(search)
    yield from ((Case.sort_key, _begins(Case.sort_key, text)) for text in prefixes(search))
    yield from ((Person.name_key, _whole_words(Person.name_key, key)) for key in sounds)
    yield from ((Person.given_key, _begins(Person.given_key, key)) for key in sounds[:1])


def _begins(column: Field, text: str) -> Expression:
    """All values that begin so, as a range that an index answers."""
    return (column >= text) & (column < text + "\U0010ffff")


def _whole_words(column: Field, key: str) -> Expression:
    return (column >= key) & (column < f"{key}!") & ((column == key) | column.startswith(f"{key} "))
