"""The logs for the data protection officer. No case content."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.render import page
from models.queries import logs
from models.rules.permissions import Permission

bp = Blueprint("privacy", __name__, url_prefix="/datenschutz")


@bp.get("/")
@access.requires(Permission.LOG_VIEW)
def overview() -> ResponseReturnValue:
    """Readings, or events with ``?art=ereignisse``, page by page."""
    number = page_number()
    kind = "ereignisse" if request.args.get("art") == "ereignisse" else "zugriffe"
    rows, more = (logs.events if kind == "ereignisse" else logs.readings)(number)
    return page("privacy/logs.html", area="logs", rows=rows, more=more, number=number, kind=kind)
