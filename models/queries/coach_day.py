"""The people whom a coach may visit: her own, those with an appointment on the day first. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import ModelSelect

from models.queries.cases import parties
from models.queries.needs import spoken_line
from models.queries.scope import visible_cases
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, ConsentState, Holder
from models.rules.times import german_date
from models.tables import Answer, Case, Person

PAGE = 30
MOST_APPOINTMENTS = 60
APPOINTMENT, APPOINTMENT_DAY = "C11", "appointment_on"
"""The item of the coach's list with the appointment at the Agentur, and its field."""


class Candidate(NamedTuple):
    """A person of the coach: the contact line, and with consent E1 the next appointment."""

    number: str
    name: str
    town: str
    phone: str
    spoken: str
    appointment: str = ""


@dataclass(frozen=True, slots=True)
class DayPeople:
    """``due`` have an appointment on the day; ``others`` are a page of all others by name."""

    due: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    more: bool
    towns: Mapping[str, str]


def people_for(actor: Actor, day: date, today: date, town: str, page: int) -> DayPeople:
    """Whom the coach may put into the bundle of a day; ``town`` is the key of a municipality or empty."""
    known = parties()
    towns = {party.key: party.name for party in known.values() if party.kind == Role.MUNICIPALITY}
    names = {party.id: party.name for party in known.values()}
    ids = {party.key: party.id for party in known.values()}
    mine = _people(actor, today)
    if town in towns:
        mine = mine.where(Case.municipality == ids[town])
    appointments = _appointments(actor, day, today)
    due = list(mine.where(Case.id.in_(list(appointments)))) if appointments else []
    others = mine.where(Case.id.not_in(list(appointments))) if appointments else mine
    rows = list(others.limit(PAGE + 1).offset((page - 1) * PAGE))
    return DayPeople(
        tuple(_candidate(row, names, german_date(day)) for row in due),
        tuple(_candidate(row, names) for row in rows[:PAGE]),
        len(rows) > PAGE,
        dict(sorted(towns.items(), key=lambda entry: entry[1])),
    )


def _people(actor: Actor, today: date) -> ModelSelect:
    mine = visible_cases(actor, today) & (Case.state == CaseState.OPEN)
    return Case.select(Case, Person).join(Person).where(mine).order_by(Case.sort_key, Case.id)


def _appointments(actor: Actor, day: date, today: date) -> set[int]:
    """The cases with an appointment on this day; appointments are told only with consent E1."""
    mine = visible_cases(actor, today) & (Case.state == CaseState.OPEN) & (Case.coach_consent == ConsentState.GRANTED)
    told = (Answer.item == APPOINTMENT) & (Answer.holder == Holder.JOINT)
    on_that_day = Answer.values.cast("TEXT").contains(day.isoformat())
    query = Answer.select(Answer.case, Answer.values).join(Case).where(mine, told, on_that_day)
    rows: list[tuple[int, dict[str, Any]]] = list(query.limit(MOST_APPOINTMENTS).tuples())
    return {case_id for case_id, values in rows if values.get(APPOINTMENT_DAY) == day.isoformat()}


def _candidate(case: Case, names: Mapping[int, str], appointment: str = "") -> Candidate:
    person = case.person
    return Candidate(
        number=case.number,
        name=f"{person.family_name}, {person.given_name}",
        town=names.get(case.municipality_id, ""),
        phone=person.phone,
        spoken=spoken_line(person),
        appointment=appointment,
    )
