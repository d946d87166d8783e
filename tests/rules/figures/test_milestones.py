"""Milestones follow from the events alone, and what was known on a day does not change afterwards."""

from datetime import date
from typing import Any

from models.rules.figures.milestones import Background, Kind, Told
from models.rules.figures.telling import milestones

AGENTUR, JOBCENTER, THOLEY, NAMBORN = 1, 2, 16, 11
BACKGROUND = Background(THOLEY, AGENTUR, JOBCENTER, {"BB-IK-06": "B1"}, frozenset({"GFK"}))


def told(day: str, kind: str, /, **data: Any) -> Told:
    return Told(f"{day}T09:00:00.000000Z", kind, "agentur", data)


OPENED = told("2026-03-02", "case.opened", sphere="S3", origin="municipality", municipality=THOLEY)
TALKED = told("2026-03-16", "case.first_contact", on="2026-03-12")
SERVED = told("2026-05-04", "decision.recorded", decision=7, code="GFK", served_on="2026-05-01")


def standing(*events: Told, day: str = "2027-01-01") -> dict[Kind, list[tuple[date, str, int | None]]]:
    """What is known at the end of a day, by kind."""
    moment, found = f"{day}T23:59:59.999999Z", dict[Kind, list[tuple[date, str, int | None]]]()
    for one in milestones(events, BACKGROUND):
        if one.known_from <= moment and (one.known_until is None or one.known_until > moment):
            found.setdefault(one.kind, []).append((one.on, one.word, one.days))
    return found


def test_from_arrival_to_the_first_talk_in_the_jobcenter():
    sent = told("2026-05-11", "handover.sent", reference="R-1")
    accepted = told("2026-05-18", "handover.accepted", reference="R-1", first_talk_on="2026-05-26")
    gone = told("2026-05-18", "case.responsibility_changed", **{"from": AGENTUR, "to": JOBCENTER})
    found = standing(OPENED, TALKED, SERVED, sent, accepted, gone)
    assert found[Kind.ARRIVAL] == [(date(2026, 3, 2), "municipality", None)]
    assert found[Kind.FIRST_TALK] == [(date(2026, 3, 12), "alone", 10)]
    assert found[Kind.SENT] == [(date(2026, 5, 11), "", 10)]
    assert found[Kind.ANSWER_TALK] == [(date(2026, 5, 26), "", 15)]
    assert found[Kind.RECOGNISED_TALK] == [(date(2026, 5, 26), "", 25)]
    assert found[Kind.IS_RUNNING] == [(date(2026, 5, 18), "handed_over", None)]
    assert found[Kind.CONTACT] == [(date(2026, 5, 26), "", 75)]
    offices = {one.kind: one.organisation for one in milestones((OPENED, SERVED, sent, accepted, gone), BACKGROUND)}
    assert (offices[Kind.SENT], offices[Kind.RECOGNISED_TALK]) == (AGENTUR, JOBCENTER)


def test_what_was_known_on_a_day_stays_when_the_decision_is_struck_out():
    struck = told("2026-06-01", "decision.voided", decision=7)
    assert Kind.RECOGNISED not in standing(OPENED, SERVED, struck)
    assert standing(OPENED, SERVED, struck, day="2026-05-31")[Kind.RECOGNISED] == [(date(2026, 5, 1), "", None)]
    assert standing(OPENED, SERVED, struck)[Kind.IS_RUNNING] == [(date(2026, 6, 1), "new", None)]


def test_who_moves_stays_counted_where_she_arrived():
    moved = told("2026-04-01", "person.changed", after={"municipality": NAMBORN})
    found = {one.kind: one for one in milestones((OPENED, moved), BACKGROUND) if one.known_until is None}
    assert (found[Kind.ARRIVAL].municipality, found[Kind.IS_RUNNING].municipality) == (THOLEY, NAMBORN)


def test_the_coach_led_whom_he_met_before_the_agentur_did():
    met = told("2026-03-05", "answer.saved", item="C02", after={"values": {"contact_on": "2026-03-04"}})
    assert standing(OPENED, met, TALKED)[Kind.FIRST_TALK] == [(date(2026, 3, 12), "coached", 10)]
    late = told("2026-04-05", "answer.saved", item="C02", after={"values": {"contact_on": "2026-04-04"}})
    assert standing(OPENED, TALKED, late)[Kind.FIRST_TALK] == [(date(2026, 3, 12), "alone", 10)]


def test_a_drop_out_with_and_without_a_talk_during_the_course():
    wanted = told("2026-03-20", "enrolment.reserved", enrolment=4, course="BB-IK-06")
    began = told("2026-05-01", "enrolment.started", enrolment=4, on="2026-05-01")
    spoke = told("2026-06-01", "appointment.attended", kind="counselling", held_on="2026-06-01")
    left = told("2026-07-01", "enrolment.dropped_out", enrolment=4, on="2026-06-30")
    assert standing(OPENED, wanted)[Kind.IS_WANTED] == [(date(2026, 3, 20), "B1", None)]
    silent = standing(OPENED, wanted, began, left)
    assert silent[Kind.DROP_OUT] == [(date(2026, 6, 30), "without_talk", None)]
    assert silent[Kind.COURSE_START] == [(date(2026, 5, 1), "B1", 42)]
    assert Kind.IS_WANTED not in silent
    assert standing(OPENED, wanted, began, spoke, left)[Kind.DROP_OUT] == [(date(2026, 6, 30), "with_talk", None)]


def test_a_case_entered_twice_counts_once_and_again_when_that_was_a_mistake():
    twice = told("2026-04-01", "case.closed", outcome="duplicate", on="2026-04-01")
    again = told("2026-04-03", "case.reopened", reason="")
    assert standing(OPENED, TALKED, twice) == {}
    assert standing(OPENED, TALKED, twice, day="2026-03-31").keys() == standing(OPENED, TALKED, twice, again).keys()


def test_an_outcome_is_taken_back_when_the_case_is_opened_again():
    closed = told("2026-08-01", "case.closed", outcome="work", on="2026-07-30")
    again = told("2026-09-01", "case.reopened", reason="")
    assert standing(OPENED, closed)[Kind.CLOSED] == [(date(2026, 7, 30), "work", 150)]
    assert Kind.IS_RUNNING not in standing(OPENED, closed)
    reopened = standing(OPENED, closed, again)
    assert Kind.CLOSED not in reopened
    assert Kind.IS_RUNNING in reopened
