"""Uploaded lists of one organisation, and what a person is shown of a list of arrivals before and after its import."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from models.queries.arrival_plan import plan_import
from models.queries.duplicates import StoredMatch, seen_matches
from models.rules.arrivals import columns as arrival_columns
from models.rules.arrivals.columns import Column
from models.rules.arrivals.matching import Pair
from models.rules.arrivals.rows import RowErrors, to_correct
from models.rules.attendance_lists import columns as attendance_columns
from models.rules.attendance_lists.rows import without_remarks
from models.rules.course_lists import columns as course_columns
from models.rules.errors import NotVisible
from models.rules.lists.layout import Layout
from models.rules.lists.reader import read_list
from models.rules.lists.rejected import rejected_table
from models.rules.lists.table import Table, TableRow
from models.rules.roles import Actor
from models.tables import Account, ImportBatch

SHOWN = 200
"""Findings of one kind that a page shows; the file of rejected rows has them all."""
ARRIVALS, COURSES, ATTENDANCE = "arrivals", "courses", "attendance"
LAYOUTS: Mapping[str, Layout] = {
    ARRIVALS: arrival_columns.LAYOUT,
    COURSES: course_columns.LAYOUT,
    ATTENDANCE: attendance_columns.LAYOUT,
}
"""The kinds of list that are uploaded, and how each is read."""
REDUCED: Mapping[str, Callable[[Table], bytes]] = {ATTENDANCE: without_remarks}
"""Lists of which not everything is kept until they are confirmed."""
LIST_FORMATS = ("csv", "xlsx")
RECENT = 20


class Report(Protocol):
    """What an import says of itself."""

    rows: int
    imported: int
    updated: int
    rejected: Mapping[int, RowErrors]
    possible_duplicates: tuple[Pair, ...]
    stored_duplicates: Mapping[int, list[StoredMatch]]
    cases: Mapping[int, str]
    returning: Mapping[int, str]
    new: tuple[int, ...]

    @property
    def unchanged(self) -> int: ...


def recent_batches(actor: Actor, subject: str = ARRIVALS) -> list[ImportBatch]:
    """The latest lists of the actor's organisation, with who brought them; without their content."""
    columns = (ImportBatch.id, ImportBatch.state, ImportBatch.format, ImportBatch.report, ImportBatch.created_at)
    return list(
        ImportBatch.select(*columns, Account.name.alias("by"))
        .join(Account)
        .where(*_own_lists(actor, subject))
        .order_by(ImportBatch.id.desc())
        .limit(RECENT)
        .objects()
    )


def batch_of(actor: Actor, batch_id: int, subject: str = ARRIVALS) -> ImportBatch:
    """A list of the actor's own organisation; NotVisible for any other."""
    batch = ImportBatch.get_or_none(ImportBatch.id == batch_id, *_own_lists(actor, subject))
    if batch is None:
        raise NotVisible
    return batch


def _own_lists(actor: Actor, subject: str) -> tuple[Any, ...]:
    return (
        ImportBatch.organisation == actor.organisation_id,
        ImportBatch.format.in_(LIST_FORMATS),
        ImportBatch.subject == subject,
    )


def file_of(batch: ImportBatch) -> Table:
    """The table in a staged list; it was readable when it was uploaded."""
    return read_list(bytes(batch.content), f"liste.{batch.format}", LAYOUTS[batch.subject])


def rejected_file(batch: ImportBatch, actor: Actor, today: date) -> bytes:
    """The rows that were, or would be, rejected, as a list to correct and send again. NotVisible without any.

    Rows of other municipalities are not in it: there is nothing to correct, and their people are not her business.
    """
    if batch.state == "staged":
        table = file_of(batch)
        errors = to_correct(plan_import(table, actor, today).rejected)
        content = rejected_table(table, errors) if errors else b""
    else:
        content = bytes(batch.rejected or b"")
    if not content:
        raise NotVisible
    return content


def picture(report: Report, table: Table, actor: Actor, today: date, *, names: bool) -> dict[str, Any]:
    """What a page says about an import, as plain data; with ``names`` as the list has them, for the preview alone.

    ``foreign`` counts the rows of other municipalities, which ``rejected`` and ``errors`` leave out.
    """
    lines, wrong = _Lines(table, report.cases, names), to_correct(report.rejected)
    return {
        "rows": report.rows,
        "imported": report.imported,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "rejected": len(wrong),
        "foreign": len(report.rejected) - len(wrong),
        "ignored": list(table.ignored_headers),
        "errors": [lines.said(n) | {"errors": _sentences(e)} for n, e in list(wrong.items())[:SHOWN]],
        "new": [lines.said(number) for number in report.new[:SHOWN]],
        "pairs": [_pair(pair, lines) for pair in report.possible_duplicates[:SHOWN]],
        "returning": [lines.said(number) for number in list(report.returning)[:SHOWN]],
        "stored": list(_stored(report.stored_duplicates, lines, actor, today))[:SHOWN],
    }


class _Lines:
    """Rows of the file as a page names them: line, case number, and for the preview the name."""

    def __init__(self, table: Table, cases: Mapping[int, str], names: bool) -> None:
        self._rows = {row.number: row for row in table.rows}
        self._cases, self._names = cases, names

    def said(self, number: int) -> dict[str, Any]:
        row = self._rows[number]
        told = {"number": number, "line": row.line, "case": self._cases.get(number, "")}
        return told | ({"name": _name(row), "born": row.cells[Column.DATE_OF_BIRTH]} if self._names else {})


def _name(row: TableRow) -> str:
    return f"{row.cells[Column.FAMILY_NAME]}, {row.cells[Column.GIVEN_NAME]}"


def _sentences(errors: RowErrors) -> list[list[str]]:
    return [[str(column), str(message)] for column, message in errors.items()]


def _pair(pair: Pair, lines: _Lines) -> dict[str, Any]:
    reasons = [str(reason) for reason in pair.reasons]
    return {"first": lines.said(pair.row_a), "second": lines.said(pair.row_b), "reasons": reasons}


def _stored(
    found: Mapping[int, Sequence[StoredMatch]], lines: _Lines, actor: Actor, today: date
) -> Iterable[dict[str, Any]]:
    seen = {match.number: match for match in seen_matches([m for ms in found.values() for m in ms], actor, today)}
    for number, matches in found.items():
        for match in matches:
            mine = seen[match.number]
            reasons = [str(reason) for reason in match.reasons] if mine.name else []
            yield {
                "row": lines.said(number), "case": match.number, "office": match.office, "mine": bool(mine.name),
                "reasons": reasons,
            }  # fmt: skip
