"""Pairs of records that may be one person, as far as the acting person may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peewee import Expression, ForeignKeyField, fn

from models.queries.duplicates import chunks, names_of
from models.queries.records import Record, records_of
from models.queries.scope import cases_with_person
from models.rules.arrivals.matching import Candidate, matches_against
from models.rules.errors import NotVisible
from models.rules.message import Message
from models.rules.roles import Actor
from models.rules.states import PairState
from models.tables import Case, DuplicatePair, PersonMerge

PAGE = 25


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair, one's own record first. The other one is None where only its holder may be told."""

    pair: DuplicatePair
    mine: Record
    other: Record | None
    office: str
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class PairPage:
    """One page of pairs, the newest first."""

    lines: tuple[PairLine, ...]
    more: bool


def open_pairs(actor: Actor, today: date, page: int = 1) -> PairPage:
    """The undecided pairs of which this person sees at least one record."""
    mine = _seen(DuplicatePair.first, actor, today) | _seen(DuplicatePair.second, actor, today)
    query = DuplicatePair.select().where(DuplicatePair.state == PairState.OPEN, mine).order_by(DuplicatePair.id.desc())
    rows = list(query.limit(PAGE + 1).offset((page - 1) * PAGE))
    return PairPage(tuple(_lines(actor, rows[:PAGE], today)), len(rows) > PAGE)


def _seen(column: ForeignKeyField, actor: Actor, today: date) -> Expression:
    cases = Case.select(Case.id).where(Case.person == column, cases_with_person(actor, today))
    return fn.EXISTS(cases)


def _lines(actor: Actor, pairs: Sequence[DuplicatePair], today: date) -> list[PairLine]:
    ids = {person_id for pair in pairs for person_id in (pair.first_id, pair.second_id)}
    records, names = records_of(actor, ids, today), names_of(ids)
    lines = (_line(pair, records, names) for pair in pairs if {pair.first_id, pair.second_id} <= records.keys())
    return [line for line in lines if line]


def _line(pair: DuplicatePair, records: Mapping[int, Record], names: Mapping[int, list[Candidate]]) -> PairLine | None:
    first, second = records[pair.first_id], records[pair.second_id]
    if not first.is_seen:
        first, second = second, first
    if not first.is_seen:
        return None
    if not second.is_seen:
        return PairLine(pair, first, None, second.office, ())
    return PairLine(pair, first, second, second.office, likeness(names, pair))


def likeness(names: Mapping[int, list[Candidate]], pair: DuplicatePair) -> tuple[Message, ...]:
    """Why two records may be one person; none where they have become different since they were found."""
    matches = [match for name in names[pair.first_id] for match in matches_against(name, names[pair.second_id])]
    return max(matches, key=lambda match: match.score).reasons if matches else ()


def seen_pair(actor: Actor, pair_id: int, today: date) -> PairLine:
    """A pair by its id; NotVisible for a stranger to both records, and where one of them has no case any more."""
    pair = DuplicatePair.get_or_none(DuplicatePair.id == pair_id)
    lines = _lines(actor, [pair], today) if pair else []
    if not lines:
        raise NotVisible
    return lines[0]


def pairs_of_case(actor: Actor, number: str, today: date) -> list[PairLine]:
    """The undecided pairs of the person of a case."""
    person = Case.select(Case.person).where(Case.number == number)
    mine = DuplicatePair.first.in_(person) | DuplicatePair.second.in_(person)
    return _lines(actor, list(DuplicatePair.select().where(DuplicatePair.state == PairState.OPEN, mine)), today)


def decided_pairs(person_ids: Sequence[int]) -> set[tuple[int, int]]:
    """The pairs, lower id first, with one of these persons, of which somebody said that they are different people."""
    query = DuplicatePair.select(DuplicatePair.first, DuplicatePair.second)
    query = query.where(DuplicatePair.state == PairState.DIFFERENT)
    return {
        row for part in chunks(sorted(set(person_ids))) for row in query.where(DuplicatePair.first.in_(part)).tuples()
    }


def recent_merges(actor: Actor, today: date, limit: int = 10) -> list[tuple[PersonMerge, Record]]:
    """The latest merges that hold, of records that this person sees."""
    query = (
        PersonMerge.select()
        .where(PersonMerge.undone_at.is_null(), _seen(PersonMerge.kept, actor, today))
        .order_by(PersonMerge.id.desc())
        .limit(limit)
    )
    merges = list(query)
    records = records_of(actor, [merge.kept_id for merge in merges], today)
    return [(merge, records[merge.kept_id]) for merge in merges if records[merge.kept_id].is_seen]
