"""When somebody has come back, and what is worth asking again."""

from datetime import date

import pytest

from models.rules.checklists import items_by_code
from models.rules.returning import has_returned, is_carried
from models.seed.checklist_data import definitions

ENDED = date(2026, 5, 31)
ITEMS = items_by_code(definitions().values())


@pytest.mark.parametrize(
    ("state", "outcome_on", "arrived_on", "back"),
    [
        ("closed", ENDED, date(2026, 6, 1), True),
        ("closed", ENDED, ENDED, False),
        ("closed", ENDED, None, False),
        ("closed", None, date(2026, 6, 1), False),
        ("open", None, date(2026, 6, 1), False),
    ],
)
def test_who_arrives_after_the_end_has_come_back(state, outcome_on, arrived_on, back):
    assert has_returned(state, outcome_on, arrived_on) is back


@pytest.mark.parametrize("code", ["A10", "A11", "A12", "A13", "A33", "B07", "B12", "B14", "B15"])
def test_what_was_said_of_the_person_is_asked_again(code):
    assert is_carried(ITEMS[code])


@pytest.mark.parametrize("code", ["A01", "A03", "A05", "A14", "A18", "A19", "B01", "B02", "B18", "B22", "U11"])
def test_days_ticks_documents_records_and_health_are_not(code):
    assert not is_carried(ITEMS[code])
