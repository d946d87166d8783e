"""What the keepers of the catalogue are told of a course before its start (F51)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.course_alerts import Gathering, course_alert
from models.seed.law_data import load_law

TODAY = date(2026, 11, 23)
COURSE = Gathering("BB-1", "Kurs", threshold=12, registered=9, lately=0, last_day=TODAY + timedelta(days=14))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "noch 3 bis zur Startschwelle von 12, Anmeldung bis 07.12.2026"),
        ({"last_day": TODAY}, "noch 3 bis"),
        ({"last_day": TODAY + timedelta(days=15)}, None),
        ({"last_day": TODAY - timedelta(days=1)}, None),
        ({"registered": 13, "lately": 2}, "Startschwelle von 12 erreicht: 13 angemeldet"),
        ({"registered": 12, "lately": 1}, "erreicht: 12 angemeldet"),
        ({"registered": 14, "lately": 2}, None),
        ({"registered": 12, "lately": 0}, None),
    ],
)
def test_a_threshold_is_told_when_it_is_reached_and_when_time_gets_short(changes, words):
    alert = course_alert(replace(COURSE, **changes), load_law(), TODAY)
    assert words in str(alert.sentence) if words else alert is None
