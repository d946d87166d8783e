"""Papers and decisions as people enter them: dates that do not fit are named at their field."""

from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.residence_entries import DecisionEntry, PaperEntry, check_decision, check_paper
from models.seed.law_data import load_law

BORN, TODAY = date(1994, 3, 14), date(2026, 11, 23)


@pytest.mark.parametrize(
    ("entry", "field", "said"),
    [
        (DecisionEntry(code="GFK"), "served_on", "Der Tag der Zustellung fehlt"),
        (DecisionEntry(code="ABV"), "served_on", "Der Tag der Zustellung fehlt"),
        (DecisionEntry(code="XYZ", served_on=TODAY), "code", "aus der Liste"),
        (DecisionEntry(code="GFK", served_on=date(2026, 11, 24)), "served_on", "in der Zukunft"),
        (DecisionEntry(code="GFK", served_on=TODAY, decided_on=date(2026, 11, 24)), "decided_on", "in der Zukunft"),
        (
            DecisionEntry(code="GFK", served_on=date(2026, 11, 2), decided_on=date(2026, 11, 3)),
            "served_on",
            "vor dem Bescheid",
        ),
        (DecisionEntry(code="GFK", served_on=date(1993, 11, 2)), "served_on", "vor der Geburt"),
        (DecisionEntry(code="OFFEN", served_on=TODAY), "served_on", "keine Zustellung"),
    ],
)
def test_a_wrong_decision_is_named_at_its_field(entry, field, said):
    with pytest.raises(RuleBroken) as broken:
        check_decision(entry, load_law(), born=BORN, today=TODAY)
    assert said in str(broken.value.fields[field])


@pytest.mark.parametrize(
    "entry",
    [
        DecisionEntry(code="GFK", served_on=TODAY),
        DecisionEntry(code="GFK", served_on=TODAY, decided_on=TODAY, action_pending=False),
        DecisionEntry(code="ABL", decided_on=date(2026, 11, 2)),
        DecisionEntry(code="OFFEN"),
    ],
)
def test_a_decision_that_fits_passes(entry):
    check_decision(entry, load_law(), born=BORN, today=TODAY)


@pytest.mark.parametrize(
    ("entry", "field", "said"),
    [
        (PaperEntry(code="ZZZ"), "code", "aus der Liste"),
        (
            PaperEntry(code="AGS", residence_condition="NONE", residence_condition_until=TODAY),
            "residence_condition_until",
            "Ohne Auflage",
        ),
        (PaperEntry(code="AGS", valid_from=TODAY, valid_to=date(2026, 11, 1)), "valid_to", "vor seinem Beginn"),
        (PaperEntry(code="AE253", granted_on=TODAY, valid_to=date(2026, 11, 1)), "valid_to", "ausgestellt"),
        (PaperEntry(code="AGS", seen_on=date(2026, 11, 24)), "seen_on", "in der Zukunft"),
        (PaperEntry(code="AE253", granted_on=date(2027, 1, 1)), "granted_on", "in der Zukunft"),
        (PaperEntry(code="AGS", valid_from=date(1980, 1, 1)), "valid_from", "vor der Geburt"),
        (PaperEntry(code="AGS", residence_condition_until=TODAY), "residence_condition", "Wohnsitzauflage"),
    ],
)
def test_a_wrong_paper_is_named_at_its_field(entry, field, said):
    with pytest.raises(RuleBroken) as broken:
        check_paper(entry, load_law(), born=BORN, today=TODAY)
    assert said in str(broken.value.fields[field])


def test_a_paper_may_begin_in_the_future_and_have_no_end():
    check_paper(PaperEntry(code="NE", valid_from=date(2027, 1, 1)), load_law(), born=BORN, today=TODAY)
