"""The maintained deadlines and the rules that count them say the same."""

from datetime import date, timedelta

import pytest

from models.rules.law import deadlines
from models.rules.law.calendar import add_months
from models.rules.law.workdays import add_working_days
from models.seed.files import read

ROWS = read("law/deadlines.yaml")["deadlines"]
DAY = date(2026, 3, 2)
COUNTED = {
    "working_days": add_working_days,
    "days": lambda day, amount: day + timedelta(days=amount),
    "weeks": lambda day, amount: day + timedelta(weeks=amount),
    "weeks_before": lambda day, amount: day - timedelta(weeks=amount),
    "months": add_months,
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_rule_and_data_agree(row):
    arguments = (DAY, date(2027, 1, 1)) if row["id"] == "handover_due" else (DAY,)
    assert getattr(deadlines, row["id"])(*arguments) == COUNTED[row["unit"]](DAY, row["amount"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_each_has_its_source_and_validity(row):
    assert row["norm"] and row["source"] and row["valid_from"]
