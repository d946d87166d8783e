"""An uploaded list on its way: kept for the preview, imported once it is confirmed, or discarded."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from models.base import db
from models.operations.arrivals import import_rows
from models.operations.course_lists import import_courses
from models.operations.ledger import claim, record
from models.queries.course_lists import list_picture
from models.queries.import_batches import ARRIVALS, LAYOUTS, REDUCED, file_of, picture
from models.rules.arrivals.rows import to_correct
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.lists.reader import read_list
from models.rules.lists.rejected import rejected_table
from models.rules.lists.table import NotAList, Table
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import local_day, stamp
from models.tables import ImportBatch

KEPT = timedelta(days=7)
"""How long an uploaded list, and the rows that were rejected, are kept."""
Imported = tuple[Mapping[int, Mapping[Any, Message]], dict[str, Any]]
"""The errors of the rejected rows, and what a page says of the import."""
_DONE_ALREADY = Message(N_("Diese Liste wurde schon bestätigt oder verworfen."))


def stage_list(content: bytes, filename: str, *, subject: str = ARRIVALS, actor: Actor, now: datetime) -> ImportBatch:
    """Keep an uploaded list for its preview. RuleBroken at ``file`` for what is no list.

    Each upload also drops the lists that nobody confirmed for a week.
    """
    try:
        table = read_list(content, filename, LAYOUTS[subject])
    except NotAList as problem:
        raise RuleBroken(problem.message, {"file": problem.message}) from None
    drop_old_lists(now=now)
    if reduce := REDUCED.get(subject):
        content = reduce(table)
    with db.atomic():
        batch = ImportBatch.create(
            organisation=actor.organisation_id,
            account=actor.account_id,
            state="staged",
            format="xlsx" if content.startswith(b"PK") else "csv",
            content=content,
            subject=subject,
            created_at=stamp(now),
        )
        record(actor, f"{subject}.staged", {"batch": batch.id, "rows": len(table.rows)}, now=now)
    return batch


def drop_old_lists(*, now: datetime) -> int:
    """Drop the content of lists that nobody confirmed, and rejected rows, a week after the upload; how many lists."""
    old = ImportBatch.created_at < stamp(now - KEPT)
    with db.atomic():
        dropped = (
            ImportBatch.update(content=None, state="discarded").where(old, ImportBatch.state == "staged").execute()
        )
        ImportBatch.update(rejected=None).where(old, ImportBatch.rejected.is_null(False)).execute()
    return int(dropped)


def confirm_list(
    batch: ImportBatch, *, left_out: Collection[int], seen_version: int, actor: Actor, now: datetime
) -> None:
    """Import a staged list of arrivals and drop its content. StaleVersion where it was confirmed or discarded already.

    The import runs in transactions of its own. If it is cut off, the list is still staged: confirming it again goes on
    where it ended, because an import brings nobody twice.
    """

    def run(table: Table) -> Imported:
        report = import_rows(table, actor=actor, now=now, left_out=left_out)
        return to_correct(report.rejected), picture(report, table, actor, local_day(now), names=False)

    carry_out(batch, run, seen_version=seen_version)


def confirm_courses(batch: ImportBatch, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Import a staged list of courses and drop its content, as ``confirm_list`` does."""

    def run(table: Table) -> Imported:
        done = import_courses(table, actor=actor, now=now)
        return done.rejected, list_picture(done, table)

    carry_out(batch, run, seen_version=seen_version)


def carry_out(batch: ImportBatch, run: Callable[[Table], Imported], *, seen_version: int) -> None:
    """Claim a staged list, import it, keep what was rejected and what a page says of it."""
    with db.atomic():
        _take(batch, seen_version)
    table = file_of(batch)
    wrong, told = run(table)
    rejected = rejected_table(table, wrong) if wrong else None
    with db.atomic():
        _finish(batch, "done", report=told, rejected=rejected)


def discard_list(batch: ImportBatch, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Drop a staged list. StaleVersion where it was confirmed or discarded already."""
    with db.atomic():
        _take(batch, seen_version)
        _finish(batch, "discarded")
        record(actor, f"{batch.subject}.discarded", {"batch": batch.id}, now=now)


def _take(batch: ImportBatch, seen_version: int) -> None:
    if batch.state != "staged" or not claim(ImportBatch, batch.id, seen_version):
        raise StaleVersion(_DONE_ALREADY)


def _finish(
    batch: ImportBatch, state: str, *, report: Mapping[str, Any] | None = None, rejected: bytes | None = None
) -> None:
    columns = {"state": state, "content": None, "rejected": rejected, "report": report or {}}
    ImportBatch.update(columns).where(ImportBatch.id == batch.id).execute()
