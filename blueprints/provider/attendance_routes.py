"""The attendance of a provider's own courses, by month and by day."""

from flask.typing import ResponseReturnValue

from blueprints.provider.routes import bp
from blueprints.shared import access, attendance
from blueprints.shared.attendance import Home
from blueprints.shared.render import go_to
from models.queries.course_attendance import course_taught
from models.rules.permissions import Permission
from models.rules.times import local_day


def _home(number: str) -> Home:
    return Home("provider", f"/anmeldungen/kurse/{number}")


@bp.get("/kurse/<number>/anwesenheit")
@access.requires(Permission.ENROLMENT_VIEW)
def attendance_now(number: str) -> ResponseReturnValue:
    """The sheet of this month."""
    today = local_day(access.now())
    course = course_taught(access.actor(), number, today)
    return go_to(f"{_home(number).course}/anwesenheit/{attendance.latest_month(course, today)}")


@bp.get("/kurse/<number>/anwesenheit/<word>")
@access.requires(Permission.ENROLMENT_VIEW)
def attendance_sheet(number: str, word: str) -> ResponseReturnValue:
    """The sheet of a month or of a day."""
    return attendance.show(number, word, _home(number))


@bp.post("/kurse/<number>/anwesenheit/<word>")
@access.requires(Permission.ENROLMENT_ANSWER)
def save_attendance(number: str, word: str) -> ResponseReturnValue:
    """Store what was typed."""
    return attendance.save(number, word, _home(number))
