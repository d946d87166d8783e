"""A provider reports how a course ended for a person."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.provider.desk import enrolment_page, released_row
from blueprints.provider.routes import bp
from blueprints.shared import access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to
from blueprints.shared.report_forms import ReportForm
from models.operations.course_reports import keep_report
from models.rules.permissions import Permission
from models.tables import Enrolment


@bp.post("/<int:enrolment_id>/ergebnis")
@access.requires(Permission.ENROLMENT_ANSWER)
def report(enrolment_id: int) -> ResponseReturnValue:
    """Level, test, recommendation; a later report takes the place of an earlier one."""
    row = released_row(enrolment_id)
    form = ReportForm()
    form.fit(row.family)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: keep_report(Enrolment.get_by_id(row.id), form.report(), **seen)
    ):
        flash(_("Ergebnis gemeldet."))
        return go_to(f"/anmeldungen/{row.id}")
    return enrolment_page(row, report=form)
