"""Forms of the comparison: their fields follow from the values that differ."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from blueprints.shared.forms import VersionedForm
from models.queries.comparison import Comparison, Row
from models.rules.merging import Side

CHOOSE = _l("Bitte wählen, was gilt.")
FIELD, ANSWER = "field-", "answer-"


class DifferentForm(VersionedForm):
    """Two records are of different people; a word about why helps whoever looks at them later."""

    reason = TextAreaField(_l("Woran haben Sie es erkannt?"), validators=[Length(max=500)])


class UndoForm(VersionedForm):
    """A button that says everything by itself."""


class MergeForm(VersionedForm):
    """Which record stays, and for each value that differs which one holds."""

    seen = HiddenField()
    stays = RadioField(_l("Welcher Fall geht weiter?"), validators=[InputRequired(CHOOSE)])

    def choices(self, prefix: str) -> dict[str, Side]:
        """The side chosen for each field, or each item, of this form."""
        chosen = ((field.name, field.data) for field in self if field.name.startswith(prefix))
        return {name.removeprefix(prefix): Side(data) for name, data in chosen if data}


def merge_form(comparison: Comparison) -> MergeForm:
    """The form for these two records, with the proposed side chosen everywhere."""
    proposed = comparison.may_stay[0]
    fields: dict[str, Any] = {}
    for prefix, rows in ((FIELD, comparison.fields), (ANSWER, comparison.answers)):
        fields |= {f"{prefix}{row.key}": _choice(row, proposed) for row in rows if row.differs}
    form: MergeForm = type("MergeForm", (MergeForm,), fields)()
    form.stays.choices = [SelectChoice(side, comparison.sheet(side).record.case.number) for side in comparison.may_stay]
    if not form.is_submitted():
        form.stays.data, form.seen.data = proposed, comparison.fingerprint
    return form


def _choice(row: Row, proposed: Side) -> RadioField:
    sides = ((Side.LEFT, row.left), (Side.RIGHT, row.right))
    choices = [SelectChoice(side, value.text) for side, value in sides]
    return RadioField(_(row.label), choices=choices, default=proposed, validators=[InputRequired(CHOOSE)])
