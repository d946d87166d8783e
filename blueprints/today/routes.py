"""Start page "Mein Tag", and the health check."""

from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from peewee import PeeweeException

from blueprints.shared import access, navigation
from blueprints.shared.addresses import page_number
from blueprints.shared.render import page
from models.base import db
from models.migrations import pending
from models.queries import overview
from models.queries import today as queries
from models.queries.absences import today_for
from models.queries.announcements import unread_for
from models.queries.course_alerts import course_alerts
from models.queries.day_lists import PLANNED, chosen_list
from models.queries.drafts import open_drafts
from models.queries.minutes import open_calls, workgroup_tasks
from models.queries.open_intakes import open_intakes
from models.queries.saved_reports import new_reports
from models.queries.visits_today import visits_today
from models.rules.day import TITLES, Group, group_of
from models.rules.message import N_
from models.rules.permissions import Permission, may
from models.rules.roles import Actor, Role
from models.rules.tasks import SERVICE_LEVEL
from models.rules.times import local_day
from models.tables import FiledReport

SAID = {
    "wiedervorlage": N_("Wiedervorlage erledigt."),
    "mitteilung": N_("Mitteilung als gelesen bestätigt."),
}
"""What the page says after a step, by the word in its address."""
bp = Blueprint("today", __name__, cli_group=None)


@bp.get("/")
@access.requires(Permission.DAY_VIEW)
def day() -> ResponseReturnValue:
    """What this person has to do today; narrowed to one of her lists where the address names one."""
    acting, today = access.actor(), local_day(access.now())
    if acting.role not in PLANNED:
        return _overview(acting)
    chosen, number = chosen_list(acting.role, request.args.get("liste", "")), page_number()
    given = workgroup_tasks(acting)
    lines, more = queries.lines_of(acting, today, chosen, number, given=given)
    whole = not chosen.title and number == 1
    newest = queries.new_lines(acting, today) if whole else (None, [])
    figures, late = queries.figures_for(acting, today, given)
    waiting = queries.waiting_lines(acting, today) if whole else []
    return _day_page(
        chosen=chosen,
        lines=lines,
        grouped=[(group, list(rows)) for group, rows in groupby(lines, key=lambda line: line.group)],
        more=more,
        number=number,
        here=f"/?liste={request.args['liste']}" if chosen.title else "/",
        figures=figures,
        late=late,
        away=today_for(acting, today),
        waiting=waiting,
        visits=visits_today(acting, today) if whole else (),
        courses=course_alerts(acting, today) if whole else [],
        intakes=open_intakes(acting, today) if whole else ((), False),
        own_goals=any(line.basis == SERVICE_LEVEL for line in (*lines, *waiting, *newest[1])),
        newest=newest,
        first=next(iter((*lines, *newest[1])), None) if whole else None,
        drafts=open_drafts(acting, today) if whole else (),
        reports=_reports(acting, today) if whole else (),
        calls=open_calls(acting, today) if whole else (),
        given=[task for task in given if group_of(task.due_on, today) not in queries.PRESSING] if whole else (),
    )


def _reports(acting: Actor, today: date) -> list[FiledReport]:
    """Reports that were filed lately for this organisation."""
    return new_reports(acting, today) if may(acting.role, Permission.FIGURES_VIEW) else []


def _overview(acting: Actor) -> ResponseReturnValue:
    """For who has no cases: aggregates and stuck handovers, or the pages of the role."""
    oversees = acting.role in (Role.COORDINATION, Role.BAMF)
    return _day_page(
        calls=open_calls(acting, local_day(access.now())) if oversees else (),
        given=workgroup_tasks(acting) if oversees else (),
        figures=overview.overview_figures() if oversees else (),
        stuck=overview.stuck_handovers(local_day(access.now())) if oversees else None,
        reports=_reports(acting, local_day(access.now())),
        places=() if oversees else navigation.entries_for(acting.role)[1:],
    )


def _day_page(**context: Any) -> ResponseReturnValue:
    today = local_day(access.now())
    frame = {
        "today": today,
        "weekday": _weekday(today) + ",",
        "titles": TITLES,
        "groups": Group,
        "said_done": _said(),
        "announcements": unread_for(access.actor()),
    }
    return page("today/day.html", area="today", **frame, **context)


@lru_cache(maxsize=2)
def _weekday(day: date) -> str:
    return str(format_date(day, "EEEE"))


def _said() -> str:
    sentence = SAID.get(request.args.get("getan", ""), "")
    return _(sentence) if sentence else ""


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
