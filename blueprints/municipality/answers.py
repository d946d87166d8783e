"""Answering a report: confirm, refuse, take notice; and taking the own one back."""

from flask.typing import ResponseReturnValue

from blueprints.municipality import frame
from blueprints.municipality.forms import AnswerForm
from blueprints.municipality.routes import bp, shown_reports
from blueprints.shared import access
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to
from models.operations.report_answers import answer_report
from models.queries.change_reports import own_report, report_of
from models.rules.case_acts import Act
from models.rules.change_reports import ReportAct
from models.rules.errors import NotVisible, StaleVersion
from models.rules.permissions import Permission
from models.rules.states import ChangeKind

ANSWERS = (ReportAct.CONFIRM, ReportAct.REFUSE, ReportAct.NOTE)


@bp.post("/faelle/<number>/meldungen/<int:report_id>/<word>")
@access.requires(Permission.CHANGE_ANSWER)
def answer(number: str, report_id: int, word: str) -> ResponseReturnValue:
    """Confirm or refuse a report, or take notice of it. Who refuses a move does not see the case any more."""
    if word not in ANSWERS:
        raise NotVisible
    view, form = frame.view_for(number, Act.CHANGES), AnswerForm()
    row, act, refused = report_of(view, report_id), ReportAct(word), None
    if form.validate_on_submit():
        how = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
        refused = attempt(form, lambda: answer_report(row, act, **how, reason=form.reason.data or ""))
        if refused is None:
            gone = act == ReportAct.REFUSE and row.kind == ChangeKind.MOVED_ON
            return go_to(f"/meldungen/?getan={word}" if gone else f"/faelle/{number}/meldungen?getan={word}")
    return shown_reports(frame.view_for(number, Act.CHANGES), form=form, refused=refused, refused_at=report_id)


@bp.post("/meldungen/<int:report_id>/zuruecknehmen")
@access.requires(Permission.CHANGE_REPORT)
def withdraw(report_id: int) -> ResponseReturnValue:
    """Take a report back that nobody has decided on; a move with it."""
    row, form = own_report(access.actor(), report_id), AnswerForm()
    if not form.validate_on_submit():
        raise StaleVersion
    how = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    answer_report(row, ReportAct.WITHDRAW, **how)
    return go_to("/meldungen/?getan=zuruecknehmen")
