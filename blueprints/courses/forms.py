"""Forms of the area courses. Each returns plain data."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from blueprints.shared.forms import NEEDED, BaseForm, GermanDateField, VersionedForm
from models.operations.course_progress import News
from models.queries.course_access import CourseAccess
from models.queries.courses import CourseRow, Filters, kinds_offered, offices_of_providers, providers
from models.rules.courses import LEVELS, CourseData, ProviderData
from models.rules.enrolments import (
    ALL_PATH_LABELS,
    ISSUERS,
    PATH_BASIS,
    PROGRESS,
    SELF_PAYER,
    Act,
    NamedPath,
    offered_paths,
    possible,
)
from models.rules.states import EnrolmentState
from models.rules.times import local_day
from models.tables import Provider

CHOOSE = _l("Bitte wählen")


class CountField(IntegerField):
    """A whole number with a German sentence for anything else."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the text; ValueError becomes the message at the field."""
        text = valuelist[0].strip() if valuelist else ""
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            self.data = None
            raise ValueError(_("Bitte eine ganze Zahl eingeben."))
        self.data = int(text) if text else None


def _provider(text: object) -> int | None:
    """The id of a provider; None for anything that is no id."""
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


class FilterForm(BaseForm):
    """What the list of courses is narrowed to. Stands in the address, so it asks for nothing personal."""

    class Meta(BaseForm.Meta):
        csrf = False

    art = SelectField(_l("Kursart"))
    traeger = SelectField(_l("Kursträger"), coerce=_provider)
    niveau = SelectField(_l("Eingangsniveau"))
    frei = BooleanField(_l("nur mit freien Plätzen"))
    kinder = BooleanField(_l("mit Kinderbetreuung"))
    vergangene = BooleanField(_l("auch vergangene"))

    def offer(self, kinds: dict[str, str], known: list[Provider]) -> None:
        """Fill the choices."""
        self.art.choices = _choices(_("alle"), kinds)
        self.traeger.choices = _choices(_("alle"), {str(row.id): row.name for row in known})
        self.niveau.choices = _choices(_("alle"), {level: level for level in LEVELS})

    def filters(self) -> Filters:
        """The filters as plain data."""
        return Filters(
            kind=self.art.data or "",
            provider=self.traeger.data,
            level=self.niveau.data or "",
            free=self.frei.data,
            childcare=self.kinder.data,
            past=self.vergangene.data,
        )


def _choices(first: str, rest: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice("", first), *(SelectChoice(value, label) for value, label in rest.items())]


def _filled(*fields: Field) -> bool:
    empty = [field for field in fields if field.data in (None, "")]
    for field in empty:
        field.errors = field.errors or [str(NEEDED)]
    return not empty


class CourseForm(VersionedForm):
    """A course, new or to be corrected."""

    number = StringField(
        _l("Kursnummer"),
        validators=[
            Optional(),
            Length(max=40, message=_l("Höchstens 40 Zeichen.")),
            Regexp(
                r"^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._-]*$",
                message=_l("Nur Buchstaben, Ziffern, Punkt und Bindestrich, mit mindestens einer Ziffer."),
            ),
        ],
    )
    provider = SelectField(_l("Kursträger"), coerce=lambda text: int(text) if text else None)
    kind = SelectField(_l("Kursart"))
    title = StringField(_l("Bezeichnung"), validators=[Length(max=200)])
    level_from = SelectField(_l("Eingangsniveau"))
    level_to = SelectField(_l("Zielniveau"))
    site = StringField(_l("Ort"), validators=[Length(max=200)])
    schedule = StringField(_l("Kurszeiten"), validators=[Length(max=200)])
    transport = StringField(_l("Bus und Bahn"), validators=[Length(max=200)])
    starts_on = GermanDateField(_l("Beginn"))
    ends_on = GermanDateField(_l("Ende"))
    register_until = GermanDateField(_l("Anmeldung bis"))
    seats = CountField(_l("Plätze"))
    threshold = CountField(_l("Startschwelle"))
    childcare = BooleanField(_l("Kinderbetreuung während des Kurses"))
    barrier_free = BooleanField(_l("barrierefrei erreichbar"))

    def offer(self, now: Any, course: CourseRow | None = None) -> None:
        """Fill the choices: providers that are active, kinds that may be offered; a course keeps its own."""
        known = {row.id: row.name for row in providers(active_only=True)}
        kinds = {kind.code: kind.name for kind in kinds_offered(local_day(now))}
        if course:
            known.setdefault(course.provider_id, course.provider_name)
            kinds.setdefault(course.kind, course.kind_name)
        self.provider.choices = _choices(str(CHOOSE), {str(key): name for key, name in known.items()})
        self.kind.choices = _choices(str(CHOOSE), kinds)
        levels = {level: level for level in LEVELS} | {"0": _("0 (noch kein Deutsch)")}
        self.level_from.choices = _choices(_("offen"), levels)
        self.level_to.choices = _choices(_("offen"), levels)

    def validate(self, extra_validators: Any = None) -> bool:
        """What is needed must be there once it was read: blanks are nothing."""
        valid = super().validate(extra_validators)
        return _filled(self.number, self.provider, self.kind, self.title, self.starts_on, self.seats) and valid

    def course(self) -> CourseData:
        """The course as plain data."""
        names = ("number", "kind", "title", "level_from", "level_to", "site", "schedule", "transport", "starts_on")
        more = ("ends_on", "register_until", "seats", "threshold", "childcare", "barrier_free")
        values = {name: self[name].data for name in (*names, *more)}
        texts = {name: value or "" for name, value in values.items() if name in names and name != "starts_on"}
        return CourseData(provider_id=self.provider.data, **(values | texts))


class ProviderForm(VersionedForm):
    """A course provider; without an organisation it works on paper."""

    name = StringField(_l("Name"), validators=[DataRequired(NEEDED), Length(max=200)])
    bamf_code = StringField(
        _l("Trägerkennung des BAMF"), validators=[Length(max=20, message=_l("Höchstens 20 Zeichen."))]
    )
    street = StringField(_l("Straße, Hausnummer"), validators=[Length(max=200)])
    postcode = StringField(_l("Postleitzahl"), validators=[Optional(), Regexp(r"^\d{5}$", message=_l("Fünf Ziffern."))])
    town = StringField(_l("Ort"), validators=[Length(max=100)])
    phone = StringField(_l("Telefon"), validators=[Length(max=60)])
    email = StringField(_l("E-Mail"), validators=[Length(max=200)])
    organisation = SelectField(_l("Zugang"), coerce=lambda text: int(text) if text else None)
    active = BooleanField(_l("bietet Kurse an"), default=True)

    def offer(self) -> None:
        """Fill the choice of organisations whose people may log in for a provider."""
        offices = {str(row.id): row.name for row in offices_of_providers()}
        self.organisation.choices = _choices(_("kein Zugang, arbeitet auf Papier"), offices)

    def provider(self) -> ProviderData:
        """The provider as plain data."""
        names = ("name", "bamf_code", "street", "postcode", "town", "phone", "email")
        texts = {name: self[name].data or "" for name in names}
        return ProviderData(organisation_id=self.organisation.data, active=self.active.data, **texts)


class ReservationForm(BaseForm):
    """A course, and the access path that opens it with the paper behind it."""

    course = RadioField(_l("Kurs"), validate_choice=False)
    path = SelectField(_l("Zugangsweg"), validate_choice=False)
    issued_by = SelectField(_l("Bescheid ausgestellt durch"), validate_choice=False)
    dated = GermanDateField(_l("Bescheid vom"))
    valid_to = GermanDateField(_l("gültig bis"))
    basis = StringField(_l("Rechtsgrundlage"), validators=[Length(max=200)])

    def offer(self, courses: list[CourseRow], access: CourseAccess) -> None:
        """Fill the choices: courses with a free seat, and the paths that may be named."""
        paths = {path: _(ALL_PATH_LABELS[path]) for path in offered_paths(None, access.states)}
        self.course.choices = [SelectChoice(row.number, row.title) for row in courses]
        self.path.choices = _choices(str(CHOOSE), {path: f"{path} {label}" for path, label in paths.items()})
        self.issued_by.choices = _choices(_("ohne Bescheid"), {code: _(label) for code, label in ISSUERS.items()})

    def named(self) -> NamedPath:
        """The named path as plain data; the usual legal basis where nobody typed another."""
        path = self.path.data or ""
        if path == SELF_PAYER:
            return NamedPath(path)
        basis = self.basis.data or PATH_BASIS.get(path, "")
        return NamedPath(path, basis, self.issued_by.data or "", self.dated.data, self.valid_to.data)


class IssueForm(VersionedForm):
    """Issue the enrolment form. Signing is chosen, never guessed from an empty PIN."""

    signed = RadioField(
        _l("Unterschrift"),
        choices=[
            SelectChoice("pin", _l("elektronisch mit PIN")),
            SelectChoice("ink", _l("auf Papier, der Bogen hat eine Linie dafür")),
        ],
        default="pin",
        validate_choice=False,
    )
    pin = PasswordField(_l("PIN"), validators=[Length(max=100)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Who wants to sign needs the PIN."""
        valid = super().validate(extra_validators)
        return (self.signed.data != "pin" or _filled(self.pin)) and valid

    def signing_pin(self) -> str:
        """The PIN to sign with; empty for a form that is signed on paper."""
        return (self.pin.data or "") if self.signed.data == "pin" else ""


class SendForm(VersionedForm):
    """Release to the provider."""

    consented_on = GermanDateField(_l("Einwilligung E2 erteilt am"))


class ConfirmForm(VersionedForm):
    """What the provider said, entered by somebody else."""

    confirmed_on = GermanDateField(_l("angemeldet am"))
    expected_start = GermanDateField(_l("voraussichtlicher Beginn"))
    source = StringField(_l("Quelle"), id="confirm-source", validators=[Length(max=200)])


class DeclineForm(VersionedForm):
    """That the provider said no, entered by somebody else."""

    reason = TextAreaField(_l("Grund"), id="decline-reason", validators=[Length(max=500)])
    source = StringField(_l("Quelle"), id="decline-source", validators=[Length(max=200)])


class ProgressForm(VersionedForm):
    """How the course goes, entered by somebody else."""

    what = RadioField(_l("Was ist geschehen"), id="progress-what", validate_choice=False)
    on = GermanDateField(_l("am"), id="progress-on")
    reason = TextAreaField(_l("Grund des Abbruchs"), id="progress-reason", validators=[Length(max=500)])
    source = StringField(_l("Quelle"), id="progress-source", validators=[Length(max=200)])

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

    def news(self) -> News:
        """What happened as plain data."""
        return News(Act(self.what.data), self.on.data, self.reason.data or "", self.source.data or "")


class CancelForm(VersionedForm):
    """Give a seat back."""

    reason = TextAreaField(_l("Grund"), id="cancel-reason", validators=[Length(max=500)])
