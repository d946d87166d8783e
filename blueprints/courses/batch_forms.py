"""Forms for several people of a course at once. Each returns plain data."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from blueprints.courses.choices import CHOOSE, choices
from blueprints.shared.forms import BaseForm, VersionedForm
from blueprints.shared.tokens import new_token
from models.queries.courses import CourseRow
from models.rules.course_batches import CANCEL_REASONS, MOST_TEXT
from models.rules.seats import Figures

MOST_AT_ONCE = 200


def _words(courses: list[CourseRow], figures: dict[int, Figures]) -> dict[str, str]:
    """What a course is chosen by: title, provider, start, and whether somebody gets a seat at once."""
    found = {}
    for row in courses:
        one = figures[row.id]
        seats = _("%(count)s frei", count=one.free) if one.is_open else _("Warteliste: %(count)s", count=one.waiting)
        found[row.number] = f"{row.title}, {row.provider_name}, {row.starts_on:%d.%m.%Y} ({seats})"
    return found


class _OnceForm(BaseForm):
    """A form that counts once: its token comes with the page."""

    token = HiddenField(validators=[Length(max=43)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.token.data = self.token.data or new_token()


class PeopleForm(_OnceForm):
    """People of a course to be moved to another one; a tick says who, and in which version she was seen."""

    people = HiddenField(_l("Personen"))
    course = SelectField(_l("anderer Kurs"), id="batch-course", validate_choice=False)
    may_list = BooleanField(_l("Wo kein Platz frei ist: auf die Warteliste setzen und den bisherigen Platz freigeben"))

    def offer(self, courses: list[CourseRow], figures: dict[int, Figures]) -> None:
        """Fill the choice with the courses that take people."""
        self.course.choices = choices(str(CHOOSE), _words(courses, figures))


class CancelForm(_OnceForm, VersionedForm):
    """That a course is called off, why, and for which course its people may wait instead."""

    reason = SelectField(_l("Grund"), validate_choice=False)
    reason_text = StringField(
        _l("Text zu „Sonstiges“"), validators=[Length(max=MOST_TEXT, message=_l("Höchstens 200 Zeichen."))]
    )
    course = SelectField(_l("Ersatzkurs"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = (SelectChoice(code, _(label)) for code, label in CANCEL_REASONS.items())
        self.reason.choices = [SelectChoice("", str(CHOOSE)), *reasons]

    def offer(self, courses: list[CourseRow], figures: dict[int, Figures]) -> None:
        """Fill the choice with the courses that take people; none is a choice too."""
        self.course.choices = choices(_("kein Ersatzkurs"), _words(courses, figures))


def ticked(values: list[str]) -> dict[int, int]:
    """Enrolments by id with the version that was seen, of ticks like ``17.3``; anything else is left out."""
    found = {}
    for value in values[:MOST_AT_ONCE]:
        number, _dot, version = value.partition(".")
        if all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (number, version)):
            found[int(number)] = int(version)
    return found
