"""Requests for a transfer: the requester's own, and those that may mean somebody whose case an organisation has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peewee import JOIN

from models.queries.duplicates import StoredMatch, stored_matches
from models.queries.scope import visible_cases
from models.rules.arrivals.matching import Candidate
from models.rules.errors import NotVisible
from models.rules.message import Message
from models.rules.requests import Seen, seen
from models.rules.roles import Actor
from models.rules.states import CaseState, RequestState
from models.tables import Account, Case, Handover, Person, TransferRequest

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class OwnRequest:
    """A request as its requester sees it; ``reference`` is the sheet that came for it."""

    row: TransferRequest
    seen: Seen
    reference: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A case that may be meant, with what speaks for it."""

    number: str
    name: str
    date_of_birth: date
    reasons: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An open request, and whom of the own cases it may mean, the likeliest first."""

    row: TransferRequest
    meant: tuple[Meant, ...]


def own_requests(actor: Actor, today: date) -> list[OwnRequest]:
    """The latest requests of this organisation, the newest first. One query."""
    columns = (
        TransferRequest.id, TransferRequest.family_name, TransferRequest.given_name, TransferRequest.date_of_birth,
        TransferRequest.made_at, TransferRequest.ends_on, TransferRequest.forgotten_at, Account.name.alias("asked_by"),
    )  # fmt: skip
    sheet = (
        (TransferRequest.state == RequestState.STARTED.value)
        & (Handover.case == TransferRequest.case)
        & (Handover.receiver == TransferRequest.requester)
        & (Handover.sent_at >= TransferRequest.made_at)
    )
    rows = (
        TransferRequest.select(*columns, Handover.reference.alias("reference"))
        .join(Account, on=TransferRequest.account)
        .join_from(TransferRequest, Handover, JOIN.LEFT_OUTER, on=sheet)
        .where(TransferRequest.requester == actor.organisation_id)
        .order_by(TransferRequest.id.desc(), Handover.id)
        .limit(MOST_SHOWN)
        .objects()
    )
    latest = {row.id: row for row in rows}  # of several versions of a sheet the last one
    return [OwnRequest(row, seen(row.ends_on, row.reference, today), row.reference or "") for row in latest.values()]


def incoming_requests(actor: Actor, today: date) -> list[Incoming]:
    """Open requests that may mean a person whose open case this organisation has; others it never sees.

    The number of queries does not grow with the requests: names are judged together (``duplicates.stored_matches``).
    """
    rows = list(_open(today))
    if not rows:
        return []
    people = {row.id: Candidate(0, row.family_name, row.given_name, row.date_of_birth) for row in rows}
    matches = stored_matches(people)
    mine = _own_cases(actor, [match for found in matches.values() for match in found], today)
    incoming = [Incoming(row, _meant(matches.get(row.id, []), mine)) for row in rows]
    return [one for one in incoming if one.meant]


def _open(today: date) -> Sequence[TransferRequest]:
    return (
        TransferRequest.select(TransferRequest, Account)
        .join(Account, on=TransferRequest.account)
        .where(TransferRequest.state == RequestState.OPEN.value, TransferRequest.ends_on >= today)
        .order_by(TransferRequest.ends_on, TransferRequest.id)
    )


def _own_cases(actor: Actor, matches: list[StoredMatch], today: date) -> dict[int, tuple[str, str, str, date]]:
    query = (
        Case.select(Case.id, Case.number, Person.family_name, Person.given_name, Person.date_of_birth)
        .join(Person)
        .where(
            Case.id.in_([match.case_id for match in matches]),
            Case.state == CaseState.OPEN.value,
            Case.accepted_on.is_null(),
            visible_cases(actor, today),
        )
    )
    return {row[0]: row[1:] for row in query.tuples()}


def _meant(matches: Sequence[StoredMatch], mine: dict[int, tuple[str, str, str, date]]) -> tuple[Meant, ...]:
    known = [(match, mine[match.case_id]) for match in matches if match.case_id in mine]
    return tuple(
        Meant(number, f"{family}, {given}", born, match.reasons) for match, (number, family, given, born) in known
    )


def incoming_request(actor: Actor, request_id: int, today: date) -> Incoming:
    """One open request that may mean somebody of this organisation; NotVisible for any other."""
    found = next((one for one in incoming_requests(actor, today) if one.row.id == request_id), None)
    if found is None:
        raise NotVisible
    return found


def answered_requests(actor: Actor) -> list[TransferRequest]:
    """What this organisation answered last, the newest first, with the case and who answered."""
    answerer = Account.alias("answerer")
    return list(
        TransferRequest.select(TransferRequest, Case, answerer)
        .join(answerer, on=(TransferRequest.answered_by == answerer.id), attr="answerer")
        .join_from(TransferRequest, Case, JOIN.LEFT_OUTER)
        .where(answerer.organisation == actor.organisation_id)
        .order_by(TransferRequest.answered_at.desc())
        .limit(MOST_SHOWN)
    )


def open_request_of(organisation_id: int, today: date) -> list[TransferRequest]:
    """The requests of an organisation whose time is not over."""
    return list(
        TransferRequest.select().where(TransferRequest.requester == organisation_id, TransferRequest.ends_on >= today)
    )
