"""Pairs of records that may be one person: noted where people are recorded, decided by a person, never forgotten."""

from collections.abc import Collection
from datetime import datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.duplicate_pairs import PairLine
from models.queries.duplicates import chunks, names_of, stored_matches
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import PairState
from models.rules.times import stamp
from models.tables import DuplicatePair, Person


def note_possible_duplicates(person_ids: Collection[int], *, now: datetime) -> int:
    """Look for stored persons who may be these, and keep each pair to be decided; returns how many were looked for.

    Must run inside a transaction, after the keys of these persons were written. A pair that is known is left alone,
    so that nobody is asked twice.
    """
    names = {person_id: known_as[0] for person_id, known_as in names_of(person_ids).items()}
    found = {
        (min(person_id, match.person_id), max(person_id, match.person_id))
        for person_id, matches in stored_matches(dict(names)).items()
        for match in matches
        if match.person_id != person_id
    }
    rows = [{"first": first, "second": second, "found_at": stamp(now)} for first, second in sorted(found)]
    for part in chunks(rows):
        DuplicatePair.insert_many(part).on_conflict_ignore().execute()
    return len(names)


def look_through(after: int, size: int, *, now: datetime) -> int | None:
    """Note the possible duplicates of the next ``size`` persons with a higher id; the last id, None at the end."""
    with db.atomic():
        query = Person.select(Person.id).where(Person.id > after, Person.merged_into.is_null())
        ids = [row[0] for row in query.order_by(Person.id).limit(size).tuples()]
        note_possible_duplicates(ids, now=now)
    return ids[-1] if ids else None


def mark_different(line: PairLine, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Two records are of different people; remembered, so that the pair is not shown again. Both cases' events say it.

    RuleBroken where the other record is not seen or the pair is decided, StaleVersion for a double click.
    """
    if line.other is None:
        raise RuleBroken(Message(N_("Sie sehen nur einen der beiden Einträge.")))
    with db.atomic():
        if not claim(DuplicatePair, line.pair.id, seen_version):
            raise StaleVersion
        decide(line.pair.id, PairState.DIFFERENT, reason, actor=actor, now=now)
        cases = sorted((line.mine.case, line.other.case), key=lambda case: case.id)  # chains are locked in one order
        for case, other in (cases, cases[::-1]):
            data: dict[str, object] = {"other": other.number, "reason": reason, "from_version": seen_version}
            record(actor, "person.not_same", data, now=now, case_id=case.id)


def decide(pair_id: int, state: PairState, reason: str, *, actor: Actor, now: datetime) -> None:
    """Write the decision of a claimed pair; RuleBroken where there is one already."""
    query = DuplicatePair.update(
        state=state,
        decided_at=stamp(now),
        organisation=actor.organisation_id,
        account=actor.account_id,
        reason=reason.strip(),
    )
    if not query.where(DuplicatePair.id == pair_id, DuplicatePair.state == PairState.OPEN).execute():
        raise RuleBroken(Message(N_("Über dieses Paar ist schon entschieden.")))
