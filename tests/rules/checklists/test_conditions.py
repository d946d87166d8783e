"""Three-valued truth of conditions, and their German words."""

import pytest

from models.rules.checklists import AnswerValues, Known, describe, evaluate, items_by_code, undecided
from models.rules.checklists.conditions import DefinitionError, condition_from_data, condition_to_data
from models.rules.states import AnswerState
from models.seed.checklist_data import definitions

YES, NO, OPEN = {"fact": "adults", "is": 1}, {"fact": "adults", "is": 2}, {"fact": "children", "at_least": 1}
KNOWN = Known(facts={"adults": 1})


@pytest.mark.parametrize(
    ("data", "truth"),
    [
        (YES, True), (NO, False), (OPEN, None),
        ({"all": [YES, YES]}, True), ({"all": [YES, NO]}, False), ({"all": [YES, OPEN]}, None),
        ({"all": [NO, OPEN]}, False),
        ({"any": [NO, NO]}, False), ({"any": [YES, OPEN]}, True), ({"any": [NO, OPEN]}, None),
        ({"not": YES}, False), ({"not": NO}, True), ({"not": OPEN}, None),
        ({"not": {"all": [YES, {"any": [NO, OPEN]}]}}, None),
    ],
)  # fmt: skip
def test_truth_table(data, truth):
    assert evaluate(condition_from_data(data, "x"), KNOWN) is truth


@pytest.mark.parametrize(
    ("test", "value", "truth"),
    [
        ({"is": "AGS"}, "AGS", True),
        ({"is": "AGS"}, "DUL", False),
        ({"in": ["AKN", "AGS"]}, "AGS", True),
        ({"in": ["AKN", "AGS"]}, "DUL", False),
        ({"at_least": 1}, 1, True),
        ({"at_least": 1}, 0, False),
        ({"at_most": 24}, 25, False),
        ({"answered": True}, "x", True),
        ({"answered": False}, "x", False),
    ],
)
def test_operators(test, value, truth):
    condition = condition_from_data({"fact": "paper"} | test, "x")
    assert evaluate(condition, Known(facts={"paper": value})) is truth


def test_a_number_test_of_a_truth_value_is_false():
    condition = condition_from_data({"fact": "children", "at_least": 1}, "x")
    assert evaluate(condition, Known(facts={"children": True})) is False


def test_answered_is_judged_even_without_an_answer():
    condition = condition_from_data({"item": "U18", "field": "query", "answered": True}, "x")
    assert evaluate(condition, Known()) is False
    assert evaluate(condition, Known({"U18": AnswerValues(values={"query": "Zeugnis?"})})) is True


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        (None, None),
        (AnswerValues(values={"interpreter": "yes"}), True),
        (AnswerValues(values={"interpreter": "no"}), False),
        (AnswerValues(values={"mother_tongue": "ara"}), None),
        (AnswerValues(values={"interpreter": {"missing": "unknown"}}), None),
        (AnswerValues(AnswerState.UNKNOWN), None),
        (AnswerValues(AnswerState.NOT_APPLICABLE, reason="Kind"), False),
    ],
)
def test_tests_of_other_items(answer, truth):
    condition = condition_from_data({"item": "A13", "field": "interpreter", "is": "yes"}, "x")
    assert evaluate(condition, Known({"A13": answer} if answer else {})) is truth


def test_several_choices_are_tested_one_by_one():
    condition = condition_from_data({"item": "B16", "field": "circumstances", "in": ["KIND", "MOB"]}, "x")
    assert evaluate(condition, Known({"B16": AnswerValues(values={"circumstances": ["FIN", "MOB"]})})) is True


def test_what_decides_an_undecided_condition():
    condition = condition_from_data({"all": [YES, OPEN]}, "x")
    assert [leaf.name for leaf in undecided(condition, KNOWN)] == ["children"]
    assert undecided(condition, Known(facts={"adults": 2})) == ()


@pytest.mark.parametrize(
    "data",
    [
        {"fact": "paper"},
        {"fact": "paper", "is": "AGS", "in": ["AGS"]},
        {"fact": "paper", "item": "A05", "is": "AGS"},
        {"all": []},
        {"all": [YES], "any": [YES]},
        {"not": YES, "fact": "paper"},
        {"fact": "paper", "is": "AGS", "eval": "1"},
        {"fact": "paper", "in": []},
        {"fact": "children", "at_least": "1"},
        {"item": "A18", "answered": "yes"},
        [],
        "paper == 'AGS'",
    ],
)
def test_malformed_conditions_are_refused(data):
    with pytest.raises(DefinitionError, match="intake A01"):
        condition_from_data(data, "intake A01")


CONDITIONAL = [item for item in items_by_code(definitions().values()).values() if item.condition]


@pytest.mark.parametrize("item", CONDITIONAL, ids=lambda item: item.code)
def test_data_form_of_a_condition_reads_back(item):
    assert condition_from_data(condition_to_data(item.condition), "x") == item.condition


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"fact": "paper", "in": ["AKN", "DUL"]}, "nur wenn Aufenthaltspapier: Ankunftsnachweis oder Duldung"),
        ({"not": {"fact": "sphere", "is": "S2"}}, "nur wenn Rechtskreis: nicht SGB II"),
        ({"fact": "children", "at_least": 1}, "nur wenn Kinder im Haushalt: mindestens 1"),
        ({"not": {"fact": "children", "at_least": 1}}, "nur wenn Kinder im Haushalt: höchstens 0"),
        ({"fact": "age", "at_most": 24}, "nur wenn Alter in Jahren: höchstens 24"),
        ({"fact": "consent_e1", "is": True}, "nur wenn Einwilligung E1 erteilt: ja"),
        ({"item": "A18", "field": "working_age", "is": "yes"}, "nur wenn A18 im erwerbsfähigen Alter: ja"),
        ({"item": "U18", "field": "query", "answered": True}, "nur wenn U18 beantwortet"),
        ({"item": "B19", "field": "checked", "is": True}, "nur wenn B19 erledigt"),
        (
            {"all": [{"fact": "course_kind", "is": "IK"}, {"any": [YES, OPEN]}]},
            "nur wenn Kursart: Integrationskurs und (Erwachsene im Haushalt: 1 oder Kinder im Haushalt: mindestens 1)",
        ),
    ],
)
def test_german_sentences(data, text):
    assert str(describe(condition_from_data(data, "x"), items_by_code(definitions().values()))) == text
