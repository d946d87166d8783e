"""The columns of a kind of list, and under which headers lists carry them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.rules.arrivals.names import fold
from models.rules.message import Message

MAX_ROWS = 20_000
"""The longest list; the county has had 1,300 arrivals in its busiest year."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A kind of list. ``by_header`` is made by ``headers_of``; ``without_header`` is said where no line is a header."""

    by_header: Mapping[str, str]
    required: tuple[str, ...]
    without_header: Message
    most_rows: int = MAX_ROWS

    def column_of(self, header: str) -> str | None:
        """The column that a header names, whatever its case, blanks, dots and umlauts; None for an unknown one."""
        return self.by_header.get(_key(header))

    def known_headers(self, cells: Iterable[str]) -> int:
        """How many of the cells of a line are headers of such a list."""
        return sum(self.column_of(cell) is not None for cell in cells)


def headers_of(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Each column under its own name and its other ones."""
    return {_key(name): column for column, others in names.items() for name in (str(column), *others)}


def _key(header: str) -> str:
    return fold(header).replace(" ", "")
