"""Which courses suit somebody: each comparison with its words, and the order that follows."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.competences.availability import SLOTS, Availability
from models.rules.course_matching import Candidate, Comparison, Wishes, not_compared

TODAY = date(2026, 11, 23)
MORNINGS = Availability(slots=frozenset(slot for slot in SLOTS if slot.endswith("morning")))
OPEN = {"IK": ("P5 Verpflichtung AsylbLG-Träger",), "BSK": ("P8 Berufssprachkurs",)}
PERSON = Wishes("A2", MORNINGS, True, "Tholey", "AIK", OPEN)
COURSE = Candidate(
    "K-1", "AIK", "IK", "A2", "B1", TODAY + timedelta(days=28), None, json.dumps([["mon", "08:30", "12:00"]]), False,
    True, "Trierer Straße 8, 66636 Tholey", "zu Fuß",
)  # fmt: skip


def words_of(wishes: Wishes = PERSON, **course: object) -> tuple[list[str], list[str], list[str], int]:
    """Reasons, what speaks against it, what is unknown, weight."""
    one = Comparison(wishes, TODAY).suggestion(COURSE._replace(**course))
    return [str(m) for m in one.reasons], [str(m) for m in one.against], [str(m) for m in one.unknown], one.weight


def test_a_course_that_suits_in_every_respect():
    assert words_of() == (
        [
            "Die Kursart ist empfohlen.",
            "Das Eingangsniveau A2 ist das der Person.",
            "Zugangsweg: P5 Verpflichtung AsylbLG-Träger.",
            "Beginnt am 21.12.2026, in 4 Wochen.",
            "Passt zur Verfügbarkeit in der Woche.",
            "Kinder werden während des Kurses betreut.",
            "In der Wohngemeinde Tholey.",
        ],
        [],
        [],
        0,
    )


@pytest.mark.parametrize(
    ("course", "said", "weight"),
    [
        ({"kind": "ALPHA"}, "Empfohlen ist eine andere Kursart.", 25),
        ({"level_from": "B1", "level_to": "B2"}, "Setzt B1 voraus, die Person hat A2.", 101),
        ({"level_from": "A1"}, "Beginnt bei A1, die Person hat schon A2.", 10),
        ({"level_from": "A1", "level_to": "A2"}, "Das Ziel A2 ist mit A2 schon erreicht.", 110),
        ({"family": "OTHER"}, "Kein Zugangsweg außer als Selbstzahler.", 50),
        ({"starts_on": TODAY + timedelta(days=43)}, "höchstens sechs Wochen dauern (§ 7 Abs. 4 IntV)", 5),
        ({"is_open": False}, "Zurzeit nur auf der Warteliste.", 20),
        ({"register_until": TODAY + timedelta(days=7)}, "Anmeldung nur noch bis 30.11.2026.", 0),
        (
            {"lessons": json.dumps([["tue", "11:00", "13:00"]])},
            "Die Person kann nicht kommen: Dienstag Nachmittag.",
            40,
        ),
        ({"online": True}, "kann nicht online teilnehmen", 40),
        ({"childcare": False}, "Keine Kinderbetreuung, die Person braucht sie.", 30),
        ({"place": "Markt 1, 66606 St. Wendel"}, "Nicht in der Wohngemeinde Tholey. Bus und Bahn: zu Fuß", 8),
        ({"place": "Tholeyer Straße 1, Lebach", "transport": ""}, "Bus und Bahn: nicht eingetragen", 8),
    ],
)
def test_what_speaks_against_a_course(course, said, weight):
    _reasons, against, _unknown, found = words_of(**course)
    assert any(said in sentence for sentence in against), against
    assert found == weight


@pytest.mark.parametrize(
    ("course", "said"),
    [
        ({"lessons": "[]"}, "Die Unterrichtszeiten sind nicht eingetragen."),
        ({"place": ""}, "Der Ort ist nicht eingetragen."),
    ],
)
def test_what_is_not_known_of_a_course_is_said(course, said):
    _reasons, against, unknown, _weight = words_of(**course)
    assert unknown == [said] and against == []


@pytest.mark.parametrize(
    ("wishes", "course", "reason"),
    [
        (PERSON, {"level_from": ""}, "Setzt kein Niveau voraus."),
        (replace(PERSON, level="0"), {"level_from": "0"}, "Setzt kein Niveau voraus."),
        (replace(PERSON, municipality="St. Wendel"), {"place": "Markt 1, 66606 St. Wendel"}, "Wohngemeinde St. Wendel"),
        (replace(PERSON, availability=replace(MORNINGS, online=True)), {"online": True}, "Online, ohne Weg."),
        (PERSON, {"starts_on": TODAY + timedelta(days=3)}, "Beginnt am 26.11.2026."),
        (PERSON, {"family": "BSK", "starts_on": TODAY + timedelta(days=60)}, "Beginnt am 22.01.2027, in 8 Wochen."),
    ],
)
def test_what_speaks_for_a_course(wishes, course, reason):
    reasons, _against, _unknown, _weight = words_of(wishes, **course)
    assert any(reason in sentence for sentence in reasons), reasons


def test_an_unknown_level_says_so_and_offers_courses_without_a_level_first():
    nobody = Wishes()
    compared = Comparison(nobody, TODAY)
    other = COURSE._replace(number="K-2", level_from="", starts_on=date(2027, 6, 1))
    assert compared.in_order([COURSE, other]) == [other, COURSE]
    assert [str(message) for message in compared.suggestion(COURSE).unknown] == [
        "Setzt A2 voraus; das Niveau ist nicht bekannt."
    ]
    assert str(not_compared(nobody)[0]).startswith("das Sprachniveau")
    assert len(not_compared(nobody)) == 4 and not_compared(PERSON) == ()


def test_what_is_not_known_of_the_person_counts_against_no_course():
    nobody = Wishes(level="A2")
    assert words_of(nobody, childcare=False, lessons="", place="Lebach")[1:] == ([], [], 0)
    assert words_of(replace(nobody, availability=Availability()))[1:] == ([], [], 0)


def test_the_order_is_by_weight_then_start_then_number():
    courses = [
        COURSE._replace(number="spät", starts_on=TODAY + timedelta(days=35)),
        COURSE._replace(number="zu schwer", level_from="B1", starts_on=TODAY + timedelta(days=7)),
        COURSE._replace(number="b"),
        COURSE._replace(number="a"),
        COURSE._replace(number="ohne Betreuung", childcare=False, starts_on=TODAY + timedelta(days=7)),
    ]
    assert [one.number for one in Comparison(PERSON, TODAY).in_order(courses)] == [
        "a", "b", "spät", "ohne Betreuung", "zu schwer",
    ]  # fmt: skip
