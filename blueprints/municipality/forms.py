"""Forms of change reports, one for each kind. Which values fit together is a rule, not the form's business."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from blueprints.shared.forms import NEEDED, GermanDateField, VersionedForm
from models.operations.report_answers import LONGEST_REASON
from models.queries.code_names import code_names
from models.rules.change_reports import DESTINATIONS, LONGEST, ChangeEntry
from models.rules.states import ChangeKind

CHOOSE = _l("Bitte wählen")
_SHORT = [Length(max=LONGEST, message=_l("Höchstens 200 Zeichen."))]


def _choices(labels: Mapping[str, str], empty: Any = CHOOSE) -> list[SelectChoice]:
    return [SelectChoice("", empty), *(SelectChoice(code, label) for code, label in labels.items())]


class ReportForm(VersionedForm):
    """What all reports say: when it happened."""

    kind: ChangeKind
    on_day = GermanDateField(_l("geschehen am"), validators=[InputRequired(NEEDED)])

    def offer(self, others: Mapping[str, str], towns: Mapping[str, str]) -> None:
        """Fill the choices: members of the household by case number, the other municipalities by key."""

    def entry(self) -> ChangeEntry:
        """What was typed."""
        shared = ("version", "csrf_token", "on_day", "others")
        said = {name: value for name, value in self.data.items() if name not in shared}
        others = tuple(self.data.get("others") or ())
        return ChangeEntry(kind=self.kind, on_day=self.on_day.data, said=said, others=others)


class _WithOthers(ReportForm):
    others = SelectMultipleField(_l("Wer ist noch dabei?"), validate_choice=False)

    def offer(self, others: Mapping[str, str], towns: Mapping[str, str]) -> None:
        self.others.choices = [SelectChoice(number, name) for number, name in others.items()]


class _WithAddress(_WithOthers):
    street = StringField(_l("Straße und Hausnummer"), validators=_SHORT)
    postcode = StringField(_l("Postleitzahl"), validators=[Length(max=10)])
    town = StringField(_l("Ort"), validators=[Length(max=100)])
    accommodation = SelectField(_l("Unterkunft"), validate_choice=False)

    def offer(self, others: Mapping[str, str], towns: Mapping[str, str]) -> None:
        super().offer(others, towns)
        self.accommodation.choices = _choices(code_names("accommodation"), _l("nicht bekannt"))


class MovedHereForm(_WithAddress):
    """Another address in the same municipality."""

    kind = ChangeKind.MOVED_HERE


class MovedOnForm(_WithAddress):
    """Another municipality of the county; the new address as far as it is known."""

    kind = ChangeKind.MOVED_ON
    municipality = SelectField(_l("neue Gemeinde"), validate_choice=False)

    def offer(self, others: Mapping[str, str], towns: Mapping[str, str]) -> None:
        super().offer(others, towns)
        self.municipality.choices = _choices(towns)


class LeftForm(_WithOthers):
    """Away from the county."""

    kind = ChangeKind.LEFT
    destination = RadioField(
        _l("Wohin?"),
        choices=[SelectChoice(code, label) for code, (label, _outcome) in DESTINATIONS.items()],
        validate_choice=False,
    )
    place = StringField(_l("Ort oder Land"), validators=_SHORT)


class BirthForm(ReportForm):
    """A child in the household."""

    kind = ChangeKind.BIRTH
    given_name = StringField(_l("Vorname des Kindes"), validators=[Length(max=120)])
    family_name = StringField(_l("Familienname des Kindes"), validators=[Length(max=120)])
    sex = SelectField(_l("Geschlecht"), validate_choice=False)
    nationality = SelectField(_l("Staatsangehörigkeit"), validate_choice=False)

    def offer(self, others: Mapping[str, str], towns: Mapping[str, str]) -> None:
        self.on_day.label.text = _l("geboren am")
        self.sex.choices = _choices(code_names("sexes"))
        self.nationality.choices = _choices(code_names("countries"))


class ReachabilityForm(ReportForm):
    """How somebody is reached, or since when she is not."""

    kind = ChangeKind.REACHABILITY
    phone = StringField(_l("Telefon"), validators=[Length(max=60)])
    unreachable_since = GermanDateField(_l("nicht erreichbar seit"))
    contact = StringField(_l("erreichbar über"), validators=_SHORT)

    def offer(self, others: Mapping[str, str], towns: Mapping[str, str]) -> None:
        self.on_day.label.text = _l("bekannt seit")


FORMS: Mapping[str, type[ReportForm]] = {
    "umzug": MovedHereForm,
    "gemeindewechsel": MovedOnForm,
    "wegzug": LeftForm,
    "geburt": BirthForm,
    "erreichbarkeit": ReachabilityForm,
}
"""By the word in the address."""


class AnswerForm(VersionedForm):
    """The answer to a report; a refusal says why."""

    reason = TextAreaField(
        _l("Grund der Ablehnung"), validators=[Length(max=LONGEST_REASON, message=_l("Höchstens 500 Zeichen."))]
    )
