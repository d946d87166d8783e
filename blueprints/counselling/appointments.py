"""Appointments of one person: the page of a case, agree, move, call off, held, missed, and the calendar file."""

from datetime import timedelta

from flask import Response
from flask.typing import ResponseReturnValue

from blueprints.counselling import frame
from blueprints.counselling.forms import AppointmentForm, CancelForm, MissedForm
from blueprints.counselling.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.forms import BaseForm, PressForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import download, go_to
from models.operations import appointments as operations
from models.queries.appointments import appointment_of, appointments_for, invitations_for, seen_appointment
from models.queries.case_view import CaseView
from models.queries.follow_ups import colleagues_of
from models.rules.appointments import KINDS_OF, REASONS, SITES, USUAL_MINUTES, WAYS, Slot, minutes_of, place_words
from models.rules.calendar_file import MEDIA_TYPE, Entry, calendar_file
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission
from models.rules.states import AppointmentState, Site, Way
from models.rules.times import from_stamp
from models.rules.visits import missed_count
from models.tables import Appointment

SOON = timedelta(days=7)
WORDS = {"ways": WAYS, "sites": SITES, "reasons": REASONS}


@bp.get("/faelle/<number>/termine")
@access.requires(Permission.APPOINTMENT_VIEW)
def case_appointments(number: str) -> ResponseReturnValue:
    """The appointments of a case that this person sees, and its invitations to group information."""
    view = frame.view_for(number)
    note_access(view.held.case.id, "appointments")
    return frame.case_page(
        view,
        "counselling/appointments.html",
        lines=appointments_for(view),
        invitations=invitations_for(view),
        missed=missed_count(view.held.visits, access.actor().organisation_id),
        may_agree=may_agree(view),
        **WORDS,
    )


def may_agree(view: CaseView) -> bool:
    """Whether this person may agree a new appointment now."""
    return bool(KINDS_OF.get(view.actor.role)) and view.standing.case_open and not view.standing.read_only


@bp.route("/faelle/<number>/termine/neu", methods=["GET", "POST"])
@access.requires(Permission.APPOINTMENT_EDIT)
def agree(number: str) -> ResponseReturnValue:
    """Agree an appointment with the person."""
    view, form = frame.view_for(number), _new_form()
    refused = None
    if form.validate_on_submit():
        refused = attempt(form, lambda: operations.agree_appointment(view, form.plan(), now=access.now()))
        if refused is None:
            return go_to(f"/faelle/{number}/termine?getan=vereinbart")
    return frame.case_page(view, "counselling/appointment_form.html", form, refused, line=None)


def _new_form() -> AppointmentForm:
    actor = access.actor()
    usual = {
        "kind": next(iter(KINDS_OF.get(actor.role, ("",)))),
        "held_on": frame.today() + SOON,
        "minutes": USUAL_MINUTES,
        "way": Way.PERSON,
        "site": Site.AGENTUR,
        "counsellor": str(actor.account_id),
        "version": 0,
    }
    form = AppointmentForm(data=usual)
    form.offer(actor.role, colleagues_of(actor))
    return form


@bp.get("/faelle/<number>/termine/<int:appointment_id>")
@access.requires(Permission.APPOINTMENT_VIEW)
def appointment(number: str, appointment_id: int) -> ResponseReturnValue:
    """One appointment, and what can be done with it."""
    view = frame.view_for(number)
    note_access(view.held.case.id, "appointments")
    return _one(view, appointment_id)


def _one(
    view: CaseView, appointment_id: int, form: BaseForm | None = None, refused: Refused | None = None
) -> ResponseReturnValue:
    line = seen_appointment(view, appointment_id)
    current = {"version": line.version}
    cancel = form if isinstance(form, CancelForm) else CancelForm(formdata=None, data=current)
    missed = form if isinstance(form, MissedForm) else MissedForm(formdata=None, data=current)
    context = {"line": line, "cancel": cancel, "missed": missed, **WORDS}
    return frame.case_page(view, "counselling/appointment.html", form, refused, **context)


def _mine(number: str, appointment_id: int) -> tuple[CaseView, Appointment]:
    view = frame.view_for(number)
    return view, appointment_of(access.actor(), view.held.case.id, appointment_id)


@bp.route("/faelle/<number>/termine/<int:appointment_id>/verschieben", methods=["GET", "POST"])
@access.requires(Permission.APPOINTMENT_EDIT)
def move(number: str, appointment_id: int) -> ResponseReturnValue:
    """Agree another time; the old appointment stays readable and points to the new one."""
    view, row = _mine(number, appointment_id)
    form, refused = _form_of(row), None
    if form.validate_on_submit():
        refused = attempt(
            form,
            lambda: operations.move_appointment(
                view, row, form.plan(), form.reason.data or "", seen_version=form.version.data, now=access.now()
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}/termine?getan=verschoben")
    elif row.state != AppointmentState.PLANNED:
        raise StaleVersion
    line = seen_appointment(view, appointment_id)
    return frame.case_page(view, "counselling/appointment_form.html", form, refused, line=line)


def _form_of(row: Appointment) -> AppointmentForm:
    names = ("kind", "held_on", "begins", "way", "site", "place", "interpreter", "version")
    values = {name: getattr(row, name) for name in names}
    line = {"minutes": minutes_of(Slot(row.held_on, row.begins, row.ends)), "counsellor": str(row.counsellor_id)}
    form = AppointmentForm(data=values | line)
    form.offer(access.actor().role, colleagues_of(access.actor()))
    return form


@bp.post("/faelle/<number>/termine/<int:appointment_id>/absagen")
@access.requires(Permission.APPOINTMENT_EDIT)
def cancel(number: str, appointment_id: int) -> ResponseReturnValue:
    """Call an appointment off, with a reason."""
    (view, row), form = _mine(number, appointment_id), CancelForm()
    refused = None
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: operations.cancel_appointment(view, row, form.cancel_reason.data or "", **seen))
        if refused is None:
            return go_to(f"/faelle/{number}/termine?getan=abgesagt")
    return _one(view, appointment_id, form, refused)


@bp.post("/faelle/<number>/termine/<int:appointment_id>/wahrgenommen")
@access.requires(Permission.APPOINTMENT_EDIT)
def attended(number: str, appointment_id: int) -> ResponseReturnValue:
    """The person came."""
    (view, row), form = _mine(number, appointment_id), PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    operations.note_attended(view, row, seen_version=form.version.data, now=access.now())
    return go_to(f"/faelle/{number}/termine?getan=wahrgenommen")


@bp.post("/faelle/<number>/termine/<int:appointment_id>/nicht-erschienen")
@access.requires(Permission.APPOINTMENT_EDIT)
def missed(number: str, appointment_id: int) -> ResponseReturnValue:
    """The person did not come, with a reason of the list."""
    (view, row), form = _mine(number, appointment_id), MissedForm()
    refused = None
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: operations.note_missed(view, row, form.miss_reason.data or "", **seen))
        if refused is None:
            return go_to(f"/faelle/{number}/termine?getan=nicht-erschienen")
    return _one(view, appointment_id, form, refused)


@bp.get("/faelle/<number>/termine/<int:appointment_id>/termin.ics")
@access.requires(Permission.APPOINTMENT_VIEW)
def calendar(number: str, appointment_id: int) -> Response:
    """The appointment for a calendar; it names the case alone."""
    view = frame.view_for(number)
    line = seen_appointment(view, appointment_id)
    note_access(view.held.case.id, "appointments")
    entry = Entry(
        uid=frame.calendar_uid(f"termin-{line.id}"),
        title=f"{line.title}, Fall {number}",
        slot=line.slot,
        place=place_words(line.way, line.site, line.place),
        description=line.office,
        version=line.version,
        cancelled=line.state in (AppointmentState.CANCELLED, AppointmentState.MOVED),
        changed=from_stamp(line.changed_at),
    )
    return download(calendar_file(entry), f"Termin-{number}.ics", MEDIA_TYPE, inline=False)
