"""Forms of a course provider."""

from flask_babel import lazy_gettext as _l

from blueprints.shared.forms import GermanDateField, VersionedForm


class ConfirmForm(VersionedForm):
    """The person is registered."""

    confirmed_on = GermanDateField(_l("Angemeldet am"))
    expected_start = GermanDateField(_l("Voraussichtlicher Beginn"))
