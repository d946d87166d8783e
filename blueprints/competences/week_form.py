"""The form of availability and obstacles. It returns plain data; what cannot be is a rule."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import Optional

from blueprints.competences.forms import BY_PERSON, NOT_SAID, Labels, options
from blueprints.shared.forms import VersionedForm
from models.rules.competences.availability import DAYS, HOURS, NONE, PARTS, Availability


class WeekForm(VersionedForm):
    """Availability and obstacles; the line of effect for each circumstance comes with ``week_form``."""

    slots = SelectMultipleField(
        _l("Zeiten"),
        choices=[SelectChoice(f"{day}-{part}", f"{DAYS[day]} {PARTS[part]}") for day in DAYS for part in PARTS],
    )
    online = BooleanField(_l("auch online"))
    hours = RadioField(
        _l("Umfang"), choices=[*(SelectChoice(*pair) for pair in HOURS.items()), SelectChoice("", NOT_SAID)], default=""
    )
    childcare = SelectField(_l("Kinderbetreuung"), validate_choice=False)
    children = IntegerField(_l("Kinder, die betreut werden müssen"), validators=[Optional()])
    ages = StringField(_l("Alter der Kinder"))
    mobility = SelectMultipleField(_l("Mobilität"), validate_choice=False)
    commuting = SelectField(_l("Längster Weg"), validate_choice=False)
    circumstances = SelectMultipleField(_l("Rahmenbedingungen und Hemmnisse"), validate_choice=False)
    restriction = RadioField(_l("Einschränkung mit Auswirkung auf Arbeit"), default="", validate_choice=False)
    effects = SelectMultipleField(_l("Auswirkung auf Arbeit"), validate_choice=False)
    report = RadioField(_l("Gutachten liegt vor"), default="", validate_choice=False)
    source = StringField(_l("Woher kommen die Angaben?"), default=BY_PERSON)

    def offer(self, lists: Mapping[str, Labels]) -> "WeekForm":
        """Fill the choices from the code lists; returns itself."""
        self.childcare.choices = options(lists["childcare"])
        self.commuting.choices = options(lists["commuting_times"])
        for name, code_list in (("mobility", "mobility"), ("circumstances", "circumstances"),
                                ("effects", "restriction_effects")):  # fmt: skip
            self[name].choices = [SelectChoice(code, label) for code, label in lists[code_list].items()]
        for name, code_list in (("restriction", "restrictions"), ("report", "yes_no")):
            self[name].choices = [*options(lists[code_list])[1:], SelectChoice("", _l("nicht gefragt"))]
        return self

    def plan(self) -> Availability:
        """What was typed."""
        chosen = self.circumstances.data or []
        return Availability(
            slots=frozenset(self.slots.data or ()),
            online=bool(self.online.data),
            hours=self.hours.data or "",
            childcare=self.childcare.data or "",
            children=self.children.data,
            ages=self.ages.data or "",
            mobility=tuple(self.mobility.data or ()),
            commuting=self.commuting.data or "",
            obstacles={code: self._effect_of(code) for code in chosen},
            restriction=self.restriction.data or "",
            effects=tuple(self.effects.data or ()),
            report=self.report.data or "",
        )

    def _effect_of(self, code: str) -> str:
        """The line beside a circumstance; "keine" and codes that nobody offered have none."""
        line = f"effect-{code}"
        return (self[line].data or "") if line in self else ""


def week_form(lists: Mapping[str, Labels], stored: tuple[Availability, str] | None) -> WeekForm:
    """The form with what is stored, and a line of effect for each circumstance of the list."""
    data: dict[str, Any] = {"version": 0}
    if stored:
        plan, source = stored
        data |= {name: getattr(plan, name) for name in plan.__dataclass_fields__} | {"source": source}
        data |= {"circumstances": list(plan.obstacles)}
        data |= {f"effect-{code}": effect for code, effect in plan.obstacles.items()}
    return _with_lines(tuple(lists["circumstances"].items()))(data=data).offer(lists)


@lru_cache(maxsize=8)
def _with_lines(circumstances: tuple[tuple[str, str], ...]) -> type[WeekForm]:
    """WTForms searches a new class for its fields: one class for each state of the list, not for each look."""
    lines = {
        f"effect-{code}": StringField(_l("Auswirkung: %(what)s", what=label))
        for code, label in circumstances
        if code != NONE
    }
    return type("WeekForm", (WeekForm,), lines)
