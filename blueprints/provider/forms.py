"""Forms of a course provider."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from blueprints.shared.forms import GermanDateField, VersionedForm
from models.rules.proposals import MOST_SENTENCE, Proposal
from models.tables import Course


class ProposeForm(VersionedForm):
    """Another course of the provider, or another first day in this one."""

    course = SelectField(_l("Anderer Kurs"), id="propose-course", validate_choice=False)
    starts_on = GermanDateField(_l("oder anderer Beginn in diesem Kurs"), id="propose-starts-on")
    sentence = StringField(
        _l("Warum"),
        id="propose-sentence",
        validators=[Length(max=MOST_SENTENCE, message=_l("Höchstens 300 Zeichen."))],
    )

    def offer(self, courses: list[Course]) -> None:
        """Fill the choice with courses that have a free seat."""
        known = (SelectChoice(one.number, f"{one.title}, ab {one.starts_on:%d.%m.%Y}") for one in courses)
        self.course.choices = [SelectChoice("", _("kein anderer Kurs")), *known]

    def proposal(self) -> Proposal:
        """What is proposed, as plain data."""
        return Proposal(self.course.data or "", self.starts_on.data, self.sentence.data or "")
