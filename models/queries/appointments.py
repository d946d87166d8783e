"""Appointments of a case and of the people who hold them, within what the acting person may see. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import JOIN, Expression, Query, fn

from models.queries.case_view import CaseView
from models.queries.follow_ups import colleagues_of
from models.queries.prepared import Prepared
from models.queries.scope import coach_consent
from models.rules.appointments import ATTENDANCE, KINDS, Slot, Taken
from models.rules.errors import NotVisible
from models.rules.message import N_
from models.rules.notes import WRITTEN_WITH
from models.rules.permissions import Block, Permission, may
from models.rules.roles import Actor, Role
from models.rules.states import AppointmentKind, AppointmentState, AttendanceState, ConsentState, GroupEventState
from models.rules.visits import Sight, Source, Visit, missed_count
from models.tables import Account, Appointment, Attendance, GroupEvent, Organisation

GROUP = N_("Gruppeninformation")
SEEN_WITH = frozenset({Block.APPOINTMENTS, Block.OWN_ENTRIES})
"""Who sees one of these sees appointments of the case: all that concern her, or her own organisation's."""


class AppointmentLine(NamedTuple):
    """One line of the page of appointments. ``mine``: the own organisation holds it and may change it."""

    id: int
    version: int
    title: str
    slot: Slot
    state: str
    way: str
    site: str
    place: str
    interpreter: str
    counsellor: str
    office: str
    reason: str
    note: str
    despite: str
    successor: int | None
    letter_at: str | None
    changed_at: str
    moved_from: date | None
    mine: bool

    @property
    def is_planned(self) -> bool:
        """Whether it is still to be held, or nobody has said how it went."""
        return self.state == AppointmentState.PLANNED


class InvitationLine(NamedTuple):
    """An invitation of the case to a group information."""

    event: int
    slot: Slot
    place: str
    state: str
    state_word: str
    reason: str
    letter_at: str | None
    cancelled: bool


@dataclass(frozen=True, slots=True)
class CaseVisits:
    """What the page of a case says of appointments: those ahead with their names, and how many were missed.

    ``notes``: this person may look at the notes of her organisation.
    """

    ahead: tuple[tuple[str, Visit], ...]
    missed: int
    notes: bool


def visits_ahead(view: CaseView) -> CaseVisits | None:
    """The planned appointments of a case that this person sees, the nearest first; asks the database for nothing.

    None for who sees no appointments and writes no notes.
    """
    sees, notes = not view.blocks.isdisjoint(SEEN_WITH), not view.blocks.isdisjoint(WRITTEN_WITH)
    if not (sees and may(view.actor.role, Permission.APPOINTMENT_VIEW)):
        return None
    planned = (visit for visit in view.held.visits if visit.is_planned and visit.on >= view.held.today)
    shown = [visit for visit in planned if sees_office(view, visit.organisation_id)]
    named = [(_title_of(visit), visit) for visit in sorted(shown, key=lambda visit: (visit.on, visit.begins))]
    return CaseVisits(tuple(named[:3]), missed_count(view.held.visits, view.actor.organisation_id), notes)


def _title_of(visit: Visit) -> str:
    return GROUP if visit.source == Source.GROUP else KINDS[AppointmentKind(visit.kind)]


def sight_of(view: CaseView) -> Sight:
    """What decides which appointments this person sees."""
    case, actor = view.held.case, view.actor
    consented = coach_consent(case, view.held.today) == ConsentState.GRANTED
    return Sight(actor.role, actor.organisation_id, view.blocks, case.agentur_id, consented)


def sees_office(view: CaseView, organisation_id: int) -> bool:
    """Whether this person sees what that organisation agreed with the person."""
    office = view.held.offices.get(organisation_id)
    return sight_of(view).shows(organisation_id, by_coach=office is not None and office.kind == Role.COACH)


Earlier = Appointment.alias()
_COLUMNS = (
    Appointment.id, Appointment.version, Appointment.kind, Appointment.held_on, Appointment.begins, Appointment.ends,
    Appointment.state, Appointment.way, Appointment.site, Appointment.place, Appointment.interpreter, Account.name,
    Organisation.name, Appointment.reason, Appointment.note, Appointment.despite,
    Appointment.successor, Appointment.letter_at, fn.COALESCE(Appointment.closed_at, Appointment.created_at),
    Earlier.held_on, Organisation.id,
)  # fmt: skip


def appointments_for(view: CaseView) -> list[AppointmentLine]:
    """The appointments of a case that this person sees, the newest first."""
    return [_line(view, row) for row in _OF_CASE.rows(view.held.case.id) if sees_office(view, row[-1])]


def _of_case(case_id: int) -> Query:
    query = Appointment.select(*_COLUMNS).join(Account, on=Appointment.counsellor == Account.id)
    query = query.join_from(Appointment, Organisation)
    query = query.join_from(Appointment, Earlier, JOIN.LEFT_OUTER, on=Earlier.successor == Appointment.id)
    query = query.where(Appointment.case == case_id)
    return query.order_by(Appointment.held_on.desc(), Appointment.begins.desc(), Appointment.id.desc())


_OF_CASE = Prepared(_of_case, int)


def _line(view: CaseView, row: tuple) -> AppointmentLine:
    """What an organisation wrote to its own appointment in its own words is nobody else's."""
    number, version, kind, on, begins, ends, *rest, office = row
    own = office == view.actor.organisation_id
    line = AppointmentLine(
        number, version, KINDS[AppointmentKind(kind)], Slot(on, begins, ends), *rest,
        own and not view.standing.read_only,
    )  # fmt: skip
    return line if own else line._replace(note="", despite="")


def invitations_for(view: CaseView) -> list[InvitationLine]:
    """The invitations of a case to group information that this person sees, the newest first."""
    columns = (
        GroupEvent.id, GroupEvent.held_on, GroupEvent.begins, GroupEvent.ends, GroupEvent.place, Attendance.state,
        Attendance.reason, Attendance.letter_at, GroupEvent.state, GroupEvent.organisation,
    )  # fmt: skip
    query = Attendance.select(*columns).join(GroupEvent).where(Attendance.case == view.held.case.id)
    rows = query.order_by(GroupEvent.held_on.desc(), GroupEvent.id.desc()).tuples()
    return [
        InvitationLine(
            event, Slot(on, begins, ends), place, state, ATTENDANCE[AttendanceState(state)], reason, letter,
            event_state == GroupEventState.CANCELLED,
        )
        for event, on, begins, ends, place, state, reason, letter, event_state, office in rows
        if sees_office(view, office)
    ]  # fmt: skip


def appointment_of(actor: Actor, case_id: int, appointment_id: int) -> Appointment:
    """One appointment of a case that the own organisation holds; NotVisible for any other."""
    row: Appointment | None = (
        Appointment.select(Appointment, Account)
        .join(Account, on=Appointment.counsellor == Account.id)
        .where(
            Appointment.id == appointment_id,
            Appointment.case == case_id,
            Appointment.organisation == actor.organisation_id,
        )
        .first()
    )
    if row is None:
        raise NotVisible
    return row


def seen_appointment(view: CaseView, appointment_id: int) -> AppointmentLine:
    """One appointment that this person sees, whoever holds it; NotVisible for any other."""
    found = next((line for line in appointments_for(view) if line.id == appointment_id), None)
    if found is None:
        raise NotVisible
    return found


def taken_by_person(view: CaseView, day: date, without: int | None = None) -> Iterator[Taken]:
    """What the person has on a day already, as far as the acting person sees it."""
    for line in appointments_for(view):
        if line.slot.on == day and line.is_planned and line.id != without:
            yield Taken(line.slot, line.title)
    for one in invitations_for(view):
        if one.slot.on == day and one.state == AttendanceState.INVITED and not one.cancelled:
            yield Taken(one.slot, GROUP)


def taken_by_counsellor(
    actor: Actor, account_id: int, day: date, without: int | None = None, without_event: int | None = None
) -> Iterator[Taken]:
    """What a colleague has on a day already: her appointments and the group information that she leads."""
    name = colleagues_of(actor).get(account_id, "")
    mine: Expression = (Appointment.counsellor == account_id) & (Appointment.held_on == day)
    mine &= (Appointment.organisation == actor.organisation_id) & (Appointment.state == AppointmentState.PLANNED)
    rows = Appointment.select(Appointment.id, Appointment.kind, Appointment.begins, Appointment.ends).where(mine)
    for number, kind, begins, ends in rows.tuples():
        if number != without:
            yield Taken(Slot(day, begins, ends), KINDS[AppointmentKind(kind)], name)
    led = (GroupEvent.counsellor == account_id) & (GroupEvent.held_on == day)
    groups = GroupEvent.select(GroupEvent.id, GroupEvent.begins, GroupEvent.ends).where(
        led, GroupEvent.state == GroupEventState.PLANNED
    )
    for number, begins, ends in groups.tuples():
        if number != without_event:
            yield Taken(Slot(day, begins, ends), GROUP, name)
