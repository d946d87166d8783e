"""What an access path says in the place of items of the course list: that of a seat, or of a granted request."""

from collections.abc import Callable, Mapping

from models.queries.derived_seats import current_seat
from models.queries.dossier import AskedPath, Dossier, Seat
from models.queries.found import Found, iso
from models.rules.checklists import Value
from models.rules.enrolments import ISSUERS
from models.rules.path_requests import paper_kind
from models.rules.person_values import according_to
from models.rules.states import PathRequestState

Values = Mapping[str, Value | None]


def granted_path(held: Dossier, path: str = "") -> AskedPath | None:
    """The newest request for an access path (or for this one) that its body granted."""
    granted = (one for one in held.path_requests if one.state == PathRequestState.GRANTED)
    return next((one for one in granted if path in ("", one.path)), None)


def _from_path(
    of_seat: Callable[[Seat], Values], of_request: Callable[[AskedPath], Values]
) -> Callable[[Dossier], Found | None]:
    """The path that a reservation names goes before one that was granted; the granted one says more of its paper."""

    def find(held: Dossier) -> Found | None:
        seat = current_seat(held)
        granted = granted_path(held, seat.access_path if seat else "")
        told = _told(of_request(granted)) if granted else {}
        if seat:
            return Found(told | _told(of_seat(seat)), "aus der Kursanmeldung", seat.reserved_on, seat.organisation_id)
        if granted is None:
            return None
        place = according_to(granted.source) if granted.source else "aus dem angefragten Zugangsweg, Bescheid"
        return Found(told, place, None if granted.source else granted.dated, granted.answered_for)

    return find


def _told(values: Values) -> dict[str, Value | None]:
    return {key: value for key, value in values.items() if value is not None}


def _entitlement(seat: Seat) -> Values:
    issuer = seat.path_issued_by if seat.path_issued_by in ISSUERS else None
    return {"issued_on": iso(seat.path_dated), "issued_by": issuer}


def _granted(request: AskedPath) -> Values:
    paper = {"issued_on": iso(request.dated), "issued_by": request.body}
    return paper | {"kind": paper_kind(request.path), "basis": request.basis or None}


PATH_FINDERS: Mapping[str, Callable[[Dossier], Found | None]] = {
    "enrolment.path": _from_path(lambda seat: {"path": seat.access_path}, lambda request: {"path": request.path}),
    "enrolment.entitlement": _from_path(_entitlement, _granted),
    "enrolment.valid_to": _from_path(
        lambda seat: {"valid_to": iso(seat.path_valid_to)}, lambda request: {"valid_to": iso(request.valid_to)}
    ),
}
"""By the ``from`` of an item."""
