"""The agreement of first steps of the case that ends goes on with the one that stays, and comes back.

Both functions run inside the transaction of the merge or of its undoing. Papers and scans stay where they were kept.
"""

from collections.abc import Iterable

from models.tables import Agreement, Case


def take_agreements(kept: Case, gone: Case) -> list[int]:
    """Move all versions, unless the kept case has an agreement of its own: numbers are counted within a case."""
    if Agreement.select(Agreement.id).where(Agreement.case == kept.id).exists():
        return []
    rows = Agreement.select(Agreement.id).where(Agreement.case == gone.id).order_by(Agreement.id)
    moved = [row[0] for row in rows.tuples()]
    Agreement.update(case=kept.id).where(Agreement.id.in_(moved)).execute()
    return moved


def give_back_agreements(kept: Case, gone: Case, taken: Iterable[int]) -> None:
    """Return what was moved, unless a version was added since: then all of it stays together."""
    moved = list(taken)
    if not Agreement.select(Agreement.id).where(Agreement.case == kept.id, Agreement.id.not_in(moved)).exists():
        Agreement.update(case=gone.id).where(Agreement.id.in_(moved), Agreement.case == kept.id).execute()
