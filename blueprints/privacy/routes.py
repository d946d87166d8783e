"""The logs for the data protection officer. No case content."""

from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.privacy.forms import LogForm
from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.render import page
from models.queries import logs
from models.rules.permissions import Permission

bp = Blueprint("privacy", __name__, url_prefix="/datenschutz")
EVENTS, READINGS = "ereignisse", "zugriffe"


@bp.get("/")
@access.requires(Permission.LOG_VIEW)
def overview() -> ResponseReturnValue:
    """Readings, or events with ``?art=ereignisse``, narrowed by case, organisation and days, page by page."""
    kind = EVENTS if request.args.get("art") == EVENTS else READINGS
    form = LogForm(formdata=request.args).offer(logs.organisations_in_logs())
    fits, number = form.validate(), page_number()
    find = logs.events if kind == EVENTS else logs.readings
    rows, more = find(form.wish(), number) if fits else ([], False)
    asked = {name: value for name, value in request.args.items() if name in form and value}
    return page(
        "privacy/logs.html",
        status=200 if fits else 422,
        area="logs",
        form=form,
        rows=rows,
        more=more,
        number=number,
        kind=kind,
        query=urlencode(asked),
    )
