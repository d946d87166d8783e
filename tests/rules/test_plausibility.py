"""The table of what cannot be right about a person in a course, row by row."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.plausibility import InCourse, Weight, check_plausible, findings

TODAY = date(2026, 11, 23)
SOUND = InCourse(date(1994, 3, 14), TODAY, date(2027, 1, 11), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("changes", "weight", "field", "sentence"),
    [
        ({"born": date(2010, 11, 24)}, "hard", "course", "Unter 16 Jahren kommt niemand auf eine Kursliste"),
        ({"ends_on": date(2027, 1, 10)}, "hard", "course", "liegt vor seinem Beginn"),
        (
            {"starts_on": date(2026, 1, 5), "ends_on": date(2026, 11, 22)}, "hard", "course",
            "Der Kurs war am 22.11.2026 zu Ende.",
        ),
        ({"born": date(2010, 11, 23)}, "soft", "course", "Klären Sie die Schulpflicht"),
        ({"born": date(2008, 11, 24)}, "soft", "course", "Klären Sie die Schulpflicht"),
        ({"in_school": True}, "soft", "course", "besucht die Person eine Schule"),
        ({"starts_on": date(2026, 11, 22)}, "soft", "course", "läuft schon seit 22.11.2026"),
        ({"path_valid_to": date(2027, 1, 10)}, "soft", "valid_to", "endet am 10.01.2027"),
        ({"stay_valid_to": date(2027, 1, 10)}, "soft", "course", "läuft am 10.01.2027 ab"),
    ],
)  # fmt: skip
def test_each_row_says_at_its_field_what_is_wrong(changes, weight, field, sentence):
    first = findings(replace(SOUND, **changes))[0]
    assert (first.weight, first.field) == (weight, field)
    assert sentence in str(first.sentence) and first.basis
    if weight == Weight.SOFT:
        assert check_plausible(replace(SOUND, **changes)) is None
    else:
        with pytest.raises(RuleBroken) as broken:
            check_plausible(replace(SOUND, **changes))
        assert broken.value.fields == {field: first.sentence}


def test_who_is_of_age_in_a_course_with_an_open_end_gives_no_reason_to_look_again():
    grown = replace(SOUND, born=date(2008, 11, 23), ends_on=None, in_school=False, path_valid_to=date(2027, 1, 11))
    assert findings(grown) == findings(SOUND) == ()
