"""Appointments, group information and notes of the tests, each made with one line."""

from datetime import timedelta
from typing import Any

from models.operations.appointments import agree_appointment
from models.operations.attendance import Invitation, invite
from models.operations.group_events import plan_events
from models.queries.case_view import CaseView, view_of
from models.queries.dossier import dossier_numbered
from models.queries.group_events import EventLine, event_of
from models.rules.appointments import AppointmentPlan, EventPlan, Slot
from models.rules.roles import Actor
from models.rules.states import AppointmentKind, Site, Way
from models.tables import Appointment, Case
from tests.moments import NOW, TODAY

SOON = TODAY + timedelta(days=7)


def seen_by(actor: Actor, case: Case) -> CaseView:
    """The case as this person sees it."""
    return view_of(dossier_numbered(actor, case.number, TODAY), actor)


def plan(actor: Actor, **changes: Any) -> AppointmentPlan:
    """A first talk in a week at nine, for an hour."""
    slot = Slot(changes.pop("on", SOON), changes.pop("begins", "09:00"), changes.pop("ends", "10:00"))
    values = {"kind": AppointmentKind.FIRST_TALK, "slot": slot, "way": Way.PERSON, "site": Site.AGENTUR,
              "place": "Zimmer 12", "counsellor": actor.account_id}  # fmt: skip
    return AppointmentPlan(**(values | changes))


def make_appointment(actor: Actor, case: Case, **changes: Any) -> Appointment:
    """An agreed appointment."""
    return Appointment.get_by_id(agree_appointment(seen_by(actor, case), plan(actor, **changes), now=NOW))


def event_plan(**changes: Any) -> EventPlan:
    """A group information in Lebach in a week."""
    slot = Slot(changes.pop("on", SOON), changes.pop("begins", "09:00"), changes.pop("ends", "11:00"))
    values = {"title": "Gruppeninformation Arbeitsmarkt", "slot": slot, "site": Site.LEBACH,
              "place": "Landesaufnahmestelle, Pommernstraße 1, 66822 Lebach",
              "language": "prs", "capacity": 3}  # fmt: skip
    return EventPlan(**(values | changes))


def make_event(actor: Actor, *cases: Case, token: str = "t1", despite: str = "", **changes: Any) -> EventLine:
    """A group information, with people on its list."""
    (number,) = plan_events(event_plan(**changes), None, token=token, actor=actor, now=NOW)
    event = event_of(actor, number)
    if cases:
        invite(event, Invitation([case.number for case in cases], despite=despite), actor=actor, now=NOW)
    return event_of(actor, number)
