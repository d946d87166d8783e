"""Forms of the own account."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length, ValidationError

from blueprints.shared.forms import NEEDED, BaseForm


class PasswordForm(BaseForm):
    """A new password, typed twice; the old one proves who sits there."""

    old_password = PasswordField(_l("Bisheriges Passwort"), validators=[InputRequired(NEEDED), Length(max=200)])
    new_password = PasswordField(_l("Neues Passwort"), validators=[InputRequired(NEEDED), Length(max=200)])
    repeat_password = PasswordField(_l("Neues Passwort wiederholen"), validators=[InputRequired(NEEDED)])

    def validate_repeat_password(self, field: PasswordField) -> None:
        """Both must be the same."""
        if field.data != self.new_password.data:
            raise ValidationError(_("Die beiden neuen Passwörter sind verschieden."))


class PinForm(BaseForm):
    """A signing PIN, typed twice, and the password."""

    password = PasswordField(_l("Passwort"), validators=[InputRequired(NEEDED), Length(max=200)])
    new_pin = PasswordField(_l("Neue PIN"), validators=[InputRequired(NEEDED), Length(max=64)])
    repeat_pin = PasswordField(_l("Neue PIN wiederholen"), validators=[InputRequired(NEEDED)])

    def validate_repeat_pin(self, field: PasswordField) -> None:
        """Both must be the same."""
        if field.data != self.new_pin.data:
            raise ValidationError(_("Die beiden PINs sind verschieden."))
