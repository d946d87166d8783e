"""Forms of announcements."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectChoice, SelectMultipleField, StringField, TextAreaField

from blueprints.shared.addresses import record_id
from blueprints.shared.forms import BaseForm
from models.queries.accounts import organisations
from models.rules.announcements import Wording
from models.rules.contacts import KINDS


class AnnouncementForm(BaseForm):
    """An announcement and whom it is for; ``token`` makes it count once."""

    token = HiddenField()
    subject = StringField(_l("Betreff"))
    text = TextAreaField(_l("Mitteilung"))
    to_all = BooleanField(_l("an alle Stellen"))
    kinds = SelectMultipleField(_l("oder an alle dieser Art"), validate_choice=False)
    chosen = SelectMultipleField(_l("oder an einzelne Stellen"), validate_choice=False)
    each_person = BooleanField(_l("Jede Person bestätigt für sich; sonst genügt eine für ihre Stelle"))

    def offer(self) -> "AnnouncementForm":
        """Fill the choices; returns itself."""
        self.kinds.choices = [SelectChoice(kind, label) for kind, label in KINDS.items()]
        self.chosen.choices = [SelectChoice(str(row.id), row.name) for row in organisations()]
        return self

    def wording(self) -> Wording:
        """What was typed."""
        chosen = tuple(record_id(text) for text in self.chosen.data or ())
        kinds = tuple(self.kinds.data or ())
        return Wording(
            self.subject.data or "", self.text.data or "", self.to_all.data, kinds, chosen, self.each_person.data
        )
