"""Items without an answer as they stand in every list: rendered once and kept, for they are most of a page."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby
from weakref import WeakKeyDictionary

from markupsafe import Markup

from blueprints.shared import access
from blueprints.shared.tokens import csrf_token
from models.queries.checklists import Lack
from models.queries.item_rows import ItemRow
from models.rules.times import local_day

_ADDRESS, _TOKEN = "\x01", "\x02"
_kept: WeakKeyDictionary[ItemRow, str] = WeakKeyDictionary()
_kept_on: list[date] = []
"""The day of what is kept: choices are offered by date."""


def rows_in_list(
    rows: Iterable[ItemRow],
    address: str,
    render: Callable[..., str],
    changed: str = "",
    saved: str = "",
    focus: bool = False,
) -> Markup:
    """The rows of a list one after the other.

    ``render`` is the macro of a row; ``saved`` is said of the row ``changed`` (a code).
    """
    _forget_yesterday()
    pieces: list[str] = []
    for is_kept, group in groupby(rows, key=lambda row: _is_unanswered(row) and row.code != changed):
        if is_kept:
            html = "".join(_kept.get(row) or _keep(row, render) for row in group)
            pieces.append(html.replace(_ADDRESS, address).replace(_TOKEN, csrf_token()))
        else:
            pieces.extend(
                render(row, None, address, saved, focus) if row.code == changed else render(row, None, address)
                for row in group
            )
    return Markup("".join(pieces))  # noqa: S704 - rendered by our own macro


def gaps_in_list(gaps: Iterable[Lack], render: Callable[[Lack], str]) -> Markup:
    """What a list lacks, line by line. ``render`` is the macro of a line, which holds the words of the gap alone."""
    return Markup("".join(_gap_line(gap, render) for gap in gaps))  # noqa: S704 - rendered by our own macro


@lru_cache(maxsize=1_000)
def _gap_line(gap: Lack, render: Callable[[Lack], str]) -> str:
    return render(gap)


def _is_unanswered(row: ItemRow) -> bool:
    return row.view.untouched and not (row.note or row.who or row.proofs or row.draft or row.before)


def _keep(row: ItemRow, render: Callable[..., str]) -> str:
    html = render(row, None, _ADDRESS)
    return _kept.setdefault(row, html.replace(csrf_token(), _TOKEN))


def _forget_yesterday() -> None:
    today = local_day(access.now())
    if _kept_on != [today]:
        _kept.clear()
        _kept_on[:] = [today]
