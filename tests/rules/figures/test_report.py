"""Reports: what is told on which base, how stands are rounded, and when a remembered report is filed."""

from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.figures.asking import Rhythm, next_filing, question_of, remembered, report_name
from models.rules.figures.catalogue import FIGURES, Cut, figure_named, of_same_people
from models.rules.figures.plot import plot_of
from models.rules.figures.report import Known, columns_of, over_time, rounded, row_of
from models.rules.figures.spread import percent, quantile
from models.rules.figures.suppression import Counts, withheld
from models.rules.roles import Role

TODAY = date(2026, 11, 28)


def named(key: str):
    figure = figure_named(key, Role.COORDINATION)
    assert figure
    return figure


def test_medians_and_shares_need_a_base():
    assert quantile({10: 3, 20: 1}, 0.5) is None
    assert [quantile({10: 3, 20: 1, 90: 2}, share) for share in (0.5, 0.9)] == [10, 90]
    assert (percent(4, 9), percent(5, 10), percent(None, 40), percent(1, 3 * 8)) == (None, 50, None, 4)


@pytest.mark.parametrize(("number", "told"), [(0, 0), (1, None), (2, None), (3, 5), (7, 5), (8, 10), (1570, 1570)])
def test_what_stands_is_rounded_to_five(number, told):
    assert rounded(number) == told


def test_no_median_where_a_number_of_the_row_is_withheld():
    figure = named("anerkennung-bis-gespraech")
    labels, rows = columns_of(figure, Cut.WORDS, ()), {"2026-01": "2026", "2026-02": "2026"}
    cells = {("2026-01", "7"): 2, ("2026-01", "30"): 30, ("2026-02", "7"): 40, ("2026-02", "30"): 50}
    counts = Counts(rows, tuple(labels), cells)
    known = Known(counts, labels, withheld([counts])[0], {"2026-01": {20: 32}, "2026-02": {5: 40, 25: 50}})
    january, _february, total = over_time(figure, known, "2026", "", own=False).lines
    assert january.values[:3] == (None, 0, None)
    assert january.values[-3:] == (None, None, None)
    assert total.values[-3:] == (20, 25, 100)
    picture = plot_of(over_time(figure, known, "2026", "", own=True))
    assert "<title" in picture
    assert "style=" not in picture


def test_what_is_delicate_is_told_by_quarter():
    assert row_of(named("ergebnisse"), "2026-11") == "2026-Q4"
    assert row_of(named("neuzugaenge"), "2026-11") == "2026-11"


def test_figures_of_the_same_people_are_known_to_each_other():
    keys = {figure.key for figure in of_same_people(named("lebenslaeufe"))}
    assert keys == {"lebenslaeufe", "bis-zum-erstgespraech", "vom-coach-gefuehrt"}
    assert len({figure.key for figure in FIGURES}) == len(FIGURES)


def test_a_remembered_report_goes_on_with_the_years():
    figure = named("neuzugaenge")
    assert remembered({"jahr": "2026", "gemeinde": "16", "stand": "01.11.2026"}, TODAY) == {"gemeinde": "16"}
    asked = question_of(figure, {"gemeinde": "16"}, date(2027, 2, 1), own=False)
    assert (asked.year, asked.cut, asked.known_on) == ("2027", Cut.MUNICIPALITY, date(2027, 2, 1))
    assert question_of(figure, {"jahr": "alle"}, TODAY, own=True).year == ""


def test_the_next_filing_is_a_monday_or_the_first_of_a_month():
    assert next_filing(Rhythm.WEEKLY, TODAY) == date(2026, 11, 30)
    assert next_filing(Rhythm.WEEKLY, date(2026, 11, 30)) == date(2026, 12, 7)
    assert next_filing(Rhythm.MONTHLY, date(2026, 12, 31)) == date(2027, 1, 1)
    assert next_filing(Rhythm.NEVER, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "sentence"), [(" ", "einen Namen"), ("x" * 61, "höchstens"), ("runde", "schon eine Auswertung")]
)
def test_a_name_that_cannot_be_gets_a_sentence(typed, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        report_name(typed, ["Runde"])
