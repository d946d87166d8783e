"""What of the logs is asked for. It stands in the address: a case number, an organisation and days, no person."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length

from blueprints.shared.forms import PeriodForm
from models.queries.logs import LogWish


class LogForm(PeriodForm):
    """One case, one organisation, from when to when."""

    fall = StringField(_l("Fallnummer"), validators=[Length(max=20)])
    stelle = SelectField(_l("Stelle"), default="")

    def offer(self, organisations: Mapping[str, str]) -> "LogForm":
        """Fill the choice of organisations; returns itself."""
        offices = (SelectChoice(key, name) for key, name in organisations.items())
        self.stelle.choices = [SelectChoice("", _l("alle")), *offices]
        return self

    def wish(self) -> LogWish:
        """What was asked for."""
        return LogWish((self.fall.data or "").upper(), self.stelle.data or "", self.von.data, self.bis.data)
