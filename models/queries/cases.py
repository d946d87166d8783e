"""Cases: one with the right to see it, and lists within the scope of the acting person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache, reduce
from operator import and_

from peewee import JOIN, Expression, Field, Ordering, Select, fn

from models.base import db
from models.queries.by_ids import PreparedByIds
from models.queries.case_filters import CHANGED, OFFERED, Filters, conditions
from models.queries.changes import changed_cases
from models.queries.prepared import Prepared, Row
from models.queries.scope import blocks_of, visible_cases
from models.rules.errors import NotAllowed, NotVisible
from models.rules.permissions import Block
from models.rules.roles import SYSTEM, Actor, Role
from models.rules.states import STAGES, StageState
from models.rules.worklists import Order
from models.tables import Case, CaseStage, Organisation, Person

PAGE = 25
Column = Field | Ordering | None


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as lists name it; its full name stands where it is not clear that a municipality is meant."""

    id: int
    key: str
    kind: Role
    name: str
    full_name: str


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case together with what the acting person sees of it."""

    case: Case
    blocks: frozenset[Block]

    def sees(self, *blocks: Block) -> bool:
        """Whether any of these blocks is open."""
        return not self.blocks.isdisjoint(blocks)

    def needs(self, *blocks: Block) -> "SeenCase":
        """Itself; NotAllowed for a colleague who sees the case but none of these blocks."""
        if not self.sees(*blocks):
            raise NotAllowed
        return self


@dataclass(slots=True)
class ListRow:
    """A row as the database gives it; it has the facts that decide who sees it."""

    id: int
    number: str
    sort_key: str
    municipality_id: int | None
    responsible_id: int
    agentur_id: int | None
    state: str
    outcome: str | None
    first_contact_on: date | None
    receives_asylblg: bool
    asylblg_until: date | None
    coach_reported_on: date | None
    coach_consent: str
    coach_consent_until: date | None
    coaching_ended_on: date | None
    accepted_on: date | None
    agentur_sees_until: date | None
    person_id: int
    family_name: str
    given_name: str
    date_of_birth: date
    languages: list[str]
    phone: str
    unreachable_since: date | None


_COLUMNS = (
    Case.id, Case.number, Case.sort_key, Case.municipality, Case.responsible, Case.agentur, Case.state, Case.outcome,
    Case.first_contact_on, Case.receives_asylblg, Case.asylblg_until, Case.coach_reported_on, Case.coach_consent,
    Case.coach_consent_until, Case.coaching_ended_on, Case.accepted_on, Case.agentur_sees_until, Person.id,
    Person.family_name, Person.given_name, Person.date_of_birth, Person.languages, Person.phone,
    Person.unreachable_since,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, what the person sees of each row, how far its stages are, and whether there is more."""

    rows: tuple[ListRow, ...]
    blocks: Mapping[int, frozenset[Block]]
    stages: Mapping[int, tuple[StageState, ...]]
    more: bool


def seen_case(actor: Actor, number: str, today: date) -> SeenCase:
    """The case of that number with its person and municipality; NotVisible for a stranger to it."""
    case = (
        Case.select(Case, Person, Organisation)
        .join(Person)
        .join_from(Case, Organisation, JOIN.LEFT_OUTER, on=Case.municipality)
        .where(Case.number == number)
        .first()
    )
    blocks = blocks_of(actor, case, today) if case else frozenset()
    if not blocks:
        raise NotVisible
    return SeenCase(case, blocks)


def parties() -> dict[int, Party]:
    """Every organisation by its id, with the short name of municipalities."""
    return dict(_as_parties(tuple(_PARTIES.rows())))


@lru_cache(maxsize=4)
def _as_parties(rows: tuple[Row, ...]) -> tuple[tuple[int, Party], ...]:
    return tuple(
        (number, Party(number, key, Role(kind), town if kind == Role.MUNICIPALITY else name, name))
        for number, key, kind, name, town in rows
    )


_PARTIES = Prepared(
    lambda: Organisation.select(
        Organisation.id, Organisation.key, Organisation.kind, Organisation.name, Organisation.town
    ).order_by(Organisation.name)
)


def case_page(
    actor: Actor, filters: Filters, known: Iterable[Party], today: date, page: int = 1, order: Order = Order.NAME
) -> ListPage:
    """The cases that this person may know, 25 a page; ``known`` are the organisations that filters name."""
    start = (page - 1) * PAGE
    if filters == Filters() and order == Order.NAME and actor.role in OFFERED:
        found = _unfiltered(actor.role).rows(actor.organisation_id, today, start)
        rows = [ListRow(*row) for row in found]
    else:
        where = _narrowed(actor, filters, known, today)
        rows = rows_where(where, PAGE + 1, start, _ORDERS[order])
    return listed(actor, rows[:PAGE], today, more=len(rows) > PAGE)


def all_cases(
    actor: Actor, filters: Filters, known: Iterable[Party], today: date, order: Order, most: int
) -> list[ListRow]:
    """The same without pages, for a file; at most so many."""
    return rows_where(_narrowed(actor, filters, known, today), most, 0, _ORDERS[order])


def count_several(
    actor: Actor, several: Sequence[Filters], known: Iterable[Party], today: date, most: int
) -> list[int]:
    """How many cases there are for each of these selections, counted up to ``most``, in one statement."""
    parties_known = list(known)
    wheres = [_narrowed(actor, filters, parties_known, today) for filters in several]
    return list(_counts(wheres, most).tuples().execute()[0]) if wheres else []


def _counts(wheres: Iterable[Expression], most: int) -> Select:
    parts = [Case.select(Case.id).where(where).limit(most).alias("some") for where in wheres]
    columns = [Select([part], [fn.COUNT(1)]).alias(f"part_{place}") for place, part in enumerate(parts)]
    return Select(columns=columns).bind(db)


@cache
def counted(role: Role, several: tuple[Filters, ...], most: int) -> Prepared:
    """The same for selections that name no organisation, by the acting organisation and the day, its SQL built once."""

    def build(organisation_id: int, today: date) -> Select:
        actor = replace(SYSTEM, role=role, organisation_id=organisation_id)
        return _counts([_narrowed(actor, filters, (), today) for filters in several], most)

    return Prepared(build, int, date)


_ORDERS: Mapping[Order, Field | Ordering] = {
    Order.NAME: Case.sort_key,
    Order.NUMBER: Case.number,
    Order.NEWEST: Case.number.desc(),
}


def _narrowed(actor: Actor, filters: Filters, known: Iterable[Party], today: date) -> Expression:
    ids = {party.key: party.id for party in known}
    where = reduce(and_, conditions(actor.role, filters, ids, today), visible_cases(actor, today))
    return where & Case.id.in_(changed_cases(actor, today)) if filters.focus == CHANGED else where


@cache
def _unfiltered(role: Role) -> Prepared:
    """The list as it opens, of all the most asked for; its SQL is built once for each role."""

    def build(organisation_id: int, today: date, start: int) -> Select:
        actor = replace(SYSTEM, role=role, organisation_id=organisation_id)
        where = reduce(and_, conditions(role, Filters(), {}, today), visible_cases(actor, today))
        return _select(where, PAGE + 1, start, Case.sort_key)

    return Prepared(build, int, date, int)


def listed(actor: Actor, rows: Iterable[ListRow], today: date, *, more: bool = False) -> ListPage:
    """Rows together with what the person sees of them; the stages in one query."""
    shown = tuple(rows)
    blocks = {row.id: blocks_of(actor, row, today) for row in shown}
    wanted = [row.id for row in shown if Block.PROGRESS in blocks[row.id]]
    return ListPage(shown, blocks, _stages(wanted), more)


def rows_where(
    where: Expression, limit: int, offset: int = 0, order: Field | Ordering | None = Case.sort_key
) -> list[ListRow]:
    """Rows in order of names, of another column or of none; the scope of the person must be part of ``where``."""
    return [ListRow(*row) for row in _select(where, limit, offset, order).tuples()]


def _select(where: Expression, limit: int, offset: int, order: Column) -> Select:
    query = Case.select(*_COLUMNS).join(Person).where(where)
    query = query.order_by(order, Case.id) if order else query
    return query.limit(limit).offset(offset)


def _stages(case_ids: list[int]) -> dict[int, tuple[StageState, ...]]:
    found: dict[int, dict[str, StageState]] = {}
    for case_id, key, state in _STAGES.rows(case_ids):
        found.setdefault(case_id, {})[key] = _STATES[state]
    return {case_id: tuple([states.get(key, StageState.OPEN) for key in STAGES]) for case_id, states in found.items()}


_STATES = {state.value: state for state in StageState}
_STAGES = PreparedByIds(
    lambda ids: CaseStage.select(CaseStage.case, CaseStage.key, CaseStage.state).where(CaseStage.case.in_(ids))
)
