"""Which stored person a row of the list means, and which rows of one list mean the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from models.rules.arrivals.names import fold
from models.rules.arrivals.rows import ArrivalRow


@dataclass(frozen=True, slots=True)
class Repetition:
    """A row that means the same person as an earlier one of the list. ``is_exact``: it also says the same."""

    number: int
    first: int
    is_exact: bool


def identity_key(row: ArrivalRow) -> str:
    """The key by which an import finds the person it brought before; the same row always has the same one.

    The BAMF reference with the given name, because a family shares one reference; without a reference the full name,
    the birth date and the municipality. Names are folded: marks, hyphens and blanks do not count, letters do.
    """
    given = _compact(row.given_name)
    if row.bamf_reference and given:
        return f"bamf:{row.bamf_reference}:{given}"
    return f"name:{_compact(row.family_name)}:{given}:{row.date_of_birth.isoformat()}:{row.municipality}"


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
