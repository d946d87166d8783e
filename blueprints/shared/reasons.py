"""Forms with a reason of the closed table, for whoever gives a seat back, refuses it, or tells of a dropout."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from blueprints.shared.forms import GermanDateField, VersionedForm
from models.operations.course_progress import News
from models.rules.enrolments import PROGRESS, Act, possible
from models.rules.reasons import MOST_TEXT, REASONS, REASONS_OF, Reason
from models.rules.states import EnrolmentState


class AnyReasonForm(VersionedForm):
    """One of some reasons of the table; only "Sonstiges" carries text."""

    reason = SelectField(_l("Grund"), validate_choice=False)
    reason_text = StringField(
        _l("Text zu „Sonstiges“"), validators=[Length(max=MOST_TEXT, message=_l("Höchstens 500 Zeichen."))]
    )

    def __init__(self, act: str, codes: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in (self.reason, self.reason_text):  # several of them stand on one page
            field.id = f"{act}-{field.name.replace('_', '-')}"
        self.reason.choices = _choices(tuple(codes))

    def why(self) -> Reason:
        """The reason as plain data."""
        return Reason(self.reason.data or "", self.reason_text.data or "")


@cache
def _choices(codes: tuple[str, ...]) -> tuple[SelectChoice, ...]:
    """Translated once, like the texts of the pages: three such forms stand on one page."""
    return (SelectChoice("", _("Bitte wählen")), *(SelectChoice(code, _(REASONS[code])) for code in codes))


class ReasonForm(AnyReasonForm):
    """The reason of one act."""

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, REASONS_OF[act], *args, **kwargs)


class ProgressForm(ReasonForm):
    """How the course goes for the person; the reason is that of a dropout."""

    what = RadioField(_l("Was ist geschehen"), id="progress-what", validate_choice=False)
    on = GermanDateField(_l("am"), id="progress-on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(Act.DROP, *args, **kwargs)
        self.reason.label.text = _("Grund des Abbruchs")

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

    def news(self, source: str = "") -> News:
        """What happened as plain data; ``source`` names who said so for the provider."""
        return News(Act(self.what.data), self.on.data, self.why(), source)
