"""The agenda of a meeting: add, change, move and remove a point, and put in the figures of today."""

from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to
from blueprints.workgroup.forms import PointForm
from blueprints.workgroup.frame import by, meeting_page, place_of, viewed
from blueprints.workgroup.routes import bp
from models.operations import agenda as operations
from models.queries.meetings import item_of
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission

POINTS = "/arbeitskreis/<int:meeting_id>/punkte"


@bp.route(POINTS + "/neu", methods=["GET", "POST"])
@access.requires(Permission.MEETING_EDIT)
def add_point(meeting_id: int) -> ResponseReturnValue:
    """Add a point to the agenda."""
    view, form, refused = viewed(meeting_id), PointForm(data={"version": 0}), None
    if form.validate_on_submit():
        said = (form.title.data or "", form.text.data or "")
        refused = attempt(form, lambda: operations.add_point(view, *said, **by()))
        if refused is None:
            return go_to(place_of(meeting_id, "punkt"))
    return meeting_page("workgroup/point_form.html", form, refused, meeting=view, item=None, stands=None)


@bp.route(POINTS + "/<int:item_id>", methods=["GET", "POST"])
@access.requires(Permission.MEETING_EDIT)
def change_point(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Write a point anew; where somebody was faster, both texts stand side by side."""
    view, refused, stands = viewed(meeting_id), None, None
    item = item_of(view, item_id)
    form = PointForm(data={"title": item.title, "text": item.text, "version": item.version})
    if form.validate_on_submit():
        said = (form.title.data or "", form.text.data or "")
        seen = {"seen_version": form.version.data, **by()}
        refused = attempt(form, lambda: operations.change_point(view, item, *said, **seen))
        if refused is None:
            return go_to(place_of(meeting_id, "punkt"))
        if refused.status == 409:
            stands = item = item_of(viewed(meeting_id), item_id)
    return meeting_page("workgroup/point_form.html", form, refused, meeting=view, item=item, stands=stands)


@bp.post(POINTS + "/<int:item_id>/hoch")
@access.requires(Permission.MEETING_EDIT)
def move_point(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Move a point before the one that stands before it."""
    return _pressed(meeting_id, item_id, operations.move_point_up, "punkt-hoch")


@bp.post(POINTS + "/<int:item_id>/weg")
@access.requires(Permission.MEETING_EDIT)
def remove_point(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Take a point off the agenda."""
    return _pressed(meeting_id, item_id, operations.remove_point, "punkt-weg")


def _pressed(meeting_id: int, item_id: int, operation, word: str) -> ResponseReturnValue:  # type: ignore[no-untyped-def]
    view, form = viewed(meeting_id), PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    operation(view, item_of(view, item_id), seen_version=form.version.data, **by())
    return go_to(place_of(meeting_id, word))


@bp.post(POINTS + "/zahlen")
@access.requires(Permission.MEETING_EDIT)
def renew_agenda(meeting_id: int) -> ResponseReturnValue:
    """Put the figures of today into the points that nobody has changed."""
    if not PressForm().validate_on_submit():
        raise StaleVersion
    operations.renew_agenda(viewed(meeting_id), **by())
    return go_to(place_of(meeting_id, "zahlen"))
