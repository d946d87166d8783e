"""Reads the maintained law from its data files: what a new database starts with, and all that ``rules evaluate`` needs.

A running server asks ``models.queries.law``: there an administrator's entries go before the files.
"""

from functools import lru_cache
from typing import Any

from models.rules.law.data import Law
from models.rules.law.entries import Entry, LawStand, entries_in, law_from
from models.seed.files import read_folder


def file_entries() -> tuple[list[Entry], LawStand]:
    """The entries of the files in ``models/seed/law`` and the state of the whole. KeyError for a missing part."""
    data: dict[str, Any] = {}
    for content in read_folder("law"):
        data |= content
    return entries_in(data), LawStand(data["as_of"], data["checked_on"], data["source"])


@lru_cache(maxsize=1)
def load_law() -> Law:
    """The law of the data files, read once. Raises on an unknown word or a missing part."""
    return law_from(*file_entries())
