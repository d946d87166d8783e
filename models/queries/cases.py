"""Cases: one with the right to see it, and lists within the scope of the acting person."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_

from peewee import Expression, fn

from models.queries.scope import blocks_of, visible_cases
from models.rules.errors import NotVisible
from models.rules.permissions import Block
from models.rules.roles import Actor, Role
from models.rules.states import STAGES, CaseState, ListKey, StageState
from models.tables import Case, CaseStage, Organisation, Person

PAGE = 25


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as pages name it."""

    id: int
    key: str
    kind: Role
    name: str


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case together with what the acting person sees of it."""

    case: Case
    blocks: frozenset[Block]

    def sees(self, *blocks: Block) -> bool:
        """Whether any of these blocks is open."""
        return not self.blocks.isdisjoint(blocks)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; nothing of it is personal data. Keys of organisations, codes of lists."""

    municipality: str = ""
    stage: str = ""
    responsible: str = ""
    sphere: str = ""
    state: str = "open"
    fresh: bool = False


OFFERED: Mapping[Role, tuple[str, ...]] = {
    Role.MUNICIPALITY: ("stage", "responsible", "sphere", "state"),
    Role.ASYLBLG: ("municipality",),
    Role.COACH: ("municipality",),
    Role.AGENTUR: ("municipality", "stage", "sphere", "state", "fresh"),
    Role.JOBCENTER: ("municipality", "stage", "state", "fresh"),
}
"""Filters by role: none may tell what the blocks of that role withhold."""
HANDED_OVER = "handed_over"
_THEIRS = frozenset({"stage", "state", "fresh", "sphere"})
"""How a handed-over case goes on is the Jobcenter's; the Agentur finds it as handed over alone."""


@dataclass(slots=True)
class ListRow:
    """A row as the database gives it; it has the facts that decide who sees it."""

    id: int
    number: str
    municipality_id: int | None
    responsible_id: int
    agentur_id: int | None
    state: str
    first_contact_on: date | None
    receives_asylblg: bool
    asylblg_until: date | None
    coach_reported_on: date | None
    coach_consent: str
    coaching_ended_on: date | None
    accepted_on: date | None
    agentur_sees_until: date | None
    person_id: int
    family_name: str
    given_name: str
    date_of_birth: date
    languages: list[str]
    phone: str


_COLUMNS = (
    Case.id, Case.number, Case.municipality, Case.responsible, Case.agentur, Case.state, Case.first_contact_on,
    Case.receives_asylblg, Case.asylblg_until, Case.coach_reported_on, Case.coach_consent, Case.coaching_ended_on,
    Case.accepted_on, Case.agentur_sees_until, Person.id, Person.family_name, Person.given_name, Person.date_of_birth,
    Person.languages, Person.phone,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, with what the person sees of each row, and whether there is a next one."""

    rows: tuple[ListRow, ...]
    blocks: Mapping[int, frozenset[Block]]
    stages: Mapping[int, tuple[StageState, ...]]
    more: bool


def seen_case(actor: Actor, number: str, today: date) -> SeenCase:
    """The case of that number with its person and organisations; NotVisible for a stranger to it."""
    responsible, municipality, agentur = Organisation.alias(), Organisation.alias(), Organisation.alias()
    case = (
        Case.select(Case, Person, responsible, municipality, agentur)
        .join(Person)
        .join_from(Case, responsible, on=Case.responsible)
        .join_from(Case, municipality, "LEFT OUTER", on=Case.municipality)
        .join_from(Case, agentur, "LEFT OUTER", on=Case.agentur)
        .where(Case.number == number)
        .first()
    )
    blocks = blocks_of(actor, case, today) if case else frozenset()
    if not blocks:
        raise NotVisible
    return SeenCase(case, blocks)


def parties() -> dict[int, Party]:
    """Every organisation by its id, with the short name of municipalities."""
    rows = Organisation.select(
        Organisation.id, Organisation.key, Organisation.kind, Organisation.name, Organisation.town
    )
    return {
        row[0]: Party(row[0], row[1], Role(row[2]), row[4] if row[2] == Role.MUNICIPALITY else row[3])
        for row in rows.order_by(Organisation.name).tuples()
    }


def case_page(actor: Actor, filters: Filters, known: Iterable[Party], today: date, page: int = 1) -> ListPage:
    """The cases that this person may know, by name, 25 a page; ``known`` are the organisations that filters name."""
    where = reduce(and_, _conditions(actor, filters, known), visible_cases(actor, today))
    rows = _rows(where, PAGE + 1, (page - 1) * PAGE)
    return listed(actor, rows[:PAGE], today, more=len(rows) > PAGE)


def listed(actor: Actor, rows: Iterable[ListRow], today: date, *, more: bool = False) -> ListPage:
    """Rows together with what the person sees of them; the stages in one query."""
    shown = tuple(rows)
    blocks = {row.id: blocks_of(actor, row, today) for row in shown}
    wanted = [row.id for row in shown if Block.PROGRESS in blocks[row.id]]
    return ListPage(shown, blocks, _stages(wanted), more)


def _rows(where: Expression, limit: int, offset: int = 0) -> list[ListRow]:
    query = Case.select(*_COLUMNS).join(Person).where(where).order_by(Case.sort_key, Case.id)
    return [ListRow(*row) for row in query.limit(limit).offset(offset).tuples()]


def _stages(case_ids: list[int]) -> dict[int, tuple[StageState, ...]]:
    if not case_ids:
        return {}
    rows = CaseStage.select(CaseStage.case, CaseStage.key, CaseStage.state).where(CaseStage.case.in_(case_ids)).tuples()
    found: dict[int, dict[str, StageState]] = {}
    for case_id, key, state in rows:
        found.setdefault(case_id, {})[key] = StageState(state)
    return {case_id: tuple(states.get(key, StageState.OPEN) for key in STAGES) for case_id, states in found.items()}


def _conditions(actor: Actor, filters: Filters, known: Iterable[Party]) -> Iterator[Expression]:
    """Only filters that the role is offered; an unknown key finds nothing."""
    ids = {party.key: party.id for party in known}
    offered = OFFERED.get(actor.role, ())
    chosen = {name for name in offered if getattr(filters, name)}
    if "municipality" in chosen:
        yield Case.municipality == ids.get(filters.municipality, 0)
    if "responsible" in chosen:
        yield Case.responsible == ids.get(filters.responsible, 0)
    if "sphere" in chosen:
        yield Case.legal_sphere == filters.sphere
    if "fresh" in chosen:
        yield Case.first_contact_on.is_null()
    if "state" in chosen:
        yield from _in_state(filters.state)
    if "stage" in chosen:
        yield from _working_at(filters.stage)
    if actor.role == Role.AGENTUR and chosen & _THEIRS and filters.state != HANDED_OVER:
        yield Case.accepted_on.is_null()


def _in_state(state: str) -> Iterator[Expression]:
    if state == HANDED_OVER:
        yield Case.accepted_on.is_null(False)
    elif state in tuple(CaseState):
        yield Case.state == state


def _working_at(stage: str) -> Iterator[Expression]:
    """Cases whose first stage that is not finished is this one."""
    if stage not in STAGES:
        return
    unfinished = CaseStage.state.in_([StageState.OPEN, StageState.IN_PROGRESS])
    here = CaseStage.select(CaseStage.id).where(CaseStage.case == Case.id, unfinished)
    yield fn.EXISTS(here.where(CaseStage.key == stage))
    earlier = STAGES[: STAGES.index(ListKey(stage))]
    if earlier:
        yield ~fn.EXISTS(here.where(CaseStage.key.in_(earlier)))
