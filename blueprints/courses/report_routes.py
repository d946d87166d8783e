"""How a course ended for a person of a case: what the provider reported, or what is written down for it."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.desk import by, seen, seen_enrolment
from blueprints.courses.forms import ToldReportForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from blueprints.shared.report_forms import known
from models.operations.course_reports import keep_report
from models.queries.case_view import CaseView
from models.queries.course_reports import report_of
from models.queries.enrolment_form import family_of
from models.queries.enrolments import EnrolmentRow, enrolment_of, speaks_for_itself
from models.rules.course_reports import REPORT_NAMES, lid_told
from models.rules.enrolments import STATE_KINDS, STATE_LABELS, Act, possible
from models.rules.errors import NotAllowed, NotVisible
from models.rules.permissions import Block, Permission


@bp.get("/faelle/<number>/anmeldung/<int:enrolment_id>/ergebnis")
@access.requires(Permission.COURSE_VIEW)
def course_result(number: str, enrolment_id: int) -> ResponseReturnValue:
    """The report of a course that is over, and the form for what the provider said elsewhere."""
    view = _told_to(seen(number))
    row = enrolment_of(view.held.case.id, enrolment_id)
    if not possible(Act.REPORT, row.state):
        raise NotVisible
    note_access(view.held.case.id, "courses")
    return _result_page(view, row)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/ergebnis")
@access.requires(Permission.ENROLMENT_FORM)
def enter_course_result(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Enter what the provider said, with the source."""
    view, row, enrolment = seen_enrolment(number, enrolment_id)
    _told_to(view)
    form = ToldReportForm()
    form.fit(family_of(row))
    source, version = form.source.data or "", form.version.data
    if form.validate_on_submit() and accepted(
        form, lambda: keep_report(enrolment, form.report(), source, seen_version=version, **by())
    ):
        flash(_("Ergebnis des Kurses eingetragen."))
        return go_to(f"/faelle/{number}/anmeldung/{enrolment_id}/ergebnis")
    return _result_page(view, row, form)


def _told_to(view: CaseView) -> CaseView:
    """The authority is told, not the coach (domain.md 4.1, D9)."""
    if Block.COURSES not in view.blocks:
        raise NotAllowed
    return view


def _result_page(view: CaseView, row: EnrolmentRow, refused: ToldReportForm | None = None) -> ResponseReturnValue:
    reported = report_of(row.id)
    form = refused
    if form is None and not speaks_for_itself(row, view.held.case.id, view.held.today):
        form = ToldReportForm(formdata=None, data=known(reported.said if reported else None, row.version))
        form.fit(family_of(row))
    context = {"number": view.held.case.number, "person": view.held.person, "row": row, "reported": reported}
    names = {"names": REPORT_NAMES | {"lid": lid_told}, "state": STATE_LABELS, "kind": STATE_KINDS}
    return page(
        "courses/report.html", fragment="courses/_report.html", status=422 if refused else 200, area="cases",
        report=form, **context, **names,
    )  # fmt: skip
