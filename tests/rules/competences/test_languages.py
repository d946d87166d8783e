"""Languages: what is refused, which row counts, until when a proof counts."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.competences.languages import Skill, check_skill, has_b1, newest_first, validities
from models.rules.competences.periods import Trust
from models.rules.errors import RuleBroken
from models.seed.law_data import load_law

BORN, TODAY, LAW = date(1994, 3, 14), date(2026, 11, 23), load_law()
CODES = {
    "languages": {"deu", "prs"}, "language_levels": {"0", "A1", "A2", "B1", "B2", "C1", "C2"},
    "language_proofs": {"DTZ", "SELBST", "EINSTUFUNG"},
}  # fmt: skip
B1 = Skill("deu", False, "B1", "B1", "B1", "B1", "DTZ", date(2026, 5, 31), "kvhs", Trust.VERIFIED, "", "Zeugnis")


def refused(skill: Skill) -> dict[str, str]:
    """The sentences by field."""
    try:
        check_skill(skill, born=BORN, today=TODAY, codes=CODES)
    except RuleBroken as broken:
        return {name: str(text) for name, text in broken.fields.items()}
    return {}


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"language": "xxx"}, "language", "aus der Liste"),
        ({"reading": "D1"}, "reading", "aus der Liste"),
        ({"proof": "XXX"}, "proof", "aus der Liste"),
        ({"proof": "", "trust": Trust.STATED}, "proof", "worauf das Niveau beruht"),
        ({"proved_on": date(2026, 11, 24)}, "proved_on", "in der Zukunft"),
        ({"proved_on": None}, "proved_on", "Tag der Prüfung"),
        ({"proved_on": date(1990, 1, 1)}, "proved_on", "vor der Geburt"),
        ({"proof": "SELBST"}, "trust", "was eine Prüfung belegt"),
        ({"trust": Trust.CONTRADICTORY}, "contradiction", "was sich widerspricht"),
        ({"source": ""}, "source", "woher"),
        ({"listening": "", "reading": "", "writing": "", "speaking": ""}, "listening", "mindestens ein Niveau"),
        ({"issuer": "x" * 121}, "issuer", "120"),
    ],
)
def test_what_cannot_be_gets_a_sentence(changed, field, sentence):
    assert sentence in refused(replace(B1, **changed))[field]


def test_a_level_of_today_and_a_mother_tongue_without_levels_are_taken():
    assert refused(replace(B1, proved_on=TODAY)) == {}
    assert refused(Skill("prs", mother_tongue=True, proved_on=TODAY, source="Person")) == {}


def test_a_proof_counts_six_months_and_a_b1_a_year():
    assert [(one.basis, one.until) for one in validities(B1, LAW)] == [
        ("§ 8 Abs. 1 DeuFöV", date(2026, 11, 30)), ("§ 17 Abs. 2 Nr. 4 IntV", date(2027, 5, 31)),
    ]  # fmt: skip
    vocational = validities(B1, LAW)[0]
    assert not vocational.has_ended(date(2026, 11, 30)) and vocational.has_ended(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("changed", "bases"),
    [
        ({"proof": "SELBST"}, []),
        ({"language": "prs"}, []),
        ({"proved_on": None}, []),
        ({"proof": "EINSTUFUNG"}, ["§ 8 Abs. 1 DeuFöV"]),
        ({"proof": "TELC", "writing": "A2"}, ["§ 8 Abs. 1 DeuFöV"]),
        ({"proof": "TELC", "writing": ""}, ["§ 8 Abs. 1 DeuFöV"]),
    ],
)
def test_opinions_count_for_nothing_and_less_than_b1_for_no_certificate(changed, bases):
    assert [one.basis for one in validities(replace(B1, **changed), LAW)] == bases


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ({}, True),
        ({"writing": "A2"}, True),
        ({"listening": "A2", "reading": "A2"}, True),
        ({"reading": "A2", "writing": "A2"}, False),  # listening and reading are one part
        ({"speaking": "A2"}, False),
        ({"proof": "TELC"}, True),
        ({"proof": "TELC", "writing": "A2"}, False),
    ],
)
def test_b1_of_the_dtz_needs_speaking_and_one_written_part(changed, reached):
    assert has_b1(replace(B1, **changed)) is reached


@pytest.mark.parametrize("proof", ["SELBST", "BERATUNG"])
def test_an_opinion_hides_no_certificate_that_still_counts(proof):
    soon = replace(B1, proof=proof, proved_on=date(2026, 11, 30), speaking="A2")
    later = replace(soon, proved_on=date(2026, 12, 1))
    assert newest_first([B1, soon]) == newest_first([soon, B1]) == [B1]
    assert newest_first([later, B1]) == [later], "the certificate was too old by then"
    assert newest_first([soon, later]) == [later]


def test_the_newest_row_of_a_language_counts():
    old, new = replace(B1, proved_on=date(2025, 1, 1), speaking="A1"), B1
    dari = Skill("prs", mother_tongue=True)
    assert newest_first([new, old, dari]) == [new, dari]
    again = replace(B1, speaking="A2")
    assert newest_first([new, again]) == [again], "of one day the later entry counts"
