"""Forms for the entries of a list. Each knows how to be filled from plain data and gives plain data back."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import TextInput

from blueprints.shared.forms import NEEDED, VersionedForm, trimmed
from models.rules.checklists import ROLE_NAMES, Item, Kind, role_names
from models.rules.checklists import Field as ListField
from models.rules.checklists.answers import german_number
from models.rules.checklists.changes import KIND_WORDS, LEVEL_WORDS
from models.rules.checklists.editing import choices_from_lines, lines_of
from models.rules.checklists.plain import LONGEST, MOST_NUMBER
from models.rules.message import Message
from models.rules.roles import Role

Data = dict[str, Any]
PEOPLE = tuple(role for role in ROLE_NAMES if role != Role.SYSTEM)
MOST_OPTIONS = 45
"""Fields with more choices than this are not offered for "nur bei": nobody ticks sixty countries."""


def _at_most(key: str) -> Length:
    return Length(max=LONGEST[key], message=_l("Höchstens %(max)d Zeichen."))


class NumberField(Field):
    """A number as it is typed in German; ``data`` is a float or None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else german_number(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the text; ValueError becomes the message at the field."""
        text = str(trimmed(valuelist[0])) if valuelist else ""
        try:
            self.data = float(text.replace(",", ".")) if text else None
            if self.data is not None and not abs(self.data) <= MOST_NUMBER:  # not a number is no number either
                raise ValueError
        except ValueError:
            self.data = None
            raise ValueError(_("Bitte eine Zahl eingeben.")) from None


class TitleForm(VersionedForm):
    """The name of a list."""

    title = StringField(_l("Name der Liste"), validators=[DataRequired(NEEDED), _at_most("title")])


class ItemForm(VersionedForm):
    """The texts of an item, and who answers it."""

    text = StringField(_l("Text des Punkts"), validators=[DataRequired(NEEDED), _at_most("text")])
    help = TextAreaField(_l("Wozu brauchen wir das?"), validators=[DataRequired(NEEDED), _at_most("help")])
    basis = StringField(_l("Rechtsgrundlage"), validators=[_at_most("basis")])
    level = RadioField(_l("Stufe"), choices=[SelectChoice(level, word) for level, word in LEVEL_WORDS.items()])
    roles = SelectMultipleField(_l("Wer beantwortet den Punkt?"))

    def offer(self, item: Item | None) -> None:
        """Who can be chosen: the organisations; what a rule answers stays with the system."""
        offered = (Role.SYSTEM,) if item and item.by_rule else PEOPLE
        self.roles.choices = [SelectChoice(role.value, ROLE_NAMES[role]) for role in offered]

    def show(self, item: Item) -> None:
        """What is stored."""
        self.text.data, self.help.data, self.basis.data = item.text, item.help, item.basis
        self.level.data, self.roles.data = item.level.value, [role.value for role in item.roles]

    def validate_roles(self, field: SelectMultipleField) -> None:
        """Somebody must answer."""
        if not field.data:
            raise ValidationError(_("Wählen Sie mindestens eine Stelle."))

    def beside(self, item: Item) -> list[tuple[str, str, str]]:
        """What was typed beside what is stored, for each entry."""
        typed = tuple(Role(value) for value in self.roles.data or () if value in set(Role))
        return [
            (self.text.label.text, self.text.data, item.text),
            (self.help.label.text, self.help.data, item.help),
            (self.basis.label.text, self.basis.data or "", item.basis),
            (self.level.label.text, str(LEVEL_WORDS.get(self.level.data, "")), str(LEVEL_WORDS[item.level])),
            (self.roles.label.text, role_names(typed), role_names(item.roles)),
        ]

    def values(self) -> Data:
        """The entries of the item; roles in their usual order."""
        roles = [choice.value for choice in self.roles.choices if choice.value in (self.roles.data or ())]
        return {"text": self.text.data, "help": self.help.data, "basis": self.basis.data, "level": self.level.data,
                "roles": roles}  # fmt: skip


class FieldForm(VersionedForm):
    """One field of an item."""

    label = StringField(_l("Bezeichnung"), validators=[DataRequired(NEEDED), _at_most("label")])
    kind = SelectField(_l("Art"), choices=[SelectChoice(kind, word) for kind, word in KIND_WORDS.items()])
    required = BooleanField(_l("muss ausgefüllt werden, damit der Punkt erledigt ist"))
    choices = TextAreaField(_l("Auswahl"), validators=[Length(max=20_000)])
    codes = SelectField(_l("oder eine gepflegte Werteliste"))
    unit = StringField(_l("Einheit"), validators=[_at_most("unit")])
    min = NumberField(_l("Kleinster Wert"))
    max = NumberField(_l("Größter Wert"))
    multiline = BooleanField(_l("mehrere Zeilen"))
    not_future = BooleanField(_l("das Datum darf nicht in der Zukunft liegen"))
    signature = BooleanField(_l("wird unterschrieben"))
    when = SelectMultipleField(_l("Nur fragen bei"), name="asked_when")  # ``when`` is a method of every element

    def offer(self, item: Item, key: str, code_lists: Mapping[str, object]) -> None:
        """Code lists, and the values of the fields before this one."""
        names = [SelectChoice("", _("keine"))] + [SelectChoice(name, name) for name in sorted(code_lists)]
        self.codes.choices = names
        keys = [field.key for field in item.fields]
        before = item.fields[: keys.index(key)] if key in keys else item.fields
        held = next((field.when for field in item.fields if field.key == key), None)
        offered = [one for field in before for one in _values_of(field, bool(held and held.field == field.key))]
        self.when.choices = [SelectChoice(*pair) for pair in offered]

    def show(self, field: ListField) -> None:
        """What is stored."""
        self.label.data, self.kind.data, self.required.data = field.label, field.kind.value, field.required
        self.choices.data = "" if field.code_lists else lines_of(field.choices.choices)
        self.codes.data = field.code_lists[0] if len(field.code_lists) == 1 else ""
        self.unit.data, self.min.data, self.max.data = field.unit, field.minimum, field.maximum
        self.multiline.data, self.not_future.data, self.signature.data = (
            field.multiline,
            field.not_future,
            field.signature,
        )
        self.when.data = [f"{field.when.field}={code}" for code in field.when.codes] if field.when else []

    def validate_choices(self, field: TextAreaField) -> None:
        """Lines that are choices, where the kind has any."""
        if isinstance(problem := choices_from_lines(field.data or ""), Message):
            raise ValidationError(str(problem))
        wanted = self.kind.data in (Kind.CHOICE, Kind.CHOICES)
        if wanted and not field.data and not self.codes.data and not self.kept_codes:
            raise ValidationError(_("Geben Sie je Zeile eine Möglichkeit an, oder wählen Sie eine Werteliste."))
        if field.data and self.codes.data:
            raise ValidationError(_("Entweder eine eigene Auswahl oder eine Werteliste, nicht beides."))

    kept_codes: tuple[str, ...] = ()
    """Several code lists together, which this form does not offer and leaves as they are."""

    def validate_when(self, field: SelectMultipleField) -> None:
        """Values of one field only."""
        if len({value.partition("=")[0] for value in field.data or ()}) > 1:
            raise ValidationError(_("Wählen Sie Werte von nur einem Feld."))

    def values(self) -> Data:
        """The entries of the field, without those that its kind does not have."""
        kind = self.kind.data
        when = [value.partition("=") for value in self.when.data or ()]
        values: Data = {
            "kind": kind,
            "label": self.label.data,
            "required": bool(self.required.data),
            "when": {"field": when[0][0], "in": [code for _field, _is, code in when]} if when else None,
            **self._choices(kind),
            "multiline": kind == Kind.TEXT and bool(self.multiline.data),
            "not_future": kind == Kind.DATE and bool(self.not_future.data),
            "signature": kind == Kind.DOCUMENT and bool(self.signature.data),
        }
        number = kind == Kind.NUMBER
        return values | {"unit": self.unit.data if number else "", "min": self.min.data if number else None,
                         "max": self.max.data if number else None}  # fmt: skip

    def beside(self, field: ListField) -> list[tuple[str, str, str]]:
        """What was typed beside what is stored, for each entry that people read."""
        choices = "" if field.code_lists else lines_of(field.choices.choices)
        typed = (self.choices.data or "").replace("\r\n", "\n").strip()
        return [
            (self.label.label.text, self.label.data, field.label),
            (self.kind.label.text, str(KIND_WORDS.get(self.kind.data, "")), str(KIND_WORDS[field.kind])),
            (self.choices.label.text, typed, choices),
        ]

    def _choices(self, kind: str) -> Data:
        if kind not in (Kind.CHOICE, Kind.CHOICES):
            return {"choices": None, "codes": None}
        if self.kept_codes and not self.choices.data and not self.codes.data:
            return {"choices": None, "codes": list(self.kept_codes)}
        own = choices_from_lines(self.choices.data or "")
        return {"choices": own or None, "codes": [self.codes.data] if self.codes.data else None}


def _values_of(field: ListField, used: bool) -> list[tuple[str, str]]:
    if field.kind == Kind.TICK:
        return [(f"{field.key}=yes", _("%(field)s: ja", field=field.label or field.key))]
    choices = field.choices.choices
    if len(choices) > MOST_OPTIONS and not used:
        return []
    return [(f"{field.key}={choice.code}", f"{field.label or field.key}: {choice.label}") for choice in choices]


class TestForm(VersionedForm):
    """One comparison to be added to a condition."""

    way = RadioField(_l("Vergleich"), validators=[InputRequired(_l("Bitte wählen."))])
    codes = SelectMultipleField(_l("Werte"))
    number = NumberField(_l("Zahl"))
    missing = False
    """Whether the comparison lacks its value."""

    def validate_way(self, field: RadioField) -> None:
        """A comparison needs what it compares with."""
        if not self.missing or not field.data:
            return
        raise ValidationError(_("Geben Sie an, womit verglichen wird."))


class WordsForm(VersionedForm):
    """How a condition is said on the page, and how its parts are joined."""

    join = RadioField(
        _l("Der Punkt wird gefragt, wenn"),
        choices=[SelectChoice("all", _l("alle zutreffen")), SelectChoice("any", _l("mindestens eine zutrifft"))],
        default="all",
    )
    words = StringField(_l("In eigenen Worten: nur wenn …"), validators=[_at_most("condition_text")])


class PublishForm(VersionedForm):
    """Publish exactly the draft that was seen."""

    token = StringField(validators=[InputRequired()])
