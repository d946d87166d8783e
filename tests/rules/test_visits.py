"""What appointments and attendance say: the items that they answer, section M, misses, the last contact, who sees."""

from datetime import date

import pytest

from models.rules import visits
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.visits import Sight, Visit

AGENTUR, COACH, JOBCENTER = 1, 2, 3
DAY, LATER = date(2026, 11, 2), date(2026, 11, 20)


def talk(state: str, on: date = DAY, kind: str = "first_talk", **more: object) -> Visit:
    """An appointment with the Agentur."""
    values = {"source": "appointment", "id": 1, "kind": kind, "on": on, "begins": "09:00", "state": state,
              "site": "AGENTUR", "way": "PERSON", "reason": "", "organisation_id": AGENTUR}  # fmt: skip
    return Visit(**(values | more))


def group(state: str, on: date = DAY, site: str = "LEBACH") -> Visit:
    """A group information of the Agentur."""
    return talk(state, on, "", source="group", site=site, way="")


def test_the_attendance_list_answers_whether_somebody_came():
    assert visits.group_attended([]) is None
    assert visits.group_attended([group("invited")]) is None
    assert visits.group_attended([group("withdrawn")]) is None
    assert visits.group_attended([group("absent"), group("excused", LATER)]) == ("no", group("excused", LATER))
    assert visits.group_attended([group("absent"), group("invited", LATER)]) is None
    assert visits.group_attended([group("absent"), group("attended", LATER)]) == ("yes", group("attended", LATER))


def test_who_attended_in_lebach_came_from_there():
    assert visits.came_in_lebach([group("attended", site="AGENTUR"), group("absent")]) is None
    assert visits.came_in_lebach([group("attended")]) == group("attended")


def test_the_first_talk_is_agreed_and_then_held():
    moved, planned = talk("moved"), talk("planned", LATER)
    assert visits.first_talk([moved, planned], AGENTUR) == planned
    assert visits.first_talk([talk("cancelled")], AGENTUR) is None
    assert visits.first_talk([planned], JOBCENTER) is None
    assert visits.first_talk_held([moved, planned], AGENTUR) is None
    held = [talk("attended", LATER), talk("attended", DAY), talk("attended", DAY, "counselling")]
    assert visits.first_talk_held(held, AGENTUR) == talk("attended", DAY)


def reminder(on: date, office: int = AGENTUR) -> Visit:
    """The nearest open Wiedervorlage of an organisation."""
    return talk("", on, "", source="follow_up", id=0, begins="", site="", way="", organisation_id=office)


def test_the_next_day_is_the_nearest_of_talks_ahead_and_reminders():
    ahead, today = talk("planned", LATER), date(2026, 11, 10)
    assert visits.next_day([talk("planned", DAY), talk("cancelled", LATER), group("invited", LATER)], 1, today) is None
    assert visits.next_day([ahead, reminder(date(2026, 12, 1))], AGENTUR, today) == ahead
    assert visits.next_day([ahead, reminder(DAY)], AGENTUR, today) == reminder(DAY), "an overdue one is still owed"
    assert visits.next_day([ahead, reminder(DAY)], JOBCENTER, today) is None
    assert not reminder(DAY).is_planned and visits.last_contact([reminder(DAY)], AGENTUR) is None


def test_the_coach_reads_how_the_talk_went():
    missed = talk("missed", reason="TRAVEL")
    assert visits.newest_talk([missed, group("invited", LATER)], AGENTUR) == missed
    assert visits.newest_result([missed], AGENTUR) == missed
    assert visits.newest_result([talk("planned")], AGENTUR) is None
    # a new appointment is open again; one that was only moved is "verschoben" until the new one is over
    assert visits.newest_result([missed, talk("planned", LATER)], AGENTUR) is None
    assert visits.newest_result([talk("moved"), talk("planned", LATER)], AGENTUR) == talk("moved")
    assert visits.newest_result([talk("moved", LATER), talk("attended", DAY)], AGENTUR) == talk("attended", DAY)


def test_section_m_lists_every_talk_of_the_office():
    held = [talk("attended", LATER, "counselling", way="PHONE"), group("attended"), talk("missed"),
            talk("attended", DAY, "coaching", organisation_id=COACH)]  # fmt: skip
    assert visits.held_talks(held, AGENTUR) == [(DAY, "GROUP"), (LATER, "PHONE")]


def test_misses_and_the_last_contact_are_those_of_one_office():
    known = [talk("missed"), group("absent"), group("excused"), talk("attended", DAY),
             talk("planned", LATER), talk("", LATER, source="note", organisation_id=JOBCENTER)]  # fmt: skip
    assert visits.missed_count(known, AGENTUR) == 2
    assert visits.last_contact(known, AGENTUR) == DAY
    assert visits.last_contact(known, JOBCENTER) == LATER
    assert visits.last_contact(known, COACH) is None


@pytest.mark.parametrize(
    ("role", "mine", "blocks", "consented", "sees"),
    [
        (Role.AGENTUR, AGENTUR, {Block.APPOINTMENTS}, False, {AGENTUR}),
        (Role.AGENTUR, AGENTUR, {Block.APPOINTMENTS}, True, {AGENTUR, COACH}),
        (Role.AGENTUR, AGENTUR, {Block.OWN_ENTRIES}, True, {AGENTUR}),
        (Role.COACH, COACH, {Block.APPOINTMENTS}, True, {AGENTUR, COACH}),
        (Role.COACH, COACH, {Block.CONTACT}, False, set()),
        (Role.JOBCENTER, JOBCENTER, {Block.OWN_ENTRIES}, True, {JOBCENTER}),
        (Role.MUNICIPALITY, 9, {Block.INTAKE}, True, set()),
    ],
)
def test_everybody_sees_her_own_and_consent_opens_those_of_the_other(role, mine, blocks, consented, sees):
    sight = Sight(role, mine, frozenset(blocks), AGENTUR, consented)
    shown = {one for one in (AGENTUR, COACH, JOBCENTER) if sight.shows(one, by_coach=one == COACH)}
    assert shown == sees
