"""From the form for one family to rows of an arrivals list: one rule, one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wtforms import Form

from blueprints.arrivals.forms import EACH, SHARED, ArrivalForm, PersonFields
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from models.operations.reception import Newcomer
from models.queries.duplicates import SeenMatch, seen_matches, stored_matches
from models.rules.arrivals.columns import REQUIRED, Column
from models.rules.arrivals.identity import repetitions
from models.rules.arrivals.rows import ArrivalRow, RowErrors, parse_row
from models.rules.lists.table import TableRow, clean
from models.rules.message import Message
from models.rules.roles import Role
from models.rules.times import local_day
from models.seed.arrivals_data import arrival_words

BEFORE_ALLOCATION = tuple(column for column in REQUIRED if column not in (Column.MUNICIPALITY, Column.ARRIVED_ON))
"""What the Agentur must know of somebody who is not allocated to a municipality yet."""
_TWICE = Message("Diese Person steht schon weiter oben.")
_ASK = Message("Bitte prüfen und bestätigen, wenn es eine andere Person ist.")
_COMPARED = {name: EACH[name] for name in ("family_name", "given_name", "date_of_birth", "sex")}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says. ``matches`` are stored persons who may be the same, by the place of the person in the form."""

    rows: tuple[ArrivalRow, ...]
    others: Mapping[int, frozenset[str]]
    matches: Mapping[int, list[SeenMatch]] = field(default_factory=dict)
    is_good: bool = False

    def newcomers(self) -> list[Newcomer]:
        """The people as the operation takes them."""
        return [Newcomer(row, self.others[row.number]) for row in self.rows]


NOTHING_READ = Reading((), {})


def read_people(form: ArrivalForm) -> Reading:
    """Read the form; errors stand at its fields afterwards. Good only without errors and without open duplicates."""
    parsed = [_parse(form, place, person) for place, person in enumerate(form.persons())]
    rows = tuple(row for row in parsed if isinstance(row, ArrivalRow))
    _show_repeated(form, rows)
    matches = matches_of({row.number: row for row in rows})
    others = _ruled_out(form, matches)
    good = len(rows) == len(parsed) and not any(form.wrong())
    return Reading(rows, others, matches, good)


def _ruled_out(form: ArrivalForm, matches: Mapping[int, list[SeenMatch]]) -> dict[int, frozenset[str]]:
    """The cases that somebody says are about another person; where some are open, an error asks for it."""
    others = {place: numbers_of(person.others.data) for place, person in enumerate(form.persons())}
    for place, found in matches.items():
        if not {match.number for match in found} <= others[place]:
            form.persons()[place].others.errors = [str(_ASK)]
    return others


def _parse(form: ArrivalForm, place: int, person: PersonFields) -> ArrivalRow | RowErrors:
    actor = access.actor()
    cells = _cells(form, SHARED) | _cells(person, EACH)
    own = actor.organisation_key if actor.role == Role.MUNICIPALITY else None
    if own:
        cells[Column.MUNICIPALITY] = own
    needed = REQUIRED if cells[Column.MUNICIPALITY] else BEFORE_ALLOCATION
    row = TableRow(place, place, tuple(cells.values()), cells)
    parsed = parse_row(row, local_day(access.now()), arrival_words(), own, needed)
    if not isinstance(parsed, ArrivalRow):
        _show_errors(form, SHARED, parsed)
        _show_errors(person, EACH, parsed)
    return parsed


def _cells(form: Form, columns: Mapping[str, Column]) -> dict[Column, str]:
    return {column: clean(form[name].data or "") for name, column in columns.items()}


def _show_errors(form: Form, columns: Mapping[str, Column], errors: RowErrors) -> None:
    for name, column in columns.items():
        if column in errors:
            form[name].errors = [str(errors[column])]


def _show_repeated(form: ArrivalForm, rows: tuple[ArrivalRow, ...]) -> None:
    for place in repetitions(rows):
        form.persons()[place].given_name.errors = [str(_TWICE)]


def numbers_of(text: str | None) -> frozenset[str]:
    """Case numbers separated by blanks."""
    return frozenset((text or "").split())


def matches_of(people: Mapping[int, ArrivalRow]) -> dict[int, list[SeenMatch]]:
    """Stored persons who may be the same, as the acting person may see them; who was shown is noted."""
    today = local_day(access.now())
    found = {place: seen_matches(matches, access.actor(), today) for place, matches in stored_matches(people).items()}
    for match in (match for matches in found.values() for match in matches):
        note_access(match.case_id, "duplicate")
    return found


def matches_while_typing(form: ArrivalForm, place: int) -> list[SeenMatch]:
    """The same for a person who is still being typed in: as soon as name and birth date are there."""
    cells = _cells(form.persons()[place], _COMPARED)
    needed = (Column.FAMILY_NAME, Column.GIVEN_NAME, Column.DATE_OF_BIRTH)
    row = parse_row(TableRow(place, place, (), cells), local_day(access.now()), arrival_words(), None, needed)
    return matches_of({place: row}).get(place, []) if isinstance(row, ArrivalRow) else []
