"""The cells of one row while they are read."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from models.rules.lists.cells import Unreadable
from models.rules.lists.table import TableRow
from models.rules.message import Message

_NOTHING_SAID = frozenset({"-", "–", "—", "--", "k. a.", "k.a.", "keine angabe", "n/a"})

_Value = TypeVar("_Value")


class RowReading:
    """Reads the cells of a row; ``errors`` are German sentences by column."""

    def __init__(self, row: TableRow, needed: Collection[str]) -> None:
        self._row, self._needed = row, needed
        self.errors: dict[Any, Message] = {}

    def text(self, column: str) -> str:
        """The cell; empty also where an optional one says that nothing is known."""
        text = self._row.cells.get(column, "")
        return "" if column not in self._needed and text.casefold() in _NOTHING_SAID else text

    def value(self, column: str, read: Callable[[str], _Value]) -> _Value | None:
        """The value of a cell, None where it is empty or cannot be read."""
        text = self.text(column)
        if not text:
            if column in self._needed:
                self.refuse(column, Message("Diese Angabe fehlt, sie wird gebraucht."))
            return None
        try:
            return read(text)
        except Unreadable as error:
            self.refuse(column, error.message)
            return None

    def refuse(self, column: str, message: Message) -> None:
        """Note an error; the first one of a column stays."""
        self.errors.setdefault(column, message)
