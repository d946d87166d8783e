"""What a report is asked for; it stands in the address and has no personal data."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import ValidationError

from blueprints.shared import access
from blueprints.shared.forms import BaseForm, GermanDateField
from models.rules.figures.asking import (
    ALL_YEARS,
    CUT,
    PLACE,
    RHYTHM_LABELS,
    YEAR,
    Question,
    asked_in_words,
    cut_label,
    question_of,
)
from models.rules.figures.catalogue import Figure, Shape
from models.tables import Organisation


class FilterForm(BaseForm):
    """Year, cut, municipality, and the day on which it was known."""

    jahr = SelectField(_l("Zeitraum"), validate_choice=False)
    schnitt = SelectField(_l("aufgeteilt nach"), validate_choice=False)
    gemeinde = SelectField(_l("Gemeinde"), validate_choice=False)
    stand = GermanDateField(_l("Stand am"))

    class Meta(BaseForm.Meta):
        csrf = False

    def offer(self, figure: Figure, places: Sequence[Organisation], today: date, *, own: bool) -> "FilterForm":
        """Fill the choices for this figure; returns itself. ``own``: of an office, which may ask for any day."""
        self._today, self._own, self._figure = today, own, figure
        years = (str(year) for year in range(today.year, today.year - 8, -1))
        self.jahr.choices = [SelectChoice(ALL_YEARS, _("alle Jahre")), *(SelectChoice(year, year) for year in years)]
        self.jahr.data = self.jahr.data or str(today.year)
        self.schnitt.choices = [SelectChoice(cut.value, _(cut_label(figure, cut))) for cut in figure.cuts]
        self._places = {str(place.id): place for place in places}
        listed = (SelectChoice(key, self._place_label(place)) for key, place in self._places.items())
        self.gemeinde.choices = [SelectChoice("", _("alle Gemeinden")), *listed]
        return self

    @staticmethod
    def _place_label(place: Organisation) -> str:
        return place.name if place.active else _("%(name)s (aufgelöst)", name=place.name)

    def validate_jahr(self, field: SelectField) -> None:
        """A year that has begun, or all of them."""
        text = field.data
        if text == ALL_YEARS:
            return
        if not (text.isdecimal() and len(text) == 4):
            raise ValidationError(_("Bitte ein Jahr wie 2026 wählen."))
        if int(text) > self._today.year:
            raise ValidationError(_("Dieses Jahr hat noch nicht begonnen."))

    def validate_schnitt(self, field: SelectField) -> None:
        """Only what the figure can be cut by."""
        if field.data and field.data not in [cut.value for cut in self._figure.cuts]:
            raise ValidationError(_("So lässt sich diese Zahl nicht aufteilen."))

    def validate_gemeinde(self, field: SelectField) -> None:
        """A municipality of the county."""
        if field.data and field.data not in self._places:
            raise ValidationError(_("Diese Gemeinde gibt es hier nicht."))

    def validate_stand(self, field: GermanDateField) -> None:
        """A day that is over or today; the county's figures are told by month."""
        if field.data is None:
            return
        if self._figure.shape == Shape.QUALITY and field.data != self._today:
            raise ValidationError(_("Die Datenqualität gibt es nur für heute."))
        if field.data > self._today:
            raise ValidationError(_("Dieser Tag liegt in der Zukunft."))
        if not self._own and field.data != self._today and (field.data + timedelta(days=1)).day != 1:
            raise ValidationError(
                _("Für den Kreis gibt es frühere Stände nur zum Monatsende: Nahe Tage verrieten einzelne Personen.")
            )

    @property
    def dissolved(self) -> bool:
        """Whether the chosen municipality does not exist any more."""
        place = self._places.get(self.gemeinde.data or "")
        return place is not None and not place.active

    @property
    def words(self) -> dict[str, str]:
        """The filters as the address has them, checked."""
        return {name: self[name].data for name in (YEAR, CUT, PLACE) if self[name].data}

    def question(self) -> Question:
        """What is asked, as plain data."""
        return question_of(self._figure, self.words, self._today, own=self._own, known_on=self.stand.data)

    def in_words(self, question: Question) -> str:
        """What is asked for, as it stands on files and paper."""
        place = self._places[question.place].name if question.place else ""
        return asked_in_words(question, place, access.actor().organisation_name if self._own else "")


class RememberForm(BaseForm):
    """A report under a name, filed in a rhythm."""

    name = StringField(_l("Name der Auswertung"))
    rhythm = SelectField(
        _l("Für die Stelle ablegen"),
        choices=[SelectChoice(rhythm.value, _l(label)) for rhythm, label in RHYTHM_LABELS.items()],
        default="",
    )
