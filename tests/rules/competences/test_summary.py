"""What the lists and the sheet are told of the competences."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.competences.availability import Availability
from models.rules.competences.languages import Skill
from models.rules.competences.periods import Recognition, Trust
from models.rules.competences.summary import LANGUAGES, LIFE_LINE, WEEK, Known, Recorded, doubts, summarise
from tests.rules.competences.test_life_line import period

DAY = date(2026, 11, 2)
OFFICE = 7


def told(*periods: object, complete: bool = False, **more: object) -> dict[str, dict[str, object]]:
    """The values by part."""
    rows = tuple(Known(one, OFFICE, DAY) for one in periods)
    found = summarise(Recorded(periods=rows, complete=complete, **more))  # type: ignore[arg-type]
    assert found.keys() <= {*LIFE_LINE, *LANGUAGES, *WEEK}
    return {part: one["values"] for part, one in found.items()}


def test_nothing_recorded_tells_nothing():
    assert told() == {}


def test_school_sums_years_and_takes_the_highest_certificate():
    first = period("school", "2000", "2009", certificate="1", country="AFG", proof="SELF")
    second = period("school", "2009", "2012", certificate="4", country="AFG", proof="ORIGINAL")
    assert told(first, second)["school"] == {
        "years": 12, "certificate": "4", "country": "AFG", "year": 2012, "proof": "ORIGINAL",
    }  # fmt: skip
    assert told(replace(first, certificate="0"))["school"] == {"years": 9, "certificate": "0"}
    assert told(replace(first, certificate=""))["school"] == {"years": 9}
    assert told(period("school", "2000", "2020"))["school"]["years"] == 16


def test_a_degree_goes_before_a_training():
    study = period("study", "2012", "2016", certificate="yes", title="Bauingenieur", country="SYR", proof="ORIGINAL")
    training = period("training", "2017", "2019", certificate="yes", title="Maurer")
    both = told(study, training)["training"]
    assert (both["certificate"], both["title_german"], both["duration"]) == ("2", "Bauingenieur", "2012 bis 2016")
    assert told(training)["training"]["certificate"] == "1"
    assert told(replace(training, certificate="no"))["training"] == {"certificate": "0"}
    assert "training" not in told(replace(training, certificate=""))


def test_recognition_follows_the_training():
    track = Recognition("A", "Maurer", "HWK", "HWK-17", date(2026, 9, 1), "", "Unterlagen übersetzen")
    training = period("training", "2017", "2019", recognition=track)
    assert told(training)["recognition"] == {
        "status": "A", "office": "HWK", "file": "HWK-17", "next_step": "Unterlagen übersetzen",
    }  # fmt: skip
    assert "recognition" not in told(period("training", "2017", "2019"))


def test_the_newest_five_jobs_the_running_one_first():
    jobs = [period("work", str(year), str(year + 1), title=f"Arbeit {year}") for year in range(2010, 2016)]
    lasting = period("work", "2011", title="Hof der Eltern", kldb="11", level="1", country="AFG", proof="NONE")
    values = told(*jobs, lasting)["work"]
    assert values["entries"] == "5"
    assert [values[f"occupation_{place}"] for place in range(1, 6)] == [
        "Hof der Eltern", "Arbeit 2015", "Arbeit 2014", "Arbeit 2013", "Arbeit 2012",
    ]  # fmt: skip
    assert (values["kldb_1"], values["period_1"], values["years_2"]) == ("11", "2011 bis heute", 1)
    assert "years_1" not in values and "occupation_6" not in values


def test_only_a_life_without_questions_says_that_there_was_no_work():
    family = period("family", "2009")
    assert told(family) == {}
    assert told(family, complete=True) == {"training": {"certificate": "0"}, "work": {"entries": "0"}}


def test_languages_are_told_by_their_newest_row():
    german = Skill("deu", False, "B1", "A2", "A2", "B1", "DTZ", DAY)
    rows = tuple(Known(one, OFFICE, DAY) for one in (
        replace(german, proved_on=date(2025, 1, 1), listening="A1"), german, Skill("prs", True),
        Skill("eng", speaking="0"),
    ))  # fmt: skip
    found = told(skills=rows, literacy=Known("ZWS", OFFICE, DAY))
    assert found["german"] == {
        "listening": "B1", "reading": "A2", "writing": "A2", "speaking": "B1", "proof": "DTZ",
        "proved_on": "2026-11-02",
    }  # fmt: skip
    assert found["languages"] == {"languages": ["prs"]}
    assert found["script"] == {"literacy": "ZWS"}


def test_a_week_is_told_to_everybody_who_asks_a_part_of_it():
    plan = Availability(
        frozenset({"mon-morning", "tue-evening", "sat-morning"}), True, "PART", "F", 2, "2 und 5", ("PUBLIC",), "60",
        {"WOHN": "eng", "MOB": "kein Bus"}, "E",
    )  # fmt: skip
    found = told(availability=Known(plan, OFFICE, DAY))
    assert found["times"] == {"times": ["MORNING", "EVENING", "WEEKEND", "ONLINE"], "extent": "PART"}
    assert found["supervision"] == {"needed": "yes", "number": 2, "ages": "2 und 5"}
    assert found["childcare"] == {"childcare": "F"} and found["health"] == {"restriction": "E"}
    assert found["mobility"] == {"mobility": ["PUBLIC"], "commuting": "60", "working_hours": "PART"}
    assert found["obstacles"] == {"circumstances": ["WOHN", "MOB"], "effect": "eng\nkein Bus"}
    nothing = told(availability=Known(Availability(childcare="V"), OFFICE, DAY))
    assert nothing == {"childcare": {"childcare": "V"}, "supervision": {"needed": "no"}}


def test_who_stands_for_it_and_whether_it_is_in_doubt():
    fine = period("work", "2011", "2012", title="Maurer")
    doubtful = replace(fine, trust=Trust.CONTRADICTORY, contradiction="Zeugnis sagt 2013")
    found = summarise(Recorded((Known(fine, 1, DAY), Known(doubtful, 2, date(2026, 11, 3)))))
    assert found["work"].items() >= {"organisation": 2, "on": "2026-11-03", "doubt": True}.items()
    assert doubts([fine, doubtful], []) == [("Arbeit: Maurer (2011 bis 2012)", "Zeugnis sagt 2013")]


@pytest.mark.parametrize("years", [1, 40])
def test_the_picture_names_every_period_and_holds_no_foreign_markup(years):
    from xml.etree import ElementTree

    from models.rules.competences.drawing import Mark, Scene, draw

    one = period("work", str(2026 - years), title="<script>Maurer & Co</script>")
    scene = Scene((one,), (), (Mark(date(2025, 1, 1), "Einreise"),), date(1980, 1, 1), date(2026, 11, 23))
    picture = ElementTree.fromstring(draw(scene))
    texts = [element.text or "" for element in picture.iter() if element.text]
    assert any(text.startswith("1") for text in texts) and "Einreise 01.2025" in texts
    assert "script" not in {element.tag.split("}")[1] for element in picture.iter()}
    assert all("style" not in element.attrib for element in picture.iter())


def test_the_sentence_beside_the_picture_counts_gaps_alone():
    from models.rules.competences.drawing import Scene, alternative
    from models.rules.competences.findings import Finding, FindingKind
    from models.rules.message import Message

    gap, overlap = (Finding(kind, 24200, 24210, Message("")) for kind in (FindingKind.GAP, FindingKind.OVERLAP))
    one = period("work", "2016")
    scene = Scene((one,), ((gap, False), (overlap, False)), (), date(1980, 1, 1), date(2026, 11, 23))
    assert alternative(scene).startswith("Werdegang von 1995 bis 2026: ein Zeitraum, eine Lücke, offen.")
    two = replace(scene, periods=(one, one), gaps=((gap, False), (gap, True)))
    assert "2 Zeiträume, 2 Lücken, davon 1 offen" in alternative(two)
    assert "keine Lücke" in alternative(replace(scene, gaps=((overlap, False),)))
