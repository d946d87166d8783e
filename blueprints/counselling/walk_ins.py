"""From one line of the attendance list to a person who can be opened: the rules of the arrivals list, no others."""

from dataclasses import dataclass

from blueprints.counselling.forms import WalkInForm
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from models.operations.reception import Newcomer
from models.queries.duplicates import SeenMatch, seen_matches, stored_matches
from models.rules.arrivals.columns import Column
from models.rules.arrivals.rows import ArrivalRow, parse_row
from models.rules.lists.table import TableRow, clean
from models.rules.message import N_, Message
from models.rules.times import local_day
from models.seed.arrivals_data import arrival_words

COLUMNS = {
    "family_name": Column.FAMILY_NAME,
    "given_name": Column.GIVEN_NAME,
    "date_of_birth": Column.DATE_OF_BIRTH,
    "sex": Column.SEX,
    "nationality": Column.NATIONALITY,
    "languages": Column.LANGUAGES,
}
NOT_SAID = "x"
"""The code for a sex that nobody asked for: the line at the door is short."""
ASK = Message(N_("Vielleicht schon erfasst. Bitte prüfen: dieselbe Person oder eine andere?"))


@dataclass(frozen=True, slots=True)
class Reading:
    """Who was typed in; ``newcomer`` is None with errors at the fields, or while ``matches`` wait for a decision."""

    newcomer: Newcomer | None
    matches: tuple[SeenMatch, ...] = ()


def read_newcomer(form: WalkInForm) -> Reading:
    """Read the line and look for stored people who may be the same; who was shown is noted."""
    today = local_day(access.now())
    cells = {column: clean(form[name].data or "") for name, column in COLUMNS.items()}
    cells[Column.SEX] = cells[Column.SEX] or NOT_SAID
    parsed = parse_row(TableRow(0, 0, tuple(cells.values()), cells), today, arrival_words(), None, (*COLUMNS.values(),))
    if not isinstance(parsed, ArrivalRow):
        for name, column in COLUMNS.items():
            if column in parsed:
                form[name].errors = [str(parsed[column])]
        return Reading(None)
    others = frozenset((form.others.data or "").split())
    found = tuple(seen_matches(stored_matches({0: parsed}).get(0, []), access.actor(), today))
    for match in found:
        note_access(match.case_id, "duplicate")
    if {match.number for match in found} - others:
        form.family_name.errors = [str(ASK)]
        return Reading(None, found)
    return Reading(Newcomer(parsed, others), found)
