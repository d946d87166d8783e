"""Resolutions while the minutes are written: added, worded anew, taken out."""

from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import go_to, wants_fragment
from blueprints.workgroup.forms import ResolutionForm
from blueprints.workgroup.frame import by, meeting_page, minutes_place, viewed
from blueprints.workgroup.minutes_routes import MINUTES, Tried, minutes_page
from blueprints.workgroup.routes import bp
from models.operations import resolutions as operations
from models.queries.meetings import item_of
from models.queries.minutes import minutes_of, owners_of, resolution_in
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission


@bp.post(MINUTES + "/<int:item_id>/beschluss")
@access.requires(Permission.MEETING_EDIT)
def add_resolution(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Write down what is resolved at a point."""
    view, fragment = viewed(meeting_id), "workgroup/_resolutions.html"
    item, owners = item_of(view, item_id), owners_of(access.actor(), view)
    form, refused = ResolutionForm().at(item_id, owners), None
    if form.validate_on_submit():
        said = {"token": (form.token.data or "")[:43], **by()}
        refused = attempt(form, lambda: operations.add_resolution(view, item, form.plan(), owners, **said))
        if refused is None and not wants_fragment():
            return go_to(minutes_place(meeting_id, "beschluss", item_id))
        if refused is None:
            return minutes_page(
                view, Tried(item_id, ResolutionForm(formdata=None).at(item_id, owners), None), None, fragment
            )
    return minutes_page(view, Tried(item_id, form, refused or Refused(422)), None, fragment)


@bp.route("/arbeitskreis/<int:meeting_id>/beschluesse/<int:resolution_id>", methods=["GET", "POST"])
@access.requires(Permission.MEETING_EDIT)
def change_resolution(meeting_id: int, resolution_id: int) -> ResponseReturnValue:
    """Word a resolution anew, as long as the minutes are not signed."""
    view, refused = viewed(meeting_id), None
    line, owners = resolution_in(minutes_of(access.actor(), view), resolution_id), owners_of(access.actor(), view)
    values = {"text": line.text, "owner": str(line.owner_id), "contact": line.contact, "due_on": line.due_on}
    form = ResolutionForm(data=values | {"version": line.version}).at(line.item_id, owners)
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, **by()}
        refused = attempt(form, lambda: operations.change_resolution(view, line, form.plan(), owners, **seen))
        if refused is None:
            return go_to(minutes_place(meeting_id, "beschluss", line.item_id))
        line = resolution_in(minutes_of(access.actor(), viewed(meeting_id)), resolution_id)
    return meeting_page("workgroup/resolution_form.html", form, refused, meeting=view, line=line)


@bp.post("/arbeitskreis/<int:meeting_id>/beschluesse/<int:resolution_id>/weg")
@access.requires(Permission.MEETING_EDIT)
def remove_resolution(meeting_id: int, resolution_id: int) -> ResponseReturnValue:
    """Take a resolution out of minutes that are not signed."""
    view, form = viewed(meeting_id), PressForm()
    line = resolution_in(minutes_of(access.actor(), view), resolution_id)
    if not form.validate_on_submit():
        raise StaleVersion
    operations.remove_resolution(view, line, seen_version=form.version.data, **by())
    return go_to(minutes_place(meeting_id, "beschluss-weg", line.item_id))
