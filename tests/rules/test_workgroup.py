"""The working group: the proposed agenda, what may stand in minutes, rooms and quorum, resolutions with an owner."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.appointments import Slot, Taken
from models.rules.errors import RuleBroken
from models.rules.workgroup.agenda import AgendaFacts, OpenTask, Shortage, Source, part_of, people, propose, standing
from models.rules.workgroup.meetings import MeetingPlan, check_meeting, lacks_quorum, room_taken
from models.rules.workgroup.minutes import (
    ResolutionPlan,
    ResolutionState,
    check_note,
    check_resolution,
    personal_data_in,
)

TODAY = date(2026, 11, 23)
FACTS = AgendaFacts(TODAY, since=date(2026, 8, 23))


def test_the_agenda_has_nine_points_and_says_what_the_figures_say():
    facts = replace(
        FACTS,
        minutes_of=date(2026, 8, 23),
        arrivals=14,
        accepted=2,
        shortages=(Shortage("SI-IK-07", "Integrationskurs", date(2027, 1, 11), 3),),
        waiting=12,
        waiting_long=4,
        childcare=5,
        overdue=4,
        days_to_accept=(3, 4, 5, 6, 8),
        open_tasks=(OpenTask("Fahrplan klären", "Gemeinde Tholey", date(2026, 10, 1), date(2026, 8, 23)),),
    )
    points = propose(facts)
    assert len(points) == 9
    text = "\n".join(point.text for point in points)
    assert "Protokoll der Sitzung vom 23.08.2026" in text
    assert "14 neue Fälle, <3 angenommene Übergaben" in text
    assert "1 Kurs unter der Startschwelle:\n– SI-IK-07 Integrationskurs, Beginn 11.01.2027: es fehlen 3" in text
    assert "Auf einen Kurs warten rund 10 Personen, rund 5 davon länger als sechs Wochen." in text
    assert "Während des Kurses brauchen sie rund 5 der Wartenden." in text
    assert "4 Übergaben sind überfällig, zu 0 ist eine Rückfrage offen." in text
    assert "im Mittel 5,2 Tage" in text
    assert points[7].source == Source.CARRIED
    assert points[7].text == "– Fahrplan klären (Gemeinde Tholey, bis 01.10.2026, überfällig)"


def test_one_course_is_told_as_one():
    text = propose(replace(FACTS, running=1, planned=1))[2].text
    assert text.startswith("1 Kurs läuft, 1 beginnt bis in sechs Monaten.")


def test_without_figures_the_agenda_says_so_and_names_no_mean_of_a_few():
    points = propose(replace(FACTS, days_to_accept=(3, 4, 5, 6)))
    assert "Keine Übergabe ist überfällig, keine Rückfrage offen." in points[5].text
    assert "Mittel" not in points[5].text and points[7].text == "Alle Aufgaben sind erledigt."


def test_one_and_two_people_are_not_told_nor_to_be_computed():
    assert [people(number) for number in (0, 1, 2, 3)] == ["0", "<3", "<3", "3"]
    assert [part_of(part, 12) for part in (2, 9, 10, 11, 12)] == [
        "<3", "rund 10", "fast alle", "fast alle", "rund 10",
    ]  # fmt: skip


def test_what_stands_on_a_day_is_rounded_so_that_two_agendas_do_not_tell_who_went():
    assert [standing(number) for number in (0, 2, 3, 42, 43)] == ["0", "<3", "rund 5", "rund 40", "rund 45"]
    one, other = (propose(replace(FACTS, open_cases=number, waiting=9))[1].text for number in (41, 42))
    assert one == other


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Frau R., geb. 14.03.1994, wartet noch.", "Geburtsdatum"),
        ("Am 01.01.1990 geborene Personen", "Geburtsdatum"),
        ("geboren am 4.5.24", "Geburtsdatum"),
        ("AZR 1234 5678 9012", "AZR-Nummer"),
        ("Aktenzeichen 1234567-423", "Aktenzeichen des BAMF"),
        ("swd-2026-00417 hängt seit Wochen", "Fallnummer"),
    ],
)
def test_minutes_hold_no_personal_case(text, word):
    assert word in str(personal_data_in(text, TODAY))


@pytest.mark.parametrize(
    "text",
    [
        "Der Träger beginnt am 11.01.2027; Protokoll vom 23.08.2026.",
        "Erreichbar unter 06851 000-2410, Haushalt 2027: 12.500 Euro.",
        "§ 44 Abs. 4 AufenthG in der Fassung vom 1. August 2026",
    ],
)
def test_what_a_meeting_talks_about_is_no_personal_case(text):
    assert personal_data_in(text, TODAY) is None


def test_a_resolution_needs_words_owner_and_day():
    with pytest.raises(RuleBroken) as broken:
        check_resolution(ResolutionPlan(" ", None, "", None), {1, 2}, TODAY, TODAY)
    assert set(broken.value.fields) == {"text", "owner", "due_on"}
    assert "Ein Beschluss ohne zuständige Stelle bleibt liegen." in str(broken.value.fields["owner"])
    check_resolution(ResolutionPlan("Fahrplan klären", 2, "", TODAY), {1, 2}, TODAY, TODAY)
    with pytest.raises(RuleBroken):
        check_note(" ", ResolutionState.DROPPED, TODAY)


def test_a_meeting_needs_a_room_and_a_quorum_that_can_be_reached():
    plan = MeetingPlan("Arbeitskreis", Slot(TODAY, "09:00", "11:00"), "", "", 4)
    with pytest.raises(RuleBroken) as broken:
        check_meeting(plan, {1, 2, 3}, TODAY)
    assert set(broken.value.fields) == {"place", "quorum"}
    told = replace(plan, title="Fall SWD-2026-00417", place="Raum 2, AZR 1234 5678 9012", quorum=3)
    with pytest.raises(RuleBroken) as broken:
        check_meeting(told, {1, 2, 3}, TODAY)
    assert set(broken.value.fields) == {"title", "place"}
    check_meeting(replace(plan, way_in="Telefon 06851 000", quorum=3), {1, 2, 3}, TODAY)
    assert "müssen 3 Stellen da sein, eingetragen sind 2" in str(lacks_quorum(2, 3))
    assert lacks_quorum(3, 3) is None


def test_a_room_is_one_however_it_is_written():
    taken = Taken(Slot(TODAY, "10:00", "12:00"), "Gruppeninformation")
    others = [("Kreishaus,  Saal 1", taken)]
    wanted = Slot(TODAY, "09:00", "11:00")
    (sentence,) = room_taken(wanted, "kreishaus Saal 1", others)
    assert str(sentence) == "Der Raum ist von 10:00 bis 12:00 Uhr belegt: Gruppeninformation."
    assert room_taken(wanted, "Kreishaus, Saal 2", others) == []
    assert room_taken(Slot(TODAY, "08:00", "10:00"), "Kreishaus, Saal 1", others) == []
