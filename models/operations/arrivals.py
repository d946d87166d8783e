"""Importing an arrivals list: new people get a case, known ones only what nobody has confirmed since."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from peewee import DatabaseError

from models.base import db
from models.operations.ledger import record
from models.operations.openings import parties
from models.operations.person_changes import change_person
from models.operations.persons import Reception, people_arrive_one_at_a_time, receive_people
from models.queries.arrival_plan import Change, Plan, plan_import
from models.queries.arrivals import municipalities, stored_households, stored_identities
from models.queries.duplicates import StoredMatch
from models.queries.law import current_law
from models.rules.arrivals.columns import Column
from models.rules.arrivals.identity import identity_key
from models.rules.arrivals.matching import Pair
from models.rules.arrivals.record import LIST
from models.rules.arrivals.rows import ArrivalRow, RowErrors
from models.rules.errors import NotAllowed, StaleVersion
from models.rules.lists.table import Table
from models.rules.message import Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.states import Origin
from models.rules.times import local_day

BATCH = 200
"""Rows of one transaction: between two of them others may write."""

_Row = TypeVar("_Row")
_NOT_STORED = Message("Die Zeile lässt sich so nicht speichern. Bitte ungewöhnliche Zeichen prüfen.")
_CHANGED_MEANWHILE = Message("Die Person wurde gerade von jemand anderem geändert. Bitte noch einmal einlesen.")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the rows of a list. The sum of the four outcomes is ``rows``.

    ``cases`` has the case number behind each row whose person is stored, ``returning`` the closed one of those who came
    back; ``new`` are the rows of ``imported``.
    """

    rows: int
    imported: int
    updated: int
    rejected: Mapping[int, RowErrors]
    possible_duplicates: tuple[Pair, ...]
    stored_duplicates: Mapping[int, list[StoredMatch]] = field(default_factory=dict)
    cases: Mapping[int, str] = field(default_factory=dict)
    returning: Mapping[int, str] = field(default_factory=dict)
    new: tuple[int, ...] = ()

    @property
    def unchanged(self) -> int:
        """Rows that say what is stored already, repeat an earlier row, or were left out on purpose."""
        return self.rows - self.imported - self.updated - len(self.rejected)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data: row numbers from 1, German sentences by column, case numbers; no names."""
        return {
            "rows": self.rows,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": {str(number): _sentences(errors) for number, errors in sorted(self.rejected.items())},
            "possible_duplicates": [[pair.row_a, pair.row_b] for pair in self.possible_duplicates],
            "stored_duplicates": [
                [number, match.number] for number, matches in self.stored_duplicates.items() for match in matches
            ],
            "returning": [[number, case] for number, case in self.returning.items()],
        }


def _sentences(errors: RowErrors) -> dict[str, str]:
    return {str(column): str(message) for column, message in errors.items()}


def import_rows(
    table: Table,
    *,
    actor: Actor,
    now: datetime,
    dry_run: bool = False,
    left_out: Collection[int] = (),
    progress: Callable[[int], object] | None = None,
) -> ImportReport:
    """Import the rows of a list; a bad row stops no other. ``dry_run`` only says what would happen and writes nothing.

    Known people are recognised as ``known_persons`` says, possible duplicates are reported and never merged. A
    municipality imports its own rows alone. ``left_out`` are row numbers that are not to be taken over; ``progress`` is
    told how many rows are done. NotAllowed for whom the role does not let import.
    """
    if not may(actor.role, Permission.ARRIVALS_IMPORT):
        raise NotAllowed
    plan = plan_import(table, actor, local_day(now), left_out=left_out)
    if dry_run:
        return _report(plan, _Done(dict.fromkeys(row.number for row in plan.new), len(plan.changed), {}))
    tell = progress or (lambda _count: None)
    tell(plan.at_rest)
    return _carry_out(plan, _reception(plan, actor, now), tell)


def _reception(plan: Plan, actor: Actor, now: datetime) -> Reception:
    return Reception(
        actor=actor,
        now=now,
        source=LIST,
        origin=Origin.MUNICIPALITY,
        parties=parties(),
        municipalities=municipalities(),
        law=current_law(),
        households=stored_households(plan.new),
    )


@dataclass(slots=True)
class _Done:
    """What has been written: case numbers of new people by row, known ones changed, rows that were refused."""

    stored: dict[int, str | None] = field(default_factory=dict)
    updated: int = 0
    refused: dict[int, RowErrors] = field(default_factory=dict)


def _carry_out(plan: Plan, reception: Reception, tell: Callable[[int], object]) -> ImportReport:
    done = _Done()
    for batch in _batches(plan.new):
        _store_new(batch, reception, done)
        tell(len(batch))
    for changes in _batches(plan.changed):
        _store_changes(changes, reception, done)
        tell(len(changes))
    report = _report(plan, done)
    _record_import(report, reception)
    return report


def _batches(rows: Sequence[_Row]) -> Iterator[Sequence[_Row]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _store_new(rows: Sequence[ArrivalRow], reception: Reception, done: _Done) -> None:
    """Store new people in one transaction; where the database refuses it, one by one: only the bad one stays out."""
    households = dict(reception.households)
    try:
        with db.atomic():
            fresh = _still_unknown(rows)
            numbers = receive_people(fresh, reception)
        done.stored.update(zip((row.number for row in fresh), numbers, strict=True))
    except DatabaseError:
        reception.households.clear()  # the new ones went with the transaction
        reception.households.update(households)
        if len(rows) == 1:
            done.refused[rows[0].number] = {Column.FAMILY_NAME: _NOT_STORED}
            return
        for row in rows:
            _store_new([row], reception, done)


def _still_unknown(rows: Sequence[ArrivalRow]) -> list[ArrivalRow]:
    """Without those whom another import stored since the plan."""
    people_arrive_one_at_a_time()
    keys = [identity_key(row) for row in rows]
    stored = stored_identities(keys)
    return [row for row, key in zip(rows, keys, strict=True) if key not in stored]


def _store_changes(changes: Sequence[Change], reception: Reception, done: _Done) -> None:
    """Write changes of known people, each in a savepoint of its own."""
    with db.atomic():
        for change in changes:
            try:
                with db.atomic():
                    change_person(change, reception)
                done.updated += 1
            except StaleVersion:
                done.refused[change.row.number] = {Column.FAMILY_NAME: _CHANGED_MEANWHILE}
            except DatabaseError:
                done.refused[change.row.number] = {Column.FAMILY_NAME: _NOT_STORED}


def _report(plan: Plan, done: _Done) -> ImportReport:
    return ImportReport(
        rows=plan.total,
        imported=len(done.stored),
        updated=done.updated,
        rejected=dict(sorted((plan.rejected | done.refused).items())),
        possible_duplicates=plan.pairs,
        stored_duplicates=plan.stored,
        cases={**plan.cases, **{number: case for number, case in done.stored.items() if case}},
        returning=plan.returning,
        new=tuple(sorted(done.stored)),
    )


def _record_import(report: ImportReport, reception: Reception) -> None:
    """One event with the counts; none where nothing was changed."""
    if report.imported or report.updated:
        counts = {name: getattr(report, name) for name in ("rows", "imported", "updated", "unchanged")}
        data = counts | {"rejected": len(report.rejected)}
        with db.atomic():
            record(reception.actor, "arrivals.imported", data, now=reception.now)
