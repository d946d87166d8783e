"""Forms of the working group. Each returns plain data."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from blueprints.shared.forms import NEEDED, GermanDateField, VersionedForm
from models.queries.cases import Party
from models.rules.appointments import read_span
from models.rules.workgroup.meetings import MeetingPlan

LONGEST_SENT = 20_000
"""What no form of this area takes; the rules name the length that fits."""


class CountField(IntegerField):
    """A whole number with a German sentence for anything else."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the text; ValueError becomes the message at the field."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if text and not (text.isascii() and text.isdigit() and len(text) < 6):
            raise ValueError(_("Bitte eine ganze Zahl eingeben."))
        self.data = int(text) if text else None


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
        self.parties.choices = [SelectChoice(str(party.id), party.name) for party in parties]

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
        """The ids of the ticked organisations; a text that is no id is 0, which no organisation has."""
        ticked = self.parties.data or []
        return {int(text) if text.isdecimal() and len(text) < 10 else 0 for text in ticked}


class PointForm(VersionedForm):
    """A point of the agenda."""

    title = StringField(_l("Titel"), validators=[Length(max=LONGEST_SENT)])
    text = TextAreaField(_l("Worum geht es"), validators=[Length(max=LONGEST_SENT)])


class CancelForm(VersionedForm):
    """Why a meeting is called off."""

    cancel_reason = StringField(_l("Grund der Absage"), validators=[Length(max=LONGEST_SENT)])


class PressForm(VersionedForm):
    """A button that carries the version that was seen."""


class ReplyForm(VersionedForm):
    """Whether an organisation comes; the button says which."""

    reply = StringField()
