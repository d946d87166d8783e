"""Meetings: the list, planning, one meeting with its agenda, changing, inviting, answering, calling off."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.case_frame import today
from blueprints.shared.commands import settings
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import go_to
from blueprints.shared.tokens import new_token
from blueprints.workgroup.forms import CancelForm, MeetingForm, ReplyForm
from blueprints.workgroup.frame import by, meeting_page, place_of, viewed
from models.operations import meetings as operations
from models.queries.meetings import MeetingView, can_be_invited, meetings_for, stuck_for
from models.queries.minutes import minutes_of
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission
from models.rules.workgroup.meetings import USUAL_QUORUM, USUAL_TITLE, MeetingState, Reply

bp = Blueprint("workgroup", __name__, cli_group=None)

USUAL = {"title": USUAL_TITLE, "begins": "09:00", "ends": "11:00", "quorum": USUAL_QUORUM, "version": 0}


@bp.get("/arbeitskreis/")
@access.requires(Permission.MEETING_VIEW)
def meetings() -> ResponseReturnValue:
    """Meetings that are ahead."""
    return _meetings(past=False)


@bp.get("/arbeitskreis/vergangene")
@access.requires(Permission.MEETING_VIEW)
def past_meetings() -> ResponseReturnValue:
    """Meetings that are over."""
    return _meetings(past=True)


def _meetings(*, past: bool) -> ResponseReturnValue:
    number = page_number()
    lines, more = meetings_for(access.actor(), today(), number, past=past)
    return meeting_page("workgroup/meetings.html", lines=lines, more=more, page=number, past=past)


@bp.route("/arbeitskreis/neu", methods=["GET", "POST"])
@access.requires(Permission.MEETING_EDIT)
def plan_meeting() -> ResponseReturnValue:
    """Plan a meeting; its agenda is proposed from the figures of today."""
    parties, refused = can_be_invited(), None
    form = MeetingForm(data=USUAL | {"parties": [str(party.id) for party in parties]})
    form.offer(parties)
    form.token.data = form.token.data or new_token()
    if form.validate_on_submit():
        planned: list[int] = []
        refused = attempt(form, lambda: planned.append(_planned(form)))
        if refused is None:
            return go_to(place_of(planned[0], "geplant"))
    return meeting_page("workgroup/meeting_form.html", form, refused, meeting=None)


def _planned(form: MeetingForm) -> int:
    token = (form.token.data or "")[:43]
    return operations.plan_meeting(form.plan(), form.invited(), token=token, despite=form.despite.data or "", **by())


@bp.get("/arbeitskreis/<int:meeting_id>")
@access.requires(Permission.MEETING_VIEW)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """One meeting: day, room, who comes, agenda; and what is stuck, by case number alone."""
    return show_meeting(viewed(meeting_id))


def show_meeting(
    view: MeetingView, form: CancelForm | None = None, refused: Refused | None = None
) -> ResponseReturnValue:
    """The page of a meeting, perhaps with a refused attempt to call it off."""
    cancel = form or CancelForm(formdata=None, data={"version": view.row.version})
    stuck = stuck_for(access.actor(), today()) if view.is_open else []
    signed = minutes_of(access.actor(), view) if view.state == MeetingState.CLOSED else None
    context = {"meeting": view, "cancel": cancel, "stuck": stuck, "minutes": signed, "mails": settings().smtp}
    return meeting_page("workgroup/meeting.html", form, refused, **context)


@bp.route("/arbeitskreis/<int:meeting_id>/aendern", methods=["GET", "POST"])
@access.requires(Permission.MEETING_EDIT)
def change_meeting(meeting_id: int) -> ResponseReturnValue:
    """Change day, room or who is invited."""
    view, refused = viewed(meeting_id), None
    names = ("title", "held_on", "begins", "ends", "place", "way_in", "quorum", "version")
    values = {name: getattr(view.row, name) for name in names}
    form = MeetingForm(data=values | {"parties": [str(party.organisation_id) for party in view.parties]})
    form.offer(can_be_invited())
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "despite": form.despite.data or "", **by()}
        refused = attempt(form, lambda: operations.change_meeting(view, form.plan(), form.invited(), **seen))
        if refused is None:
            return go_to(place_of(meeting_id, "geaendert"))
        view = viewed(meeting_id)
    return meeting_page("workgroup/meeting_form.html", form, refused, meeting=view)


@bp.post("/arbeitskreis/<int:meeting_id>/einladen")
@access.requires(Permission.MEETING_EDIT)
def invite(meeting_id: int) -> ResponseReturnValue:
    """Let the invited organisations see the meeting."""
    form = PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    operations.invite(viewed(meeting_id), seen_version=form.version.data, **by())
    return go_to(place_of(meeting_id, "eingeladen"))


@bp.post("/arbeitskreis/<int:meeting_id>/absagen")
@access.requires(Permission.MEETING_EDIT)
def cancel_meeting(meeting_id: int) -> ResponseReturnValue:
    """Call a meeting off, with a reason."""
    view, form, refused = viewed(meeting_id), CancelForm(), None
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, **by()}
        refused = attempt(form, lambda: operations.cancel_meeting(view, form.cancel_reason.data or "", **seen))
        if refused is None:
            return go_to(place_of(meeting_id, "abgesagt"))
    return show_meeting(viewed(meeting_id), form, refused)


@bp.post("/arbeitskreis/<int:meeting_id>/antwort")
@access.requires(Permission.MEETING_VIEW)
def answer_invitation(meeting_id: int) -> ResponseReturnValue:
    """Say for the own organisation whether it comes."""
    view, form = viewed(meeting_id), ReplyForm()
    if not form.validate_on_submit() or form.reply.data not in (Reply.ACCEPTED, Reply.DECLINED):
        raise StaleVersion
    operations.answer_invitation(view, Reply(form.reply.data), seen_version=form.version.data, **by())
    return go_to(place_of(meeting_id, "antwort"))
