"""The people whom a coach may visit: her own, those with an appointment on the day first. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import Expression, ModelSelect

from models.queries.case_search import search_cases
from models.queries.cases import parties
from models.queries.coach_visits import Agreed, agreed_on, with_consent
from models.queries.needs import spoken_line
from models.queries.scope import visible_cases
from models.rules.case_search import read_search
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, Holder
from models.rules.times import german_date
from models.tables import Answer, Case, Person

PAGE = 30
MOST_APPOINTMENTS = MOST_CHOSEN = 60
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
    time: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """What a coach looks for: the key of a municipality, a name or case number, a page, and whom she chose already."""

    town: str = ""
    typed: str = ""
    page: int = 1
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DayPeople:
    """``due`` have an appointment on the day; ``others`` are a page of all others by name.

    ``kept`` were chosen and stand neither there nor here: on another page, or outside what she looks for.
    """

    due: tuple[Candidate, ...]
    others: tuple[Candidate, ...]
    kept: tuple[Candidate, ...]
    more: bool
    towns: Mapping[str, str]


def people_for(actor: Actor, day: date, today: date, looking: Looking) -> DayPeople:
    """Whom the coach may put into the bundle of a day, narrowed to what she looks for, and whom she chose already."""
    known = parties()
    towns = {party.key: party.name for party in known.values() if party.kind == Role.MUNICIPALITY}
    names = {party.id: party.name for party in known.values()}
    ids = {party.key: party.id for party in known.values()}
    everybody = _people(actor, today)
    mine = everybody.where(_asked_for(actor, today, looking, ids if looking.town in towns else {}))
    agreed = agreed_on(actor, day, today)
    appointments = sorted({*agreed, *_told(actor, day, today)})
    due = list(mine.where(Case.id.in_(appointments))) if appointments else []
    others = mine.where(Case.id.not_in(appointments)) if appointments else mine
    rows = list(others.limit(PAGE + 1).offset((looking.page - 1) * PAGE))
    missing = looking.chosen - {case.number for case in (*due, *rows[:PAGE])}
    kept = list(everybody.where(Case.number.in_(sorted(missing)[:MOST_CHOSEN]))) if missing else []
    return DayPeople(
        tuple(_due(row, names, day, agreed) for row in due),
        tuple(_candidate(row, names) for row in rows[:PAGE]),
        tuple(_candidate(row, names) for row in kept),
        len(rows) > PAGE,
        dict(sorted(towns.items(), key=lambda entry: entry[1])),
    )


def _asked_for(actor: Actor, today: date, looking: Looking, towns: Mapping[str, int]) -> Expression:
    where = Case.municipality == towns[looking.town] if towns else Case.id.is_null(False)
    if looking.typed.strip():
        found = search_cases(actor, read_search(looking.typed, today), today)
        where &= Case.id.in_([row.id for row, _why in found.rows])
    return where


def _people(actor: Actor, today: date) -> ModelSelect:
    mine = visible_cases(actor, today) & (Case.state == CaseState.OPEN)
    return Case.select(Case, Person).join(Person).where(mine).order_by(Case.sort_key, Case.id)


def _told(actor: Actor, day: date, today: date) -> list[int]:
    """The cases whose item C11 names this day, entered by hand."""
    told = (Answer.item == APPOINTMENT) & (Answer.holder == Holder.JOINT)
    on_that_day = Answer.values[APPOINTMENT_DAY] == day.isoformat()
    query = (
        Answer.select(Answer.case).join(Case).where(with_consent(actor, today), told, on_that_day).order_by(Answer.case)
    )
    return [row[0] for row in query.limit(MOST_APPOINTMENTS).tuples()]


def _due(case: Case, names: Mapping[int, str], day: date, agreed: Agreed) -> Candidate:
    time, place = agreed.get(case.id, ("", ""))
    return _candidate(case, names)._replace(appointment=german_date(day), time=time, place=place)


def _candidate(case: Case, names: Mapping[int, str]) -> Candidate:
    person = case.person
    return Candidate(
        number=case.number,
        name=f"{person.family_name}, {person.given_name}",
        town=names.get(case.municipality_id, ""),
        phone=person.phone,
        spoken=spoken_line(person),
    )
