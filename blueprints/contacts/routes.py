"""The directory: organisations, people by function, who is away. No login names, no cases."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.render import page
from models.queries.contacts import directory
from models.rules.contacts import KINDS
from models.rules.permissions import Permission
from models.rules.times import local_day

bp = Blueprint("contacts", __name__, cli_group=None)


@bp.get("/kontakte/")
@access.requires(Permission.DIRECTORY)
def index() -> ResponseReturnValue:
    """All parties, or those of one kind."""
    chosen = request.args.get("art", "")
    shown = directory(local_day(access.now()), chosen)
    return page("contacts/index.html", area="contacts", groups=shown, kinds=KINDS, chosen=chosen)
