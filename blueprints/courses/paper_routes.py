"""Paper of providers without an account: the sheet of a month to print, and return slips that come back."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.attendance import month_named
from blueprints.shared.commands import settings
from blueprints.shared.forms import NEEDED, BaseForm
from blueprints.shared.render import download, go_to, page
from models.queries.course_attendance import course_taught, sheet_of, unanswered
from models.queries.return_slips import enrolment_behind
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.rules.times import local_day
from pdf.course_sheet.issue import print_course_sheet

SLIPS = "/kurse/rueckmeldung"


class SlipForm(BaseForm):
    """The sign of a return slip."""

    reference = StringField(_l("Zeichen"), validators=[InputRequired(NEEDED), Length(max=40)])


@bp.get("/kurse/<number>/anwesenheit/<word>/kursliste.pdf")
@access.requires(Permission.ENROLMENT_FORM)
def course_sheet(number: str, word: str) -> Response:
    """The sheet of a month and the slips that are out, of the own cases; each printed person is noted as printed."""
    actor, now = access.actor(), access.now()
    today = local_day(now)
    month = month_named(word)
    course = course_taught(actor, number, today)
    content, cases = print_course_sheet(
        lambda: (sheet_of(actor, course, month, today), unanswered(actor, course, today)),
        settings().base_url,
        actor=actor,
        now=now,
        watermark=settings().demo,
    )
    for case_id in cases:
        note_access(case_id, "course_sheet")
    return download(content, f"Kursliste-{course.number}-{month.word}.pdf", "application/pdf")


@bp.route(SLIPS, methods=["GET", "POST"])
@access.requires(Permission.ENROLMENT_FORM)
def slip() -> ResponseReturnValue:
    """Type the sign of a slip to get to its enrolment."""
    form = SlipForm()
    if form.validate_on_submit():
        try:
            return _to_enrolment(form.reference.data or "")
        except NotVisible:
            form.reference.errors = [_("Zu diesem Zeichen gibt es keine Anmeldung in Ihren Fällen.")]
    status = 422 if form.errors else 200
    return page("courses/slip.html", fragment="courses/_slip.html", status=status, area="courses", form=form)


@bp.get(f"{SLIPS}/<reference>")
@access.requires(Permission.ENROLMENT_FORM)
def scanned_slip(reference: str) -> ResponseReturnValue:
    """Where the code of a slip leads."""
    return _to_enrolment(reference)


def _to_enrolment(reference: str) -> Response:
    number, row = enrolment_behind(access.actor(), reference, local_day(access.now()))
    return go_to(f"/faelle/{number}/kurs?anmeldung={row.id}&papier=1")
