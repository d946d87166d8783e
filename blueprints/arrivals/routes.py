"""Arrivals lists in the browser: upload, preview, confirm, and the rows that have to be corrected."""

from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from blueprints.arrivals.forms import UploadForm
from blueprints.shared import access
from blueprints.shared.addresses import posted_version
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to, page
from models.operations.arrivals import import_rows
from models.operations.import_batches import confirm_list, discard_list, stage_list
from models.queries.import_batches import batch_of, file_of, picture, recent_batches, rejected_file
from models.queries.received import people_of
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import ImportBatch

bp = Blueprint("arrivals", __name__, cli_group=None)
HOME = "/ankuenfte/"


@bp.route(HOME, methods=["GET", "POST"])
@access.requires(Permission.ARRIVALS_IMPORT)
def lists() -> ResponseReturnValue:
    """The lists of the own organisation, and the upload of another one."""
    form = UploadForm()
    staged: list[ImportBatch] = []
    if form.validate_on_submit() and accepted(form, lambda: staged.append(_stage(form))):
        return go_to(f"{HOME}{staged[0].id}")
    batches = recent_batches(access.actor())
    return page(
        "arrivals/lists.html",
        fragment="arrivals/_upload.html",
        status=422 if form.errors else 200,
        area="arrivals",
        form=form,
        batches=batches,
    )


def _stage(form: UploadForm) -> ImportBatch:
    file = form.file.data
    return stage_list(file.read(), file.filename or "", actor=access.actor(), now=access.now())


@bp.get(f"{HOME}<int:batch_id>")
@access.requires(Permission.ARRIVALS_IMPORT)
def batch(batch_id: int) -> ResponseReturnValue:
    """What a list would do, and after its confirmation what it did."""
    row = batch_of(access.actor(), batch_id)
    shown = _preview(row) if row.state == "staged" else row.report
    opened = [said["case"] for said in shown.get("new", ()) if said["case"]]
    people = people_of(access.actor(), opened, local_day(access.now())) if opened else ()
    return page("arrivals/batch.html", area="arrivals", batch=row, shown=shown, people=people)


def _preview(row: ImportBatch) -> dict[str, Any]:
    table = file_of(row)
    report = import_rows(table, actor=access.actor(), now=access.now(), dry_run=True)
    return picture(report, table, access.actor(), local_day(access.now()), names=True)


@bp.post(f"{HOME}<int:batch_id>/einlesen")
@access.requires(Permission.ARRIVALS_IMPORT)
def confirm(batch_id: int) -> ResponseReturnValue:
    """Import the list without the rows that were left out."""
    row = batch_of(access.actor(), batch_id)
    left_out = set(request.form.getlist("left_out", type=int))
    confirm_list(row, left_out=left_out, seen_version=posted_version(), actor=access.actor(), now=access.now())
    return go_to(f"{HOME}{row.id}")


@bp.post(f"{HOME}<int:batch_id>/verwerfen")
@access.requires(Permission.ARRIVALS_IMPORT)
def discard(batch_id: int) -> ResponseReturnValue:
    """Drop the list."""
    row = batch_of(access.actor(), batch_id)
    discard_list(row, seen_version=posted_version(), actor=access.actor(), now=access.now())
    return go_to(HOME)


@bp.get(f"{HOME}<int:batch_id>/abgelehnt.csv")
@access.requires(Permission.ARRIVALS_IMPORT)
def rejected(batch_id: int) -> Response:
    """The rejected rows as a list that can be corrected and sent again."""
    row = batch_of(access.actor(), batch_id)
    content = rejected_file(row, access.actor(), local_day(access.now()))
    return download(content, f"ankunftsliste-{row.id}-abgelehnt.csv", "text/csv; charset=utf-8", inline=False)
