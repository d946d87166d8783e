"""Forms of the working group. Each returns plain data."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from blueprints.shared.addresses import record_id
from blueprints.shared.forms import NEEDED, CountField, GermanDateField, VersionedForm
from blueprints.shared.tokens import new_token
from models.queries.cases import Party
from models.rules.appointments import read_span
from models.rules.workgroup.meetings import MeetingPlan
from models.rules.workgroup.minutes import ResolutionPlan, ResolutionState

LONGEST_SENT = 20_000
"""What no form of this area takes; the rules name the length that fits."""


class MeetingForm(VersionedForm):
    """A meeting, new or changed; ``token`` makes a new one count once."""

    token = StringField()
    title = StringField(_l("Titel"), validators=[Length(max=LONGEST_SENT)])
    held_on = GermanDateField(_l("Tag"), validators=[InputRequired(NEEDED)])
    begins = StringField(_l("von"), validators=[InputRequired(NEEDED), Length(max=10)])
    ends = StringField(_l("bis"), validators=[InputRequired(NEEDED), Length(max=10)])
    place = StringField(_l("Raum und Anschrift"), validators=[Length(max=LONGEST_SENT)])
    way_in = StringField(_l("Online-Zugang"), validators=[Length(max=LONGEST_SENT)])
    quorum = CountField(_l("Beschlussfähig ab"), validators=[InputRequired(NEEDED)])
    parties = SelectMultipleField(_l("Eingeladene Stellen"), validate_choice=False)
    despite = StringField(_l("Warum trotzdem in diesem Raum"), validators=[Length(max=300)])

    def offer(self, parties: Sequence[Party]) -> None:
        """Fill the choices with the organisations that may come."""
        self.parties.choices = [SelectChoice(str(party.id), party.full_name) for party in parties]

    def plan(self) -> MeetingPlan:
        """What was typed, as plain data; RuleBroken by field for what is no time."""
        return MeetingPlan(
            title=self.title.data or "",
            slot=read_span(self.held_on.data, self.begins.data or "", self.ends.data or ""),
            place=self.place.data or "",
            way_in=self.way_in.data or "",
            quorum=self.quorum.data or 0,
        )

    def invited(self) -> set[int]:
        """The ids of the ticked organisations."""
        return {record_id(text) for text in self.parties.data or []}


class PointForm(VersionedForm):
    """A point of the agenda."""

    title = StringField(_l("Titel"), validators=[Length(max=LONGEST_SENT)])
    text = TextAreaField(_l("Worum geht es"), validators=[Length(max=LONGEST_SENT)])


class CancelForm(VersionedForm):
    """Why a meeting is called off."""

    cancel_reason = StringField(_l("Grund der Absage"), validators=[Length(max=LONGEST_SENT)])


class ReplyForm(VersionedForm):
    """Whether an organisation comes; the button says which."""

    reply = StringField()


class EntryForm(VersionedForm):
    """What the minutes say to a point."""

    text = TextAreaField(_l("Protokoll zu diesem Punkt"), validators=[Length(max=LONGEST_SENT)])


class ResolutionForm(VersionedForm):
    """Who does what until when; ``token`` makes a new one count once."""

    token = StringField()
    text = TextAreaField(_l("Was wird getan"), validators=[Length(max=LONGEST_SENT)])
    owner = SelectField(_l("Welche Stelle"), validate_choice=False)
    contact = StringField(_l("Wer dort"), validators=[Length(max=120, message=_l("Höchstens 120 Zeichen."))])
    due_on = GermanDateField(_l("bis wann"))

    def at(self, place: int, owners: Mapping[int, str]) -> "ResolutionForm":
        """The form at a point of the page, with ids of its own, and with who can be given something to do."""
        self.owner.choices = [SelectChoice("", _("bitte wählen"))]
        self.owner.choices.extend(SelectChoice(str(number), name) for number, name in owners.items())
        self.token.data = self.token.data or new_token()
        for field in self:
            field.id = f"{field.name}-{place}"
        return self

    def plan(self) -> ResolutionPlan:
        """What was typed, as plain data."""
        return ResolutionPlan(
            text=self.text.data or "",
            owner=record_id(self.owner.data) if self.owner.data else None,
            contact=self.contact.data or "",
            due_on=self.due_on.data,
        )


class SettleForm(VersionedForm):
    """What became of a resolution."""

    state = RadioField(_l("Stand"), validate_choice=False)
    note = StringField(_l("Bemerkung"), validators=[Length(max=LONGEST_SENT)])

    def offer(self, states: Mapping[ResolutionState, str]) -> "SettleForm":
        """Fill the choices with the states that this person may set."""
        self.state.choices = [SelectChoice(str(state), _(label)) for state, label in states.items()]
        return self


class SignForm(VersionedForm):
    """The PIN of who wrote the minutes."""

    pin = PasswordField(_l("Ihre PIN"), validators=[InputRequired(NEEDED), Length(max=200)])
    despite_drafts = BooleanField(_l("ohne die ungespeicherten Texte unterschreiben"))
