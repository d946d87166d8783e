"""Requests for a transfer: what the requester sees, and what may be asked and answered."""

from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.requests import MOST_A_DAY, Asked, Seen, check_answer, check_asked, check_number, seen
from models.rules.states import RequestState

TODAY = date(2026, 11, 23)
SAMIRA = Asked("Rahimi", "Samira", date(1994, 3, 14))


@pytest.mark.parametrize(
    ("ends_on", "reference", "expected"),
    [
        (date(2026, 12, 7), None, Seen.WAITING),
        (TODAY, None, Seen.WAITING),
        (date(2026, 11, 22), None, Seen.ENDED),
        (date(2026, 12, 7), "SWD-2026-00001-1", Seen.TRANSMITTED),
        (date(2026, 11, 22), "SWD-2026-00001-1", Seen.TRANSMITTED),
    ],
)
def test_the_requester_sees_days_and_transmitted_sheets_alone(ends_on, reference, expected):
    assert seen(ends_on, reference, TODAY) is expected


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Asked("123", "Samira", SAMIRA.date_of_birth), "family_name"),
        (Asked("Rahimi", "?", SAMIRA.date_of_birth), "given_name"),
        (Asked("Rahimi", "Samira", date(2026, 11, 24)), "date_of_birth"),
        (Asked("Rahimi", "Samira", date(1901, 1, 1)), "date_of_birth"),
    ],
)
def test_nobody_can_be_asked_for_like_this(asked, field):
    with pytest.raises(RuleBroken) as broken:
        check_asked(asked, TODAY)
    assert set(broken.value.fields) == {field}


def test_asking_is_limited():
    check_number(MOST_A_DAY - 1)
    with pytest.raises(RuleBroken):
        check_number(MOST_A_DAY)


def test_the_same_person_in_another_spelling_of_capitals():
    assert SAMIRA.is_same("RAHIMI", "samira", date(1994, 3, 14))
    assert not SAMIRA.is_same("Rahimi", "Samira", date(1994, 3, 15))


@pytest.mark.parametrize(
    ("answer", "case", "reason", "fields"),
    [
        (RequestState.STARTED, "", "", {"case"}),
        (RequestState.STARTED, "SWD-2026-00009", "", {"case"}),
        (RequestState.REFUSED, "SWD-2026-00001", " ", {"reason"}),
        (RequestState.REFUSED, "", "", {"case", "reason"}),
    ],
)
def test_an_answer_says_whom_and_why(answer, case, reason, fields):
    with pytest.raises(RuleBroken) as broken:
        check_answer(answer, case, ("SWD-2026-00001",), reason)
    assert set(broken.value.fields) == fields
    check_answer(RequestState.NOBODY, "", ("SWD-2026-00001",), "")
