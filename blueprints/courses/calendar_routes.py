"""The catalogue as a calendar. No personal data."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.courses.catalogue_forms import CalendarForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.render import page
from models.queries import courses
from models.queries.seats import figures_of
from models.rules.course_calendar import HALF_YEAR, Period, later_month, months_from, said_in, weeks_of
from models.rules.permissions import Permission
from models.rules.times import local_day

HOME = "/kurse/kalender"


@bp.get(HOME)
@access.requires(Permission.COURSE_VIEW)
def calendar() -> ResponseReturnValue:
    """The courses of a month by weeks or of half a year by months, narrowed like the list."""
    today, number = local_day(access.now()), page_number()
    form = CalendarForm(formdata=request.args)
    form.offer(courses.kind_names(), courses.providers())
    form.offer_months(today)
    begin, monthly = form.begin(today), form.zeitraum.data == "monat"
    periods = weeks_of(begin) if monthly else months_from(begin)
    rows, more = courses.courses_between(form.filters(), periods[0].first, periods[-1].last, number)
    kept = {name: value for name, value in request.args.items() if name in form and value and name != "ab"}
    step = 1 if monthly else HALF_YEAR
    context = {
        "form": form,
        "today": today,
        "periods": periods,
        "rows": [(row, _cells(row, periods)) for row in rows],
        "figures": figures_of(rows),
        "more": more,
        "page": number,
        "address": _address(begin, kept),
        "earlier": _address(later_month(begin, -step), kept),
        "later": _address(later_month(begin, step), kept),
    }
    return page("courses/calendar.html", fragment="courses/_calendar.html", area="courses", **context)


def _cells(row: courses.CourseRow, periods: Sequence[Period]) -> list[tuple[str, str]]:
    """What is said of a course in each period, under its name; nothing of one that was called off."""
    if row.cancelled_on:
        return [(one.label, "") for one in periods]
    return [(one.label, said_in(one, row.starts_on, row.ends_on)) for one in periods]


def _address(begin: date, kept: dict[str, str]) -> str:
    return f"{HOME}?{urlencode({'ab': f'{begin:%Y-%m}', **kept})}"
