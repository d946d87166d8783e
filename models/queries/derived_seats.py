"""What an enrolment says in the place of items of the course list: the seat, and what the provider told.

What the provider told is the provider's word: it does not count as an entry of the organisation that booked the seat,
so that the Agentur does not read on after it gave the case away (case_model: Who sees what).
"""

from collections.abc import Callable, Mapping

from models.queries.dossier import Dossier, Seat
from models.queries.found import Found, iso
from models.rules.checklists import Value
from models.rules.enrolments import Act
from models.rules.reasons import REASONS_OF
from models.rules.registrations import result_code
from models.rules.states import LISTED, EnrolmentState

ENDED_SEATS = (EnrolmentState.DECLINED, EnrolmentState.CANCELLED, EnrolmentState.EXPIRED)
NO_PLACE = (*LISTED, *ENDED_SEATS)
"""Enrolments that are no course of the person: given up, or not more than a hope."""
COURSE_STATE: Mapping[str, str] = {
    EnrolmentState.RESERVED: "planned",
    EnrolmentState.SENT: "planned",
    EnrolmentState.CONFIRMED: "planned",
    EnrolmentState.STARTED: "running",
    EnrolmentState.FINISHED: "finished",
    EnrolmentState.DROPPED_OUT: "dropped",
}
_ENROLMENT = "aus der Kursanmeldung"
TOLD = "lt. Träger"
"""Where the word of a provider comes from, whoever wrote it down."""


def current_seat(held: Dossier) -> Seat | None:
    """The newest enrolment with a place that was not given up."""
    return next((seat for seat in held.seats if seat.state not in NO_PLACE), None)


def _from_seat(read: Callable[[Seat], Mapping[str, Value | None]]) -> Callable[[Dossier], Found | None]:
    def find(held: Dossier) -> Found | None:
        seat = current_seat(held)
        return Found(read(seat), _ENROLMENT, seat.reserved_on, seat.organisation_id) if seat else None

    return find


def _seat(seat: Seat) -> dict[str, Value | None]:
    return {"course": seat.course_title, "provider": seat.provider_name, "reserved_on": iso(seat.reserved_on)}


def _confirmation(held: Dossier) -> Found | None:
    """The day of the registration and the expected start (item K17)."""
    seat = current_seat(held)
    if seat is None or seat.confirmed_on is None:
        return None
    values = {"confirmed_on": iso(seat.confirmed_on), "expected_start": iso(seat.expected_start)}
    return Found(values, TOLD, seat.confirmed_on, seat.provider_office)


def _start(held: Dossier) -> Found | None:
    """The day on which she began (item K20)."""
    seat = current_seat(held)
    if seat is None or seat.started_on is None:
        return None
    return Found({"started_on": iso(seat.started_on)}, TOLD, seat.started_on, seat.provider_office)


def _state(held: Dossier) -> Found | None:
    """How far the course is (item K26); from its beginning on it is the provider who says it."""
    seat = current_seat(held)
    if seat is None:
        return None
    values = {"state": COURSE_STATE[seat.state]}
    if seat.started_on is None and seat.ended_on is None:
        return Found(values, _ENROLMENT, seat.reserved_on, seat.organisation_id)
    return Found(values, TOLD, seat.ended_on or seat.started_on, seat.provider_office)


def _placement(held: Dossier) -> Found | None:
    """The placement test: its day, and the result once there is one (item K07)."""
    seat = current_seat(held)
    if seat is None or seat.test_on is None:
        return None
    result = result_code(seat.test_level or "", seat.test_module or "")
    return Found({"tested_on": iso(seat.test_on), "result": result}, TOLD, seat.told_on, seat.told_by)


def _reference(held: Dossier) -> Found | None:
    """The Personenkennziffer under which the provider registered the person (item K05)."""
    seat = current_seat(held)
    if seat is None or not seat.pk_number:
        return None
    return Found({"file": seat.pk_number}, TOLD, seat.told_on, seat.told_by)


def _dropout(held: Dossier) -> Found | None:
    """Day and reason of a dropout (item K22); a reason from before the closed table is not one of the item."""
    seat = current_seat(held)
    if seat is None or seat.state != EnrolmentState.DROPPED_OUT:
        return None
    reason = seat.reason_code if seat.reason_code in REASONS_OF[Act.DROP] else None
    return Found({"dropped_on": iso(seat.ended_on), "reason": reason}, TOLD, seat.ended_on, seat.provider_office)


def _test(held: Dossier) -> Found | None:
    """The test at the end of the course, with its result once there is one (item K23)."""
    seat = current_seat(held)
    if seat is None or not seat.exam:
        return None
    values = {"test": seat.exam, "result": seat.exam_result or None, "tested_on": iso(seat.exam_on)}
    return Found(values, TOLD, seat.reported_on, seat.reported_by)


def _life_in_germany(held: Dossier) -> Found | None:
    """The points of the test Leben in Deutschland (item K24)."""
    seat = current_seat(held)
    if seat is None or seat.lid_points is None:
        return None
    return Found({"points": seat.lid_points}, TOLD, seat.reported_on, seat.reported_by)


SEAT_FINDERS: Mapping[str, Callable[[Dossier], Found | None]] = {
    "enrolment.seat": _from_seat(_seat),
    "enrolment.confirmation": _confirmation,
    "enrolment.start": _start,
    "enrolment.state": _state,
    "enrolment.placement": _placement,
    "enrolment.reference": _reference,
    "enrolment.dropout": _dropout,
    "enrolment.test": _test,
    "enrolment.lid": _life_in_germany,
}
"""By the ``from`` of an item."""
