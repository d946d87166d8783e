"""The maintained law data: complete, dated, and refused where a word is wrong."""

from datetime import date

import pytest

from models.rules.law.card_text import label_index
from models.rules.law.data import CourseRight, Effect, Law, SphereRule
from models.rules.law.facts import FACT_LABELS, CourseFacts, SphereFacts, WorkFacts
from models.rules.law.legal_sphere import change_of_sphere
from models.seed.law_data import load_law

CODES = (
    "AKN AGS ANE AE251 AE252F AE252U AE252S AE253 AE24 FB24 AE22 AE232 AE234 AE231K AE254 AE255 AE25A AE25B AE104C "
    "AEFAM NE DUL DUL23 DULB DULC DULD EU SON UNB"
)


def test_all_codes_of_the_code_list_are_there(law):
    assert [row.code for row in law.residence_codes] == CODES.split()


def test_every_decision_leads_to_known_papers(law):
    assert {row.code for row in law.decisions} >= {
        "OFFEN",
        "ASYL",
        "GFK",
        "SUBS",
        "ABV",
        "FAM",
        "ABL",
        "OU",
        "UZ",
        "EIN",
    }
    for row in law.decisions:
        assert all(law.residence(code) for code in row.leads_to)
        assert row.basis or row.effect in (Effect.REFUSED, Effect.PENDING)


def test_the_group_of_section_44_4_is_exactly_that_of_the_law(law):
    """§ 44 Abs. 4 S. 2 Nr. 1 to 3 AufenthG; §§ 60c, 60d are Duldungen under § 60a Abs. 2 S. 3."""
    group = {row.code for row in law.residence_codes if row.section_44_4_group}
    assert group == {"AKN", "AGS", "DUL23", "DULC", "DULD", "AE24", "AE255"}


def test_the_claim_belongs_to_the_papers_that_section_44_names(law):
    claims = {row.code for row in law.residence_codes if row.course is CourseRight.CLAIM}
    assert claims == {"AE251", "AE252F", "AE252U", "AE252S", "AE232", "AE234", "AE25B", "AEFAM"}


def test_the_note_of_the_paper_and_its_rule_agree(law):
    for row in law.residence_codes:
        assert row.livelihood.startswith("AsylbLG") == (row.sphere in (SphereRule.ASYLBLG, SphereRule.SUSPENSION))


def test_abolished_kinds_of_course_are_not_offered(law):
    """5. IntVÄndV: no Frauen-, Eltern-, Jugendkurs since 7 December 2024."""
    before = {kind.code for kind in law.course_kinds_on(date(2024, 12, 6))}
    since = {kind.code for kind in law.course_kinds_on(date(2024, 12, 7))}
    assert before - since == {"FRAUEN", "ELTERN", "JUGEND"}


def test_admissions_are_suspended_for_the_time_that_the_county_names(law):
    assert law.admission_suspension(date(2026, 11, 22)).note
    assert law.admission_suspension(date(2027, 1, 1)) is None
    assert law.admission_suspension() == law.admission_suspension(law.checked_on)


def test_safe_countries_by_name_code_and_day(law):
    assert law.safe_country_lists("Serbien", date(2026, 11, 22)) == ("§ 29a",)
    assert law.safe_country_lists("TUR", date(2026, 11, 22)) == ("Art. 62 VO 2024/1348",)
    assert law.safe_country_lists("Türkei", date(2026, 6, 11)) == ()
    assert law.safe_country_lists("Syrien", date(2026, 11, 22)) == ()
    national = {row.country for row in law.safe_countries if row.list == "§ 29a"}
    assert len(national) == 10


def test_a_later_law_takes_the_place_of_the_earlier_one(law):
    """The sphere of a code is data with validity: a row more is enough when the law changes."""
    old = law.residence("AE24")
    data = {field: getattr(law, field) for field in Law.__dataclass_fields__}
    ends = _copy(old, valid_to=date(2026, 12, 31))
    new = _copy(old, valid_from=date(2027, 1, 1), sphere=SphereRule.ASYLBLG)
    others = tuple(row for row in law.residence_codes if row.code != "AE24")
    changed = Law(**data | {"residence_codes": (*others, ends, new)})
    assert changed.residence("AE24", date(2026, 12, 31)).sphere is SphereRule.TEMPORARY_PROTECTION
    assert changed.residence("AE24", date(2027, 1, 1)).sphere is SphereRule.ASYLBLG
    granted = {"born": date(1990, 5, 4), "title": "AE24"}
    earlier = change_of_sphere(SphereFacts(**granted, title_granted=date(2026, 12, 31)), changed)
    later = change_of_sphere(SphereFacts(**granted, title_granted=date(2027, 1, 1)), changed)
    assert (earlier.result, later.result) == ("change", "stay")


def _copy(row, **changes):
    return type(row)(**{name: getattr(row, name) for name in row.__dataclass_fields__} | changes)


def test_a_wrong_word_in_the_data_is_refused(law):
    row = {"code": "X", "label": "X", "sphere": "sometimes", "arrival": "S2", "work": "title", "course": "none"}
    with pytest.raises(ValueError, match="sometimes"):
        Law.from_dict({"residence_codes": [row]})


def test_a_label_for_two_codes_is_refused():
    with pytest.raises(ValueError, match="stands for"):
        label_index([("Duldung", "DUL"), ("duldung ", "DULB")])


def test_the_law_is_read_once():
    assert load_law() is load_law()


@pytest.mark.parametrize("kind", [SphereFacts, WorkFacts, CourseFacts])
def test_every_fact_has_a_german_label(kind):
    assert set(kind.__dataclass_fields__) <= set(FACT_LABELS)
