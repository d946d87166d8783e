"""Start page "Mein Tag", and the health check."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from peewee import PeeweeException

from blueprints.shared import access
from blueprints.shared.render import page
from models.base import db
from models.migrations import pending
from models.rules.permissions import Permission
from models.rules.times import local_day

bp = Blueprint("today", __name__)


@bp.get("/")
@access.requires(Permission.DAY_VIEW)
def day() -> ResponseReturnValue:
    """What this person has to do today."""
    return page("today/day.html", area="today", today=local_day(access.now()))


@bp.get("/health")
@access.public
def health() -> ResponseReturnValue:
    """Whether the database answers and the migrations are current; nothing else, for monitoring without login."""
    try:
        current = not pending(db.obj)
    except PeeweeException:
        return _health(False, False)
    return _health(True, current)


def _health(reachable: bool, current: bool) -> Response:
    response = jsonify(
        database="reachable" if reachable else "unreachable", migrations="current" if current else "pending"
    )
    response.status_code = 200 if reachable and current else 503
    return response
