"""Forms about a registration, for the provider and for who writes down what it said."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from blueprints.shared.forms import GermanDateField, VersionedForm
from models.operations.enrolment_answers import Confirmation
from models.operations.registrations import Correction
from models.rules.enrolments import INTEGRATION_FAMILY
from models.rules.registrations import LEVEL_LABELS, MODULES, MOST_PK, Registration


def _choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", _("noch nicht bekannt")), *(SelectChoice(code, _(text)) for code, text in labels.items())]


class ConfirmationForm(VersionedForm):
    """The person is registered; the appointment of the placement test may come with it."""

    confirmed_on = GermanDateField(_l("Angemeldet am"))
    expected_start = GermanDateField(_l("Voraussichtlicher Beginn"))
    test_on = GermanDateField(_l("Einstufungstest am"))
    pk_number = StringField(
        _l("Personenkennziffer (BAMF)"), validators=[Length(max=MOST_PK, message=_l("Höchstens 40 Zeichen."))]
    )

    def fit(self, family: str | None) -> None:
        """Leave out what courses of this family do not have."""
        if family != INTEGRATION_FAMILY:
            del self.pk_number

    def confirmation(self, source: str = "") -> Confirmation:
        """What was confirmed as plain data."""
        number = self.pk_number.data if "pk_number" in self else ""
        said = Registration(self.test_on.data, number or "")
        return Confirmation(self.confirmed_on.data, self.expected_start.data, source, said)


class CorrectionForm(VersionedForm):
    """What holds of a confirmed registration now, with the result of the placement test."""

    expected_start = GermanDateField(_l("Voraussichtlicher Beginn"), id="correct-expected-start")
    test_on = GermanDateField(_l("Einstufungstest am"), id="correct-test-on")
    test_level = SelectField(_l("Ergebnis: Niveau"), id="correct-test-level", validate_choice=False)
    test_module = SelectField(_l("Ergebnis: beginnt mit"), id="correct-test-module", validate_choice=False)
    pk_number = StringField(
        _l("Personenkennziffer (BAMF)"),
        id="correct-pk-number",
        validators=[Length(max=MOST_PK, message=_l("Höchstens 40 Zeichen."))],
    )

    def fit(self, family: str | None, *, tells: bool) -> None:
        """Leave out what courses of this family do not have, and the result where it may not be told."""
        self.test_level.choices = _choices(LEVEL_LABELS)
        self.test_module.choices = _choices(MODULES)
        if family != INTEGRATION_FAMILY:
            del self.pk_number
        if family != INTEGRATION_FAMILY or not tells:
            del self.test_module
        if not tells:
            del self.test_level

    def correction(self, source: str = "") -> Correction:
        """What holds now as plain data."""
        text = {name: self[name].data or "" for name in ("pk_number", "test_level", "test_module") if name in self}
        return Correction(self.expected_start.data, Registration(self.test_on.data, **text), source)
