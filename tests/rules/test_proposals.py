"""What a provider may propose instead of confirming as asked."""

from datetime import date

import pytest

from models.rules.proposals import REFUSALS, Proposal, proposal_problems
from models.rules.reasons import REASONS

TODAY, ASKED = date(2026, 11, 22), date(2027, 1, 11)
WHY = "Der Kurs ist auf Februar verschoben."


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Proposal("BB-1", None, WHY), set()),
        (Proposal("", date(2027, 2, 1), WHY), set()),
        (Proposal("", None, WHY), {"course"}),
        (Proposal("BB-1", date(2027, 2, 1), WHY), {"course"}),
        (Proposal("", TODAY, WHY), {"starts_on"}),
        (Proposal("", ASKED, WHY), {"starts_on"}),
        (Proposal("", date(2028, 1, 11), WHY), {"starts_on"}),
        (Proposal("BB-1"), {"sentence"}),
        (Proposal("BB-1", None, "x" * 301), {"sentence"}),
    ],
)
def test_one_thing_is_proposed_with_a_sentence(said, fields):
    assert proposal_problems(said, ASKED, TODAY).keys() == fields


def test_it_is_declined_for_a_known_reason():
    assert set(REFUSALS) <= REASONS.keys()
