"""The form for the end of a course, for the provider and for who writes down what it said."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from blueprints.shared.forms import CountField, GermanDateField, VersionedForm
from models.rules.competences.languages import SKILLS
from models.rules.course_reports import EXAMS, FAMILY_OF, RECOMMENDATIONS, RESULTS, RESULTS_OF, Report
from models.rules.enrolments import INTEGRATION_FAMILY
from models.rules.registrations import LEVEL_LABELS

CODED = ("level", *SKILLS, "exam", "exam_result", "recommendation")


def _choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", _("keine Angabe")), *(SelectChoice(code, _(text)) for code, text in labels.items())]


class ReportForm(VersionedForm):
    """Level, test with result, points, recommendation and units of a course that is over."""

    level = SelectField(_l("Niveau insgesamt"), id="report-level", validate_choice=False)
    listening = SelectField(_l("Hören"), id="report-listening", validate_choice=False)
    reading = SelectField(_l("Lesen"), id="report-reading", validate_choice=False)
    writing = SelectField(_l("Schreiben"), id="report-writing", validate_choice=False)
    speaking = SelectField(_l("Sprechen"), id="report-speaking", validate_choice=False)
    exam = SelectField(_l("Test"), id="report-exam", validate_choice=False)
    exam_result = SelectField(_l("Ergebnis des Tests"), id="report-exam-result", validate_choice=False)
    exam_on = GermanDateField(_l("Test am"), id="report-exam-on")
    lid_points = CountField(_l("Leben in Deutschland: Punkte"), id="report-lid-points")
    recommendation = SelectField(_l("Empfehlung"), id="report-recommendation", validate_choice=False)
    units = CountField(_l("Besuchte Unterrichtseinheiten"), id="report-units")

    def fit(self, family: str | None) -> None:
        """Fill the choices; leave out what courses of this family do not have."""
        for name in ("level", *SKILLS):
            self[name].choices = _choices(LEVEL_LABELS)
        exams = {code: text for code, text in EXAMS.items() if FAMILY_OF.get(code, family) == family}
        self.exam.choices = _choices(exams)
        possible = set().union(*(RESULTS_OF[code] for code in exams if code in RESULTS_OF))
        self.exam_result.choices = _choices({code: text for code, text in RESULTS.items() if code in possible})
        self.recommendation.choices = _choices(RECOMMENDATIONS)
        if family != INTEGRATION_FAMILY:
            del self.lid_points

    def report(self) -> Report:
        """What was reported as plain data."""
        said: dict[str, Any] = {name: self[name].data or "" for name in CODED}
        points = self.lid_points.data if "lid_points" in self else None
        return Report(**said, exam_on=self.exam_on.data, lid_points=points, units=self.units.data)


def known(said: Report | None, version: int) -> dict[str, Any]:
    """What the form shows at first."""
    return {"version": version} | (asdict(said) if said else {})
