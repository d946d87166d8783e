"""Forms for the course of a case. Each returns plain data."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from blueprints.courses.choices import CHOOSE, choices, filled
from blueprints.shared.forms import BaseForm, GermanDateField, VersionedForm
from models.operations.course_progress import News
from models.queries.course_access import CourseAccess
from models.queries.courses import CourseRow
from models.rules.enrolments import (
    ALL_PATH_LABELS,
    ISSUERS,
    PATH_BASIS,
    PROGRESS,
    SELF_PAYER,
    Act,
    NamedPath,
    offered_paths,
    possible,
)
from models.rules.states import EnrolmentState


class ReservationForm(BaseForm):
    """A course, and the access path that opens it with the paper behind it."""

    course = RadioField(_l("Kurs"), validate_choice=False)
    path = SelectField(_l("Zugangsweg"), validate_choice=False)
    issued_by = SelectField(_l("Bescheid ausgestellt durch"), validate_choice=False)
    dated = GermanDateField(_l("Bescheid vom"))
    valid_to = GermanDateField(_l("gültig bis"))
    basis = StringField(_l("Rechtsgrundlage"), validators=[Length(max=200)])

    def offer(self, courses: list[CourseRow], access: CourseAccess) -> None:
        """Fill the choices: courses with a free seat, and the paths that may be named."""
        paths = {path: _(ALL_PATH_LABELS[path]) for path in offered_paths(None, access.states)}
        self.course.choices = [SelectChoice(row.number, row.title) for row in courses]
        self.path.choices = choices(str(CHOOSE), {path: f"{path} {label}" for path, label in paths.items()})
        self.issued_by.choices = choices(_("ohne Bescheid"), {code: _(label) for code, label in ISSUERS.items()})

    def named(self) -> NamedPath:
        """The named path as plain data; the usual legal basis where nobody typed another."""
        path = self.path.data or ""
        if path == SELF_PAYER:
            return NamedPath(path)
        basis = self.basis.data or PATH_BASIS.get(path, "")
        return NamedPath(path, basis, self.issued_by.data or "", self.dated.data, self.valid_to.data)


class IssueForm(VersionedForm):
    """Issue the enrolment form. Signing is chosen, never guessed from an empty PIN."""

    signed = RadioField(
        _l("Unterschrift"),
        choices=[
            SelectChoice("pin", _l("elektronisch mit PIN")),
            SelectChoice("ink", _l("auf Papier, der Bogen hat eine Linie dafür")),
        ],
        default="pin",
        validate_choice=False,
    )
    pin = PasswordField(_l("PIN"), validators=[Length(max=100)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Who wants to sign needs the PIN."""
        valid = super().validate(extra_validators)
        return (self.signed.data != "pin" or filled(self.pin)) and valid

    def signing_pin(self) -> str:
        """The PIN to sign with; empty for a form that is signed on paper."""
        return (self.pin.data or "") if self.signed.data == "pin" else ""


class SendForm(VersionedForm):
    """Release to the provider."""

    consented_on = GermanDateField(_l("Einwilligung E2 erteilt am"))


class ConfirmForm(VersionedForm):
    """What the provider said, entered by somebody else."""

    confirmed_on = GermanDateField(_l("angemeldet am"))
    expected_start = GermanDateField(_l("voraussichtlicher Beginn"))
    source = StringField(_l("Quelle"), id="confirm-source", validators=[Length(max=200)])


class DeclineForm(VersionedForm):
    """That the provider said no, entered by somebody else."""

    reason = TextAreaField(_l("Grund"), id="decline-reason", validators=[Length(max=500)])
    source = StringField(_l("Quelle"), id="decline-source", validators=[Length(max=200)])


class ProgressForm(VersionedForm):
    """How the course goes, entered by somebody else."""

    what = RadioField(_l("Was ist geschehen"), id="progress-what", validate_choice=False)
    on = GermanDateField(_l("am"), id="progress-on")
    reason = TextAreaField(_l("Grund des Abbruchs"), id="progress-reason", validators=[Length(max=500)])
    source = StringField(_l("Quelle"), id="progress-source", validators=[Length(max=200)])

    def offer(self, state: EnrolmentState) -> None:
        """Fill the choice with what may happen next."""
        self.what.choices = [
            SelectChoice(act, _(label)) for act, label in PROGRESS.items() if possible(Act(act), state)
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Something must have happened."""
        valid = super().validate(extra_validators)
        if self.what.data not in PROGRESS:
            self.what.errors = [_("Bitte auswählen.")]
        return valid and not self.what.errors

    def news(self) -> News:
        """What happened as plain data."""
        return News(Act(self.what.data), self.on.data, self.reason.data or "", self.source.data or "")


class CancelForm(VersionedForm):
    """Give a seat back."""

    reason = TextAreaField(_l("Grund"), id="cancel-reason", validators=[Length(max=500)])
