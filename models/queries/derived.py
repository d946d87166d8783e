"""Answers that stand elsewhere in the case: person, papers, decision, consents, enrolment, handover, contact line.

Each finder answers all items that name its record as ``from``; an item takes the fields that it asks for.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from models.queries.consent_states import decision_now, state_of
from models.queries.derived_paths import PATH_FINDERS
from models.queries.derived_seats import SEAT_FINDERS, current_seat
from models.queries.dossier import Dossier
from models.queries.found import Found, iso
from models.rules import visits
from models.rules.agreements import AgreementState
from models.rules.checklists import COMPETENCES, DerivedAnswer, Item, Value
from models.rules.competences.summary import LANGUAGES, LIFE_LINE, SHARED, WEEK
from models.rules.law.calendar import ABLE_TO_WORK_FROM, age_limit_end, has_completed
from models.rules.person_values import PARTS, according_to
from models.rules.states import ConsentState, HandoverState
from models.rules.times import from_stamp, german_date, local_day
from models.tables import Consent, Handover, ResidenceRecord

MOST_IN_ITEM = 5
TITLE_CODES = ("AE", "NE")
_SENT = (HandoverState.SENT, HandoverState.RECEIVED, HandoverState.QUERIED, HandoverState.ACCEPTED)
_CONSENT = {ConsentState.GRANTED: "granted", ConsentState.REFUSED: "refused", ConsentState.WITHDRAWN: "refused"}


def derived_answers(held: Dossier, items: Iterable[Item]) -> dict[str, tuple[DerivedAnswer, int | None]]:
    """For each of ``items`` (those with a ``from``) that a record answers: the answer, the organisation behind it."""
    seen: dict[str, Found | None] = {}
    answers = {}
    for item in items:
        if item.derived_from not in seen:
            seen[item.derived_from] = _find(held, item.derived_from)
        found = seen[item.derived_from]
        values = _asked(item, found) if found else {}
        if found and values:
            answers[item.code] = (
                DerivedAnswer(values, _source(held, found), found.at, found.whole),
                found.organisation_id,
            )
    return answers


def _find(held: Dossier, name: str) -> Found | None:
    if name in PARTS:
        return _person(held, name)
    finder = FINDERS.get(name)
    return finder(held) if finder else None


def _asked(item: Item, found: Found) -> dict[str, Value]:
    values = ((field.key, found.values.get(field.key)) for field in item.fields)
    return {key: value for key, value in values if value is not None}


def _source(held: Dossier, found: Found) -> str:
    on = f"vom {german_date(found.at)}" if found.at else ""
    place = " ".join(part for part in (found.place, on) if part)
    return ", ".join(part for part in (place, held.office(found.organisation_id)) if part)


def _person(held: Dossier, name: str) -> Found:
    part = PARTS[name]
    values = part.read(held.person.__data__)
    entries = [entry for column in part.columns if (entry := (held.person.provenance or {}).get(column))]
    if not entries:
        return Found(values, "aus den Personalien", None, held.case.municipality_id)
    latest = max(entries, key=lambda entry: entry.get("at", ""))
    office = next((row for row in held.offices.values() if row.key == latest.get("organisation")), None)
    place = according_to(latest["source"]) if latest.get("source") else "aus den Personalien"
    return Found(values, place, _day(latest.get("at")), office.id if office else None)


def _day(stamp: str | None) -> date | None:
    return local_day(from_stamp(stamp)) if stamp else None


def _working_age(held: Dossier) -> Found:
    born = held.person.date_of_birth
    old_enough = has_completed(born, ABLE_TO_WORK_FROM, held.today)
    value = "yes" if old_enough and held.today <= age_limit_end(born) else "no"
    return Found({"working_age": value}, "aus dem Geburtsdatum", None, None)


def _paper(held: Dossier) -> Found | None:
    if not held.records:
        return None
    record = held.records[0]
    return _from_record(record, {"paper": record.code, "valid_to": iso(record.valid_to)})


def _from_record(record: ResidenceRecord, values: Mapping[str, Value | None]) -> Found:
    at = record.seen_on or _day(record.recorded_at)
    return Found(values, "aus dem Aufenthaltspapier", at, record.organisation_id)


def _work_note(held: Dossier) -> Found | None:
    record = next((row for row in held.records[:1] if row.work_note), None)
    return _from_record(record, {"note": record.work_note}) if record else None


def _condition(held: Dossier) -> Found | None:
    record = next((row for row in held.records if row.residence_condition), None)
    values = record and {"kind": record.residence_condition, "until": iso(record.residence_condition_until)}
    return _from_record(record, values) if record and values else None


def title_record(held: Dossier) -> ResidenceRecord | None:
    """The newest paper that is a granted title."""
    return next((row for row in held.records if row.code.startswith(TITLE_CODES)), None)


def _title(held: Dossier) -> Found | None:
    if record := title_record(held):
        granted, until = iso(record.granted_on), iso(record.valid_to)
        return _from_record(
            record, {"state": "GRANTED", "title": record.code, "granted_on": granted, "valid_to": until}
        )
    record = held.records[0] if held.records else None
    return _from_record(record, {"state": "APPLIED"}) if record and record.code == "ANE" else None


def _decision(held: Dossier) -> Found | None:
    row = held.decisions[0] if held.decisions else None
    values = row and {"decision": row.code, "served_on": iso(row.served_on)}
    return Found(values, "aus dem Bescheid des BAMF", row.decided_on, row.organisation_id) if row and values else None


def _action(held: Dossier) -> Found | None:
    row = next((row for row in held.decisions[:1] if row.action_pending is not None), None)
    values = row and {"pending": "yes" if row.action_pending else "no"}
    return Found(values, "aus dem Bescheid des BAMF", row.decided_on, row.organisation_id) if row and values else None


def _contact_line(held: Dossier) -> Found | None:
    day = held.case.coach_reported_on
    values = {"reported_on": iso(day), "received_on": iso(day)}
    return Found(values, "aus der Kontaktzeile", day, held.case.coach_reported_by_id) if day else None


def _coaching_end(held: Dossier) -> Found | None:
    day = held.case.coaching_ended_on
    return Found({"ended_on": iso(day)}, "", day, None) if day else None


def consent_behind(held: Dossier, purpose: str) -> Consent | None:
    """The decision that an item about a consent tells; the one of E2 for the provider of the current seat."""
    seat = current_seat(held) if purpose == "E2" else None
    row: Consent | None = decision_now(held.consents, purpose, seat.provider_office if seat else None)
    return row


def _consent(purpose: str) -> Callable[[Dossier], Found | None]:
    def find(held: Dossier) -> Found | None:
        row = consent_behind(held, purpose)
        state = state_of(row, held.today)
        if row is None or state not in _CONSENT:
            return None
        withdrawn = state == ConsentState.WITHDRAWN
        value = "objected" if withdrawn and purpose == "E3" else _CONSENT[state]
        place = f"widerrufene Einwilligung {purpose}" if withdrawn else f"aus der Einwilligung {purpose}"
        return Found({"consent": value, "decided_on": iso(row.decided_on)}, place, row.decided_on, row.organisation_id)

    return find


def _agreement(held: Dossier) -> Found | None:
    row = held.agreement
    if row is None:
        return None
    values: dict[str, Value | None] = {"outcome": row.state.upper(), "reason": row.reason or None}
    if row.state == AgreementState.AGREED:
        values |= {"agreed_on": iso(row.agreed_on), "agreement": {"state": "signed_on_paper"}}
    return Found(values, "aus der Vereinbarung erster Schritte", row.agreed_on, row.organisation_id)


def _agreed_steps(held: Dossier) -> Found | None:
    """The first five steps, as many as the item has; the sheet names all."""
    row = held.agreement
    if row is None or row.state != AgreementState.AGREED:
        return None
    values: dict[str, Value | None] = {"entries": str(min(len(row.steps), MOST_IN_ITEM))}
    for number, step in enumerate(row.steps[:MOST_IN_ITEM], start=1):
        values |= {
            f"step_{number}": step.kind,
            f"detail_{number}": step.detail or None,
            f"who_{number}": step.who,
            f"until_{number}": iso(step.until),
            f"state_{number}": step.state,
        }
    return Found(values, "aus der Vereinbarung erster Schritte", row.agreed_on, row.organisation_id)


def _handover(read: Callable[[Handover], Mapping[str, Value | None]]) -> Callable[[Dossier], Found | None]:
    def find(held: Dossier) -> Found | None:
        row = held.handovers[0] if held.handovers else None
        if row is None:
            return None
        at = _day(row.sent_at) or row.recorded_on
        return Found(read(row), f"aus der Übergabe {row.reference}", at, row.sender_id)

    return find


def _received(read: Callable[[Handover], Mapping[str, Value | None]]) -> Callable[[Dossier], Found | None]:
    def find(held: Dossier) -> Found | None:
        row = next((row for row in held.handovers if row.received_at), None)
        place = f"aus der Übergabe {row.reference}" if row else ""
        return Found(read(row), place, _day(row.received_at), row.receiver_id) if row else None

    return find


def _change(row: Handover) -> dict[str, Value | None]:
    if row.change_on is None:
        return {}
    same = row.proposed_on is None or row.change_on == row.proposed_on
    return {"change_on": iso(row.change_on), "follows": "PROPOSED" if same else "OTHER"}


def _release(row: Handover) -> dict[str, Value | None]:
    letters = sorted(letter for letter, released in (row.released or {}).items() if released)
    return {"sections": letters or None}  # type: ignore[dict-item]  # a list of letters is a value


def _signed(row: Handover) -> dict[str, Value | None]:
    return {"sheet": {"state": "signed"} if row.sent_at else None}


def _informed(row: Handover) -> dict[str, Value | None]:
    return {"informed_on": iso(row.informed_on), "copy_on": iso(row.copy_given_on)}


def _query(held: Dossier) -> Found | None:
    row = next((row for row in held.handovers if row.queries or row.state == HandoverState.QUERIED), None)
    if row is None:
        return None
    asked = "; ".join(str(entry.get("label", "")) for entry in row.queries or [])
    text = " – ".join(part for part in (asked, row.reason) if part)
    return Found({"query": text}, f"aus der Übergabe {row.reference}", _day(row.closed_at), row.receiver_id)


def _query_answer(held: Dossier) -> Found | None:
    latest = held.handovers[0] if held.handovers else None
    asked = any(row.queries for row in held.handovers[1:])
    if latest is None or not asked or latest.state not in _SENT:
        return None
    values = {"answer": f"neue Fassung {latest.reference}"}
    return Found(values, f"aus der Übergabe {latest.reference}", _day(latest.sent_at), latest.sender_id)


def _deletion(held: Dossier) -> Found | None:
    day = held.case.accepted_on
    return Found({"started_on": iso(day)}, "", day, None) if day else None


def _complete(held: Dossier) -> Found | None:
    row = next((row for row in held.handovers if row.sent_at), None)
    return Found({"complete": True}, "beim Übermitteln geprüft", _day(row.sent_at), None) if row else None


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


def _competence(part: str) -> Callable[[Dossier], Found | None]:
    def find(held: Dossier) -> Found | None:
        told = held.competences.parts.get(part) if held.competences else None
        if told is None:
            return None
        place = _IN_DOUBT[part] if told["doubt"] else _PLACES[part]
        on = date.fromisoformat(told["on"])
        return Found(told["values"], place, on, told["organisation"], whole=part not in SHARED)

    return find


_PLACES: Mapping[str, str] = (
    dict.fromkeys(LIFE_LINE, "aus dem Werdegang")
    | dict.fromkeys(LANGUAGES, "aus den Sprachen")
    | dict.fromkeys(WEEK, "aus der Verfügbarkeit")
)
_IN_DOUBT = {part: f"{place} (widersprüchlich)" for part, place in _PLACES.items()}


def _stamp_day(key: str, column: str) -> Callable[[Handover], Mapping[str, Value | None]]:
    return lambda row: {key: iso(_day(getattr(row, column)))}


FINDERS: Mapping[str, Callable[[Dossier], Found | None]] = {
    "person.working_age": _working_age,
    "residence.paper": _paper,
    "residence.work_note": _work_note,
    "residence.condition": _condition,
    "residence.title": _title,
    "decision.served": _decision,
    "decision.action": _action,
    "contact_line": _contact_line,
    "coaching.end": _coaching_end,
    "consent.e1": _consent("E1"),
    "consent.e2": _consent("E2"),
    "consent.e3": _consent("E3"),
    "agreement.outcome": _agreement,
    "agreement.steps": _agreed_steps,
    **SEAT_FINDERS,
    **PATH_FINDERS,
    "visits.group": _group_information,
    "visits.lebach": _lebach,
    "visits.first_talk": _first_talk,
    "visits.first_talk_held": _first_talk_held,
    "visits.agreed": _agreed_talk,
    "visits.next": _next_day,
    "visits.result": _talk_result,
    "visits.reason": _miss_reason,
    "handover.change": _handover(_change),
    "handover.deviation": _handover(lambda row: {"reason": row.override_reason or None}),
    "handover.release": _handover(_release),
    "handover.signed": _handover(_signed),
    "handover.sent": _handover(_stamp_day("sent_on", "sent_at")),
    "handover.informed": _handover(_informed),
    "handover.received": _received(_stamp_day("received_on", "received_at")),
    "handover.checked": _received(lambda row: {"checked": True if (row.checked or {}).get("U17") else None}),
    "handover.first_talk": _received(lambda row: {"first_talk_on": iso(row.first_talk_on)}),
    "handover.accepted": _received(_stamp_day("accepted_on", "accepted_at")),
    "handover.query": _query,
    "handover.query_answer": _query_answer,
    "rule.required_fields": _complete,
    "rule.deletion": _deletion,
    **{f"{COMPETENCES}{part}": _competence(part) for part in _PLACES},
}
"""By the ``from`` of an item; what is not named here is answered in the list alone (registration, enrolment form)."""
