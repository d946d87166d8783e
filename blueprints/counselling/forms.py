"""Forms of counselling. Each returns plain data."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from blueprints.shared.addresses import record_id
from blueprints.shared.forms import NEEDED, BaseForm, CountField, GermanDateField, VersionedForm
from models.rules.appointments import (
    KINDS,
    KINDS_OF,
    REASONS,
    SITES,
    WAYS,
    AppointmentPlan,
    EventPlan,
    Series,
    read_slot,
    read_span,
)
from models.rules.notes import TOPICS, NotePlan, hands_over
from models.rules.roles import Role
from models.rules.states import AppointmentKind, NoteTopic, Site, Way

LONG = [Length(max=200, message=_l("Höchstens 200 Zeichen."))]
CHOOSE = _l("Bitte wählen")


def choices(labels: Mapping[str, str]) -> list[SelectChoice]:
    """Choices from labels by code."""
    return [SelectChoice(str(code), _(label)) for code, label in labels.items()]


class AppointmentForm(VersionedForm):
    """An appointment, new or at another time. ``despite`` is asked for where two are at one time."""

    kind = RadioField(_l("Art"))
    held_on = GermanDateField(_l("Tag"), validators=[InputRequired(NEEDED)])
    begins = StringField(_l("Uhrzeit"), validators=[InputRequired(NEEDED), Length(max=10)])
    minutes = CountField(_l("Dauer in Minuten"), validators=[InputRequired(NEEDED)])
    way = RadioField(_l("Form"), choices=[SelectChoice(code.value, _l(label)) for code, label in WAYS.items()])
    site = SelectField(_l("Ort"), choices=[SelectChoice(code.value, _l(label)) for code, label in SITES.items()])
    place = StringField(_l("Anschrift oder Raum"), validators=LONG)
    counsellor = SelectField(_l("Bei wem"), validate_choice=False)
    interpreter = StringField(_l("Dolmetschen durch"), validators=[Length(max=120)])
    reason = StringField(_l("Grund der Verschiebung"), validators=[Length(max=300)])
    despite = StringField(_l("Warum trotzdem"), validators=[Length(max=300)])

    def offer(self, role: Role, colleagues: Mapping[int, str]) -> None:
        """Fill the choices: what this organisation agrees, and who holds it."""
        self.kind.choices = [SelectChoice(kind.value, _(KINDS[kind])) for kind in KINDS_OF.get(role, ())]
        self.counsellor.choices = choices({str(number): name for number, name in colleagues.items()})

    def plan(self) -> AppointmentPlan:
        """What was typed, as plain data; RuleBroken by field for what is no time."""
        slot = read_slot(self.held_on.data, self.begins.data or "", self.minutes.data or 0)
        return AppointmentPlan(
            kind=AppointmentKind(self.kind.data),
            slot=slot,
            way=Way(self.way.data),
            site=Site(self.site.data),
            place=self.place.data or "",
            counsellor=record_id(self.counsellor.data),
            interpreter=self.interpreter.data or "",
            despite=self.despite.data or "",
        )


class CancelForm(VersionedForm):
    """Why something is called off."""

    cancel_reason = StringField(_l("Grund der Absage"), validators=[Length(max=300)])


class MissedForm(VersionedForm):
    """Why somebody did not come."""

    miss_reason = SelectField(_l("Grund"), validate_choice=False)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.miss_reason.choices = [SelectChoice("", CHOOSE), *choices(REASONS)]


class NoteForm(VersionedForm):
    """A note of counselling."""

    topic = SelectField(_l("Thema"), choices=[SelectChoice(code.value, _l(label)) for code, label in TOPICS.items()])
    noted_on = GermanDateField(_l("Tag"), validators=[InputRequired(NEEDED)])
    text = TextAreaField(_l("Vermerk"))
    decision = TextAreaField(_l("Ergebnis oder Entscheidung"))
    for_transfer = BooleanField(_l("für die Übergabe bestimmt"))

    def fit(self, role: Role) -> "NoteForm":
        """Without the tick for those whose notes are never handed over."""
        if not hands_over(role):
            del self.for_transfer
        return self

    def plan(self) -> NotePlan:
        """The note as plain data."""
        return NotePlan(
            topic=NoteTopic(self.topic.data),
            text=self.text.data or "",
            decision=self.decision.data or "",
            noted_on=self.noted_on.data,
            for_transfer=bool(self.for_transfer and self.for_transfer.data),
        )


class EventForm(VersionedForm):
    """A group information, alone or a series; ``token`` makes a new one count once."""

    token = StringField()
    title = StringField(_l("Titel"), validators=[Length(max=120, message=_l("Höchstens 120 Zeichen."))])
    held_on = GermanDateField(_l("Tag"), validators=[InputRequired(NEEDED)])
    begins = StringField(_l("von"), validators=[InputRequired(NEEDED), Length(max=10)])
    ends = StringField(_l("bis"), validators=[InputRequired(NEEDED), Length(max=10)])
    site = SelectField(_l("Ort"), choices=[SelectChoice(code.value, _l(label)) for code, label in SITES.items()])
    place = StringField(_l("Haus und Anschrift"), validators=LONG)
    language = SelectField(_l("Sprache"))
    interpreter = StringField(_l("Dolmetschen durch"), validators=[Length(max=120)])
    capacity = CountField(_l("Plätze"), validators=[InputRequired(NEEDED)])
    counsellor = SelectField(_l("Leitung"), validate_choice=False)
    weeks = CountField(_l("alle … Wochen"), validators=[Optional()])
    until = GermanDateField(_l("bis zum"))
    reason = StringField(_l("Grund der Änderung"), validators=[Length(max=300)])
    despite = StringField(_l("Warum trotzdem mit dieser Leitung"), validators=[Length(max=300)])
    despite_people = StringField(_l("Warum trotzdem für die Eingeladenen"), validators=[Length(max=300)])

    def offer(self, languages: Mapping[str, str], colleagues: Mapping[int, str]) -> None:
        """Fill the choices."""
        self.language.choices = choices(languages)
        people = choices({str(number): name for number, name in colleagues.items()})
        self.counsellor.choices = [SelectChoice("", _("noch offen")), *people]

    def plan(self) -> EventPlan:
        """What was typed, as plain data; RuleBroken by field for what is no time."""
        return EventPlan(
            title=self.title.data or "",
            slot=read_span(self.held_on.data, self.begins.data or "", self.ends.data or ""),
            site=Site(self.site.data),
            place=self.place.data or "",
            language=self.language.data,
            capacity=self.capacity.data or 0,
            interpreter=self.interpreter.data or "",
            counsellor=record_id(self.counsellor.data) if self.counsellor.data else None,
        )

    def series(self) -> Series | None:
        """The series, where one is wanted: either field asks for it."""
        if self.weeks.data is None and self.until.data is None:
            return None
        return Series(self.weeks.data or 0, self.until.data or date.min)


class InviteForm(BaseForm):
    """Whom to invite; the ticked people are rows of their own."""

    crowd = BooleanField(_l("trotzdem einladen: mehr Personen als Plätze"))
    despite = StringField(_l("Warum trotzdem"), validators=[Length(max=300)])


class CandidateFilter(BaseForm):
    """What the list of people is narrowed to. Stands in the address, so it asks for nothing personal."""

    class Meta(BaseForm.Meta):
        csrf = False

    sprache = SelectField(_l("Sprache"), validate_choice=False)
    gemeinde = SelectField(_l("Gemeinde"), validate_choice=False)
    alle = BooleanField(_l("auch wer schon eingeladen war"))

    def offer(self, languages: Mapping[str, str], towns: Mapping[str, str]) -> None:
        """Fill the choices."""
        self.sprache.choices = [SelectChoice("", _("alle")), *choices(languages)]
        self.gemeinde.choices = [SelectChoice("", _("alle")), *choices(towns)]


class MarkForm(VersionedForm):
    """One tick of the attendance list; the button says which."""

    state = StringField()
    reason = StringField()


class WalkInForm(BaseForm):
    """Somebody who is in no list, in one line. ``others``: cases that are about somebody else."""

    token = StringField()
    family_name = StringField(_l("Familienname"))
    given_name = StringField(_l("Vorname"))
    date_of_birth = StringField(_l("Geburtsdatum"))
    sex = SelectField(_l("Geschlecht"), validate_choice=False)
    nationality = StringField(_l("Staatsangehörigkeit"))
    languages = StringField(_l("Sprache"))
    others = StringField()


class KnownForm(BaseForm):
    """The number of a case whose person came uninvited."""

    number = StringField(_l("Fallnummer"), validators=[InputRequired(NEEDED), Length(max=20)])
