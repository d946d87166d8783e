"""Batches of a course: what became of each person, for those who may see her case; of all others numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import JOIN, fn

from models.queries.scope import blocks_of, visible_cases
from models.queries.seats import ranks_of
from models.rules.course_batches import Outcome
from models.rules.errors import NotVisible
from models.rules.permissions import Block
from models.rules.roles import Actor
from models.rules.states import DocumentKind, EnrolmentState
from models.rules.waiting import Rank
from models.tables import Account, Case, Course, CourseBatch, CourseBatchRow, Document, Enrolment, Person

RECENT = 5


class BatchLine(NamedTuple):
    """What became of one person; ``state``, ``until`` and ``rank`` are those of the new enrolment as it stands now."""

    number: str
    name: str
    outcome: Outcome
    sentence: str
    has_form: bool
    state: EnrolmentState | None
    until: date | None
    rank: Rank | None


@dataclass(frozen=True, slots=True)
class Result:
    """A batch as it is shown: the lines that this person may see, and the number of others by outcome."""

    batch: CourseBatch
    lines: tuple[BatchLine, ...]
    others: Mapping[Outcome, int]
    is_open: bool


class _Became(NamedTuple):
    id: int
    course_id: int
    course_kind: str


def open_rows(batch_id: int) -> list[CourseBatchRow]:
    """The rows that nobody has settled, in their order."""
    rows = CourseBatchRow.select().where(CourseBatchRow.batch == batch_id, CourseBatchRow.outcome == Outcome.OPEN)
    return list(rows.order_by(CourseBatchRow.id))


def batch_seen(actor: Actor, batch_id: int) -> CourseBatch:
    """A batch of the acting person's organisation with its courses; NotVisible for any other."""
    replacement = Course.alias("replacement")
    query = (
        CourseBatch.select(CourseBatch, Course, replacement, Account)
        .join(Course, on=CourseBatch.course)
        .join_from(CourseBatch, replacement, JOIN.LEFT_OUTER, on=(CourseBatch.target == replacement.id), attr="target")
        .join_from(CourseBatch, Account, JOIN.LEFT_OUTER)
        .where(CourseBatch.id == batch_id, CourseBatch.organisation == actor.organisation_id)
    )
    batch: CourseBatch | None = query.first()
    if batch is None:
        raise NotVisible
    return batch


def batches_of(actor: Actor, course_id: int) -> list[CourseBatch]:
    """The last batches of a course that the acting person's organisation ran, the newest first."""
    mine = (CourseBatch.course == course_id) & (CourseBatch.organisation == actor.organisation_id)
    return list(CourseBatch.select().where(mine).order_by(CourseBatch.id.desc()).limit(RECENT))


def result_of(actor: Actor, batch_id: int, today: date) -> Result:
    """What became of the people of a batch, in a fixed number of statements."""
    batch = batch_seen(actor, batch_id)
    rows = [row for row in _rows(actor, batch_id, today) if Block.COURSES in blocks_of(actor, row.case, today)]
    grouped = (
        CourseBatchRow.select(CourseBatchRow.outcome, fn.COUNT(1))
        .where(CourseBatchRow.batch == batch_id)
        .group_by(CourseBatchRow.outcome)
    )
    everybody = Counter({Outcome(word): count for word, count in grouped.tuples()})
    others = everybody - Counter(Outcome(row.outcome) for row in rows)
    return Result(batch, _lines(batch, rows), others, Outcome.OPEN in everybody)


def _rows(actor: Actor, batch_id: int, today: date) -> Sequence[CourseBatchRow]:
    became = Enrolment.alias("became")
    query = (
        CourseBatchRow.select(CourseBatchRow, Case, Person, became)
        .join(Case)
        .join(Person)
        .join_from(CourseBatchRow, became, JOIN.LEFT_OUTER, on=(CourseBatchRow.became == became.id), attr="new")
        .where(CourseBatchRow.batch == batch_id, visible_cases(actor, today))
        .order_by(CourseBatchRow.id)
    )
    found: Sequence[CourseBatchRow] = list(query)
    return found


def _lines(batch: CourseBatch, rows: Sequence[CourseBatchRow]) -> tuple[BatchLine, ...]:
    kind = batch.target.kind if batch.target_id else ""
    waiting = [
        _Became(row.new.id, row.new.course_id, kind)
        for row in rows
        if row.became_id and row.new.state == EnrolmentState.WAITING
    ]
    ranks, printed = ranks_of(waiting), _printed([row.enrolment_id for row in rows])
    return tuple(_line(row, row.enrolment_id in printed, ranks.get(row.became_id)) for row in rows)


def _printed(enrolment_ids: Sequence[int]) -> set[int]:
    """Those of which an enrolment form was issued, whatever replaced it."""
    forms = Document.select(Document.enrolment).where(
        Document.enrolment.in_(list(enrolment_ids)), Document.kind == DocumentKind.ENROLMENT_FORM
    )
    return {number for (number,) in forms.tuples()}


def _line(row: CourseBatchRow, has_form: bool, rank: Rank | None) -> BatchLine:
    person, new = row.case.person, row.new if row.became_id else None
    gone = Outcome(row.outcome) in (Outcome.MOVED, Outcome.LISTED, Outcome.ENDED)
    return BatchLine(
        row.case.number,
        f"{person.family_name}, {person.given_name}",
        Outcome(row.outcome),
        row.sentence,
        has_form and gone,
        EnrolmentState(new.state) if new else None,
        new.reserved_until if new else None,
        rank,
    )
