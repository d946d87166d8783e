"""The forms of arrivals. What may stand in a field is decided by the rules of the list, not here."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, FieldList, Form, FormField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from blueprints.shared.forms import BaseForm
from models.queries.code_names import code_names
from models.rules.arrivals.columns import Column

MOST_PEOPLE = 12


class UploadForm(BaseForm):
    """An arrivals list."""

    file = FileField(_l("Ankunftsliste"), validators=[FileRequired(_l("Bitte eine Datei auswählen."))])


class PersonFields(Form):
    """One person of the form; ``others`` are cases of which somebody has said that they are about another person."""

    family_name = StringField(_l("Familienname"))
    given_name = StringField(_l("Vorname"))
    date_of_birth = StringField(_l("Geburtsdatum"))
    sex = RadioField(_l("Geschlecht"), validate_choice=False)
    nationality = StringField(_l("Staatsangehörigkeit"))
    languages = StringField(_l("Sprachen"))
    interpreter = SelectField(_l("Dolmetschen nötig"), validate_choice=False)
    phone = StringField(_l("Telefon"))
    document = SelectField(_l("Aufenthaltspapier"), validate_choice=False)
    valid_to = StringField(_l("gültig bis"))
    marital_status = SelectField(_l("Familienstand"), validate_choice=False)
    azr_number = StringField(_l("AZR-Nummer"))
    note = TextAreaField(_l("Bemerkung"))
    others = HiddenField(_l("Möglicherweise schon erfasst"))


class ArrivalForm(BaseForm):
    """One person or one family: what they share, and each of them. ``token`` makes it count once."""

    token = HiddenField()
    municipality = SelectField(_l("Gemeinde"), validate_choice=False)
    arrived_on = StringField(_l("Ankunft"))
    street = StringField(_l("Straße und Hausnummer"))
    postcode = StringField(_l("Postleitzahl"))
    town = StringField(_l("Ort"))
    bamf_reference = StringField(_l("BAMF-Aktenzeichen"))
    children = StringField(_l("Kinder im Haushalt"))
    people = FieldList(FormField(PersonFields), min_entries=1, max_entries=MOST_PEOPLE)

    def persons(self) -> list[PersonFields]:
        """The people of the form, in their order."""
        return [entry.form for entry in self.people.entries]

    def wrong(self) -> Iterator[tuple[str, str, str]]:
        """Every error for the summary: where to jump, the label, the sentence."""
        yield from (_wrong(field, "") for field in self if field.name != self.people.name and field.errors)
        for number, person in enumerate(self.persons(), start=1):
            name = _("Person %(number)s: ", number=number) if len(self.people.entries) > 1 else ""
            yield from (_wrong(field, name) for field in person if field.errors)


SHARED: dict[str, Column] = {
    "municipality": Column.MUNICIPALITY,
    "arrived_on": Column.ARRIVED_ON,
    "street": Column.STREET,
    "postcode": Column.POSTCODE,
    "town": Column.TOWN,
    "bamf_reference": Column.BAMF_REFERENCE,
    "children": Column.CHILDREN,
}
EACH: dict[str, Column] = {
    "family_name": Column.FAMILY_NAME,
    "given_name": Column.GIVEN_NAME,
    "date_of_birth": Column.DATE_OF_BIRTH,
    "sex": Column.SEX,
    "nationality": Column.NATIONALITY,
    "languages": Column.LANGUAGES,
    "interpreter": Column.INTERPRETER,
    "phone": Column.PHONE,
    "document": Column.DOCUMENT,
    "valid_to": Column.VALID_TO,
    "marital_status": Column.MARITAL_STATUS,
    "azr_number": Column.AZR_NUMBER,
    "note": Column.NOTE,
}
"""Which column of the list a field is."""


def _wrong(field: Field, person: str) -> tuple[str, str, str]:
    target = f"{field.id}-0" if field.type == "RadioField" else field.id
    return target, f"{person}{field.label.text}", str(field.errors[0])


def offer_choices(form: ArrivalForm, municipalities: Mapping[str, str]) -> None:
    """Fill the selects; ``municipalities`` are names by key."""
    form.municipality.choices = _optional(_("noch nicht zugewiesen"), municipalities)
    papers = _optional(_("bitte wählen"), code_names("residence_documents"))
    statuses = _optional(_("keine Angabe"), code_names("marital_status"))
    yes_no = _optional(_("nicht bekannt"), {"ja": _("ja"), "nein": _("nein")})
    sexes = [SelectChoice(code, label) for code, label in code_names("sexes").items()]
    for person in form.persons():
        person.document.choices, person.marital_status.choices = papers, statuses
        person.interpreter.choices, person.sex.choices = yes_no, sexes


def _optional(nothing: str, labels: Mapping[str, str]) -> list[Any]:
    return [SelectChoice("", nothing), *(SelectChoice(code, label) for code, label in labels.items())]
