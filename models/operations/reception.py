"""Recording one person or one family who arrive, from the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import IntegrityError

from models.base import db
from models.operations.duplicate_pairs import mark_different
from models.operations.openings import parties
from models.operations.persons import Reception, people_arrive_one_at_a_time, receive_people
from models.queries.arrivals import municipalities, stored_households
from models.queries.duplicate_pairs import pairs_of_case
from models.queries.duplicates import stored_matches
from models.queries.law import current_law
from models.rules.arrivals.identity import repetitions
from models.rules.arrivals.record import FORM
from models.rules.arrivals.rows import ArrivalRow
from models.rules.errors import NotAllowed, RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor, Role
from models.rules.states import Origin
from models.rules.times import local_day, stamp
from models.tables import ImportBatch

SAID_WHILE_TYPING = N_("beim Erfassen verneint")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person to be recorded. ``others`` are the numbers of cases that somebody says are about another person."""

    row: ArrivalRow
    others: frozenset[str] = frozenset()


def receive_family(people: Sequence[Newcomer], *, token: str, actor: Actor, now: datetime) -> ImportBatch:
    """Store the people of one form in one transaction, each with a case; ``report["cases"]`` has the case numbers.

    ``token`` came with the form and counts once: sent again, it gives the same result and stores nothing. RuleBroken
    where a stored person may be the same and nobody has ruled that out, or where two of them are the same person.
    """
    if not may(actor.role, Permission.PERSON_CREATE):
        raise NotAllowed
    with db.atomic():
        batch = _claim_token(token, actor, now)
        if batch is None:
            return _received_before(token, actor)
        people_arrive_one_at_a_time()
        _refuse_duplicates(people)
        numbers = receive_people([person.row for person in people], _reception(people, actor, now))
        _remember_others(people, numbers, actor, now)
        ImportBatch.update(report={"cases": numbers}).where(ImportBatch.id == batch.id).execute()
        batch.report = {"cases": numbers}
    return batch


def _claim_token(token: str, actor: Actor, now: datetime) -> ImportBatch | None:
    try:
        with db.atomic():
            return ImportBatch.create(
                organisation=actor.organisation_id,
                account=actor.account_id,
                state="done",
                format="form",
                token=token,
                created_at=stamp(now),
            )
    except IntegrityError:
        return None


def _received_before(token: str, actor: Actor) -> ImportBatch:
    batch = ImportBatch.get_or_none(ImportBatch.token == token, ImportBatch.account == actor.account_id)
    if batch is None:
        raise RuleBroken(Message(N_("Dieses Formular wurde schon gesendet. Bitte laden Sie die Seite neu.")))
    return batch


def _refuse_duplicates(people: Sequence[Newcomer]) -> None:
    if repetitions([person.row for person in people]):
        raise RuleBroken(Message(N_("Zwei der Personen sind dieselbe. Bitte eine davon löschen.")))
    found = stored_matches({person.row.number: person.row for person in people})
    for person in people:
        if unresolved := {match.number for match in found.get(person.row.number, ())} - person.others:
            raise RuleBroken(
                Message(N_("Möglicherweise schon erfasst: {cases}. Bitte prüfen."), cases=", ".join(sorted(unresolved)))
            )


def _remember_others(people: Sequence[Newcomer], numbers: Sequence[str], actor: Actor, now: datetime) -> None:
    """What somebody said while typing about records that she sees is a decision; of others somebody else decides."""
    for person, number in zip(people, numbers, strict=True):
        for line in pairs_of_case(actor, number, local_day(now)):
            if line.other and {line.mine.case.number, line.other.case.number} & person.others:
                version = line.pair.version
                mark_different(line, SAID_WHILE_TYPING, seen_version=version, actor=actor, now=now)


def _reception(people: Sequence[Newcomer], actor: Actor, now: datetime) -> Reception:
    return Reception(
        actor=actor,
        now=now,
        source=FORM,
        origin=Origin.AGENTUR if actor.role == Role.AGENTUR else Origin.MUNICIPALITY,
        parties=parties(),
        municipalities=municipalities(),
        law=current_law(),
        households=stored_households([person.row for person in people]),
        one_family=True,
    )
