"""Answers that stand elsewhere in the case: person, papers, decision, consents, enrolment, handover, contact line.

Each finder answers all items that name its record as ``from``; an item takes the fields that it asks for.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from models.queries.consent_states import decision_now, state_of
from models.queries.derived_handovers import HANDOVER_FINDERS
from models.queries.derived_paths import PATH_FINDERS
from models.queries.derived_seats import SEAT_FINDERS, current_seat
from models.queries.derived_visits import VISIT_FINDERS
from models.queries.dossier import Dossier
from models.queries.found import Found, day_of, iso
from models.rules.agreements import AgreementState
from models.rules.checklists import COMPETENCES, DerivedAnswer, Item, Value
from models.rules.competences.summary import LANGUAGES, LIFE_LINE, SHARED, WEEK
from models.rules.law.calendar import ABLE_TO_WORK_FROM, age_limit_end, has_completed
from models.rules.person_values import PARTS, according_to
from models.rules.states import ConsentState
from models.rules.times import german_date
from models.tables import Consent, ResidenceRecord

MOST_IN_ITEM = 5
TITLE_CODES = ("AE", "NE")
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
    return Found(values, place, day_of(latest.get("at")), office.id if office else None)


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
    at = record.seen_on or day_of(record.recorded_at)
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
    **VISIT_FINDERS,
    **HANDOVER_FINDERS,
    **{f"{COMPETENCES}{part}": _competence(part) for part in _PLACES},
}
"""By the ``from`` of an item; what is not named here is answered in the list alone (registration, enrolment form)."""
