"""The sheet of a course as a page, for its provider and for clerks who write down what one without an account said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import StringField
from wtforms.validators import Length

from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.forms import BaseForm
from blueprints.shared.render import go_to, page, wants_fragment
from models.operations.course_attendance import FilledSheet, record_attendance
from models.queries.attendance_grid import grid_of
from models.queries.course_attendance import CourseSheet, course_taught, sheet_of
from models.queries.courses import CourseRow
from models.rules.course_attendance import MARK_LABELS, MARK_SIGNS, Month, Typed, month_of, read_sheet, weekday
from models.rules.course_calendar import later_month, month_name
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.message import Message
from models.rules.times import german_time, local_day, stamp

FILL = "alle"
"""The button above a day: everybody who has no mark was there."""


class SourceForm(BaseForm):
    """Who said so, where somebody writes it down for the provider."""

    source = StringField(_l("Quelle"), validators=[Length(max=200)])


@dataclass(frozen=True, slots=True)
class Home:
    """Whose page it is: its area, where the course stands, and whether a source is asked for."""

    area: str
    course: str
    asks_source: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt that was refused: what was typed, and the sentences by cell."""

    form: SourceForm
    status: int = 200
    typed: Mapping[int, Typed] | None = None
    problems: Mapping[str, Message] | None = None
    message: Message | None = None


def latest_month(course: CourseRow, today: date) -> str:
    """The word of the month to begin with: this one, or the nearest in which the course is taught."""
    latest = min(today, course.ends_on or today)
    return Month(max(latest, course.starts_on).replace(day=1)).word


def show(number: str, word: str, home: Home) -> Response:
    """The sheet of a month (``2026-11``) or of one day (``2026-11-23``); everybody on it is noted as read."""
    month, _day = _asked(word)
    sheet = _sheet(number, month)
    for one in sheet.markable:
        note_access(one.case_id, "course_attendance")
    return _page(sheet, word, home, Tried(SourceForm(formdata=None)))


def save(number: str, word: str, home: Home) -> Response:
    """Store what was typed, all of it or nothing; a refusal keeps every cell as it was typed."""
    month, form = _asked(word)[0], SourceForm()
    if not form.validate():
        return _page(_sheet(number, month), word, home, Tried(form, 422))
    typed: Mapping[int, Typed] = {}
    try:
        typed = read_sheet(request.form, month, _filled_day())
        filled = FilledSheet(number, month, typed, form.source.data or "")
        count = record_attendance(filled, actor=access.actor(), now=access.now())
    except StaleVersion as stale:
        return _page(_sheet(number, month), word, home, Tried(form, 409, typed, message=stale.message))
    except RuleBroken as broken:
        if sentence := broken.fields.get("source"):
            form.source.errors = [str(sentence)]
        return _page(_sheet(number, month), word, home, Tried(form, 422, typed, broken.fields, broken.message))
    if wants_fragment():
        return _page(_sheet(number, month), word, home, Tried(form), said=_said(count))
    flash(_said(count))
    return go_to(f"{home.course}/anwesenheit/{word}")


def month_named(word: str) -> Month:
    """The month that an address names; NotVisible for anything else."""
    try:
        return month_of(word)
    except ValueError:
        raise NotVisible from None


def _asked(word: str) -> tuple[Month, date | None]:
    """The month of the sheet, and the day of it where the word goes on and names one."""
    month = month_named(word[:7])
    if word == month.word:
        return month, None
    try:
        return month, date.fromisoformat(word)
    except ValueError:
        raise NotVisible from None


def _filled_day() -> date | None:
    try:
        return date.fromisoformat(request.form.get(FILL, ""))
    except ValueError:
        return None


def _sheet(number: str, month: Month) -> CourseSheet:
    actor, today = access.actor(), local_day(access.now())
    return sheet_of(actor, course_taught(actor, number, today), month, today)


def _said(count: int) -> str:
    if not count:
        return _("Es war nichts zu ändern.")
    time = german_time(stamp(access.now())).split(", ")[1]
    return ngettext("%(num)s Eintrag gespeichert", "%(num)s Einträge gespeichert", count) + f", {time} {_('Uhr')}"


def _page(sheet: CourseSheet, word: str, home: Home, tried: Tried, said: str = "") -> Response:
    today, day = local_day(access.now()), _asked(word)[1]
    grid = grid_of(sheet, today, day, tried.typed, tried.problems)
    before, after = (Month(later_month(sheet.month.first, step)) for step in (-1, 1))
    context: dict[str, Any] = {
        "area": home.area,
        "home": home,
        "sheet": sheet,
        "grid": grid,
        "day": day,
        "word": word,
        "today": today,
        "title": month_name(sheet.month.first),
        "before": before if before.last >= sheet.course.starts_on else None,
        "after": after if after.first <= min(today, sheet.course.ends_on or today) else None,
        "month_name": month_name,
        "weekday": weekday,
        "form": tried.form,
        "message": tried.message,
        "labels": MARK_LABELS,
        "signs": MARK_SIGNS,
        "said_done": said,
    }
    fragment = "attendance/_day.html" if day else "attendance/_month.html"
    return page("attendance/page.html", fragment=fragment, status=tried.status, part=fragment, **context)
