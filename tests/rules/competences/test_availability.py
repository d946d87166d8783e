"""Availability: what is refused, and whether somebody can come to the times of a course."""

from dataclasses import replace
from datetime import time

import pytest

from models.rules.competences.availability import Availability, Lesson, check_availability, fits
from models.rules.errors import RuleBroken

CODES = {
    "childcare": {"N", "V", "T", "F", "A"}, "mobility": {"PUBLIC", "CAR"}, "commuting_times": {"30", "60"},
    "circumstances": {"WOHN", "MOB", "KEINE"}, "restrictions": {"E", "J", "K"}, "restriction_effects": {"LIFTING"},
    "yes_no": {"yes", "no"},
}  # fmt: skip
MORNINGS = Availability(slots=frozenset(f"{day}-morning" for day in ("mon", "tue", "wed", "thu", "fri")))


def lesson(day: str, begins: str, ends: str) -> Lesson:
    """ "mon", "8:30", "12:00" """
    return Lesson(day, time.fromisoformat(begins.zfill(5)), time.fromisoformat(ends.zfill(5)))


@pytest.mark.parametrize(
    ("lessons", "fitting"),
    [
        ([lesson("mon", "8:30", "12:00")], True),
        ([lesson("mon", "8:30", "12:15")], False),
        ([lesson("sat", "8:30", "12:00")], False),
        ([lesson("mon", "8:30", "12:00"), lesson("tue", "13:00", "16:00")], False),
        ([lesson("mon", "17:00", "20:00")], False),
        ([], True),
    ],
)
def test_all_lessons_must_lie_where_somebody_can_come(lessons, fitting):
    assert fits(MORNINGS, lessons) is fitting


def test_an_evening_touches_what_it_lasts_into():
    assert lesson("mon", "16:00", "19:00").slots == ("mon-afternoon", "mon-evening")
    assert lesson("mon", "12:00", "17:00").slots == ("mon-afternoon",)


def test_an_unknown_week_is_no_answer_and_online_is_asked_for():
    assert fits(Availability(), [lesson("mon", "8:30", "12:00")]) is None
    assert fits(MORNINGS, [lesson("mon", "8:30", "12:00")], online=True) is False
    assert fits(replace(MORNINGS, online=True), [lesson("mon", "8:30", "12:00")], online=True) is True


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"slots": frozenset({"mon-midnight"})}, "slots"),
        ({"hours": "ALL"}, "hours"),
        ({"childcare": "X"}, "childcare"),
        ({"mobility": ("PLANE",)}, "mobility"),
        ({"commuting": "5"}, "commuting"),
        ({"childcare": "F"}, "children"),
        ({"childcare": "F", "children": 2}, "ages"),
        ({"children": 21}, "children"),
        ({"children": -1}, "children"),
        ({"obstacles": {"WOHN": ""}}, "effect-WOHN"),
        ({"obstacles": {"WOHN": "x" * 201}}, "effect-WOHN"),
        ({"obstacles": {"WOHN": "zwei\nZeilen"}}, "effect-WOHN"),
        ({"obstacles": {"KEINE": "", "MOB": "kein Bus"}}, "circumstances"),
        ({"obstacles": {"DIAGNOSE": "x"}}, "circumstances"),
        ({"restriction": "E", "effects": ("LIFTING",)}, "restriction"),
        ({"restriction": "J", "effects": ("Rücken",)}, "effects"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(wrong, field):
    with pytest.raises(RuleBroken) as broken:
        check_availability(Availability(**wrong), codes=CODES)
    assert field in broken.value.fields


def test_a_full_week_is_taken():
    plan = Availability(
        MORNINGS.slots, True, "PART", "F", 2, "2 und 5", ("PUBLIC",), "60", {"WOHN": "Kein Platz zum Lernen"}, "J",
        ("LIFTING",), "no",
    )  # fmt: skip
    check_availability(plan, codes=CODES)
    check_availability(Availability(), codes=CODES)
