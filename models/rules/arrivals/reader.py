"""From the bytes of a file to the table of an arrivals list."""

from models.rules.arrivals.columns import LAYOUT
from models.rules.lists.reader import read_list
from models.rules.lists.table import Table


def read_table(content: bytes, filename: str) -> Table:
    """The table in an arrivals list, as ``read_list`` reads it."""
    return read_list(content, filename, LAYOUT)
