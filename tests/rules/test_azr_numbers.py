"""One rule for what looks like an AZR number, wherever a text must not hold one."""

from datetime import date

import pytest

from models.rules.announcements import Wording, check_wording
from models.rules.azr_numbers import looks_like_azr_number
from models.rules.errors import RuleBroken
from models.rules.path_requests import AnswerFrame, PathAnswer, check_answer
from models.rules.workgroup.minutes import personal_data_in

TODAY = date(2026, 11, 28)
NUMBERS = ("910101123456", "910101-123456", "910101 123456", "9101 0112 3456", "910-101-123-456", "AZR 9101.0112.3456.")


@pytest.mark.parametrize("text", NUMBERS)
def test_twelve_digits_in_any_grouping_are_refused_everywhere(text):
    assert looks_like_azr_number(text)
    assert personal_data_in(f"Es geht um {text}", TODAY)
    with pytest.raises(RuleBroken) as broken:
        check_answer(
            PathAnswer(granted=True, dated=TODAY, reference=text), AnswerFrame("P1", True, date(1994, 3, 14), TODAY)
        )
    assert list(broken.value.fields) == ["reference"]
    with pytest.raises(RuleBroken):
        check_wording(Wording("Betreff", text, to_all=True), TODAY)


@pytest.mark.parametrize(
    "text", ["66.3-2026/114", "0681 9700-1234", "068197001234", "11.01.2027–14.06.2027", "1234567890123"]
)
def test_references_telephones_and_days_are_none(text):
    assert not looks_like_azr_number(text)
    assert personal_data_in(text, TODAY) is None
