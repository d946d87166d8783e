"""Start page "Mein Tag", and the health check."""

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from peewee import PeeweeException

from blueprints.shared import access, navigation
from blueprints.shared.render import page
from models.base import db
from models.migrations import pending
from models.queries import today as queries
from models.rules.day import plan
from models.rules.permissions import Permission
from models.rules.roles import Role
from models.rules.times import local_day

bp = Blueprint("today", __name__)


@bp.get("/")
@access.requires(Permission.DAY_VIEW)
def day() -> ResponseReturnValue:
    """What this person has to do today."""
    acting, today = access.actor(), local_day(access.now())
    tasks, figures = queries.tasks_for(acting, today), queries.figures_for(acting, today)
    overview = acting.role in (Role.COORDINATION, Role.BAMF)
    context = {
        "figures": figures,
        "plan": plan(tasks, today),
        "plan_is_empty": not tasks,
        "stuck": queries.stuck_handovers(today) if overview else None,
        "places": () if tasks or figures else navigation.entries_for(acting.role)[1:],
        "weekday": format_date(today, "EEEE") + ",",
    }
    return page("today/day.html", area="today", today=today, **context)


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
