"""The agreement of first steps of the case that ends goes on with the one that stays, and comes back.

Both functions run inside the transaction of the merge or of its undoing. Papers and scans go along with the agreement,
so that they are kept and erased with it; a scan that proves something else too stays where it is.
"""

from collections.abc import Iterable, Sequence

from peewee import Expression

from models.tables import Agreement, Case, Consent, Document, Evidence, Upload


def take_agreements(kept: Case, gone: Case) -> list[int]:
    """Move all versions, unless the kept case has an agreement of its own: numbers are counted within a case."""
    if Agreement.select(Agreement.id).where(Agreement.case == kept.id).exists():
        return []
    rows = Agreement.select(Agreement.id).where(Agreement.case == gone.id).order_by(Agreement.id)
    moved = [row[0] for row in rows.tuples()]
    _move(moved, gone.id, kept.id)
    return moved


def give_back_agreements(kept: Case, gone: Case, taken: Iterable[int]) -> None:
    """Return what was moved, unless a version was added since: then all of it stays together."""
    moved = list(taken)
    if not Agreement.select(Agreement.id).where(Agreement.case == kept.id, Agreement.id.not_in(moved)).exists():
        _move(moved, kept.id, gone.id)


def _move(agreements: Sequence[int], from_case: int, to_case: int) -> None:
    mine = Agreement.id.in_(agreements)
    papers = Agreement.select(Agreement.document).where(mine, Agreement.document.is_null(False))
    Document.update(case=to_case).where(Document.id.in_(papers), Document.case == from_case).execute()
    scans = Agreement.select(Agreement.scan).where(mine, Agreement.scan.is_null(False))
    Upload.update(case=to_case).where(Upload.id.in_(scans), _proves_nothing_else(from_case, to_case)).execute()
    Agreement.update(case=to_case).where(mine, Agreement.case == from_case).execute()


def _proves_nothing_else(from_case: int, to_case: int) -> Expression:
    """The other case may hold the same bytes already: a file is kept once for each case."""
    known = Upload.alias()
    return (
        (Upload.case == from_case)
        & Upload.sha256.not_in(known.select(known.sha256).where(known.case == to_case))
        & Upload.id.not_in(Evidence.select(Evidence.upload).where(Evidence.upload.is_null(False)))
        & Upload.id.not_in(Consent.select(Consent.scan).where(Consent.scan.is_null(False)))
    )
