"""Requests for a transfer: the requester's own, and those that may mean somebody whose case an organisation has."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import JOIN, Expression, ModelSelect, fn

from models.queries.duplicates import chunks, likeliest, names_of
from models.queries.scope import cases_with_person
from models.rules.arrivals.matching import Candidate, matches_against
from models.rules.errors import NotVisible
from models.rules.message import Message
from models.rules.requests import Seen, seen
from models.rules.roles import Actor
from models.rules.states import CaseState, RequestState
from models.tables import Account, Case, Handover, RequestMatch, TransferRequest

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


_SHEET = (
    (TransferRequest.state == RequestState.STARTED.value)
    & (Handover.case == TransferRequest.case)
    & (Handover.receiver == TransferRequest.requester)
    & (Handover.sent_at >= TransferRequest.made_at)
)
"""The sheet that was transmitted for a request."""


def requests_with_sheet() -> ModelSelect:
    """The ids of all requests for which a sheet was transmitted."""
    return TransferRequest.select(TransferRequest.id).join(Handover, on=_SHEET)


def own_requests(actor: Actor, today: date) -> list[OwnRequest]:
    """The latest requests of this organisation, the newest first. One query."""
    columns = (
        TransferRequest.id, TransferRequest.family_name, TransferRequest.given_name, TransferRequest.date_of_birth,
        TransferRequest.made_at, TransferRequest.ends_on, TransferRequest.forgotten_at, Account.name.alias("asked_by"),
    )  # fmt: skip
    rows = (
        TransferRequest.select(*columns, Handover.reference.alias("reference"))
        .join(Account, on=TransferRequest.account)
        .join_from(TransferRequest, Handover, JOIN.LEFT_OUTER, on=_SHEET)
        .where(TransferRequest.requester == actor.organisation_id)
        .order_by(TransferRequest.id.desc(), Handover.id)
        .limit(MOST_SHOWN)
        .objects()
    )
    latest = {row.id: row for row in rows}  # of several versions of a sheet the last one
    return [OwnRequest(row, seen(row.ends_on, row.reference, today), row.reference or "") for row in latest.values()]


def waits_for(actor: Actor, today: date) -> Expression:
    """A WHERE over ``TransferRequest``: open ones that may mean an open case which this organisation may hand over.

    Whom they may mean is stored (``operations.request_matches``); whose the case is now is asked here.
    """
    running = (TransferRequest.state == RequestState.OPEN.value) & (TransferRequest.ends_on >= today)
    return running & fn.EXISTS(_meant_cases(actor, today, Case.id).where(RequestMatch.request == TransferRequest.id))


def _meant_cases(actor: Actor, today: date, *columns: Any) -> ModelSelect:
    """Matches with the cases of this organisation. CROSS: SQLite keeps the order, else it reads all those cases."""
    query = RequestMatch.select(*columns).join(Case, JOIN.CROSS).where(Case.person == RequestMatch.person)
    return query.where(Case.state == CaseState.OPEN.value, cases_with_person(actor, today))


def number_of_requests(actor: Actor, today: date) -> int:
    """How many requests wait for an answer of this organisation."""
    return int(TransferRequest.select().where(waits_for(actor, today)).count())


def incoming_requests(actor: Actor, today: date, request_id: int | None = None) -> list[Incoming]:
    """Open requests (or the one) that may mean a person whose open case this organisation has; others it never sees.

    Four queries, and two more for each 500 people who may be meant.
    """
    open_ones = TransferRequest.select(TransferRequest, Account).join(Account, on=TransferRequest.account)
    query = open_ones.where(waits_for(actor, today)).order_by(TransferRequest.ends_on, TransferRequest.id)
    rows = list(query.where(TransferRequest.id == request_id) if request_id else query)
    cases = _cases_meant(actor, [row.id for row in rows], today)
    known = names_of({person for found in cases.values() for person in found}) if cases else {}
    incoming = (Incoming(row, _meant(row, cases[row.id], known)) for row in rows)
    return [one for one in incoming if one.meant]


def _cases_meant(actor: Actor, request_ids: Sequence[int], today: date) -> dict[int, dict[int, str]]:
    """For each request the numbers of the cases that may be meant, by person."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    query = _meant_cases(actor, today, RequestMatch.request, Case.person, Case.number)
    for part in chunks(request_ids):
        for request_id, person, number in query.where(RequestMatch.request.in_(part)).tuples():
            found[request_id][person] = number
    return found


def asked_for(row: TransferRequest) -> Candidate:
    """Whom a request asks for, as people are compared."""
    return Candidate(0, row.family_name, row.given_name, row.date_of_birth)


def _meant(
    row: TransferRequest, cases: Mapping[int, str], known: Mapping[int, Sequence[Candidate]]
) -> tuple[Meant, ...]:
    """The people who may be meant, the likeliest first, by their present name."""
    names = [name for person in cases for name in known[person]]
    found = likeliest(matches_against(asked_for(row), names))
    now = {match.candidate_id: known[match.candidate_id][0] for match in found}
    return tuple(
        Meant(cases[one], f"{now[one].family_name}, {now[one].given_name}", now[one].date_of_birth, match.reasons)
        for one, match in ((match.candidate_id, match) for match in found)
    )


def incoming_request(actor: Actor, request_id: int, today: date) -> Incoming:
    """One open request that may mean somebody of this organisation; NotVisible for any other."""
    found = incoming_requests(actor, today, request_id)
    if not found:
        raise NotVisible
    return found[0]


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
