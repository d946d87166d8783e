"""Forms of the area handovers. They return plain data."""

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms import TextAreaField as Text
from wtforms.validators import InputRequired, Length, Optional

from blueprints.shared.forms import NEEDED, BaseForm, GermanDateField, VersionedForm
from models.operations.handovers import Preparation
from models.rules.requests import Asked
from models.rules.sheet.release import ALWAYS, AZR_LABELS, CHOSEN, Azr, Release
from models.rules.states import RequestState
from models.tables import Handover

REASON = "reason-"
LONGEST_REASON = 300


class PreparationForm(VersionedForm):
    """What the sender decides before sending; the reasons for gaps come beside it, one field for each gap."""

    informed_on = GermanDateField(_l("Person informiert am"))
    change_on = GermanDateField(_l("Wechseltermin"))
    override_reason = Text(_l("Begründung, wenn der Termin vom Vorschlag abweicht"), validators=[Length(max=500)])
    sections = SelectMultipleField(
        _l("Weitere Abschnitte freigeben"),
        choices=[SelectChoice(section.letter, f"{section.letter} {section.title}") for section in CHOSEN],
    )
    azr = RadioField(_l("AZR-Nummer"), choices=[SelectChoice(kind.value, AZR_LABELS[kind]) for kind in Azr])
    health = BooleanField(_l("Gesundheitsangaben in Abschnitt L mit übermitteln"))

    @classmethod
    def of(cls, handover: Handover, release: Release) -> "PreparationForm":
        """The form as the handover stands."""
        return cls(
            formdata=None,
            data={
                "version": handover.version,
                "informed_on": handover.informed_on,
                "change_on": handover.change_on,
                "override_reason": handover.override_reason,
                "sections": sorted(release.letters - ALWAYS),
                "azr": release.azr.value,
                "health": release.health,
            },
        )

    def release(self) -> Release:
        """The release that is ticked."""
        azr = Azr(self.azr.data) if self.azr.data in set(Azr) else Azr.NOT
        return Release(frozenset(self.sections.data or ()) | ALWAYS, azr, bool(self.health.data))

    def preparation(self) -> Preparation:
        """All of it, as the operation takes it."""
        return Preparation(
            released=self.release().to_data(),
            gap_reasons=typed_reasons(),
            informed_on=self.informed_on.data,
            change_on=self.change_on.data,
            override_reason=self.override_reason.data or "",
        )


def typed_reasons() -> dict[str, str]:
    """The typed reasons by code of the gap; empty ones are none."""
    typed = (
        (name.removeprefix(REASON), text.strip()) for name, text in request.form.items() if name.startswith(REASON)
    )
    return {code: text[:LONGEST_REASON] for code, text in typed if text}


class SignForm(VersionedForm):
    """The PIN, and what the page showed: nothing else is signed."""

    digest = HiddenField(validators=[InputRequired()])
    for_whom = SelectField(_l("Ich unterschreibe"), validate_choice=False)
    pin = PasswordField(_l("PIN"), validators=[InputRequired(NEEDED), Length(max=128)])


class AcceptForm(VersionedForm):
    """The check before accepting (U17), the first talk if it is agreed, and the PIN."""

    checked = BooleanField(_l("Unterschrift und Vollständigkeit geprüft"))
    first_talk_on = GermanDateField(_l("Ersttermin im Jobcenter"))
    for_whom = SelectField(_l("Ich unterschreibe"), validate_choice=False)
    pin = PasswordField(_l("PIN"), validators=[InputRequired(NEEDED), Length(max=128)])


class QueryForm(VersionedForm):
    """What the receiver misses; the choices are the empty fields of the snapshot."""

    queries = SelectMultipleField(_l("Rückfrage zu"))
    explanation = Text(_l("Erläuterung"), validators=[Length(max=1000)])


class ReasonForm(VersionedForm):
    """A reason for ending the way of a version."""

    reason = Text(_l("Grund"), validators=[Length(max=1000)])


class DayForm(VersionedForm):
    """One day that is noted afterwards."""

    day = GermanDateField(_l("Datum"), validators=[InputRequired(NEEDED)])


class TakenForm(BaseForm):
    """The tick of one value that was copied."""

    field = HiddenField(validators=[InputRequired(), Length(max=60)])
    taken = HiddenField()


class TransferRequestForm(BaseForm):
    """Whom the Jobcenter asks for. ``token`` came with the form, so that two clicks ask once."""

    family_name = StringField(_l("Familienname"), validators=[InputRequired(NEEDED), Length(max=120)])
    given_name = StringField(_l("Vorname"), validators=[InputRequired(NEEDED), Length(max=120)])
    date_of_birth = GermanDateField(_l("Geburtsdatum"), validators=[InputRequired(NEEDED)])
    token = HiddenField(validators=[InputRequired(), Length(min=20, max=43)])

    def asked(self) -> Asked:
        """As the operation takes it."""
        return Asked(self.family_name.data, self.given_name.data, self.date_of_birth.data)


class AnswerForm(VersionedForm):
    """The answer to a request for a transfer; the choices of ``case`` are those that may be meant."""

    case = RadioField(_l("Gemeint ist"), validators=[Optional()], validate_choice=False)
    answer = RadioField(
        _l("Antwort"),
        choices=[
            SelectChoice(RequestState.STARTED.value, _l("Übergabe beginnen")),
            SelectChoice(RequestState.REFUSED.value, _l("Ablehnen")),
            SelectChoice(RequestState.NOBODY.value, _l("Niemand von uns ist gemeint")),
        ],
        validators=[InputRequired(_l("Bitte wählen."))],
    )
    reason = Text(_l("Grund"), validators=[Length(max=1000)])
