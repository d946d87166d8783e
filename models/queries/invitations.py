"""Whom to invite to a group information, and what these people have at that time already. Reads only."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import Expression

from models.queries.cases import parties
from models.queries.group_events import GROUP, PAGE, EventLine, known_cases
from models.queries.needs import spoken_line
from models.rules.appointments import ATTENDANCE, KINDS, Slot, Taken
from models.rules.roles import Actor
from models.rules.states import AppointmentKind, AppointmentState, AttendanceState, CaseState, GroupEventState
from models.tables import Appointment, Attendance, Case, GroupEvent, Person


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to invite: a language, the key of a municipality; ``everybody`` also those who were invited before."""

    language: str = ""
    municipality: str = ""
    everybody: bool = False


class Candidate(NamedTuple):
    """Somebody who may be invited."""

    number: str
    name: str
    town: str
    spoken: str
    earlier: str


def candidates_for(
    actor: Actor, event: EventLine, wanted: Wanted, today: date, page: int
) -> tuple[list[Candidate], bool]:
    """A page of the open cases that may be invited and are not on the list yet, by name, and whether there is more."""
    query = Case.select(Case, Person).join(Person).where(_invitable(actor, event, today), *_narrowed(wanted))
    rows = list(query.order_by(Case.sort_key, Case.id).limit(PAGE + 1).offset((page - 1) * PAGE))
    towns = {party.id: party.name for party in parties().values()}
    earlier = _earlier([row.id for row in rows])
    return [
        Candidate(
            row.number, f"{row.person.family_name}, {row.person.given_name}", towns.get(row.municipality_id, ""),
            spoken_line(row.person), earlier.get(row.id, ""),
        )
        for row in rows[:PAGE]
    ], len(rows) > PAGE  # fmt: skip


def invitable(actor: Actor, event: EventLine, numbers: Collection[str], today: date) -> list[Case]:
    """The cases of these numbers, with their people, that this person may invite to the event."""
    query = Case.select(Case, Person).join(Person)
    query = query.where(Case.number.in_(list(numbers)), _invitable(actor, event, today))
    return list(query.order_by(Case.id))


def _invitable(actor: Actor, event: EventLine, today: date) -> Expression:
    """Open cases of the Agentur that holds the event and that the acting person works with."""
    on_list = Attendance.select(Attendance.case).where(
        Attendance.event == event.id, Attendance.state != AttendanceState.WITHDRAWN
    )
    fits = (Case.state == CaseState.OPEN) & (Case.agentur == event.organisation_id) & Case.accepted_on.is_null()
    return known_cases(actor, today) & fits & Case.id.not_in(on_list)


def _narrowed(wanted: Wanted) -> Iterator[Expression]:
    if wanted.language:
        yield Person.languages.cast("TEXT").contains(f'"{wanted.language}"')
    if wanted.municipality:
        ids = {party.key: party.id for party in parties().values()}
        yield Case.municipality == ids.get(wanted.municipality, 0)
    if not wanted.everybody:
        done = (AttendanceState.ATTENDED, AttendanceState.INVITED)
        known = Attendance.select(Attendance.case).join(GroupEvent)
        yield Case.id.not_in(known.where(Attendance.state.in_(done), GroupEvent.state == GroupEventState.PLANNED))


def _earlier(case_ids: list[int]) -> dict[int, str]:
    """What became of the last invitation of each case."""
    query = (
        Attendance.select(Attendance.case, Attendance.state)
        .join(GroupEvent)
        .where(Attendance.case.in_(case_ids))
        .order_by(GroupEvent.held_on)
    )
    return {case_id: ATTENDANCE[AttendanceState(state)] for case_id, state in query.tuples()}


def taken_by_people(case_ids: Iterable[int], event: EventLine, offices: Collection[int]) -> dict[int, list[Taken]]:
    """What these people have at the day of the event already, with the organisations that may be told of."""
    ids = list(case_ids)
    found: dict[int, list[Taken]] = {}
    appointments = Appointment.select(Appointment.case, Appointment.kind, Appointment.begins, Appointment.ends).where(
        Appointment.case.in_(ids),
        Appointment.held_on == event.held_on,
        Appointment.state == AppointmentState.PLANNED,
        Appointment.organisation.in_(list(offices)),
    )
    for case_id, kind, begins, ends in appointments.tuples():
        slot = Slot(event.held_on, begins, ends)
        found.setdefault(case_id, []).append(Taken(slot, KINDS[AppointmentKind(kind)]))
    others = (
        Attendance.select(Attendance.case, GroupEvent.begins, GroupEvent.ends)
        .join(GroupEvent)
        .where(
            Attendance.case.in_(ids),
            Attendance.state == AttendanceState.INVITED,
            GroupEvent.held_on == event.held_on,
            GroupEvent.id != event.id,
            GroupEvent.state == GroupEventState.PLANNED,
        )
    )
    for case_id, begins, ends in others.tuples():
        found.setdefault(case_id, []).append(Taken(Slot(event.held_on, begins, ends), GROUP))
    return found
