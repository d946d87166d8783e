"""Forms of the catalogue: courses, providers and their sites. Each returns plain data."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from blueprints.courses.choices import CHOOSE, choices, filled
from blueprints.shared.addresses import record_id
from blueprints.shared.forms import NEEDED, BaseForm, CountField, GermanDateField, VersionedForm
from blueprints.shared.language import said
from models.queries.courses import (
    CourseRow,
    Filters,
    kinds_offered,
    offices_of_providers,
    providers,
    site_by_id,
    site_data,
    sites,
)
from models.rules.competences.availability import Lesson
from models.rules.course_calendar import later_month, month_name
from models.rules.courses import LEVELS, CourseData, ProviderData, SiteData
from models.rules.lesson_times import UnreadableTimes, lesson_words, read_lessons, says_the_same
from models.rules.times import local_day
from models.tables import Provider


class LessonsField(StringField):
    """Weekly times as people write them; ``data`` is a tuple of lessons."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the text; ValueError becomes the message at the field."""
        try:
            self.data = read_lessons(valuelist[0].strip() if valuelist else "")
        except UnreadableTimes as error:
            self.data = ()
            raise ValueError(said(error.message)) from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else lesson_words(self.data or ())


def _provider(text: object) -> int | None:
    """The id of a provider; None for anything that is no id."""
    return record_id(text) or None


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
        self.art.choices = choices(_("alle"), kinds)
        self.traeger.choices = choices(_("alle"), {str(row.id): row.name for row in known})
        self.niveau.choices = choices(_("alle"), {level: level for level in LEVELS})

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


class CalendarForm(FilterForm):
    """What the calendar shows: half a year or a month, and from when."""

    ab = SelectField(_l("ab"), validate_choice=False)
    zeitraum = SelectField(_l("Zeitraum"), default="halbjahr", validate_choice=False)

    def offer_months(self, today: date) -> None:
        """Fill the choices of time: a year back, two ahead; the month that is shown is among them."""
        begin = self.begin(today)
        self.ab.choices = _months(begin, later_month(today, 0))
        self.ab.data = f"{begin:%Y-%m}"
        self.zeitraum.choices = [SelectChoice("halbjahr", _("Halbjahr")), SelectChoice("monat", _("Monat"))]

    def begin(self, today: date) -> date:
        """The first day that is shown; that of this month for anything that is no month."""
        try:
            asked = date.fromisoformat(f"{self.ab.data}-01")
        except ValueError:
            return later_month(today, 0)
        return asked if 2000 <= asked.year <= 2100 else later_month(today, 0)


@lru_cache(maxsize=50)
def _months(begin: date, this_month: date) -> tuple[SelectChoice, ...]:
    months = sorted({begin, *(later_month(this_month, number) for number in range(-12, 25))})
    return tuple(SelectChoice(f"{month:%Y-%m}", month_name(month)) for month in months)


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
    place = SelectField(_l("Standort"), coerce=_provider)
    site = StringField(_l("Ort"), validators=[Length(max=200)])
    lessons = LessonsField(_l("Unterrichtszeiten der Woche"))
    schedule = StringField(_l("Kurszeiten in Worten"), validators=[Length(max=200)])
    online = BooleanField(_l("Online-Kurs (§ 14 Abs. 3 IntV)"))
    units = CountField(_l("Unterrichtseinheiten (UE)"))
    module_from = CountField(_l("erstes Modul"))
    module_to = CountField(_l("letztes Modul"))
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
        self.provider.choices = choices(str(CHOOSE), {str(key): name for key, name in known.items()})
        self.place.choices = choices(_("keiner, siehe Ort"), _places(course))
        self.kind.choices = choices(str(CHOOSE), kinds)
        levels = {level: level for level in LEVELS} | {"0": _("0 (noch kein Deutsch)")}
        self.level_from.choices = choices(_("offen"), levels)
        self.level_to.choices = choices(_("offen"), levels)

    def validate(self, extra_validators: Any = None) -> bool:
        """What is needed must be there once it was read: blanks are nothing."""
        valid = super().validate(extra_validators)
        return filled(self.number, self.provider, self.kind, self.title, self.starts_on, self.seats) and valid

    def course(self) -> CourseData:
        """The course as plain data."""
        names = ("number", "kind", "title", "level_from", "level_to", "site", "schedule", "transport", "starts_on")
        more = ("ends_on", "register_until", "seats", "threshold", "childcare", "barrier_free")
        last = ("online", "units", "module_from", "module_to")
        values = {name: self[name].data for name in (*names, *more, *last)}
        texts = {name: value or "" for name, value in values.items() if name in names and name != "starts_on"}
        return CourseData(
            provider_id=self.provider.data,
            place_id=self.place.data,
            lessons=tuple(self.lessons.data or ()),
            **(values | texts),
        )


def stored_course(row: CourseRow) -> dict[str, Any]:
    """A course as its form begins: words that its times or its site gave are not typed again."""
    lessons = row.lessons or _readable(row.schedule)
    written = {"schedule": "" if says_the_same(row.schedule, lessons) else row.schedule}
    return row._asdict() | written | {"provider": row.provider_id, "place": row.place_id, "lessons": lessons}


def _readable(schedule: str) -> tuple[Lesson, ...]:
    """The times that the words of an older course say; none where they say something else as well."""
    try:
        return read_lessons(schedule)
    except UnreadableTimes:
        return ()


def _places(course: CourseRow | None) -> dict[str, str]:
    """The sites that can be chosen, by id; a course keeps its own."""
    known = {row.id: row for row in sites(active_only=True)}
    if course and course.place_id and course.place_id not in known:
        known[course.place_id] = site_by_id(course.place_id)
    return {str(key): f"{row.provider.name}: {site_data(row).words}" for key, row in known.items()}


class SiteForm(VersionedForm):
    """A site of a provider."""

    name = StringField(_l("Name des Standorts"), validators=[DataRequired(NEEDED), Length(max=120)])
    street = StringField(_l("Straße, Hausnummer"), validators=[Length(max=200)])
    postcode = StringField(_l("Postleitzahl"), validators=[Optional(), Regexp(r"^\d{5}$", message=_l("Fünf Ziffern."))])
    town = StringField(_l("Ort"), validators=[Length(max=100)])
    transport = StringField(_l("Bus und Bahn"), validators=[Length(max=200)])
    barrier_free = BooleanField(_l("barrierefrei erreichbar"))
    active = BooleanField(_l("wird noch genutzt"), default=True)

    def site(self, provider_id: int) -> SiteData:
        """The site as plain data."""
        texts = {name: self[name].data or "" for name in ("name", "street", "postcode", "town", "transport")}
        return SiteData(provider_id, barrier_free=self.barrier_free.data, active=self.active.data, **texts)


class CourseListForm(BaseForm):
    """A list of courses."""

    file = FileField(_l("Kursliste"), validators=[FileRequired(_l("Bitte eine Datei auswählen."))])


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
        self.organisation.choices = choices(_("kein Zugang, arbeitet auf Papier"), offices)

    def provider(self) -> ProviderData:
        """The provider as plain data."""
        names = ("name", "bamf_code", "street", "postcode", "town", "phone", "email")
        texts = {name: self[name].data or "" for name in names}
        return ProviderData(organisation_id=self.organisation.data, active=self.active.data, **texts)
