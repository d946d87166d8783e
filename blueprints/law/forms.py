"""Forms of the maintained law: one for each topic, each gives the entry that was typed."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms import TextAreaField as Text
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from blueprints.shared.forms import NEEDED, GermanDateField, VersionedForm
from models.queries.code_names import code_names
from models.rules.law import words
from models.rules.law.entries import Entry, Topic


def choices(options: Mapping[str, str]) -> list[SelectChoice]:
    """Options with an empty one before them."""
    return [SelectChoice("", _("Bitte wählen")), *(SelectChoice(str(code), label) for code, label in options.items())]


class PlanForm(VersionedForm):
    """What every step has: the state of the law that was shown, and the plan that was shown before saving."""

    shown = HiddenField()


class EntryForm(PlanForm):
    """An entry with its validity, source and note; each topic adds its own fields."""

    valid_from = GermanDateField(_l("gilt ab"))
    valid_to = GermanDateField(_l("gilt bis"))
    source = StringField(_l("Quelle"), validators=[Length(max=300)])
    note = Text(_l("Vermerk"), validators=[Length(max=500)])
    reason = Text(_l("Was war falsch?"), validators=[Length(max=500)])
    own: tuple[str, ...] = ()
    """Names of the fields that a topic adds, in their order on the page."""

    def entry(self, topic: Topic, before: Mapping[str, Any]) -> Entry:
        """The entry that was typed; ``before`` is what it takes the place of."""
        return Entry(
            topic=topic,
            content={**before, **self.content()},
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            source=self.source.data or "",
            note=self.note.data or "",
        )

    def content(self) -> dict[str, Any]:
        """What the topic says."""
        return {name: self[name].data for name in self.own}

    def prepare(self) -> None:
        """Offer what this topic is chosen from."""


class CountryForm(EntryForm):
    """A country on a list of safe countries of origin."""

    own = ("list", "country")
    list = SelectField(_l("Liste"), validators=[InputRequired(NEEDED)])
    country = SelectField(_l("Staat"), validators=[InputRequired(NEEDED)])

    def prepare(self) -> None:
        """The lists that the rules know, and all countries."""
        self.list.choices = choices({name: name for name in words.COUNTRY_LISTS})
        self.country.choices = choices(code_names("countries"))

    def content(self) -> dict[str, Any]:
        """With the German name of the country, as the rules recognise it."""
        code = self.country.data
        return super().content() | {"name": code_names("countries").get(code, code)}


class SuspensionForm(EntryForm):
    """A time without admissions; the note says what is suspended."""

    def validate_note(self, field: Text) -> None:
        """Who reads "ausgesetzt" wants to know what and for whom."""
        if not field.data:
            raise ValidationError(_("Was ist ausgesetzt, und was bleibt gültig?"))


class ResidenceForm(EntryForm):
    """What the rules derive from a residence paper."""

    own = (
        "code", "label", "norm", "sphere", "arrival", "work", "course", "livelihood", "employment_service",
        "work_note", "course_note", "card_labels", "section_44_4_group", "is_title", "unlimited",
    )  # fmt: skip
    code = SelectField(_l("Papier"), validators=[InputRequired(NEEDED)])
    label = StringField(_l("Bezeichnung"), validators=[InputRequired(NEEDED), Length(max=200)])
    norm = StringField(_l("Vorschrift"), validators=[InputRequired(NEEDED), Length(max=200)])
    sphere = SelectField(_l("Rechtskreis"), validators=[InputRequired(NEEDED)])
    arrival = SelectField(_l("Rechtskreis bei der Ankunft"), validators=[InputRequired(NEEDED)])
    work = SelectField(_l("Arbeitsmarktzugang"), validators=[InputRequired(NEEDED)])
    course = SelectField(_l("Integrationskurs"), validators=[InputRequired(NEEDED)])
    livelihood = StringField(_l("Lebensunterhalt nach"), validators=[InputRequired(NEEDED), Length(max=200)])
    employment_service = StringField(_l("Arbeitsförderung nach"), validators=[InputRequired(NEEDED), Length(max=200)])
    work_note = StringField(_l("Hinweis zur Arbeit"), validators=[Length(max=300)])
    course_note = StringField(_l("Hinweis zum Kurs"), validators=[Length(max=300)])
    card_labels = Text(_l("Aufdrucke, die das Papier erkennen lassen"), validators=[Length(max=4000)])
    section_44_4_group = BooleanField(_l("Gruppe des § 44 Abs. 4 S. 2 Nr. 1 bis 3 AufenthG"))
    is_title = BooleanField(_l("Aufenthaltstitel"))
    unlimited = BooleanField(_l("unbefristet"))

    def prepare(self) -> None:
        """Codes of the code list alone: papers are chosen from it everywhere."""
        self.code.choices = choices(code_names("residence_documents"))
        for name, options in (
            ("sphere", words.SPHERES), ("arrival", words.ARRIVALS), ("work", words.WORK), ("course", words.COURSES),
        ):  # fmt: skip
            self[name].choices = choices(options)

    def content(self) -> dict[str, Any]:
        """Labels as a list."""
        lines = [line.strip() for line in (self.card_labels.data or "").splitlines() if line.strip()]
        return super().content() | {"card_labels": lines}


class DeadlineForm(EntryForm):
    """The length of an own deadline; what it is counted from stays."""

    own = ("amount",)
    amount = IntegerField(
        _l("Länge"), validators=[InputRequired(NEEDED), NumberRange(1, 400, _l("Bitte eine Zahl von 1 bis 400."))]
    )


class KindForm(EntryForm):
    """A kind of course."""

    own = ("code", "name", "family", "units")
    code = StringField(
        _l("Kürzel"), validators=[InputRequired(NEEDED), Length(max=12, message=_l("Höchstens 12 Zeichen."))]
    )
    name = StringField(_l("Name"), validators=[InputRequired(NEEDED), Length(max=200)])
    family = SelectField(_l("Gehört zu"), validators=[InputRequired(NEEDED)])
    units = StringField(_l("Unterrichtseinheiten"), validators=[Length(max=60)])

    def prepare(self) -> None:
        """The two families of courses."""
        self.family.choices = choices(words.FAMILIES)

    def validate_code(self, field: StringField) -> None:
        """Codes stand in addresses and files."""
        if field.data and not re.fullmatch(r"[A-Z0-9][A-Z0-9-]*", field.data):
            raise ValidationError(_("Nur Großbuchstaben, Ziffern und Bindestrich."))


class LettersForm(EntryForm):
    """Which letters of Art. 42 (1) forbid work."""

    own = ("letters",)
    letters = SelectMultipleField(
        _l("Buchstaben, die eine Beschäftigung sperren"),
        choices=[SelectChoice(letter, letter) for letter in words.LETTERS],
        validators=[InputRequired(_l("Bitte mindestens einen Buchstaben wählen."))],
    )


class EndForm(PlanForm):
    """The last day of an entry, and where that stands."""

    valid_to = GermanDateField(_l("gilt bis (letzter Tag)"))
    source = StringField(_l("Quelle"), validators=[Length(max=300)])
    note = Text(_l("Vermerk"), validators=[Length(max=500), Optional()])


class WithdrawForm(PlanForm):
    """Why an entry should never have been there."""

    reason = Text(_l("Grund"), validators=[Length(max=500)])


FORMS: Mapping[Topic, type[EntryForm]] = {
    Topic.SAFE_COUNTRIES: CountryForm,
    Topic.ADMISSION_SUSPENSIONS: SuspensionForm,
    Topic.RESIDENCE_CODES: ResidenceForm,
    Topic.DEADLINES: DeadlineForm,
    Topic.COURSE_KINDS: KindForm,
    Topic.BLOCKING_LETTERS: LettersForm,
}


def form_for(topic: Topic, before: Entry | None = None, **values: Any) -> EntryForm:
    """The form of a topic, as posted, else filled with the entry that it starts from."""
    data = {**_typed(before), **values} if before else values
    form = FORMS[topic](data=data)
    form.prepare()
    return form


def _typed(entry: Entry) -> dict[str, Any]:
    content = dict(entry.content)
    if isinstance(content.get("card_labels"), list):
        content["card_labels"] = "\n".join(content["card_labels"])
    days = {"valid_from": entry.valid_from, "valid_to": entry.valid_to}
    return content | days | {"source": entry.source, "note": entry.note}
