"""The page about one enrolment as its provider sees it, with what can be answered now."""

from dataclasses import asdict
from typing import Any

from flask.typing import ResponseReturnValue

from blueprints.provider.forms import ProposeForm
from blueprints.shared import access
from blueprints.shared.reasons import ProgressForm, ReasonForm
from blueprints.shared.registration_forms import ConfirmationForm, CorrectionForm
from blueprints.shared.render import page
from blueprints.shared.report_forms import ReportForm
from blueprints.shared.report_forms import known as known_of
from models.queries import enrolments, released
from models.queries.course_reports import report_of
from models.queries.proposals import courses_to_propose, proposals_of
from models.queries.released import ReleasedRow
from models.rules.course_reports import REPORT_NAMES, lid_told
from models.rules.enrolments import STATE_KINDS, STATE_LABELS, Act, possible
from models.rules.proposals import PROPOSAL_NAMES
from models.rules.registrations import RESULT_NAMES
from models.rules.times import local_day
from models.tables import Enrolment
from pdf.enrolment_form.fields import BLOCKS


def released_row(enrolment_id: int) -> ReleasedRow:
    """An enrolment that was released to the acting provider; NotVisible for any other."""
    return released.released_enrolment(access.actor(), enrolment_id, local_day(access.now()))


def enrolment_page(row: ReleasedRow, **forms: Any) -> ResponseReturnValue:
    """The page, or its fragment; ``forms`` are those that were refused."""
    today = local_day(access.now())
    tells = enrolments.tells_itself(Enrolment.get_by_id(row.id), today)
    context: dict[str, Any] = {"row": row, "blocks": BLOCKS, "state": STATE_LABELS, "kind": STATE_KINDS}
    context |= {"result_names": RESULT_NAMES, "tells": tells} | _forms(row, tells, forms)
    context |= {"report_names": REPORT_NAMES | {"lid": lid_told}}
    context |= {"proposals": proposals_of(row.id), "proposal_names": PROPOSAL_NAMES}
    status = 422 if any(form.errors for form in forms.values()) else 200
    return page(
        "provider/enrolment.html", fragment="provider/_enrolment.html", status=status, area="provider", **context
    )


def _forms(row: ReleasedRow, tells: bool, refused: dict[str, Any]) -> dict[str, Any]:
    """The forms for what the provider can do now; a refused one keeps what was typed."""
    known = {"version": row.version, "expected_start": row.expected_start or row.starts_on}
    found: dict[str, Any] = {}
    if possible(Act.CONFIRM, row.state):
        found["confirm"] = refused.get("confirm") or ConfirmationForm(formdata=None, data=known)
        found["decline"] = refused.get("decline") or ReasonForm(Act.DECLINE, formdata=None, data=known)
        if "confirm" not in refused:
            found["confirm"].fit(row.family)
    if possible(Act.PROPOSE, row.state):
        found["propose"] = refused.get("propose") or ProposeForm(formdata=None, data={"version": row.version})
        found["propose"].offer(courses_to_propose(access.actor(), row, local_day(access.now())))
    if possible(Act.CORRECT, row.state):
        said = known | {"expected_start": row.expected_start} | asdict(row.registration)
        found["correct"] = refused.get("correct") or CorrectionForm(formdata=None, data=said)
        if "correct" not in refused:
            found["correct"].fit(row.family, tells=tells)
    return found | (_course_forms(row, refused) if tells else {})


def _course_forms(row: ReleasedRow, refused: dict[str, Any]) -> dict[str, Any]:
    """The forms for how the course goes and ended, for a provider that may tell it."""
    found: dict[str, Any] = {}
    if possible(Act.DROP, row.state):
        found["progress"] = refused.get("progress") or ProgressForm(formdata=None, data={"version": row.version})
        found["progress"].offer(row.state)
    if possible(Act.REPORT, row.state):
        reported = report_of(row.id)
        said = known_of(reported.said if reported else None, row.version)
        found |= {"reported": reported, "report": refused.get("report") or ReportForm(formdata=None, data=said)}
        if "report" not in refused:
            found["report"].fit(row.family)
    return found
