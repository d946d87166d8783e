"""Forms of the agreement of first steps; which days and texts may stand there is a rule."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import PasswordField, RadioField, SelectChoice, SelectField, StringField
from wtforms import TextAreaField as Text
from wtforms.validators import InputRequired, Length

from blueprints.shared.addresses import record_id
from blueprints.shared.forms import NEEDED, GermanDateField, VersionedForm
from models.queries.agreements import said_of
from models.queries.appointments import AppointmentLine
from models.queries.consents import languages_to_choose
from models.rules.agreements import (
    MOST_STEPS,
    PAPER_REASONS,
    STEP_LABELS,
    STEP_STATES,
    WHO_LABELS,
    AgreementPlan,
    AgreementState,
    Closing,
    NextTalk,
    StepPlan,
)
from models.rules.appointments import SITES
from models.rules.files import CheckedFile, check_file
from models.rules.states import Site
from models.tables import Agreement, AgreementStep

ROWS = range(1, MOST_STEPS + 1)
FEW_STEPS = 3


class AgreementForm(VersionedForm):
    """The draft; fields of the lines are ``kind_1``, ``detail_1``, ``who_1``, ``until_1`` and so on."""

    goal = Text(_l("Ziel in einem Satz"))
    contributions = Text(_l("Was die Person selbst tut"))
    services = Text(_l("Leistungen der Agentur"))
    next_choice = SelectField(_l("vereinbarter Termin"), validate_choice=False)
    next_on = GermanDateField(_l("neuer Termin am"))
    next_begins = StringField(_l("Uhrzeit"), validators=[Length(max=10)])
    next_site = SelectField(_l("Ort"), validate_choice=False)
    next_where = StringField(_l("Anschrift oder Raum"))
    language = SelectField(_l("Sprache neben Deutsch"))
    interpreter = StringField(_l("gedolmetscht durch"))

    def offer(self, ahead: Iterable[AppointmentLine]) -> "AgreementForm":
        """Fill the choices, with the appointments that stand already; returns itself."""
        stands = {line.id: f"{said_of(line).words} ({_(line.title)})" for line in ahead}
        self.next_site.choices = _options(SITES)
        self.next_choice.choices = [SelectChoice("", _l("keiner oder ein neuer, wie unten")), *_options(stands)]
        self.language.choices = _options(languages_to_choose())
        for row in ROWS:
            self[f"kind_{row}"].choices = [SelectChoice("", _l("–")), *_options(STEP_LABELS)]
            self[f"who_{row}"].choices = _options(WHO_LABELS)
        return self

    def plan(self) -> AgreementPlan:
        """What was typed; lines without a step, a text and a day are left out."""
        return AgreementPlan(
            goal=self.goal.data or "",
            steps=tuple(step for step in map(self._step, ROWS) if step.kind or step.detail or step.until),
            services=self.services.data or "",
            contributions=self.contributions.data or "",
            talk=self._talk(),
            language=self.language.data or "",
            interpreter=self.interpreter.data or "",
        )

    @property
    def in_front(self) -> int:
        """How many lines are shown at once: three, and one more than those with something in them."""
        used = [row for row in ROWS if any(self._has(f"{name}_{row}") for name in ("kind", "detail", "until"))]
        return min(max(FEW_STEPS, max(used, default=0) + 1), MOST_STEPS)

    def _has(self, name: str) -> bool:
        return bool(self[name].data or self[name].errors)

    def _talk(self) -> NextTalk:
        return NextTalk(
            chosen=record_id(self.next_choice.data) or None,
            on=self.next_on.data,
            begins=self.next_begins.data or "",
            site=self.next_site.data or Site.AGENTUR,
            place=self.next_where.data or "",
        )

    def _step(self, row: int) -> StepPlan:
        kind, detail, who, until = (self[f"{name}_{row}"].data for name in ("kind", "detail", "who", "until"))
        return StepPlan(row, kind or "", detail or "", who or "", until)


for number in ROWS:
    setattr(AgreementForm, f"kind_{number}", SelectField(_l("was"), validate_choice=False))
    setattr(AgreementForm, f"detail_{number}", StringField(_l("genauer")))
    setattr(AgreementForm, f"who_{number}", SelectField(_l("wer"), validate_choice=False))
    setattr(AgreementForm, f"until_{number}", GermanDateField(_l("bis")))


def _options(labels: Any) -> list[SelectChoice]:
    return [SelectChoice(str(code), label) for code, label in labels.items()]


_NEXT = ("next_on", "next_begins", "next_site", "next_where")


def without_talk(data: dict[str, Any]) -> dict[str, Any]:
    """The values for the next version: its next appointment is another one."""
    return {name: value for name, value in data.items() if name not in _NEXT}


def filled_with(row: Agreement, steps: Sequence[AgreementStep]) -> dict[str, Any]:
    """The values of a version for the form."""
    names = ("goal", "services", "contributions", "language", "interpreter", "version", *_NEXT)
    data = {name: getattr(row, name) for name in names}
    for place, step in enumerate(steps[:MOST_STEPS], start=1):
        data |= {f"{name}_{place}": getattr(step, name) for name in ("kind", "detail", "who", "until")}
    return data


class CloseAgreementForm(VersionedForm):
    """How a draft is closed."""

    agreed_on = GermanDateField(_l("vereinbart am"))
    way = RadioField(
        _l("Wie wird unterschrieben?"),
        choices=[
            SelectChoice("paper", _l("beide auf Papier")),
            SelectChoice("pin", _l("Beratung mit PIN, Person auf Papier")),
        ],
        default="paper",
    )
    paper_reason = SelectField(_l("Warum die Person auf Papier unterschreibt"))
    pin = PasswordField(_l("Ihre PIN"))
    copy_on = GermanDateField(_l("Kopie ausgehändigt am"))
    despite = StringField(_l("Warum trotzdem"), validators=[Length(max=300)])
    file = FileField(_l("Scan der unterschriebenen Vereinbarung"))

    def offer(self) -> "CloseAgreementForm":
        """Fill the reasons; returns itself."""
        self.paper_reason.choices = [SelectChoice("", _l("Bitte wählen")), *_options(PAPER_REASONS)]
        return self

    def closing(self) -> Closing:
        """What was typed."""
        with_pin = self.way.data == "pin"
        despite = self.despite.data or ""
        return Closing(self.agreed_on.data, with_pin, self.paper_reason.data or "", self.copy_on.data, despite)

    def scan(self) -> CheckedFile | None:
        """The file as it may be kept; RuleBroken at ``file``."""
        chosen = self.file.data
        return check_file(chosen.read(), chosen.filename or "") if chosen and chosen.filename else None


class DeclineForm(VersionedForm):
    """Refused or not yet possible, and why."""

    outcome = RadioField(
        _l("Ergebnis"),
        choices=[
            SelectChoice(AgreementState.REFUSED, _l("abgelehnt")),
            SelectChoice(AgreementState.NOT_YET, _l("noch nicht möglich")),
        ],
        validators=[InputRequired(NEEDED)],
    )
    agreed_on = GermanDateField(_l("am"))
    reason = Text(_l("Grund"))


class StepForm(VersionedForm):
    """What became of a step."""

    state = SelectField(_l("Stand"), choices=[SelectChoice(code, label) for code, (label, _k) in STEP_STATES.items()])
    settled_on = GermanDateField(_l("am"))


class CopyGivenForm(VersionedForm):
    """When the copy was handed over."""

    copy_on = GermanDateField(_l("Kopie ausgehändigt am"))
