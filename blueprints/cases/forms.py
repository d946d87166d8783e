"""Forms of the case. Each returns plain data; which dates fit together is a rule, not the form's business."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from blueprints.shared.addresses import record_id
from blueprints.shared.forms import NEEDED, BaseForm, GermanDateField, PeriodForm, VersionedForm
from models.queries.timeline import Wish
from models.rules.follow_ups import LONGEST_REASON, FollowUpPlan
from models.rules.personalia import REASONS, Personalia
from models.rules.residence_entries import DecisionEntry, PaperEntry
from models.rules.timeline import OUTCOMES

CHOOSE = _l("Bitte wählen")
PENDING = (SelectChoice("yes", _l("ja")), SelectChoice("no", _l("nein")), SelectChoice("", _l("nicht bekannt")))


def choices_of(labels: Mapping[str, str], empty: Any = CHOOSE) -> list[SelectChoice]:
    """A choice list with an empty first line."""
    return [SelectChoice("", empty), *(SelectChoice(code, label) for code, label in labels.items())]


class PaperForm(VersionedForm):
    """A residence paper."""

    code = SelectField(_l("Aufenthaltspapier"), validators=[InputRequired(NEEDED)])
    valid_from = GermanDateField(_l("gültig ab"))
    valid_to = GermanDateField(_l("gültig bis"))
    granted_on = GermanDateField(_l("ausgestellt oder erteilt am"))
    issued_by = StringField(_l("ausstellende Behörde"), validators=[Length(max=200)])
    work_note = SelectField(_l("Nebenbestimmung zur Erwerbstätigkeit"))
    residence_condition = SelectField(_l("Wohnsitzauflage"))
    residence_condition_until = GermanDateField(_l("Wohnsitzauflage bis"))
    seen_on = GermanDateField(_l("gesehen am"))

    def offer(self, lists: Mapping[str, Mapping[str, str]]) -> "PaperForm":
        """Fill the choices from the code lists; returns itself."""
        self.code.choices = choices_of(lists["residence_documents"])
        self.work_note.choices = choices_of(lists["work_notes"], _l("nicht bekannt"))
        self.residence_condition.choices = choices_of(lists["residence_conditions"], _l("nicht bekannt"))
        return self

    def entry(self) -> PaperEntry:
        """What was typed."""
        return PaperEntry(
            code=self.code.data,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
            granted_on=self.granted_on.data,
            issued_by=self.issued_by.data or "",
            work_note=self.work_note.data or "",
            residence_condition=self.residence_condition.data or "",
            residence_condition_until=self.residence_condition_until.data,
            seen_on=self.seen_on.data,
        )


class DecisionForm(VersionedForm):
    """A decision of the BAMF and its service."""

    code = SelectField(_l("Entscheidung des BAMF"), validators=[InputRequired(NEEDED)])
    served_on = GermanDateField(_l("zugestellt am"))
    decided_on = GermanDateField(_l("Bescheid vom"))
    action_pending = RadioField(_l("Klage anhängig"), choices=PENDING, default="")

    def offer(self, decisions: Mapping[str, str]) -> "DecisionForm":
        """Fill the choices; returns itself."""
        self.code.choices = choices_of(decisions)
        return self

    def entry(self) -> DecisionEntry:
        """What was typed."""
        pending = {"yes": True, "no": False}.get(self.action_pending.data)
        return DecisionEntry(
            code=self.code.data,
            decided_on=self.decided_on.data,
            served_on=self.served_on.data,
            action_pending=pending,
        )


class PersonaliaForm(VersionedForm):
    """Name, birth and nationality, and why they are changed."""

    family_name = StringField(_l("Familienname"), validators=[InputRequired(NEEDED), Length(max=120)])
    given_name = StringField(_l("Vorname"), validators=[InputRequired(NEEDED), Length(max=120)])
    birth_name = StringField(_l("Geburtsname"), validators=[Length(max=120)])
    date_of_birth = GermanDateField(_l("Geburtsdatum"), validators=[InputRequired(NEEDED)])
    place_of_birth = StringField(_l("Geburtsort"), validators=[Length(max=120)])
    sex = SelectField(_l("Geschlecht"), validators=[InputRequired(NEEDED)])
    nationality = SelectField(_l("Staatsangehörigkeit"), validators=[InputRequired(NEEDED)])
    second_nationality = SelectField(_l("zweite Staatsangehörigkeit"))
    reason = RadioField(
        _l("Warum"), choices=[SelectChoice(*pair) for pair in REASONS.items()], validators=[InputRequired(NEEDED)]
    )

    def offer(self, sexes: Mapping[str, str], countries: Mapping[str, str]) -> "PersonaliaForm":
        """Fill the choices from the code lists; returns itself."""
        self.sex.choices = choices_of(sexes)
        self.nationality.choices = choices_of(countries)
        self.second_nationality.choices = choices_of(countries, _l("keine"))
        return self

    def entry(self) -> Personalia:
        """What was typed."""
        return Personalia(
            family_name=self.family_name.data,
            given_name=self.given_name.data,
            birth_name=self.birth_name.data or "",
            date_of_birth=self.date_of_birth.data,
            place_of_birth=self.place_of_birth.data or "",
            sex=self.sex.data,
            nationality=self.nationality.data,
            second_nationality=self.second_nationality.data or "",
        )


class ReturnForm(VersionedForm):
    """Somebody whose case was closed comes back."""

    arrived_on = GermanDateField(_l("wieder angekommen am"), validators=[InputRequired(NEEDED)])
    municipality = SelectField(_l("Gemeinde"))


class HouseholdForm(VersionedForm):
    """Somebody joins or leaves the household."""

    act = RadioField(
        _l("Was ist geschehen?"),
        choices=[SelectChoice("join", _l("Jemand zieht dazu")), SelectChoice("leave", _l("Jemand zieht aus"))],
        validators=[InputRequired(NEEDED)],
    )
    number = StringField(_l("Fallnummer der anderen Person"), validators=[InputRequired(NEEDED), Length(max=20)])
    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte einen Grund angeben.")), Length(max=500)])


class ReasonForm(VersionedForm):
    """A reason: striking something out, opening a case again."""

    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte einen Grund angeben.")), Length(max=500)])


class ChangeForm(VersionedForm):
    """Another day of the change than proposed."""

    change_on = GermanDateField(_l("Wechsel zum"), validators=[InputRequired(NEEDED)])
    reason = TextAreaField(_l("Begründung"), validators=[Length(max=500)])


class ContactForm(VersionedForm):
    """The first contact."""

    contact_on = GermanDateField(_l("Erster Kontakt am"), validators=[InputRequired(NEEDED)])


class EndForm(VersionedForm):
    """The end of the coaching."""

    ended_on = GermanDateField(_l("Coaching beendet am"), validators=[InputRequired(NEEDED)])


class PressForm(VersionedForm):
    """A button that says everything by itself."""


class FollowUpForm(VersionedForm):
    """A Wiedervorlage: until when, why, for whom."""

    due_on = GermanDateField(_l("vorlegen am"), validators=[InputRequired(NEEDED)])
    reason = StringField(_l("Grund"), validators=[InputRequired(NEEDED), Length(max=LONGEST_REASON)])
    assigned = SelectField(_l("für"), validate_choice=False)

    def offer(self, colleagues: Mapping[int, str]) -> "FollowUpForm":
        """Fill the choices with the people of the own organisation; returns itself."""
        people = (SelectChoice(str(number), name) for number, name in colleagues.items())
        self.assigned.choices = [*people, SelectChoice("", _l("alle in meiner Stelle"))]
        return self

    def plan(self) -> FollowUpPlan:
        """What was typed; an account that nobody knows is left to the rule, which refuses it."""
        chosen = self.assigned.data or ""
        assigned = record_id(chosen) if chosen else None
        return FollowUpPlan(due_on=self.due_on.data, reason=self.reason.data, assigned=assigned)


class CloseForm(VersionedForm):
    """How and when a case ended."""

    outcome = SelectField(_l("Ergebnis"), choices=choices_of(OUTCOMES), validators=[InputRequired(NEEDED)])
    outcome_on = GermanDateField(_l("seit"), validators=[InputRequired(NEEDED)])
    note = TextAreaField(_l("Bemerkung"), validators=[Length(max=500)])


class SaveListForm(BaseForm):
    """A list of cases under a name, for this person or for her organisation."""

    name = StringField(_l("Name der Liste"))
    shared = BooleanField(_l("Auch für die anderen in meiner Stelle"))


class RenameListForm(VersionedForm):
    """Another name for a saved list."""

    name = StringField(_l("Neuer Name"))


class TimelineForm(PeriodForm):
    """What of a timeline is asked for; it stands in the address."""

    art = SelectField(_l("Art"), default="")

    def offer(self, groups: Mapping[str, str]) -> None:
        """Fill the choices."""
        self.art.choices = choices_of(groups, _l("alles"))

    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(self.art.data or "", self.von.data, self.bis.data)
