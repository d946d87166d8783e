"""Base of all forms: German messages, trimmed text, German dates and numbers. A form returns plain data."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput, TextInput

from blueprints.shared.addresses import record_id
from blueprints.shared.tokens import FormToken

NEEDED = _l("Bitte ausfüllen.")


def trimmed(value: Any) -> Any:
    """Text without blanks around it; anything else as it is."""
    return value.strip() if isinstance(value, str) else value


class BaseForm(FlaskForm):
    """Trims every text, so that blanks alone do not pass as an answer."""

    class Meta:
        locales = ("de",)
        csrf_class = FormToken

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Add the trimming filter to text fields; passwords stay as typed."""
            if issubclass(unbound_field.field_class, StringField) and unbound_field.field_class is not PasswordField:
                unbound_field.kwargs.setdefault("filters", [trimmed])
            field: Field = unbound_field.bind(form=form, **options)
            return field

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was posted, and nothing of JSON, which no page sends. A file is given to the fields of files alone;
            others would take it for text.
            """
            if request.is_json:
                return None
            posted = super().wrap_formdata(form, formdata)  # type: ignore[misc]
            if not isinstance(posted, CombinedMultiDict):
                return posted
            of_files = {field.name for field in form if isinstance(field, FileField)}
            files = [(name, file) for name, file in request.files.items(multi=True) if name in of_files]
            return CombinedMultiDict([MultiDict(files), request.form])


class VersionedForm(BaseForm):
    """A form that knows which version of the record was shown."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class PressForm(VersionedForm):
    """A button that says everything by itself, for the version of the record that was shown."""


class GermanDateField(Field):
    """A day typed as 22.11.2026 or 2026-11-22; ``data`` is a date or None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%d.%m.%Y") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the text; ValueError becomes the message at the field."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = parse_day(text) if text else None


class CountField(IntegerField):
    """A whole number with a German sentence for anything else."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the text; ValueError becomes the message at the field."""
        text = valuelist[0].strip() if valuelist else ""
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            self.data = None
            raise ValueError(_("Bitte eine ganze Zahl eingeben."))
        self.data = int(text) if text else None


def parse_day(text: str) -> date:
    """A day from German or ISO text; ValueError with a German sentence for anything else."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, pattern).date()
        except ValueError:
            continue
        if 1900 <= day.year <= 2100:
            return day
    raise ValueError(_("Bitte ein Datum wie 22.11.2026 eingeben."))


class PeriodForm(BaseForm):
    """From when to when something is asked for; it stands in the address."""

    von = GermanDateField(_l("vom"))
    bis = GermanDateField(_l("bis"))

    class Meta(BaseForm.Meta):
        csrf = False

    def validate_bis(self, field: GermanDateField) -> None:
        """The last day is not before the first."""
        if field.data and self.von.data and field.data < self.von.data:
            raise ValidationError(_l("Der letzte Tag liegt vor dem ersten."))


class LoginForm(BaseForm):
    """User name and password; ``target`` is where to go on."""

    username = StringField(_l("Benutzername"), validators=[InputRequired(NEEDED), Length(max=60)])
    password = PasswordField(_l("Passwort"), validators=[InputRequired(NEEDED), Length(max=200)])
    target = HiddenField()


class MailboxForm(VersionedForm):
    """Where the daily mail goes; of the own account, and of another one for the administration."""

    address = StringField(_l("E-Mail-Adresse"), validators=[Length(max=254)])
    digest = BooleanField(_l("Einmal am Tag die Zahl der Aufgaben schicken"))


class ContactDetailsForm(VersionedForm):
    """How a person is reached; of the own account, and of another one for the administration."""

    function = StringField(_l("Funktion"), validators=[Length(max=60, message=_l("Höchstens 60 Zeichen."))])
    phone = StringField(_l("Telefon"), validators=[Length(max=60, message=_l("Höchstens 60 Zeichen."))])
    email = StringField(_l("E-Mail"), validators=[Length(max=200, message=_l("Höchstens 200 Zeichen."))])


class EmptyForm(BaseForm):
    """Only the CSRF token: for buttons that say everything by themselves."""


class AbsenceForm(BaseForm):
    """From when to when somebody is away, and who stands in."""

    begins_on = GermanDateField(_l("abwesend ab"), validators=[InputRequired(NEEDED)])
    ends_on = GermanDateField(_l("bis einschließlich"), validators=[InputRequired(NEEDED)])
    deputy = SelectField(_l("Vertretung"), validators=[InputRequired(NEEDED)], validate_choice=False)

    def offer(self, colleagues: Mapping[int, str]) -> "AbsenceForm":
        """Fill the choices with the colleagues; returns itself."""
        people = (SelectChoice(str(number), name) for number, name in colleagues.items())
        self.deputy.choices = [SelectChoice("", _l("Bitte wählen")), *people]
        return self

    @property
    def chosen_deputy(self) -> int:
        """The account that was chosen; 0, which the rule refuses, for anything else."""
        return record_id(self.deputy.data)
