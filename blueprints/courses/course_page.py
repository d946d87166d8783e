"""The page of one course: what it is, its seats, and its people as far as the acting person sees them."""

from collections.abc import Collection
from typing import Any

from flask.typing import ResponseReturnValue

from blueprints.courses.batch_forms import PeopleForm
from blueprints.shared import access
from blueprints.shared.render import page
from models.queries import courses
from models.queries.course_batches import batches_of
from models.queries.course_people import people_of
from models.queries.seats import figures_of
from models.rules.course_batches import MOVABLE
from models.rules.enrolments import STATE_KINDS, STATE_LABELS
from models.rules.lesson_times import lesson_words, says_the_same
from models.rules.permissions import Permission, may
from models.rules.times import local_day, stamp


def course_page(
    row: courses.CourseRow, form: PeopleForm | None = None, chosen: Collection[int] = ()
) -> ResponseReturnValue:
    """The page, or for a refused ``form`` its part about people; ``chosen`` are the enrolments that were ticked."""
    today = local_day(access.now())
    people = people_of(access.actor(), row, today)
    reserves = may(access.actor().role, Permission.COURSE_RESERVE)
    movable = [one.id for one in people.seen if one.state in MOVABLE] if reserves else []
    others = courses.replacements_for(row, today) if movable else []
    figures = figures_of([row, *others])
    context: dict[str, Any] = {
        "course": row,
        "provider": courses.provider_by_id(row.provider_id),
        "today": today,
        "figures": figures[row.id],
        "as_of": stamp(access.now()),
        "people": people,
        "labels": {"state": STATE_LABELS, "kind": STATE_KINDS},
        "times": "" if says_the_same(row.schedule, row.lessons) else lesson_words(row.lessons),
        "batches": batches_of(access.actor(), row.id) if reserves else [],
    }
    if movable:
        form = form or PeopleForm(formdata=None)
        form.offer(others, figures)
        form.people.id = f"people-{movable[0]}"  # where the summary of errors leads
        context |= {"form": form, "chosen": chosen, "movable": movable}
    status = 422 if form and form.errors else 200
    return page("courses/course.html", fragment="courses/_people.html", status=status, area="courses", **context)
