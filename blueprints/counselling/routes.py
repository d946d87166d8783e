"""Group information: the list, planning, one event with who is on its list, changing, calling off."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from blueprints.counselling import frame
from blueprints.counselling.forms import CancelForm, EventForm
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import download, go_to, page
from blueprints.shared.tokens import new_token
from models.operations import group_events as operations
from models.operations.attendance import withdraw_invitation
from models.queries.follow_ups import colleagues_of
from models.queries.group_events import (
    EventLine,
    event_of,
    events_for,
    languages_offered,
    own_event,
    participant_of,
    participants_of,
)
from models.queries.visits_today import my_appointments
from models.rules.appointments import REASONS, SITES
from models.rules.calendar_file import MEDIA_TYPE, Entry, calendar_file
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission, may
from models.rules.states import Site
from models.rules.times import from_stamp

bp = Blueprint("counselling", __name__, cli_group=None)

SOON = timedelta(days=14)
USUAL = {"title": "Gruppeninformation Arbeitsmarkt", "begins": "09:00", "ends": "11:00", "capacity": 20}


def event_page(template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    """A page about group information."""
    frame_of_page = {"area": "appointments", "today": frame.today(), "said_done": frame.said(), "reasons": REASONS}
    return page(template, status=status, sites=SITES, **frame_of_page, **context)


@bp.get("/termine/")
@access.requires(Permission.APPOINTMENT_VIEW)
def events() -> ResponseReturnValue:
    """Group information that is ahead, and the own appointments."""
    return _events(past=False)


@bp.get("/termine/vergangene")
@access.requires(Permission.GROUP_EVENT_VIEW)
def past_events() -> ResponseReturnValue:
    """Group information that is over."""
    return _events(past=True)


def _events(*, past: bool) -> ResponseReturnValue:
    actor, number = access.actor(), page_number()
    groups = may(actor.role, Permission.GROUP_EVENT_VIEW)
    lines, more = events_for(actor, frame.today(), number, past=past) if groups else ([], False)
    mine = () if past or number > 1 else my_appointments(actor, frame.today())
    return event_page(
        "counselling/events.html", lines=lines, more=more, page=number, past=past, mine=mine, groups=groups
    )


@bp.route("/termine/neu", methods=["GET", "POST"])
@access.requires(Permission.GROUP_EVENT_EDIT)
def plan_event() -> ResponseReturnValue:
    """Plan a group information, or a series of them."""
    form, refused = EventForm(data=USUAL | {"version": 0, "site": Site.LEBACH}), None
    form.offer(languages_offered(), colleagues_of(access.actor()))
    form.token.data = form.token.data or new_token()
    if form.validate_on_submit():
        planned: list[int] = []
        refused = attempt(form, lambda: planned.extend(_planned(form)))
        if refused is None:
            return go_to(f"/termine/{planned[0]}?getan=geplant" if len(planned) == 1 else "/termine/?getan=geplant")
    return _event_form(form, refused, None)


def _planned(form: EventForm) -> list[int]:
    return operations.plan_events(
        form.plan(),
        form.series(),
        token=(form.token.data or "")[:32],
        despite=form.despite.data or "",
        actor=access.actor(),
        now=access.now(),
    )


def _event_form(form: EventForm, refused: Refused | None, event: EventLine | None) -> ResponseReturnValue:
    status = refused.status if refused else 422 if form.errors else 200
    problem = refused.message if refused else None
    return event_page("counselling/event_form.html", status, form=form, problem=problem, event=event)


@bp.get("/termine/<int:event_id>")
@access.requires(Permission.GROUP_EVENT_VIEW)
def event(event_id: int) -> ResponseReturnValue:
    """One group information with who is on its list, as far as this person may know them."""
    return show_event(event_of(access.actor(), event_id))


def show_event(line: EventLine, form: CancelForm | None = None, refused: Refused | None = None) -> ResponseReturnValue:
    """The page of an event, perhaps with a refused attempt to call it off."""
    people = participants_of(access.actor(), line.id, frame.today())
    for one in people:
        note_access(one.case_id, "attendance")
    cancel = form or CancelForm(formdata=None, data={"version": line.version})
    status = refused.status if refused else 422 if form and form.errors else 200
    context = {"event": line, "people": people, "cancel": cancel, "problem": refused.message if refused else None}
    return event_page("counselling/event.html", status, **context)


@bp.route("/termine/<int:event_id>/aendern", methods=["GET", "POST"])
@access.requires(Permission.GROUP_EVENT_EDIT)
def change_event(event_id: int) -> ResponseReturnValue:
    """Change one group information, also of a series, with a reason."""
    actor = access.actor()
    line = own_event(actor, event_id)
    names = ("title", "held_on", "begins", "ends", "site", "place", "language", "interpreter", "capacity", "version")
    values = {name: getattr(line, name) for name in names}
    form, refused = EventForm(data=values | {"counsellor": str(line.counsellor_id or "")}), None
    form.offer(languages_offered(), colleagues_of(actor))
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "actor": actor, "now": access.now()}
        seen |= {"despite": form.despite.data or "", "despite_people": form.despite_people.data or ""}
        refused = attempt(form, lambda: operations.change_event(line, form.plan(), form.reason.data or "", **seen))
        if refused is None:
            return go_to(f"/termine/{event_id}?getan=geaendert")
        line = own_event(actor, event_id)
    return _event_form(form, refused, line)


@bp.post("/termine/<int:event_id>/absagen")
@access.requires(Permission.GROUP_EVENT_EDIT)
def cancel_event(event_id: int) -> ResponseReturnValue:
    """Call one group information off, with a reason."""
    line, form = own_event(access.actor(), event_id), CancelForm()
    refused = None
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
        refused = attempt(form, lambda: operations.cancel_event(line, form.cancel_reason.data or "", **seen))
        if refused is None:
            return go_to(f"/termine/{event_id}?getan=abgesagt")
    return show_event(own_event(access.actor(), event_id), form, refused)


@bp.post("/termine/<int:event_id>/ausladen/<int:attendance_id>")
@access.requires(Permission.GROUP_EVENT_VIEW)
def withdraw(event_id: int, attendance_id: int) -> ResponseReturnValue:
    """Take somebody off the list."""
    actor, form = access.actor(), PressForm()
    line = event_of(actor, event_id)
    one = participant_of(actor, event_id, attendance_id, frame.today())
    if not form.validate_on_submit():
        raise StaleVersion
    withdraw_invitation(line, one, seen_version=form.version.data, actor=actor, now=access.now())
    return go_to(f"/termine/{event_id}?getan=ausgeladen")


@bp.get("/termine/<int:event_id>/termin.ics")
@access.requires(Permission.GROUP_EVENT_VIEW)
def event_calendar(event_id: int) -> Response:
    """The group information for a calendar."""
    line = event_of(access.actor(), event_id)
    entry = Entry(
        uid=frame.calendar_uid(f"gruppe-{line.id}"),
        title=line.title,
        slot=line.slot,
        place=line.place,
        description=line.language_name,
        version=line.version,
        cancelled=line.is_cancelled,
        changed=from_stamp(line.changed_at),
    )
    return download(calendar_file(entry), f"Gruppeninformation-{line.id}.ics", MEDIA_TYPE, inline=False)
