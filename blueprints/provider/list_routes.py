"""Lists of attendance in the browser: upload, preview, confirm, and the rows that have to be corrected."""

from flask import Response
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from blueprints.provider.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import posted_version
from blueprints.shared.attendance import month_named
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to, page
from models.operations.attendance_lists import confirm_attendance
from models.operations.import_batches import discard_list, stage_list
from models.queries.attendance_files import rejected_marks, sheet_file
from models.queries.attendance_plan import attendance_picture, plan_attendance
from models.queries.course_attendance import course_taught, sheet_of
from models.queries.import_batches import ATTENDANCE, batch_of, file_of, recent_batches
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import ImportBatch

HOME = "/anmeldungen/anwesenheit/listen/"
BELOW = HOME.removeprefix("/anmeldungen")
CSV = "text/csv; charset=utf-8"


class AttendanceListForm(BaseForm):
    """A list of attendance."""

    file = FileField(_l("Anwesenheitsliste"), validators=[FileRequired(_l("Bitte eine Datei auswählen."))])


@bp.route(BELOW, methods=["GET", "POST"])
@access.requires(Permission.ENROLMENT_ANSWER)
def lists() -> ResponseReturnValue:
    """The lists of this provider, and the upload of another one."""
    form, staged = AttendanceListForm(), list[ImportBatch]()
    if form.validate_on_submit() and accepted(form, lambda: staged.append(_stage(form))):
        return go_to(f"{HOME}{staged[0].id}")
    context = {"form": form, "batches": recent_batches(access.actor(), ATTENDANCE), "area": "provider", "home": HOME}
    status = 422 if form.errors else 200
    return page("attendance/lists.html", fragment="attendance/_upload.html", status=status, **context)


def _stage(form: AttendanceListForm) -> ImportBatch:
    file = form.file.data
    by = {"actor": access.actor(), "now": access.now()}
    return stage_list(file.read(), file.filename or "", subject=ATTENDANCE, **by)


@bp.get(f"{BELOW}<int:batch_id>")
@access.requires(Permission.ENROLMENT_ANSWER)
def batch(batch_id: int) -> ResponseReturnValue:
    """What a list would do, and after its confirmation what it did."""
    row = batch_of(access.actor(), batch_id, ATTENDANCE)
    shown = row.report
    if row.state == "staged":
        table = file_of(row)
        shown = attendance_picture(plan_attendance(table, access.actor(), local_day(access.now())), table, names=True)
    return page("attendance/batch.html", area="provider", batch=row, shown=shown, home=HOME)


@bp.post(f"{BELOW}<int:batch_id>/einlesen")
@access.requires(Permission.ENROLMENT_ANSWER)
def take_over(batch_id: int) -> ResponseReturnValue:
    """Import the list."""
    row = batch_of(access.actor(), batch_id, ATTENDANCE)
    confirm_attendance(row, seen_version=posted_version(), actor=access.actor(), now=access.now())
    return go_to(f"{HOME}{row.id}")


@bp.post(f"{BELOW}<int:batch_id>/verwerfen")
@access.requires(Permission.ENROLMENT_ANSWER)
def drop_list(batch_id: int) -> ResponseReturnValue:
    """Drop the list."""
    row = batch_of(access.actor(), batch_id, ATTENDANCE)
    discard_list(row, seen_version=posted_version(), actor=access.actor(), now=access.now())
    return go_to(HOME)


@bp.get(f"{BELOW}<int:batch_id>/abgelehnt.csv")
@access.requires(Permission.ENROLMENT_ANSWER)
def rejected(batch_id: int) -> Response:
    """The rejected rows as a list that can be corrected and sent again."""
    row = batch_of(access.actor(), batch_id, ATTENDANCE)
    content = rejected_marks(row, access.actor(), local_day(access.now()))
    return download(content, f"anwesenheit-{row.id}-abgelehnt.csv", CSV, inline=False)


@bp.get("/kurse/<number>/anwesenheit/<word>/liste.csv")
@access.requires(Permission.ENROLMENT_VIEW)
def sheet_list(number: str, word: str) -> Response:
    """The sheet of a month as a list, which can be filled and read in again; everybody on it is noted as read."""
    actor, today = access.actor(), local_day(access.now())
    month = month_named(word)
    sheet = sheet_of(actor, course_taught(actor, number, today), month, today)
    for one in sheet.markable:
        note_access(one.case_id, "course_attendance")
    return download(sheet_file(sheet, today), f"Anwesenheit-{number}-{word}.csv", CSV, inline=False)
