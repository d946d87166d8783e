"""The life-line: what is refused, what is asked about, and what an answer holds for."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.competences.findings import FindingKind, Remark, findings, still_open
from models.rules.competences.months import NoPoint, Point, parse_point, stored_point
from models.rules.competences.periods import Period, PeriodKind, Recognition, Trust, check_period, kldb_code
from models.rules.errors import RuleBroken

BORN, TODAY, LATER = date(1994, 3, 14), date(2026, 11, 23), date(2027, 1, 1)
CODES = {
    "countries": {"AFG", "DEU"}, "kldb2": {"32", "33"}, "job_levels": {"1", "2"}, "proofs": {"ORIGINAL", "NONE"},
    "school_certificates": {"0", "4"}, "recognition": {"A", "V"},
}  # fmt: skip
KLDB = {"01": "01 Militär", "32": "32 Hoch- und Tiefbau", "33": "33 Innenausbau"}


def period(kind: str, begins: str, ends: str = "", **more: object) -> Period:
    """A period typed as clerks type it; without an end it lasts."""
    return Period(PeriodKind(kind), parse_point(begins), parse_point(ends) if ends else None, source="Person", **more)  # type: ignore[arg-type]


def refused(one: Period) -> dict[str, str]:
    """The sentences by field, none where the period is fine."""
    try:
        check_period(one, born=BORN, today=TODAY, codes=CODES)
    except RuleBroken as broken:
        return {name: str(text) for name, text in broken.fields.items()}
    return {}


def asked(*periods: Period, entered: date | None = None) -> list[tuple[str, str]]:
    """Kind and months of what is asked about."""
    found = findings(periods, born=BORN, today=TODAY, entered_on=entered)
    return [(str(one.kind), f"{one.first // 12}-{one.first % 12 + 1} {one.last // 12}-{one.last % 12 + 1}")
            for one in found]  # fmt: skip


WHOLE = (period("school", "03.2009", "06.2012"), period("work", "07.2012"))


@pytest.mark.parametrize(
    ("text", "point"),
    [("03.2015", Point(2015, 3)), ("3/2015", Point(2015, 3)), (" 2015 ", Point(2015)), ("12-1999", Point(1999, 12))],
)
def test_a_point_is_a_month_or_a_year(text, point):
    assert parse_point(text) == point
    assert stored_point(point.stored) == point


@pytest.mark.parametrize("text", ["", "gestern", "13.2015", "0.2015", "15", "01.03.2015", "1066", "2015.03", "²⁰¹⁵"])
def test_anything_else_is_no_point(text):
    with pytest.raises(NoPoint):
        parse_point(text)


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        (period("work", "01.1990", "2000"), "begins", "vor der Geburt (03.1994)"),
        (period("work", "1993", "2000"), "begins", "vor der Geburt"),
        (period("work", "12.2026"), "begins", "in der Zukunft"),
        (period("work", "2012", "2027"), "ends", "in der Zukunft"),
        (period("work", "05.2015", "04.2015"), "ends", "vor dem Beginn (05.2015)"),
        (period("work", "2015", kldb="99"), "kldb", "gibt es nicht"),
        (period("work", "2015", level="7"), "level", "aus der Liste"),
        (period("work", "2015", country="XYZ"), "country", "aus der Liste"),
        (period("work", "2015", trust=Trust.VERIFIED, proof="NONE"), "trust", "ein Nachweis"),
        (period("work", "2015", trust=Trust.CONTRADICTORY), "contradiction", "was sich widerspricht"),
        (replace(period("work", "2015"), source=""), "source", "woher"),
        (period("training", "2015", recognition=Recognition("A", applied_on=LATER)), "applied_on", "Zukunft"),
        (period("training", "2015", recognition=Recognition(office="IHK")), "status", "Stand"),
        (period("training", "2015", recognition=Recognition("?")), "status", "aus der Liste"),
        (period("work", "2015", title="x" * 201), "title", "200"),
    ],
)  # fmt: skip
def test_impossible_periods_get_a_sentence(wrong, field, sentence):
    assert sentence in refused(wrong)[field]


@pytest.mark.parametrize(
    "fine",
    [
        period("school", "2000", "2012"),
        period("school", "09.2000", "06.2012", certificate="4", proof="ORIGINAL", trust=Trust.VERIFIED),
        period("work", "11.2026"),
        period("work", "2026", "2026"),
        period("family", "03.1994", "1995"),
        period("training", "2015", "2018", kldb="32", level="2", country="AFG", recognition=Recognition("A")),
    ],
)
def test_what_can_be_is_taken(fine):
    assert refused(fine) == {}


def test_an_unbroken_life_asks_nothing():
    assert asked(*WHOLE) == []
    assert asked() == [], "nothing is asked before the first period"


def test_more_than_six_months_without_anything_are_asked_about():
    school, work = period("school", "03.2009", "06.2012"), period("work", "01.2013")
    assert asked(school, work) == [], "six months are none"
    assert asked(school, replace(work, begins=Point(2013, 2))) == [("gap", "2012-7 2013-1")]


def test_an_answer_about_what_lasts_holds_next_month_too():
    lasting = (period("school", "03.2009"), period("work", "01.2011"))
    for periods in (lasting, [period("school", "03.2009", "06.2012")]):
        now, then = (findings(periods, born=BORN, today=day) for day in (TODAY, date(2026, 12, 1)))
        assert [one.key for one in now] == [one.key for one in then] and len(now) == 1
    ended = (period("school", "03.2009", "11.2026"), period("work", "01.2011"))
    (one,) = findings(ended, born=BORN, today=TODAY)
    assert "now" not in one.key, "an end that is known stays the same"


def test_school_before_the_age_of_six_is_a_question():
    early = period("school", "1999", "2012")
    assert refused(early) == {} and asked(early, WHOLE[1]) == [("early", "1999-1 1999-12")]
    assert asked(replace(early, begins=Point(2000)), WHOLE[1]) == []


def test_the_years_before_and_after_are_asked_about():
    assert asked(period("work", "2012", "2020")) == [("gap", "2009-3 2011-12"), ("gap", "2021-1 2026-11")]


def test_a_bare_year_may_cover_all_of_it():
    assert asked(period("school", "2009", "2012"), period("work", "06.2013")) == []
    assert asked(period("school", "2009", "2012"), period("work", "2014")) == [("gap", "2013-1 2013-12")]


def test_what_lies_inside_another_period_makes_no_gap():
    assert asked(period("family", "2009"), period("work", "2012", "2013")) == []


def test_two_things_at_once_are_a_question_that_names_them():
    school, work = period("school", "03.2009", "06.2012"), period("work", "01.2011", title="Maurer")
    found = findings((school, work), born=BORN, today=TODAY)
    assert [(one.kind, one.first_text, one.last_text) for one in found] == [(FindingKind.OVERLAP, "01.2011", "06.2012")]
    assert str(found[0].text).startswith("Schule und Arbeit: Maurer überschneiden sich von 01.2011 bis 06.2012.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (period("work", "03.2009", "05.2015"), period("work", "05.2015")),  # from one job to the next
        (period("work", "2009", "2015"), period("training", "2015")),  # perhaps one after the other
        (period("work", "03.2009"), period("family", "2012", "2020")),  # goes together
        (period("family", "03.2009"), period("other", "2012", "2020")),
    ],
)
def test_what_may_follow_or_go_together_is_no_overlap(one, other):
    assert "overlap" not in [kind for kind, _months in asked(one, other)]


def test_a_life_that_begins_with_the_entry_is_asked_about():
    entered = date(2024, 5, 3)
    assert asked(period("seeking", "05.2024"), entered=entered) == [("entry", "2009-3 2024-4")]
    assert asked(period("seeking", "03.2025"), entered=entered)[1] == ("gap", "2024-5 2025-2"), "only what is after"
    assert "entry" not in [kind for kind, _months in asked(*WHOLE, entered=entered)]
    assert "entry" not in [kind for kind, _months in asked(period("work", "05.2024"))], "an unknown entry says nothing"
    young = findings([period("school", "09.2009")], born=BORN, today=TODAY, entered_on=date(2009, 8, 1))
    assert young == (), "who came as a child has no years before"


def test_an_answer_holds_until_the_periods_change():
    school, work = period("school", "03.2009", "06.2012"), period("work", "02.2014")
    (gap,) = findings((school, work), born=BORN, today=TODAY)
    remarks = {gap.key: Remark(gap.key, "krank")}
    assert still_open([gap], remarks) == []
    later = findings((school, replace(work, begins=Point(2015, 2))), born=BORN, today=TODAY)
    assert still_open(later, remarks) == list(later)
    further = findings((school, work, period("family", "2016", "2017")), born=BORN, today=TODAY)
    assert still_open(further, remarks) == [], "a period elsewhere changes nothing"


@pytest.mark.parametrize(
    ("text", "code"),
    [("32", "32"), ("32 Hoch- und Tiefbau", "32"), ("hoch- und tiefbau", "32"), ("3299", "3299"),
     ("Astronaut", "Astronaut"), ("", ""), ("01 Militär", "01")],
)  # fmt: skip
def test_occupational_groups_are_typed_freely(text, code):
    assert kldb_code(text, KLDB) == code


@pytest.mark.parametrize(
    ("begins", "ends", "years"),
    [("2001", "2010", 9), ("09.2001", "08.2010", 9), ("03.2015", "05.2015", 0.25), ("2015", "2015", 0)],
)
def test_years_of_a_period(begins, ends, years):
    assert period("work", begins, ends).years == pytest.approx(years)
