"""Forms of a course provider."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from blueprints.shared.forms import GermanDateField, VersionedForm
from models.operations.course_progress import News
from models.rules.enrolments import PROGRESS, Act, possible
from models.rules.states import EnrolmentState


class ConfirmForm(VersionedForm):
    """The person is registered."""

    confirmed_on = GermanDateField(_l("Angemeldet am"))
    expected_start = GermanDateField(_l("Voraussichtlicher Beginn"))


class ProgressForm(VersionedForm):
    """How the course goes for the person."""

    what = RadioField(_l("Was ist geschehen"), validate_choice=False)
    on = GermanDateField(_l("am"))
    reason = TextAreaField(_l("Grund des Abbruchs"), validators=[Length(max=500, message=_l("Höchstens 500 Zeichen."))])

    def offer(self, state: EnrolmentState) -> None:
        """Fill the choice with what may happen next."""
        self.what.choices = [
            SelectChoice(act, _(label)) for act, label in PROGRESS.items() if possible(Act(act), state)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Something must have happened."""
        valid = super().validate(extra_validators)
        if self.what.data not in PROGRESS:
            self.what.errors = [_("Bitte auswählen.")]
        return valid and not self.what.errors

    def news(self) -> News:
        """What happened as plain data."""
        return News(Act(self.what.data), self.on.data, self.reason.data or "")


class DeclineForm(VersionedForm):
    """The person is not taken."""

    reason = TextAreaField(_l("Grund"), validators=[Length(max=500, message=_l("Höchstens 500 Zeichen."))])
