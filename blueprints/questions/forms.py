"""Forms of questions: what is asked of whom, and the answer."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, TextAreaField

from blueprints.shared.addresses import record_id
from blueprints.shared.forms import BaseForm, VersionedForm


class QuestionForm(BaseForm):
    """A question to one of the organisations that see the same item."""

    to = SelectField(_l("an"), validate_choice=False)
    text = TextAreaField(_l("Frage"))

    def offer(self, offices: Mapping[int, str]) -> "QuestionForm":
        """Fill the choices; returns itself."""
        known = [SelectChoice(str(number), name) for number, name in offices.items()]
        self.to.choices = known if len(known) == 1 else [SelectChoice("", _l("Bitte wählen")), *known]
        return self

    @property
    def receiver(self) -> int:
        """The organisation that was chosen; 0, which the rule refuses, for anything else."""
        return record_id(self.to.data)


class AnswerForm(VersionedForm):
    """The answer to a question."""

    answer = TextAreaField(_l("Antwort"))
