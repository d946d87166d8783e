"""What the import of a list would do: the preview and the import itself follow the same plan."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.queries.arrivals import Known, known_persons, municipalities
from models.queries.duplicate_pairs import decided_pairs
from models.queries.duplicates import StoredMatch, stored_matches
from models.queries.law import current_law
from models.rules.arrivals.columns import Column
from models.rules.arrivals.identity import repetitions
from models.rules.arrivals.matching import Pair, find_pairs
from models.rules.arrivals.record import LIST, PERSONALIA, Paper, changes, columns_of, paper_of
from models.rules.arrivals.rows import ArrivalRow, RowErrors, parse_rows
from models.rules.law.data import Law
from models.rules.lists.table import Table
from models.rules.message import Message
from models.rules.returning import has_returned
from models.rules.roles import Actor, Role
from models.seed.arrivals_data import arrival_words
from models.tables import Organisation


@dataclass(frozen=True, slots=True)
class Change:
    """A known person of whom a row says something new: columns with their new values, and a paper to add."""

    row: ArrivalRow
    known: Known
    columns: Mapping[str, Any]
    paper: Paper | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done with each row. ``stored`` names by row number the stored persons who may be the same,
    ``cases`` the case numbers of people who are known already, ``returning`` those of people whose case is closed and
    who have arrived again.
    """

    total: int
    new: tuple[ArrivalRow, ...]
    changed: tuple[Change, ...]
    rejected: dict[int, RowErrors]
    pairs: tuple[Pair, ...] = ()
    stored: Mapping[int, list[StoredMatch]] = field(default_factory=dict)
    cases: Mapping[int, str] = field(default_factory=dict)
    returning: Mapping[int, str] = field(default_factory=dict)

    @property
    def at_rest(self) -> int:
        """Rows that need no writing: known and the same, said twice, left out, or rejected."""
        return self.total - len(self.new) - len(self.changed)


def plan_import(table: Table, actor: Actor, today: date, *, left_out: Collection[int] = ()) -> Plan:
    """Read, check and compare the rows of a list. ``left_out`` are rows that the person does not want to take over."""
    own = actor.organisation_key if actor.role == Role.MUNICIPALITY else None
    rows, rejected = parse_rows(table, today, arrival_words(), own)
    repeated = repetitions(rows)
    wanted = [row for row in rows if row.number not in repeated and row.number not in left_out]
    known = known_persons(wanted)
    rejected |= {
        n: _lives_elsewhere(k) for n, k in known.items() if own and k.municipality and k.municipality.key != own
    }
    new = tuple(row for row in wanted if row.number not in known)
    staying = _one_row_each([(row, known[row.number]) for row in wanted if row.number in known], rejected)
    offices, law = municipalities(), current_law()
    compared = (_compare(row, person, offices, law) for row, person in staying)
    changed = tuple(change for change in compared if change.columns or change.paper)
    pairs = _undecided(find_pairs(rows), known)
    stored = stored_matches({row.number: row for row in new})
    cases = {number: person.case.number for number, person in known.items() if number not in rejected}
    return Plan(
        len(table.rows),
        new,
        changed,
        dict(sorted(rejected.items())),
        pairs,
        stored,
        cases,
        _returning(wanted, known, cases),
    )


def _returning(rows: Sequence[ArrivalRow], known: Mapping[int, Known], cases: Mapping[int, str]) -> dict[int, str]:
    """Nobody gets a second case by an import: a person begins it where she finds that it is so."""
    newest = {row: known[row.number].case for row in rows if row.number in cases}
    back = (row for row, case in newest.items() if has_returned(case.state, case.outcome_on, row.arrived_on))
    return {row.number: cases[row.number] for row in back}


def _undecided(pairs: Sequence[Pair], known: Mapping[int, Known]) -> tuple[Pair, ...]:
    """Without those of whom somebody has said that they are one person, or that they are two."""
    decided = decided_pairs([person.person.id for person in known.values()]) if pairs else set()
    return tuple(pair for pair in pairs if not _is_decided(pair, known, decided))


def _is_decided(pair: Pair, known: Mapping[int, Known], decided: Collection[tuple[int, int]]) -> bool:
    if pair.row_a not in known or pair.row_b not in known:
        return False
    first, second = sorted((known[pair.row_a].person.id, known[pair.row_b].person.id))
    return first == second or (first, second) in decided


def _one_row_each(
    rows: Sequence[tuple[ArrivalRow, Known]], rejected: Collection[int]
) -> list[tuple[ArrivalRow, Known]]:
    """Of several rows that mean one person the one with her present name: else they would overwrite each other."""
    chosen: dict[int, tuple[ArrivalRow, Known]] = {}
    for row, known in sorted(rows, key=lambda pair: pair[1].by_earlier_name):
        if row.number not in rejected:
            chosen.setdefault(known.person.id, (row, known))
    return sorted(chosen.values(), key=lambda pair: pair[0].number)


def _lives_elsewhere(known: Known) -> RowErrors:
    sentence = "Die Person ist schon bei einer anderen Gemeinde erfasst: {number}. Einen Umzug trägt {office} ein."
    office = known.municipality.name if known.municipality else ""
    return {Column.MUNICIPALITY: Message(sentence, number=known.case.number, office=office)}


def _compare(row: ArrivalRow, known: Known, offices: Mapping[str, Organisation], law: Law) -> Change:
    said = columns_of(row) | {"municipality": offices[row.municipality or ""].id}
    stored = known.person.__data__
    confirmed = PERSONALIA if known.personalia_confirmed or known.by_earlier_name else frozenset()
    columns = changes(said, stored, stored["provenance"] or {}, confirmed)
    return Change(row, known, columns, _new_paper(paper_of(row, law), known))


def _new_paper(paper: Paper | None, known: Known) -> Paper | None:
    """The paper, unless it is known or somebody has recorded a later one by hand."""
    holding = [record for record in known.papers if record.voided_at is None]
    if paper is None or (holding and holding[-1].source != LIST):
        return None
    stored = {(record.code, record.label, record.valid_to) for record in known.papers}
    return None if (paper.code, paper.label, paper.valid_to) in stored else paper
