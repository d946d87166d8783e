"""Cells of the transfer sheet that no checklist asks: personal data, household, change of sphere, courses."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from peewee import fn

from models.queries.agreed import Agreed, Step
from models.queries.definitions import definitions_of, items_of
from models.queries.derived_seats import NO_PLACE
from models.queries.dossier import Dossier, Seat
from models.queries.sheet_visits import released_notes, talks_held
from models.rules.agreements import STEP_STATES, WHO_LABELS, StepState, Who, step_text
from models.rules.checklists import Known, display_field
from models.rules.message import N_
from models.rules.person_values import according_to
from models.rules.states import EnrolmentState, Holder
from models.rules.times import from_stamp, german_date, local_day
from models.rules.transfer_sheet import Cell, given, listed, not_given
from models.tables import Case, Code, Handover, Organisation, Person

SEAT_STATES: Mapping[str, str] = {
    EnrolmentState.RESERVED: N_("Platz reserviert"),
    EnrolmentState.SENT: N_("angemeldet"),
    EnrolmentState.CONFIRMED: N_("Anmeldung bestätigt"),
    EnrolmentState.STARTED: N_("läuft"),
    EnrolmentState.FINISHED: N_("beendet"),
    EnrolmentState.DROPPED_OUT: N_("abgebrochen"),
}
COURSE_LISTS = ("integration_courses", "vocational_courses", "other_offers")
FROM_RECORD = N_("aus den Personalien")
STILL_OPEN = N_("offen")
NONE = N_("keine")
Labels = Mapping[tuple[str, str], str]


def cells_from_records(held: Dossier, handover: Handover, known: Known) -> dict[str, Cell]:
    """Cells by address from the records of the case; they go before what a checklist says of the same field."""
    labels = _labels(held)
    parts = (
        _person(held, labels),
        _change(held, handover, known, labels),
        _title(held, known),
        _household(held, known),
        _courses(held, known, labels),
        _steps(held, known),
        talks_held(held, known),
        released_notes(held, handover),
    )
    return {address: cell for part in parts for address, cell in part}


def source_of(held: Dossier, known: Known, code: str) -> str:
    """Who said the answer to an item when from what, in words; an empty text where it is not known."""
    if code in known.derived:
        return known.derived[code].source
    row = held.answer(code, Holder.JOINT)
    if row is None:
        return ""
    on = german_date(local_day(from_stamp(row.answered_at)))
    return ", ".join(part for part in (held.office(row.organisation_id), row.source, on) if part)


def _labels(held: Dossier) -> Labels:
    person = held.person
    codes = {
        "sexes": {person.sex},
        "countries": {person.nationality, person.second_nationality, person.country_of_birth},
        "marital_status": {person.marital_status},
        "bamf_decisions": {row.code for row in held.decisions},
        "access_paths": {seat.access_path for seat in held.seats},
        **{name: {seat.course_kind for seat in held.seats} for name in COURSE_LISTS},
    }
    wanted = {code for several in codes.values() for code in several if code}
    rows = Code.select(Code.list, Code.code, Code.label).where(Code.list.in_(list(codes)), Code.code.in_(list(wanted)))
    return {(name, code): label for name, code, label in rows.tuples()}


def _person(held: Dossier, labels: Labels) -> Iterator[tuple[str, Cell]]:
    person = held.person
    source = _Provenance(held)
    yield "A.family_name", _text(person.family_name, source("family_name"))
    yield "A.given_names", _text(person.given_name, source("given_name"))
    yield "A.birth_date", _day(person.date_of_birth, source("date_of_birth"))
    birth = [person.place_of_birth, labels.get(("countries", person.country_of_birth), "")]
    yield "A.birth_place", _text(", ".join(part for part in birth if part), source("place_of_birth"))
    yield "A.sex", _coded(person.sex, "sexes", labels, source("sex"))
    yield "A.nationalities", _nationalities(person, labels, source("nationality"))
    yield "A.marital_status", _coded(person.marital_status, "marital_status", labels, source("marital_status"))
    if address := ", ".join(part for part in (person.street, f"{person.postcode} {person.town}".strip()) if part):
        yield "A.address", given(address, source("street"))
    yield "A.municipality", _text(_municipality(held), source("municipality"))
    yield "A.azr_number", _text(person.azr_number, source("azr_number"))


class _Provenance:
    """Who entered a value of the person, for whom, when and from what, in words."""

    def __init__(self, held: Dossier) -> None:
        self.entries: Mapping[str, Any] = held.person.provenance or {}
        self.names = {office.key: office.name for office in held.offices.values()}
        self.default = held.office(held.case.municipality_id)

    def __call__(self, column: str) -> str:
        entry = self.entries.get(column, {})
        place = according_to(entry["source"]) if entry.get("source") else FROM_RECORD
        on = f" vom {german_date(local_day(from_stamp(entry['at'])))}" if entry.get("at") else ""
        office = self.names.get(entry.get("organisation"), "" if entry else self.default)
        return ", ".join(part for part in (f"{place}{on}", office) if part)


def _text(text: str, source: str | None) -> Cell:
    return given(text, source) if text else not_given()


def _day(day: date | None, source: str | None) -> Cell:
    return given(german_date(day), source, day.isoformat()) if day else not_given()


def _coded(code: str, name: str, labels: Labels, source: str | None) -> Cell:
    return given(labels.get((name, code), code), source, code) if code else not_given()


def _nationalities(person: Person, labels: Labels, source: str | None) -> Cell:
    codes = [code for code in (person.nationality, person.second_nationality) if code]
    names = ", ".join(labels.get(("countries", code), code) for code in codes)
    return given(names, source, " ".join(codes)) if codes else not_given()


def _municipality(held: Dossier) -> str:
    row = Organisation.get_or_none(Organisation.id == held.case.municipality_id)
    return (row.town or row.name) if row else ""


def _change(held: Dossier, handover: Handover, known: Known, labels: Labels) -> Iterator[tuple[str, Cell]]:
    source = held.office(handover.sender_id) or None
    yield "D.change_date", _day(handover.change_on, source)
    yield "Q.informed_on", _day(handover.informed_on, source)
    yield "D.asylblg_until", _day(handover.asylblg_until, source)
    yield "D.change_reason", _text(_reason(handover, labels), source)
    yield "D.sgb2_application", _application(held, handover, known)


def _reason(handover: Handover, labels: Labels) -> str:
    if handover.override_reason:
        proposed = f" (Vorschlag: {german_date(handover.proposed_on)})" if handover.proposed_on else ""
        return f"abweichend{proposed}: {handover.override_reason}"
    if not handover.proposed_on:
        return ""
    label = labels.get(("bamf_decisions", handover.decision_code), "")
    served = f"Zustellung am {german_date(handover.served_on)}" if handover.served_on else ""
    because = " – ".join(part for part in (label, served) if part)
    return "Regel: " + ", ".join(part for part in (because, handover.legal_basis) if part)


def _application(held: Dossier, handover: Handover, known: Known) -> Cell:
    answer = known.answers.get("U15")
    applied = str(answer.value("applied_on") or "") if answer else ""
    if applied:
        return given(f"gestellt am {_german(applied)}", source_of(held, known, "U15") or None, applied)
    latest, source = handover.application_latest, held.office(handover.sender_id) or None
    return given(f"spätestens am {german_date(latest)}", source, latest.isoformat()) if latest else not_given()


def _title(held: Dossier, known: Known) -> Iterator[tuple[str, Cell]]:
    """When the residence title was applied for or granted (U03), in one line."""
    answer = known.answers.get("U03")
    state = str(answer.value("state") or "") if answer else ""
    key, word = {"APPLIED": ("applied_on", "beantragt"), "GRANTED": ("granted_on", "erteilt")}.get(state, ("", ""))
    if not answer or not key:
        return
    day, until = (str(answer.value(name) or "") for name in (key, "valid_to"))
    parts = [f"{word} am {_german(day)}" if day else word, f"gültig bis {_german(until)}" if until else ""]
    text = ", ".join(part for part in parts if part)
    yield "C.title_status", given(text, source_of(held, known, "U03") or None, day or None)


def _german(iso: str) -> str:
    return german_date(date.fromisoformat(iso))


def _household(held: Dossier, known: Known) -> Iterator[tuple[str, Cell]]:
    members = list(_members(held))
    answer = known.answers.get("A10")
    alone = answer is not None and (answer.value("adults"), answer.value("children")) == (1, 0)
    if members:
        yield "E.members", listed(members)
    elif alone:
        yield "E.members", given(NONE, held.office(held.case.municipality_id) or None)


def _steps(held: Dossier, known: Known) -> Iterator[tuple[str, Cell]]:
    """No agreement, no steps: a refusal never blocks, and its reason is not handed over (rules.md 11, 12)."""
    if held.agreement and held.agreement.steps:
        yield "N.steps", listed([_step(held, held.agreement, step) for step in held.agreement.steps])
        return
    agreement = known.answers.get("B25")
    none_agreed = agreement is not None and agreement.value("outcome") in ("REFUSED", "NOT_YET")
    if none_agreed and "B38" not in known.answers:
        yield "N.steps", given(NONE, held.office(held.case.agentur_id) or None)


def _step(held: Dossier, agreement: Agreed, step: Step) -> dict[str, Cell]:
    source = held.office(agreement.organisation_id) or None
    return {
        "step": given(step_text(step.kind, step.detail), source, step.kind),
        "who": given(WHO_LABELS[Who(step.who)], source, step.who),
        "until": _day(step.until, source),
        "state": given(STEP_STATES[StepState(step.state)][0], source, step.state),
    }


def _members(held: Dossier) -> Iterator[dict[str, Cell]]:
    person = held.person
    if person.household_id is None:
        return
    case = Case.select(Case.id).where(Case.person == Person.id)
    others = Person.select(Person.given_name, Person.date_of_birth, fn.EXISTS(case).alias("has_case")).where(
        Person.household == person.household_id, Person.id != person.id
    )
    source = held.office(held.case.municipality_id) or None
    for row in others.order_by(Person.date_of_birth, Person.id).dicts():
        yield {
            "given_name": given(row["given_name"], source),
            "birth_year": given(str(row["date_of_birth"].year), source),
            "relation": not_given(),
            "own_status": given("ja", source) if row["has_case"] else not_given(),
            "childcare": not_given(),
        }


def _courses(held: Dossier, known: Known, labels: Labels) -> Iterator[tuple[str, Cell]]:
    """Courses and entitlements from the enrolments; without any, a hand-written course (K12) or none."""
    seats = [seat for seat in held.seats if seat.state not in NO_PLACE]
    if seats:
        yield "M.courses", listed([_course(held, seat, known, labels) for seat in seats])
        paths = [_entitlement(held, seat, labels) for seat in seats if seat.path_dated or seat.path_valid_to]
        if paths:
            yield "M.entitlements", listed(paths)
    elif "K12" not in known.answers:
        yield "M.courses", given(NONE, held.office(held.case.agentur_id) or None)


def _course(held: Dossier, seat: Seat, known: Known, labels: Labels) -> dict[str, Cell]:
    source = held.office(seat.organisation_id) or None
    kind = next((text for name in COURSE_LISTS if (text := labels.get((name, seat.course_kind)))), seat.course_title)
    starts = seat.started_on or seat.expected_start
    return {
        "kind": given(kind, source, seat.course_kind),
        "provider": given(seat.provider_name, source),
        "starts_on": _day(starts, source) if starts else given(STILL_OPEN, source),
        "state": given(SEAT_STATES[seat.state], source, seat.state),
        "result": _result(held, seat, known, source),
    }


def _result(held: Dossier, seat: Seat, known: Known, source: str | None) -> Cell:
    """The result of the newest course; of earlier ones no checklist knows."""
    answer = known.answers.get("K23") if held.seats and held.seats[0].id == seat.id else None
    value = answer.value("result") if answer else None
    if answer is None or value is None:
        return given(STILL_OPEN, source)
    item = items_of(definitions_of(held)).get("K23")
    shown = display_field(item.field("result"), value) if item else str(value)
    return given(shown, source_of(held, known, "K23") or source, str(value))


def _entitlement(held: Dossier, seat: Seat, labels: Labels) -> dict[str, Cell]:
    source = held.office(seat.organisation_id) or None
    return {
        "kind": given(labels.get(("access_paths", seat.access_path), seat.access_path), source, seat.access_path),
        "issued_on": _day(seat.path_dated, source),
        "valid_until": _day(seat.path_valid_to, source),
    }
