"""Forms about the course of one case. Each returns plain data."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from blueprints.courses.choices import CHOOSE, choices, filled
from blueprints.shared.forms import BaseForm, GermanDateField, VersionedForm
from blueprints.shared.reasons import AnyReasonForm, ProgressForm, ReasonForm
from blueprints.shared.registration_forms import ConfirmationForm, CorrectionForm
from blueprints.shared.report_forms import ReportForm
from models.queries.course_access import CourseAccess
from models.queries.courses import CourseRow, OpenCourse
from models.rules.enrolments import ALL_PATH_LABELS, ISSUERS, PAPERLESS, PATH_BASIS, Act, NamedPath, offered_paths
from models.rules.proposals import REFUSALS

WAIT, MORE, LESS = "wait", "more", "less"


class PathForm(BaseForm):
    """The access path that opens a course, with the paper behind it; and why a second course at the same time."""

    path = SelectField(_l("Zugangsweg"), validate_choice=False)
    issued_by = SelectField(_l("Bescheid ausgestellt durch"), validate_choice=False)
    dated = GermanDateField(_l("Bescheid vom"))
    valid_to = GermanDateField(_l("gültig bis"))
    basis = StringField(_l("Rechtsgrundlage"), validators=[Length(max=200)])
    double_reason = StringField(
        _l("Grund für zwei Kurse zur gleichen Zeit"), validators=[Length(max=300, message=_l("Höchstens 300 Zeichen."))]
    )

    def offer_paths(self, access: CourseAccess) -> None:
        """Fill the choices with the paths that may be named and those who issue their papers."""
        paths = {path: _(ALL_PATH_LABELS[path]) for path in offered_paths(None, access.states)}
        self.path.choices = choices(str(CHOOSE), {path: f"{path} {label}" for path, label in paths.items()})
        self.issued_by.choices = choices(_("ohne Bescheid"), {code: _(label) for code, label in ISSUERS.items()})

    def named(self) -> NamedPath:
        """The named path as plain data; the usual legal basis where nobody typed another."""
        path = self.path.data or ""
        if path in PAPERLESS:
            return NamedPath(path)
        basis = self.basis.data or PATH_BASIS.get(path, "")
        return NamedPath(path, basis, self.issued_by.data or "", self.dated.data, self.valid_to.data)


class ReservationForm(PathForm):
    """A course and its access path: a seat is reserved, or the person put on the waiting list (``act``)."""

    act = HiddenField()
    seite = IntegerField(widget=HiddenInput())
    course = RadioField(_l("Kurs"), validate_choice=False)
    in_plan = BooleanField(_l("vom Jobcenter verpflichtet oder Kurs im Kooperationsplan (SGB II)"))

    def offer(self, courses: list[CourseRow], access: CourseAccess) -> None:
        """Fill the choices: courses that take people, and the paths that may be named."""
        self.offer_paths(access)
        self.course.choices = [SelectChoice(row.number, row.title) for row in courses]

    def page(self) -> int:
        """The page of courses that is wanted: the next or last one, where that was asked for."""
        step = {MORE: 1, LESS: -1}.get(self.act.data or "", 0)
        return max((self.seite.data or 1) + step, 1)

    def turns(self) -> bool:
        """Whether only another page of courses is wanted."""
        return self.act.data in (MORE, LESS)

    def waits(self) -> bool:
        """Whether the person shall go on the waiting list."""
        return self.act.data == WAIT


class AcceptForm(PathForm, VersionedForm):
    """Take an offered seat, with the access path as it stands now."""

    def __init__(self, entry_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:  # several offers may stand on one page
            field.id = f"offer-{entry_id}-{field.name}"


class LeaveForm(ReasonForm):
    """Leave the waiting list, or refuse the offered seat."""

    def __init__(self, act: Act, entry_id: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        for field in self:
            field.id = f"leave-{entry_id}-{field.name}"


class MoveForm(VersionedForm):
    """Another course for the same person, with the same access path."""

    course = SelectField(_l("anderer Kurs"), id="move-course", validate_choice=False)

    def offer(self, courses: list[OpenCourse]) -> None:
        """Fill the choice with courses that have a free seat."""
        known = {row.number: f"{row.title}, {row.provider_name}, {row.starts_on:%d.%m.%Y}" for row in courses}
        self.course.choices = choices(str(CHOOSE), known)


class AcceptProposalForm(VersionedForm):
    """Do what the provider proposes; ``proposal`` carries the sentence where that does not go any more."""

    proposal = HiddenField(_l("Vorschlag"), id="accept-proposal")


class RefuseProposalForm(AnyReasonForm):
    """Decline what the provider proposes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("proposal", REFUSALS, *args, **kwargs)


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
        if self.signed.data not in ("pin", "ink"):
            self.signed.errors = [_("Bitte auswählen.")]
            return False
        return (self.signed.data != "pin" or filled(self.pin)) and valid

    def signing_pin(self) -> str:
        """The PIN to sign with; empty for a form that is signed on paper."""
        return (self.pin.data or "") if self.signed.data == "pin" else ""


class SendForm(VersionedForm):
    """Release to the provider."""

    consented_on = GermanDateField(_l("Einwilligung E2 erteilt am"))


class ConfirmForm(ConfirmationForm):
    """What the provider said, entered by somebody else."""

    source = StringField(_l("Quelle"), id="confirm-source", validators=[Length(max=200)])


class CorrectForm(CorrectionForm):
    """What holds of the registration now, entered by somebody else."""

    source = StringField(_l("Quelle"), id="correct-source", validators=[Length(max=200)])


class DeclineForm(ReasonForm):
    """That the provider said no, entered by somebody else."""

    source = StringField(_l("Quelle"), id="decline-source", validators=[Length(max=200)])


class ToldReportForm(ReportForm):
    """How the course ended, entered by somebody else."""

    source = StringField(_l("Quelle"), id="report-source", validators=[Length(max=200)])


class ToldProgressForm(ProgressForm):
    """How the course goes, entered by somebody else."""

    source = StringField(_l("Quelle"), id="progress-source", validators=[Length(max=200)])
