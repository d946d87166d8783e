"""Every case of the table of law cases: the copy kept here, and the shared one where that folder exists."""

import json
from pathlib import Path

import pytest

from models.rules.law.evaluate import evaluate

HERE = Path(__file__).parent
TABLES = (HERE / "law_cases.json", HERE.parents[3] / "shared" / "domain" / "law_cases.json")
SENTENCES = ("say", "then")


def _cases():
    for number, table in enumerate(TABLES):
        if table.exists():
            for case in json.loads(table.read_text(encoding="utf-8"))["cases"]:
                yield pytest.param(case, id=f"{'copy' if number == 0 else 'shared'}-{case['id']}")


@pytest.mark.parametrize("case", list(_cases()))
def test_case(case, law):
    expected = case["expected"]
    (answer,) = evaluate([case], law)
    assert set(answer) == {"id", *expected}
    assert answer["id"] == case["id"]
    assert answer["result"] in [expected["result"], *case.get("also_accept", [])]
    assert answer.get("paths", {}).items() >= expected.get("paths", {}).items()
    for key in set(expected) - {"result", "paths", *SENTENCES}:
        assert answer[key] == expected[key], key
    for key in set(expected) & set(SENTENCES):
        assert answer[key]


def test_the_table_is_not_empty():
    assert len(json.loads(TABLES[0].read_text(encoding="utf-8"))["cases"]) == 31
