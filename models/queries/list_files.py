"""A list of cases without pages: as texts for a file, and counted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.queries.case_filters import FOCI, LEFT, UNREACHED, Filters
from models.queries.case_list import Line, finished
from models.queries.cases import all_cases, count_several, listed, parties
from models.queries.cases import counted as counted_cases
from models.rules.day import Figure, counted
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.times import german_date
from models.rules.worklists import COLUMNS, MOST_ROWS, Order, check_rows


@dataclass(frozen=True, slots=True)
class WholeList:
    """A list without pages as texts, with the ids of the cases that it tells of."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    case_ids: tuple[int, ...]


def whole_list(actor: Actor, filters: Filters, today: date, order: Order, columns: Sequence[str]) -> WholeList:
    """All pages of a list as they stand on the screen. RuleBroken where it has too many cases for a file."""
    known = parties()
    rows = all_cases(actor, filters, known.values(), today, order, MOST_ROWS + 1)
    check_rows(rows)
    lines = finished(actor, listed(actor, rows, today), known, today).lines
    header = (N_("Name"), N_("Fallnummer"), *(COLUMNS[key] for key in columns))
    texts = tuple((line.name, line.number, *(TEXTS[key](line) for key in columns)) for line in lines)
    return WholeList(header, texts, tuple(row.id for row in rows))


def count_lists(actor: Actor, several: Sequence[Filters], today: date, most: int) -> list[int]:
    """How many cases each of these lists has, counted up to ``most``; two queries, however many lists there are."""
    return count_several(actor, several, parties().values(), today, most)


def _stand_text(line: Line) -> str:
    return " · ".join(filter(None, (line.stand, N_("neu, noch kein Kontakt") if line.is_new else "")))


def _deadline_text(line: Line) -> str:
    due = line.deadline
    if due is None:
        return ""
    return f"{due.label} {german_date(due.day)}" + (f" ({due.text})" if due.is_urgent else "")


TEXTS: Mapping[str, Callable[[Line], str]] = {
    "geb": lambda line: line.born,
    "gemeinde": lambda line: line.town,
    "sprachen": lambda line: line.languages,
    "telefon": lambda line: line.phone,
    "erreichbar": lambda line: line.unreached,
    "gemeldet": lambda line: line.reported,
    "einwilligung": lambda line: line.consent,
    "asylblg": lambda line: line.until,
    "stand": _stand_text,
    "zustaendig": lambda line: line.office,
    "kontakt": lambda line: line.contact,
    "frist": _deadline_text,
}
"""What stands in a column of ``worklists.COLUMNS``."""


MOST_COUNTED = 1_000


_RESIDENTS = {"": Filters(), UNREACHED: Filters(focus=UNREACHED), LEFT: Filters(focus=LEFT)}


def residents(actor: Actor, today: date) -> tuple[Figure, ...]:
    """For a municipality how many people it has, how many left and how many nobody reaches, each with its list."""
    if actor.role != Role.MUNICIPALITY:
        return ()
    statement = counted_cases(actor.role, tuple(_RESIDENTS.values()), MOST_COUNTED + 1)
    numbers = statement.row(actor.organisation_id, today) or ()
    return tuple(_tally(word, number) for word, number in zip(_RESIDENTS, numbers, strict=True))


def _tally(word: str, number: int) -> Figure:
    label = FOCI[Role.MUNICIPALITY][word].label if word else N_("offene Fälle")
    return Figure(counted(number, MOST_COUNTED), Message(label), f"/faelle/?kontakt={word}" if word else "/faelle/")
