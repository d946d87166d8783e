"""Lists of courses in the browser: upload, preview, confirm, and the rows that have to be corrected."""

from flask import Response
from flask.typing import ResponseReturnValue

from blueprints.courses.catalogue_forms import CourseListForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.addresses import posted_version
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to, page
from models.operations.import_batches import confirm_courses, discard_list, stage_list
from models.queries.course_lists import catalogue_file, list_picture, rejected_courses
from models.queries.course_plan import plan_courses
from models.queries.courses import Filters, filtered_courses
from models.queries.import_batches import COURSES, batch_of, file_of, recent_batches
from models.rules.course_lists.columns import LAYOUT
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import ImportBatch

HOME = "/kurse/listen/"
CSV = "text/csv; charset=utf-8"


@bp.route(HOME, methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def lists() -> ResponseReturnValue:
    """The lists of the own organisation, and the upload of another one."""
    form = CourseListForm()
    staged: list[ImportBatch] = []
    if form.validate_on_submit() and accepted(form, lambda: staged.append(_stage(form))):
        return go_to(f"{HOME}{staged[0].id}")
    context = {"form": form, "batches": recent_batches(access.actor(), COURSES), "area": "courses"}
    status = 422 if form.errors else 200
    return page("courses/lists.html", fragment="courses/_upload.html", status=status, **context)


def _stage(form: CourseListForm) -> ImportBatch:
    file = form.file.data
    by = {"actor": access.actor(), "now": access.now()}
    return stage_list(file.read(), file.filename or "", subject=COURSES, **by)


@bp.get(f"{HOME}<int:batch_id>")
@access.requires(Permission.COURSE_EDIT)
def batch(batch_id: int) -> ResponseReturnValue:
    """What a list would do, and after its confirmation what it did."""
    row = batch_of(access.actor(), batch_id, COURSES)
    shown = row.report
    if row.state == "staged":
        table = file_of(row)
        shown = list_picture(plan_courses(table), table)
    return page("courses/batch.html", area="courses", batch=row, shown=shown)


@bp.post(f"{HOME}<int:batch_id>/einlesen")
@access.requires(Permission.COURSE_EDIT)
def take_over(batch_id: int) -> ResponseReturnValue:
    """Import the list."""
    row = batch_of(access.actor(), batch_id, COURSES)
    confirm_courses(row, seen_version=posted_version(), actor=access.actor(), now=access.now())
    return go_to(f"{HOME}{row.id}")


@bp.post(f"{HOME}<int:batch_id>/verwerfen")
@access.requires(Permission.COURSE_EDIT)
def drop_list(batch_id: int) -> ResponseReturnValue:
    """Drop the list."""
    row = batch_of(access.actor(), batch_id, COURSES)
    discard_list(row, seen_version=posted_version(), actor=access.actor(), now=access.now())
    return go_to(HOME)


@bp.get(f"{HOME}<int:batch_id>/abgelehnt.csv")
@access.requires(Permission.COURSE_EDIT)
def rejected(batch_id: int) -> Response:
    """The rejected rows as a list that can be corrected and sent again."""
    row = batch_of(access.actor(), batch_id, COURSES)
    return download(rejected_courses(row), f"kursliste-{row.id}-abgelehnt.csv", CSV, inline=False)


@bp.get("/kurse/liste.csv")
@access.requires(Permission.COURSE_VIEW)
def catalogue_list() -> Response:
    """The courses that are not over as a list, which can be changed and read in again."""
    rows = filtered_courses(Filters(), local_day(access.now()), LAYOUT.most_rows)
    return download(catalogue_file(rows), "kurse.csv", CSV, inline=False)
