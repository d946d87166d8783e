"""Group information: lists, and one event with who is on its list. Reads only.

The Agentur sees the whole list; the coach the people she coaches with consent E1, and of the others only how many
there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from peewee import JOIN, Expression, Query, fn

from models.queries.cases import parties
from models.queries.code_names import code_names
from models.queries.handed_over import names_given_away
from models.queries.needs import spoken_line
from models.queries.prepared import AsModel, Prepared, Row
from models.queries.scope import coach_agreed, visible_cases
from models.rules.appointments import ATTENDANCE, REASONS, Slot, free_seats
from models.rules.errors import NotVisible
from models.rules.message import N_
from models.rules.roles import Actor, Role
from models.rules.states import (
    AttendanceState,
    GroupEventState,
    MissReason,
)
from models.tables import Account, Attendance, Case, GroupEvent, Person

PAGE = 25
ON_LIST = tuple(state for state in AttendanceState if state != AttendanceState.WITHDRAWN)
GROUP = N_("Gruppeninformation")


class EventLine(NamedTuple):
    """A group information as lists and pages show it. ``taken``: how many are on its list."""

    id: int
    version: int
    title: str
    held_on: date
    begins: str
    ends: str
    site: str
    place: str
    language: str
    interpreter: str
    capacity: int
    state: str
    reason: str
    series: str
    counsellor_id: int | None
    counsellor: str | None
    organisation_id: int
    changed_at: str
    taken: int

    @property
    def slot(self) -> Slot:
        """When it is."""
        return Slot(self.held_on, self.begins, self.ends)

    @property
    def language_name(self) -> str:
        """Its language in German."""
        return code_names("languages").get(self.language, self.language)

    @property
    def free(self) -> int:
        """Seats that are left."""
        return free_seats(self.capacity, self.taken)

    @property
    def over(self) -> int:
        """How many are too many."""
        return max(self.taken - self.capacity, 0)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.state == GroupEventState.CANCELLED


def _taken() -> Expression:
    on_list = (Attendance.event == GroupEvent.id) & Attendance.state.in_(ON_LIST)
    return Attendance.select(fn.COUNT(Attendance.id)).where(on_list)


_COLUMNS = (
    GroupEvent.id, GroupEvent.version, GroupEvent.title, GroupEvent.held_on, GroupEvent.begins, GroupEvent.ends,
    GroupEvent.site, GroupEvent.place, GroupEvent.language, GroupEvent.interpreter, GroupEvent.capacity,
    GroupEvent.state, GroupEvent.reason, GroupEvent.series, GroupEvent.counsellor, Account.name,
    GroupEvent.organisation, GroupEvent.changed_at,
)  # fmt: skip


def events_for(actor: Actor, today: date, page: int, *, past: bool = False) -> tuple[list[EventLine], bool]:
    """A page of the group information that this person may know, the next ones first, and whether there is more."""
    when = GroupEvent.held_on < today if past else GroupEvent.held_on >= today
    order = (GroupEvent.held_on, GroupEvent.begins, GroupEvent.id)
    query = _select(actor).where(when).order_by(*(column.desc() if past else column for column in order))
    rows = [EventLine(*row) for row in query.limit(PAGE + 1).offset((page - 1) * PAGE).tuples()]
    return rows[:PAGE], len(rows) > PAGE


def event_of(actor: Actor, event_id: int) -> EventLine:
    """One group information; NotVisible for one of another Agentur."""
    row = _event(actor.role).row(actor.organisation_id, event_id)
    if row is None:
        raise NotVisible
    return EventLine(*row)


@cache
def _event(role: Role) -> Prepared:
    def build(organisation: int, event_id: int) -> Query:
        return _select(Actor(None, "", "", "", organisation, "", "", role)).where(GroupEvent.id == event_id)

    return Prepared(build, int, int)


def own_event(actor: Actor, event_id: int) -> EventLine:
    """One group information of the own organisation; NotVisible for any other."""
    line = event_of(actor, event_id)
    if line.organisation_id != actor.organisation_id:
        raise NotVisible
    return line


def _select(actor: Actor):
    query = GroupEvent.select(*_COLUMNS, _taken()).join(
        Account, JOIN.LEFT_OUTER, on=GroupEvent.counsellor == Account.id
    )
    return query.where(GroupEvent.organisation == actor.organisation_id) if actor.role == Role.AGENTUR else query


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody on the list. ``number`` is the case; ``name`` as it may be shown."""

    id: int
    version: int
    case_id: int
    number: str
    name: str
    town: str
    spoken: str
    state: str
    reason: str
    walk_in: bool
    letter_at: str | None
    invited_at: str
    invited_by: int

    def may_be_withdrawn_by(self, actor: Actor, event: EventLine) -> bool:
        """Whether this person takes her off the list: who invited her, or who holds the event."""
        return actor.organisation_id in (self.invited_by, event.organisation_id)

    @property
    def state_word(self) -> str:
        """The state in German."""
        return ATTENDANCE[AttendanceState(self.state)]

    @property
    def reason_word(self) -> str:
        """The reason in German; empty for none."""
        return REASONS[MissReason(self.reason)] if self.reason else ""


# no more than is shown: putting all columns of a case and its person into SQL costs more than all else on the page
_LISTED = (
    Attendance.id, Attendance.version, Attendance.state, Attendance.reason, Attendance.walk_in, Attendance.letter_at,
    Attendance.invited_at, Attendance.organisation,
)  # fmt: skip
_OF_CASE = (Case.id, Case.number, Case.accepted_on, Case.municipality)
_OF_PERSON = (Person.family_name, Person.given_name, Person.mother_tongue, Person.languages, Person.interpreter_needed)
_AS_LISTED, _AS_CASE, _AS_PERSON = (
    AsModel(Attendance, _LISTED), AsModel(Case, _OF_CASE), AsModel(Person, _OF_PERSON),
)  # fmt: skip


def participants_of(actor: Actor, event_id: int, today: date, *, withdrawn: bool = False) -> list[Participant]:
    """Who is on the list of an event, by name, as far as this person may know them."""
    found = _participants(actor.role, withdrawn).rows(actor.organisation_id, event_id, today)
    rows = [_listed(row) for row in found]
    towns = {party.id: party.name for party in parties().values()}
    given_away = names_given_away(actor, [row.case_id for row in rows])
    return [_participant(actor, row, towns, given_away) for row in rows]


@cache
def _participants(role: Role, withdrawn: bool) -> Prepared:
    states = tuple(AttendanceState) if withdrawn else ON_LIST

    def build(organisation: int, event_id: int, today: date) -> Query:
        seen = known_cases(Actor(None, "", "", "", organisation, "", "", role), today)
        query = Attendance.select(*_LISTED, *_OF_CASE, *_OF_PERSON).join(Case).join(Person)
        query = query.where(Attendance.event == event_id, Attendance.state.in_(states), seen)
        return query.order_by(Case.sort_key, Case.id)

    return Prepared(build, int, int, date)


def _listed(row: Row) -> Attendance:
    case_at, person_at = len(_LISTED), len(_LISTED) + len(_OF_CASE)
    listed = _AS_LISTED(row[:case_at])
    listed.case = _AS_CASE(row[case_at:person_at])
    listed.case.person = _AS_PERSON(row[person_at:])
    return listed


def participant_of(actor: Actor, event_id: int, attendance_id: int, today: date) -> Participant:
    """One of them; NotVisible for anybody else."""
    found = next(
        (row for row in participants_of(actor, event_id, today, withdrawn=True) if row.id == attendance_id), None
    )
    if found is None:
        raise NotVisible
    return found


def _participant(
    actor: Actor, row: Attendance, towns: Mapping[int, str], given_away: Mapping[int, tuple[str, str]]
) -> Participant:
    person, case = row.case.person, row.case
    gone = actor.role == Role.AGENTUR and case.accepted_on is not None  # what changes now is not hers to see
    name = given_away.get(case.id, (person.family_name, person.given_name))
    return Participant(
        id=row.id,
        version=row.version,
        case_id=case.id,
        number=case.number,
        name=", ".join(name),
        town="" if gone else towns.get(case.municipality_id, ""),
        spoken="" if gone else spoken_line(person),
        state=row.state,
        reason=row.reason,
        walk_in=row.walk_in,
        letter_at=row.letter_at,
        invited_at=row.invited_at,
        invited_by=row.organisation_id,
    )


def known_cases(actor: Actor, today: date) -> Expression:
    """The cases of which this person sees appointments: the coach with consent E1 alone."""
    seen = visible_cases(actor, today)
    return seen & coach_agreed(today) if actor.role == Role.COACH else seen


def languages_offered() -> dict[str, str]:
    """Languages by code, for events and filters."""
    return dict(code_names("languages"))
