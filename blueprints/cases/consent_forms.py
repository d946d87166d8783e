"""Forms of the consents; what may be decided when is a rule."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired

from blueprints.shared.forms import NEEDED, GermanDateField, VersionedForm
from models.queries.consents import languages_to_choose
from models.rules.consents import Decision, Purpose
from models.rules.files import CheckedFile, check_file


class ConsentForm(VersionedForm):
    """What the person decided on the form, and the scan of it."""

    decision = RadioField(
        _l("Was hat die Person entschieden?"),
        choices=[SelectChoice("granted", _l("erteilt")), SelectChoice("refused", _l("abgelehnt"))],
        validators=[InputRequired(_l("Bitte erteilt oder abgelehnt wählen."))],
    )
    decided_on = GermanDateField(_l("unterschrieben am"))
    language = SelectField(_l("in welcher Sprache erklärt"), validators=[InputRequired(NEEDED)])
    interpreter = StringField(_l("gedolmetscht durch"))
    guardian = StringField(_l("gesetzliche Vertretung"))
    named = StringField(_l("um diese Angaben oder Gutachten geht es"))
    file = FileField(_l("Scan des unterschriebenen Formulars"))

    def offer(self) -> "ConsentForm":
        """Fill the languages; returns itself."""
        self.language.choices = [SelectChoice(code, label) for code, label in languages_to_choose().items()]
        return self

    def typed(self, purpose: Purpose, recipient: int | None) -> Decision:
        """What was typed."""
        return Decision(
            purpose=purpose,
            is_granted=self.decision.data == "granted",
            decided_on=self.decided_on.data,
            recipient=recipient,
            language=self.language.data,
            interpreter=self.interpreter.data or "",
            guardian=self.guardian.data or "",
            named=self.named.data or "",
        )

    def scan(self) -> CheckedFile | None:
        """The file as it may be kept; RuleBroken at ``file``."""
        chosen = self.file.data
        return check_file(chosen.read(), chosen.filename or "") if chosen and chosen.filename else None


class WithdrawConsentForm(VersionedForm):
    """The day of a withdrawal; more than that nobody may ask."""

    decided_on = GermanDateField(_l("widerrufen am"))
