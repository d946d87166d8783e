"""Which stored person a row of the list means, and which rows of one list mean the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from models.rules.arrivals.names import fold
from models.rules.arrivals.rows import ArrivalRow


class Identified(Protocol):
    """What identifies somebody; rows have it, and so have stored persons."""

    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def date_of_birth(self) -> date: ...
    @property
    def municipality(self) -> str | None: ...
    @property
    def bamf_reference(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Repetition:
    """A row that means the same person as an earlier one of the list. ``is_exact``: it also says the same."""

    number: int
    first: int
    is_exact: bool


def identity_key(row: Identified) -> str:
    """The key by which an import finds the person it brought before; the same row always has the same one.

    The BAMF reference with the given name, because a family shares one reference; without a reference the full name,
    the birth date and the municipality. Names are folded: marks, hyphens and blanks do not count, letters do.
    """
    given = _compact(row.given_name)
    return f"bamf:{row.bamf_reference}:{given}" if row.bamf_reference and given else name_identity(row)


def name_identity(row: Identified) -> str:
    """The key without the reference: by it a person is found whose reference only one of two lists knows."""
    names = f"{_compact(row.family_name)}:{_compact(row.given_name)}"
    return f"name:{names}:{row.date_of_birth.isoformat()}:{row.municipality or ''}"


def _compact(name: str) -> str:
    return fold(name).replace(" ", "")


def repetitions(rows: Iterable[ArrivalRow]) -> dict[int, Repetition]:
    """Rows whose identity an earlier row of the same list already has, by their number.

    Only the first of them may be imported, the others count as unchanged: else two rows would overwrite each other at
    every import of the same list. An exact repetition is a slip of the pen; another one may be a second person with
    the same name (father and son), so that ``find_pairs`` reports it.
    """
    firsts: dict[str, ArrivalRow] = {}
    repeated = {}
    for row in rows:
        first = firsts.setdefault(identity_key(row), row)
        if first is not row:
            repeated[row.number] = Repetition(row.number, first.number, _content(first) == _content(row))
    return repeated


def _content(row: ArrivalRow) -> ArrivalRow:
    return replace(row, number=0, running_number=None)
