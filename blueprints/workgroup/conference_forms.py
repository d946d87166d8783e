"""Forms of conferences about a case. Each returns plain data."""

from collections.abc import Mapping

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, ValidationError

from blueprints.shared.addresses import record_id
from blueprints.shared.forms import BaseForm, GermanDateField, VersionedForm
from blueprints.shared.tokens import new_token
from blueprints.workgroup.forms import LONGEST_SENT
from models.queries.cases import Party
from models.rules.workgroup.conferences import ConferencePlan, TopicPlan


class ConferenceForm(BaseForm):
    """A new conference; the functions of each organisation are controls of their own."""

    token = StringField()
    held_on = GermanDateField(_l("Tag"))
    parties = SelectMultipleField(_l("Wer ist dabei"), validate_choice=False)

    def offer(self, able: Mapping[int, Party]) -> "ConferenceForm":
        """Fill the choices with the organisations that have a right to the case."""
        self.token.data = self.token.data or new_token()
        self.parties.choices = [SelectChoice(str(one.id), one.full_name) for one in able.values()]
        return self

    def plan(self) -> ConferencePlan:
        """What was typed, as plain data."""
        functions = self.functions()
        return ConferencePlan(self.held_on.data, {number: functions.get(number, "") for number in self._ticked()})

    def functions(self) -> dict[int, str]:
        """What was typed beside each organisation that can be chosen, ticked or not."""
        offered = (int(choice.value) for choice in self.parties.choices or ())
        return {number: request.form.get(f"functions-{number}", "").strip() for number in offered}

    def validate_parties(self, field: SelectMultipleField) -> None:
        """Functions of an organisation that was not ticked: one of the two was forgotten."""
        ticked, names = self._ticked(), {int(choice.value): choice.label for choice in field.choices or ()}
        for number, typed in self.functions().items():
            if typed and number not in ticked:
                raise ValidationError(
                    _("%(name)s hat Funktionen, ist aber nicht angekreuzt: War die Stelle dabei?", name=names[number])
                )

    def _ticked(self) -> set[int]:
        return {record_id(text) for text in self.parties.data or ()}


class TopicForm(VersionedForm):
    """A topic; a decision has an owner and a day."""

    token = StringField()
    topic = StringField(_l("Thema"), validators=[Length(max=LONGEST_SENT)])
    said = TextAreaField(_l("Was besprochen wurde"), validators=[Length(max=LONGEST_SENT)])
    decision = StringField(_l("Entscheidung"), validators=[Length(max=LONGEST_SENT)])
    owner = SelectField(_l("Wer macht das"), validate_choice=False)
    due_on = GermanDateField(_l("bis wann"))

    def offer(self, owners: Mapping[int, str]) -> "TopicForm":
        """Fill the choices with who took part and still sees the case."""
        self.token.data = self.token.data or new_token()
        self.owner.choices = [SelectChoice("", _("bitte wählen"))]
        self.owner.choices.extend(SelectChoice(str(number), name) for number, name in owners.items())
        return self

    def plan(self) -> TopicPlan:
        """What was typed, as plain data."""
        return TopicPlan(
            topic=self.topic.data or "",
            said=self.said.data or "",
            decision=self.decision.data or "",
            owner=record_id(self.owner.data) if self.owner.data else None,
            due_on=self.due_on.data,
        )
