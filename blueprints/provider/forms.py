"""Forms of a course provider."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from blueprints.shared.forms import GermanDateField, VersionedForm


class ConfirmForm(VersionedForm):
    """The person is registered."""

    confirmed_on = GermanDateField(_l("Angemeldet am"))
    expected_start = GermanDateField(_l("Voraussichtlicher Beginn"))


class DeclineForm(VersionedForm):
    """The person is not taken."""

    reason = TextAreaField(_l("Grund"), validators=[Length(max=500, message=_l("Höchstens 500 Zeichen."))])
