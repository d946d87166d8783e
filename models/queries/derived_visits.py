"""What appointments, group information and Wiedervorlagen say in the place of items of the lists."""

from collections.abc import Callable, Mapping

from models.queries.dossier import Dossier
from models.queries.found import Found, iso
from models.rules import visits
from models.rules.checklists import Value

FROM_LIST = "aus der Anwesenheitsliste"
FROM_APPOINTMENT = "aus dem Termin"
FROM_FOLLOW_UP = "aus der Wiedervorlage"


def _group_information(held: Dossier) -> Found | None:
    found = visits.group_attended(held.visits)
    return _from_visit(found[1], {"attended": found[0]}, FROM_LIST) if found else None


def _lebach(held: Dossier) -> Found | None:
    visit = visits.came_in_lebach(held.visits)
    return _from_visit(visit, {"from_lebach": "yes"}, FROM_LIST) if visit else None


def _first_talk(held: Dossier) -> Found | None:
    visit = visits.first_talk(held.visits, held.counselled_by)
    return _from_visit(visit, {"appointment_on": iso(visit.on)}) if visit else None


def _first_talk_held(held: Dossier) -> Found | None:
    visit = visits.first_talk_held(held.visits, held.counselled_by)
    values = visit and {"held_on": iso(visit.on), "place": visit.site, "way": visit.way}
    return _from_visit(visit, values) if visit and values else None


def _agreed_talk(held: Dossier) -> Found | None:
    visit = visits.newest_talk(held.visits, held.counselled_by)
    return _from_visit(visit, {"appointment_on": iso(visit.on)}) if visit else None


def _next_day(held: Dossier) -> Found | None:
    """Of the organisation that has the case: after the acceptance the Jobcenter's, which the Agentur does not see."""
    visit = visits.next_day(held.visits, held.case.responsible_id, held.today)
    if visit is None:
        return None
    place = FROM_FOLLOW_UP if visit.source == visits.Source.FOLLOW_UP else FROM_APPOINTMENT
    return Found({"due_on": iso(visit.on)}, place, None, visit.organisation_id)


def _talk_result(held: Dossier) -> Found | None:
    visit = visits.newest_result(held.visits, held.counselled_by)
    return _from_visit(visit, {"attended": visits.ATTENDED[visit.state]}) if visit else None


def _miss_reason(held: Dossier) -> Found | None:
    visit = visits.newest_result(held.visits, held.counselled_by)
    return _from_visit(visit, {"reason": visit.reason or None}) if visit and visit.reason else None


def _from_visit(visit: visits.Visit, values: Mapping[str, Value | None], place: str = FROM_APPOINTMENT) -> Found:
    return Found(values, place, visit.on, visit.organisation_id)


VISIT_FINDERS: Mapping[str, Callable[[Dossier], Found | None]] = {
    "visits.group": _group_information,
    "visits.lebach": _lebach,
    "visits.first_talk": _first_talk,
    "visits.first_talk_held": _first_talk_held,
    "visits.agreed": _agreed_talk,
    "visits.next": _next_day,
    "visits.result": _talk_result,
    "visits.reason": _miss_reason,
}
"""By the ``from`` of an item."""
