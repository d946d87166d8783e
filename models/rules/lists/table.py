"""A list as it was read: headers and rows of plain text, not yet checked."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.message import Message

MAX_BYTES = 10 * 1024 * 1024
"""The largest file that is read."""
ERROR_COLUMN = "Fehler"
"""The column that the list of rejected rows adds; ignored when that list comes back."""
MAX_COLUMNS = 80
MAX_CELL = 2_000
"""The longest text of one cell, in characters."""
HEAD = 10
"""The header is one of the first lines; a title or Excel's "sep=;" may stand before it."""

Line = tuple[int, tuple[str, ...]]
"""Where a line stands in the file, from 1, and its cells. Blank lines are left out."""

_GUARDED = re.compile(r"^'+[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]")
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs"})
_HYPHENS = {0x2010: "-", 0x2011: "-"}


class NotAList(Exception):
    """The file is no list of this kind at all; ``message`` says why and what helps."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True)
class TableRow:
    """One data row.

    ``number`` counts data rows from 1 (blank ones are not counted), ``line`` is the line of the file or sheet where a
    person finds it. ``texts`` are its cells in the order of the file, ``cells`` the same ones cleaned, by column.
    """

    number: int
    line: int
    texts: tuple[str, ...]
    cells: Mapping[str, str]
    has_surplus: bool = False
    """It holds text to the right of the last header."""


@dataclass(frozen=True, slots=True)
class Table:
    """A list with its headers as they were written; ``columns`` names the known one at each place."""

    headers: tuple[str, ...]
    columns: tuple[str | None, ...]
    rows: tuple[TableRow, ...]

    @property
    def ignored_headers(self) -> tuple[str, ...]:
        """Headers of columns that are not taken over."""
        unknown = (h for h, column in zip(self.headers, self.columns, strict=True) if column is None)
        return tuple(header for header in unknown if header not in ("", ERROR_COLUMN))


def clean(text: str) -> str:
    """Text in composed form, without invisible characters, each run of blanks one blank, each hyphen the plain one."""
    composed = unicodedata.normalize("NFC", text).translate(_HYPHENS)
    if not composed.isprintable():
        composed = "".join(ch for ch in composed if ch.isspace() or unicodedata.category(ch) not in _INVISIBLE)
    return " ".join(composed.split())


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before a leading = + - @.

    Source: OWASP, CSV Injection. ``unguarded`` takes it away again, so that "+49 151 …" survives the round trip.
    """
    return f"'{text}" if _GUARDED.match(f"'{text}") else text


def unguarded(text: str) -> str:
    """The text without the apostrophe that ``guarded`` set before it."""
    return text[1:] if _GUARDED.match(text) else text
