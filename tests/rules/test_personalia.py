"""What personal data may say, and what is different from before."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.personalia import LABELS, Personalia, changed_columns, read_personalia

TODAY = date(2026, 11, 23)
SAMIRA = Personalia(
    family_name="Rahimi", given_name="Samira", date_of_birth=date(1994, 3, 14), sex="w", nationality="AFG"
)


def test_what_is_right_comes_back_as_columns():
    assert read_personalia(SAMIRA, TODAY) == asdict(SAMIRA)
    assert set(LABELS) == set(asdict(SAMIRA))


def test_a_dash_stands_for_a_given_name_that_no_paper_shows():
    assert read_personalia(replace(SAMIRA, given_name="-"), TODAY)["given_name"] == "–"


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"family_name": "Rahimi2"}, "family_name", "Ein Name enthält keine Ziffern"),
        ({"given_name": "سميرة"}, "given_name", "in lateinischer Schrift"),
        ({"birth_name": "!?"}, "birth_name", "keinen Buchstaben"),
        ({"date_of_birth": date(2026, 11, 24)}, "date_of_birth", "in der Zukunft"),
        ({"date_of_birth": date(1899, 12, 31)}, "date_of_birth", "das Jahr prüfen"),
        ({"second_nationality": "AFG"}, "second_nationality", "sind gleich"),
    ],
)
def test_what_cannot_be_gets_its_sentence_at_the_field(wrong, field, sentence):
    with pytest.raises(RuleBroken) as broken:
        read_personalia(replace(SAMIRA, **wrong), TODAY)
    assert sentence in str(broken.value.fields[field])


def test_only_what_is_different_is_changed_and_nothing_is_refused():
    said = asdict(SAMIRA)
    assert changed_columns(said, said | {"given_name": "Samirah", "sex": "x"}) == {"given_name": "Samira", "sex": "w"}
    with pytest.raises(RuleBroken, match="nichts anders"):
        changed_columns(said, said)
