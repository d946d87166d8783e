"""One text area for each paragraph of a text, and who checked a translation."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms import TextAreaField as Text
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import HiddenInput

from blueprints.shared.forms import GermanDateField, VersionedForm
from models.operations.texts import Seen
from pdf.base.fonts import printable

PREFIX = "text_"


class SeenForm(VersionedForm):
    """A form that knows which version of a text was shown."""

    number = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @property
    def seen(self) -> Seen:
        """The version that was shown."""
        return Seen(self.number.data or 0, self.version.data or 0)


class CheckForm(SeenForm):
    """Who has checked a translation, and when; the rule says what is wrong with them."""

    checked_by = StringField(_l("Fachlich geprüft von"))
    checked_on = GermanDateField(_l("am"))


class TextForm(SeenForm):
    """The paragraphs of one text; ``text_form`` adds a field for each."""

    def typed(self) -> dict[str, str]:
        """What was typed, by paragraph, with the line ends of every system."""
        return {
            field.name.removeprefix(PREFIX): "\n".join((field.data or "").splitlines())
            for field in self
            if field.name.startswith(PREFIX)
        }


def text_form(german: Mapping[str, str], content: Mapping[str, str]) -> TextForm:
    """The form of a text, as posted, else filled with what stands; its fields are the German paragraphs."""
    fields = {
        PREFIX + key: Text(_("Absatz %(number)s", number=number), validators=[_in_our_fonts])
        for number, key in enumerate(german, start=1)
    }
    data = {PREFIX + key: content.get(key, "") for key in german}
    form: TextForm = type("ParagraphsForm", (TextForm,), fields)(data=data)
    return form


def _in_our_fonts(_form: TextForm, field: Text) -> None:
    """PDF/A forbids characters without a glyph."""
    missing = sorted({char for char in field.data or "" if printable(char) == "[?]"})
    if missing:
        raise ValidationError(_("Diese Zeichen kann der Druck nicht darstellen: %(chars)s", chars=" ".join(missing)))
