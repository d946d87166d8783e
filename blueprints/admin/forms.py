"""Forms of the administration of accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from blueprints.shared.forms import NEEDED, BaseForm
from models.tables import Organisation


class AccountForm(BaseForm):
    """A new account."""

    username = StringField(_l("Benutzername"), validators=[InputRequired(NEEDED), Length(max=60)])
    name = StringField(_l("Name, wie er auf Dokumenten steht"), validators=[InputRequired(NEEDED), Length(max=60)])
    organisation = SelectField(_l("Stelle"), validators=[InputRequired(NEEDED)])
    function = StringField(_l("Funktion"), validators=[Length(max=60)])
    phone = StringField(_l("Telefon"), validators=[Length(max=60)])

    def offer(self, organisations: list[Organisation]) -> None:
        """Fill the choice of organisations."""
        self.organisation.choices = [SelectChoice("", "Bitte wählen")] + [
            SelectChoice(row.key, row.name) for row in organisations
        ]
