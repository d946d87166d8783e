"""Signing the minutes with the PIN: afterwards the meeting is closed and the file is the record."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.commands import settings
from blueprints.shared.refusals import attempt
from blueprints.shared.render import download, go_to
from blueprints.workgroup.forms import SignForm
from blueprints.workgroup.frame import by, meeting_page, place_of, viewed
from blueprints.workgroup.minutes_routes import MINUTES
from blueprints.workgroup.routes import bp
from models.queries.minutes import minutes_of, signed_file, unsaved
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission


@bp.route(MINUTES + "/unterschreiben", methods=["GET", "POST"])
@access.requires(Permission.MEETING_EDIT)
def sign_minutes(meeting_id: int) -> ResponseReturnValue:
    """Read the minutes once more as others will, and sign them."""
    from pdf.minutes.issue import Place, issue_minutes  # imports WeasyPrint

    view, refused = viewed(meeting_id), None
    if request.method == "GET" and not view.is_open:
        raise RuleBroken(Message(N_("Die Sitzung ist abgeschlossen oder abgesagt; sie ändert sich nicht mehr.")))
    minutes, form = minutes_of(access.actor(), view), SignForm(data={"version": view.row.version})
    if form.validate_on_submit():
        place = Place(settings().pki, settings().pepper, settings().demo)
        said = {"despite_drafts": bool(form.despite_drafts.data), "seen_version": form.version.data, **by()}
        refused = attempt(form, lambda: issue_minutes(view, minutes, form.pin.data or "", place, **said))
        if refused is None:
            return go_to(place_of(meeting_id, "unterschrieben"))
        view = viewed(meeting_id)
        minutes = minutes_of(access.actor(), view)
    context = {"meeting": view, "minutes": minutes, "unsaved": unsaved(meeting_id)}
    return meeting_page("workgroup/sign.html", form, refused, **context)


@bp.get("/arbeitskreis/<int:meeting_id>/protokoll.pdf")
@access.requires(Permission.MEETING_VIEW)
def minutes_file(meeting_id: int) -> Response:
    """The signed minutes, byte for byte as they were signed."""
    name, content = signed_file(viewed(meeting_id))
    return download(content, name, "application/pdf")
