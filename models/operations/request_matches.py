"""Keeps whom an open request for a transfer may mean, so that Mein Tag asks for it in one statement.

No event: it follows from the names of the request and of the stored persons, and can be built anew at any time. Whose
case it is and whether it is open is asked with each look (``queries.transfer_requests.waits_for``).
"""

from collections.abc import Collection, Iterable, Sequence

from models.base import db
from models.queries.duplicates import alike, chunks, names_of
from models.queries.transfer_requests import asked_for
from models.rules.arrivals.matching import matches_against
from models.rules.states import RequestState
from models.tables import RequestMatch, TransferRequest

Pair = tuple[int, int]
_COLUMNS = [RequestMatch.request, RequestMatch.person]


def match_request(request_id: int) -> None:
    """Store whom one open request may mean; nothing for one that was answered since.

    A transaction of its own, after the asking: what the requester waits for must not take longer for a name that is
    known (``operations.transfer_requests``).
    """
    with db.atomic():
        _replace(_open().where(TransferRequest.id == request_id))


def match_persons(person_ids: Collection[int]) -> None:
    """Look whether open requests may mean these persons, who are new or called otherwise from now on.

    Must run inside the transaction that stored their names.
    """
    requests = list(_open())
    if not requests:
        return
    candidates = [name for names in names_of(person_ids).values() for name in names]
    pairs = {(row.id, match.candidate_id) for row in requests for match in matches_against(asked_for(row), candidates)}
    for part in chunks(sorted(person_ids)):
        RequestMatch.delete().where(RequestMatch.person.in_(part)).execute()
    _insert(pairs)


def drop_matches(request_ids: Collection[int]) -> None:
    """Forget whom these requests may mean: they are answered or over. Must run inside a transaction."""
    for part in chunks(sorted(request_ids)):
        RequestMatch.delete().where(RequestMatch.request.in_(part)).execute()


def rebuild_matches() -> int:
    """Build what is stored for all open requests anew; returns how many requests there are."""
    with db.atomic():
        requests = list(_open())
        RequestMatch.delete().execute()
        _replace(requests)
    return len(requests)


def wrong_matches() -> list[int]:
    """Ids of the requests for which something else is stored than follows from the names; none where all is well."""
    stored = set(RequestMatch.select(*_COLUMNS).tuples())
    return sorted({request for request, _person in stored ^ _pairs(_open())})


def _open() -> Sequence[TransferRequest]:
    return TransferRequest.select().where(
        TransferRequest.state == RequestState.OPEN.value, TransferRequest.forgotten_at.is_null()
    )


def _pairs(requests: Iterable[TransferRequest]) -> set[Pair]:
    found = alike({row.id: asked_for(row) for row in requests})
    return {(request, match.candidate_id) for request, matches in found.items() for match in matches}


def _replace(requests: Iterable[TransferRequest]) -> None:
    rows = list(requests)
    drop_matches([row.id for row in rows])
    _insert(_pairs(rows))


def _insert(pairs: Iterable[Pair]) -> None:
    for part in chunks(sorted(pairs)):
        RequestMatch.insert_many(part, _COLUMNS).on_conflict_ignore().execute()
