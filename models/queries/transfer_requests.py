"""Requests for a transfer: the requester's own, and those that may mean somebody whose case an organisation has."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peewee import JOIN, ModelSelect

from models.queries.duplicates import chunks
from models.queries.scope import visible_cases
from models.rules.arrivals.matching import Candidate, matches_against
from models.rules.arrivals.names import name_key
from models.rules.errors import NotVisible
from models.rules.message import Message
from models.rules.requests import Seen, seen
from models.rules.roles import Actor
from models.rules.states import CaseState, RequestState
from models.tables import Account, Case, Handover, Person, TransferRequest

MOST_SHOWN = 50
MOST_LOOKED_AT = 5_000
"""So many people are compared at most; a county's requests of two weeks find far fewer."""


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


def incoming_requests(actor: Actor, today: date) -> list[Incoming]:
    """Open requests that may mean a person whose open case this organisation has; others it never sees.

    Three queries, and one more for each 500 people that are near. Looked at are people of the same birth date and
    people whose name sounds the same; ``matching`` judges them, and a person decides.
    """
    rows = list(_open(today))
    near = _near(rows) if rows else {}
    mine = _own_cases(actor, sorted({one.id for found in near.values() for one in found}), today) if near else {}
    incoming = [Incoming(row, _meant(row, near, mine)) for row in rows]
    return [one for one in incoming if one.meant]


_Near = Mapping[date | str, Sequence[Candidate]]
"""People by their birth date and by the sound of their name."""


def _near(rows: Sequence[TransferRequest]) -> _Near:
    """People whom an index finds for one of the requests."""
    days = {row.date_of_birth for row in rows}
    names = {key for row in rows for key in _sounds(row)}
    query = Person.select(Person.id, Person.family_name, Person.given_name, Person.date_of_birth, Person.name_key)
    found: dict[date | str, list[Candidate]] = defaultdict(list)
    either = Person.date_of_birth.in_(sorted(days)) | Person.name_key.in_(sorted(names))
    for *who, sound in query.where(either).limit(MOST_LOOKED_AT).tuples():
        candidate = Candidate(*who)
        found[candidate.date_of_birth].append(candidate)
        found[sound].append(candidate)
    return found


def _sounds(row: TransferRequest) -> tuple[str, str]:
    """The sound of the name, and with family and given name swapped."""
    return name_key(f"{row.family_name} {row.given_name}"), name_key(f"{row.given_name} {row.family_name}")


def _open(today: date) -> Sequence[TransferRequest]:
    return (
        TransferRequest.select(TransferRequest, Account)
        .join(Account, on=TransferRequest.account)
        .where(TransferRequest.state == RequestState.OPEN.value, TransferRequest.ends_on >= today)
        .order_by(TransferRequest.ends_on, TransferRequest.id)
    )


def _own_cases(actor: Actor, person_ids: Sequence[int], today: date) -> dict[int, str]:
    """The number of the open case by the id of the person, as far as this organisation has it and may hand it over."""
    mine = Case.accepted_on.is_null() & visible_cases(actor, today)
    query = Case.select(Case.person, Case.number).where(Case.state == CaseState.OPEN.value, mine)
    return {
        person: number
        for part in chunks(person_ids)
        for person, number in query.where(Case.id.in_(_cases_of(part))).tuples()  # else all of the Agentur's are read
    }


def _cases_of(person_ids: Sequence[int]) -> ModelSelect:
    return Case.select(Case.id).where(Case.person.in_(person_ids))


def _meant(row: TransferRequest, near: _Near, mine: Mapping[int, str]) -> tuple[Meant, ...]:
    looked_at = {one.id: one for key in (row.date_of_birth, *_sounds(row)) for one in near.get(key, ())}
    known = [one for one in looked_at.values() if one.id in mine]
    asked = Candidate(0, row.family_name, row.given_name, row.date_of_birth)
    found = ((looked_at[match.candidate_id], match.reasons) for match in matches_against(asked, known))
    return tuple(
        Meant(mine[one.id], f"{one.family_name}, {one.given_name}", one.date_of_birth, reasons)
        for one, reasons in found
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
