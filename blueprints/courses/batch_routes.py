"""Several people of a course at once: move them, call the course off, and what became of each."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.batch_forms import CancelForm, PeopleForm, ticked
from blueprints.courses.course_page import course_page
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from models.operations.course_batches import Off, cancel_course, go_on, move_people
from models.queries import courses
from models.queries.course_batches import batch_seen, result_of
from models.queries.course_people import chosen_of, people_of
from models.queries.seats import figures_of
from models.rules.course_batches import OUTCOME_LABELS
from models.rules.enrolments import STATE_LABELS
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import Course

RESULT = "/kurse/ergebnisse/"


@bp.post("/kurse/<number>/umbuchen")
@access.requires(Permission.COURSE_RESERVE)
def move_all(number: str) -> ResponseReturnValue:
    """Move the ticked people to another course; what was ticked stays where something is refused."""
    row, form = courses.course_numbered(number), PeopleForm()
    wanted = ticked(request.form.getlist("people"))
    chosen = chosen_of(access.actor(), row, wanted, local_day(access.now()))
    form.offer([], {})
    done: list[int] = []
    known = {"may_list": form.may_list.data, "token": form.token.data, "actor": access.actor(), "now": access.now()}
    if form.validate() and accepted(
        form, lambda: done.append(move_people(Course.get_by_id(row.id), chosen, _course(form.course.data), **known))
    ):
        return go_to(f"{RESULT}{done[0]}")
    return course_page(row, form, wanted)


def _course(number: str | None) -> Course | None:
    found: Course | None = Course.get_or_none(Course.number == (number or ""))
    return found


@bp.route("/kurse/<number>/absagen", methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def call_off(number: str) -> ResponseReturnValue:
    """Call the course off, with a reason and, if there is one, the course for which its people may wait instead."""
    row = courses.course_numbered(number)
    form = CancelForm(data={"version": row.version})
    others = courses.replacements_for(row, local_day(access.now()))
    form.offer(others, figures_of(others))
    done: list[int] = []
    known = {"seen_version": form.version.data, "token": form.token.data}
    known |= {"actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: done.append(cancel_course(Course.get_by_id(row.id), _off(form), **known)), otherwise="reason"
    ):
        flash(_("Kurs abgesagt."))
        return go_to(f"{RESULT}{done[0]}")
    people = people_of(access.actor(), row, local_day(access.now()))
    context = {"course": row, "form": form, "people": people, "status": 422 if form.errors else 200}
    return page("courses/cancel.html", fragment="courses/_cancel.html", area="courses", **context)


def _off(form: CancelForm) -> Off:
    return Off(form.reason.data or "", form.reason_text.data or "", _course(form.course.data))


@bp.get(f"{RESULT}<int:batch_id>")
@access.requires(Permission.COURSE_RESERVE)
def result(batch_id: int) -> ResponseReturnValue:
    """What became of the people of a batch of the own organisation."""
    shown = result_of(access.actor(), batch_id, local_day(access.now()))
    context = {"result": shown, "outcomes": OUTCOME_LABELS, "state": STATE_LABELS}
    return page("courses/result.html", area="courses", **context)


@bp.post(f"{RESULT}<int:batch_id>/fortsetzen")
@access.requires(Permission.COURSE_RESERVE)
def resume(batch_id: int) -> ResponseReturnValue:
    """Go on with a batch that was interrupted."""
    batch = batch_seen(access.actor(), batch_id)
    go_on(batch.id, actor=access.actor(), now=access.now())
    return go_to(f"{RESULT}{batch.id}")
