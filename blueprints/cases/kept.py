"""What was shown before, for as long as nothing that stands in it has changed: the page of a case, lines of lists."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from blueprints.shared.tokens import csrf_token
from models.queries.case_list import Line


def kept_page(given: Mapping[str, Any], render: Callable[[], str]) -> Markup:
    """What ``render`` makes of ``given``, all that the template gets; the page of before where that is equal.

    It is kept with the view of one person of one state of the case (``given["shown"].view``). Only the token of the
    request differs from look to look, so the page is kept in the pieces between its tokens.
    """
    view, token = given["shown"].view, csrf_token()
    pieces = view.as_long_as("html", given, lambda: str(render()).split(token))
    return Markup(token.join(pieces))  # noqa: S704 - rendered by our own macro


MOST_LINES = 4_000
_END = "</tr>\n"
"""Ends the row of a line; no text of a line can hold it, for texts are escaped."""
_lines: dict[tuple[object, ...], str] = {}


def lines_in_table(
    lines: Sequence[Line],
    columns: tuple[str, ...],
    names: Mapping[str, str],
    with_reason: bool,
    changed: Collection[str],
    render: Callable[..., str],
) -> Markup:
    """The rows of a table of cases. ``render`` is the macro for those that were not shown in these columns yet."""
    keys = [(line, line.number in changed, with_reason, columns) for line in lines]
    new = [line for line, key in zip(lines, keys, strict=True) if key not in _lines]
    made = iter(str(render(new, columns, names, with_reason, changed)).split(_END) if new else ())
    rows = [_lines.get(key) or _keep_line(key, next(made) + _END) for key in keys]
    return Markup("".join(rows))  # noqa: S704 - rendered by our own macro


def _keep_line(key: tuple[object, ...], row: str) -> str:
    if len(_lines) >= MOST_LINES:
        _lines.clear()
    return _lines.setdefault(key, row)
