"""Forms of the competences. They return plain data; what cannot be is a rule."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from blueprints.shared.forms import BaseForm, GermanDateField, VersionedForm
from models.queries.competence_rows import Script
from models.rules.competences.languages import SKILLS, Skill
from models.rules.competences.periods import (
    TRUST_NAMES,
    Trust,
)

Labels = Mapping[str, str]
NOT_SAID = _l("keine Angabe")
BY_PERSON = _l("Angabe der Person")


def options(labels: Labels, empty: Any = NOT_SAID) -> list[SelectChoice]:
    """A choice list with an empty first line."""
    return [SelectChoice("", empty), *(SelectChoice(code, label) for code, label in labels.items())]


class TrustedForm(VersionedForm):
    """What every value row says of itself: how far it can be relied on, and where it comes from."""

    trust = RadioField(
        _l("Wie sicher ist die Angabe?"),
        choices=[SelectChoice(str(kind), label) for kind, label in TRUST_NAMES.items()],
        default=str(Trust.STATED),
    )
    contradiction = TextAreaField(_l("Was widerspricht sich?"), validators=[Length(max=500)])
    source = StringField(_l("Woher kommt die Angabe?"), default=BY_PERSON)

    @property
    def told_trust(self) -> tuple[Trust, str]:
        """How far it can be relied on, and what contradicts it; nothing contradicts what is not contradictory."""
        trust = Trust(self.trust.data)
        return trust, self.contradiction.data if trust is Trust.CONTRADICTORY else ""


class RemovalForm(VersionedForm):
    """Why something is removed."""

    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte einen Grund angeben.")), Length(max=500)])


class QuestionForm(VersionedForm):
    """What was in a gap; ``unknown`` is a button."""

    key = StringField(validators=[InputRequired()])
    text = StringField(_l("Antwort"))
    unknown = StringField()


class SkillForm(TrustedForm):
    """What somebody can do in a language since a day."""

    language = SelectField(_l("Sprache"), validate_choice=False)
    mother_tongue = BooleanField(_l("Muttersprache"))
    listening = SelectField(SKILLS["listening"], validate_choice=False)
    reading = SelectField(SKILLS["reading"], validate_choice=False)
    writing = SelectField(SKILLS["writing"], validate_choice=False)
    speaking = SelectField(SKILLS["speaking"], validate_choice=False)
    proof = SelectField(_l("Nachweis"), validate_choice=False)
    proved_on = GermanDateField(_l("geprüft oder eingeschätzt am"))
    issuer = StringField(_l("Träger oder ausstellende Stelle"))

    def offer(self, lists: Mapping[str, Labels]) -> "SkillForm":
        """Fill the choices from the code lists; returns itself."""
        self.language.choices = options(lists["languages"], _l("Bitte wählen"))
        for name in SKILLS:
            self[name].choices = options(lists["language_levels"])
        self.proof.choices = options(lists["language_proofs"], _l("keiner"))
        return self

    def skill(self) -> Skill:
        """What was typed."""
        trust, contradiction = self.told_trust
        levels = {name: self[name].data or "" for name in SKILLS}
        return Skill(
            language=self.language.data or "",
            mother_tongue=bool(self.mother_tongue.data),
            **levels,
            proof=self.proof.data or "",
            proved_on=self.proved_on.data,
            issuer=self.issuer.data or "",
            trust=trust,
            contradiction=contradiction or "",
            source=self.source.data or "",
        )


class ScriptForm(BaseForm):
    """How somebody reads and writes since a day."""

    literacy = SelectField(_l("Schrift"), validate_choice=False)
    scripts = StringField(_l("Schriften, die die Person liest und schreibt"))
    seen_on = GermanDateField(_l("eingeschätzt am"))
    source = StringField(_l("Woher kommt die Angabe?"), default=BY_PERSON)

    def offer(self, lists: Mapping[str, Labels]) -> "ScriptForm":
        """Fill the choices from the code list; returns itself."""
        self.literacy.choices = options(lists["literacy"], _l("Bitte wählen"))
        return self

    def script(self) -> Script:
        """What was typed."""
        return Script(self.literacy.data or "", self.scripts.data or "", self.seen_on.data, self.source.data or "")  # type: ignore[arg-type]  # a missing day is refused by the rule
