"""Times, case numbers and the order of a route."""

import pytest

from models.rules.day_bundle import MOST_STOPS, Pick, read_numbers, read_time, route_of
from models.rules.errors import RuleBroken


@pytest.mark.parametrize(
    ("typed", "time"),
    [("9", "09:00"), ("9:30", "09:30"), ("09.05 Uhr", "09:05"), (" 14 ", "14:00"), ("", ""), (" ", ""),
     ("24:00", None), ("9:60", None), ("neun", None), ("9:3", None), ("9:30:10", None)],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed, time):
    assert read_time(typed) == time


def test_case_numbers_may_stand_in_any_way():
    assert read_numbers("swd-2026-00417, SWD-2026-00502;SWD-2026-00417") == ["SWD-2026-00417", "SWD-2026-00502"]
    assert read_numbers("  ") == []
    with pytest.raises(RuleBroken) as broken:
        read_numbers("SWD-2026-00417 Rahimi {x}")
    assert "Keine Fallnummer: RAHIMI, {X}" in str(broken.value.fields["more"])


def test_stops_are_in_the_order_of_their_times():
    picks = [Pick("a", "14"), Pick("b", ""), Pick("c", "9:30", " Rathaus ")]
    assert route_of(picks, ["d", "a"]) == (Pick("c", "09:30", "Rathaus"), Pick("a", "14:00"), Pick("d"), Pick("b"))


@pytest.mark.parametrize(
    ("picks", "field"),
    [
        ([], "people"),
        ([Pick(str(number)) for number in range(MOST_STOPS + 1)], "people"),
        ([Pick("a", "gleich")], "time-a"),
        ([Pick("a", "", "x" * 81)], "place-a"),
    ],
)
def test_what_is_wrong_is_said_at_its_control(picks, field):
    with pytest.raises(RuleBroken) as broken:
        route_of(picks, [])
    assert list(broken.value.fields) == [field]
