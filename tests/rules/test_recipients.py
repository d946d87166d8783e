""" "Wer bekommt was?" follows from sight: no block is forgotten, each group has its words in every language."""

from datetime import date
from itertools import product

import pytest

from models.rules.permissions import Block, Relation, sight
from models.rules.recipients import FORM, GENERAL, GROUPS, PURPOSES, groups_of
from models.rules.roles import Role
from models.rules.states import ConsentState
from models.seed.files import read

DAY = date(2026, 11, 23)
TEXTS = {row["key"] for row in read("texts/person_copy.yaml")["paragraphs"]}


def test_every_block_has_a_name_in_plain_words():
    assert set(GROUPS) == set(Block)
    assert {f"data_{group}" for group in (*GROUPS.values(), *FORM)} <= TEXTS
    assert {str(role) for role in PURPOSES} | set(GENERAL) <= TEXTS


@pytest.mark.parametrize("role", Role)
def test_whoever_may_see_anything_of_a_person_is_told_of(role):
    facts = ("own_resident", "receives_asylblg", "coach_reported", "agentur_case", "responsible", "handed_over")
    seen = [
        sight(Relation(role, coach_consent=consent, **dict(zip(facts, values, strict=True))), DAY)
        for values in product((True, False), repeat=len(facts))
        for consent in ConsentState
    ]
    assert (role in PURPOSES) is (any(seen) or role == Role.PROVIDER)


def test_a_group_is_told_once_and_not_twice_in_other_words():
    agentur = groups_of(sight(Relation(Role.AGENTUR, agentur_case=True), DAY))
    assert "identity" not in agentur and {"person", "counselling", "azr"} <= set(agentur)
    assert len(agentur) == len(set(agentur))
    coach = Relation(Role.COACH, coach_reported=True)
    assert groups_of(sight(coach, DAY)) == ("contact", "coaching")
    with_e1 = Relation(Role.COACH, coach_reported=True, coach_consent=ConsentState.GRANTED)
    assert {"paper_kind", "steps", "appointments"} <= set(groups_of(sight(with_e1, DAY)))
    withdrawn = Relation(Role.COACH, coach_reported=True, coach_consent=ConsentState.WITHDRAWN)
    assert groups_of(sight(withdrawn, DAY)) == ()
