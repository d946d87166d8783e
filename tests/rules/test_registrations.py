"""What a provider may say of a registration, and how item K07 names the result of a placement test."""

from datetime import date

import pytest

from models.rules.registrations import Registration, registration_problems, result_code

TODAY, START = date(2026, 11, 22), date(2027, 1, 11)
EARLIER, LATER = date(2026, 11, 20), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("said", "family", "fields"),
    [
        (Registration(), "BSK", set()),
        (Registration(LATER, "BA-1234567/26"), "IK", set()),
        (Registration(EARLIER, "", "A2", "M3"), "IK", set()),
        (Registration(EARLIER, "", "B1"), "BSK", set()),
        (Registration(START, ""), "IK", set()),
        (Registration(date(2027, 1, 12), ""), "IK", {"test_on"}),
        (Registration(date(1926, 11, 20), ""), "IK", {"test_on"}),
        (Registration(None, "", "A2"), "IK", {"test_on"}),
        (Registration(LATER, "", "A2"), "IK", {"test_on"}),
        (Registration(EARLIER, "", "A7", "M9"), "IK", {"test_level", "test_module"}),
        (Registration(EARLIER, "", "B1", "M3"), "BSK", {"test_module"}),
        (Registration(None, "BA-1"), "BSK", {"pk_number"}),
        (Registration(None, "<b>"), "IK", {"pk_number"}),
    ],
)
def test_what_can_be_said(said, family, fields):
    assert registration_problems(said, family, START, TODAY).keys() == fields


def test_the_module_goes_before_the_level():
    assert (result_code("A2", "M3"), result_code("B1", ""), result_code("A1", "")) == ("M3", "B1", None)
