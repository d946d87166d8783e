"""Appointments and group information as they are planned: times, series, overlaps, seats, marks; the calendar file."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from models.rules import appointments as rules
from models.rules.appointments import Series, Slot, Taken
from models.rules.calendar_file import Entry, calendar_file
from models.rules.errors import RuleBroken
from models.rules.states import AttendanceState

DAY = date(2026, 11, 30)
CLOCK = st.integers(0, 23 * 60 + 59).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")


@given(begins=CLOCK, minutes=st.integers(1, 480))
def test_an_end_is_so_many_minutes_later_or_past_midnight(begins, minutes):
    ends = rules.ends_at(begins, minutes)
    start = datetime.combine(DAY, datetime.strptime(begins, "%H:%M").time())
    later = start + timedelta(minutes=minutes)
    assert ends == (f"{later:%H:%M}" if later.date() == DAY else None)
    if ends:
        assert rules.minutes_of(Slot(DAY, begins, ends)) == minutes


@pytest.mark.parametrize(
    ("begins", "ends", "clash"),
    [("08:00", "09:00", False), ("08:00", "09:01", True), ("09:15", "09:30", True), ("10:00", "11:00", False)],
)
def test_slots_overlap_only_inside_each_other(begins, ends, clash):
    slot = Slot(DAY, "09:00", "10:00")
    assert slot.overlaps(Slot(DAY, begins, ends)) is Slot(DAY, begins, ends).overlaps(slot) is clash
    assert not slot.overlaps(Slot(DAY + timedelta(days=1), begins, ends))


def test_a_clash_is_said_and_allowed_with_a_reason():
    slot = Slot(DAY, "09:00", "10:00")
    found = rules.clashes(slot, [Taken(slot, "Beratung"), Taken(slot, "Beratung", "K. Hoffmann")])
    with pytest.raises(RuleBroken) as refused:
        rules.refuse_clash(found, " ")
    said = str(refused.value.fields["despite"])
    assert "Die Person hat von 09:00 bis 10:00 Uhr schon: Beratung." in said and "K. Hoffmann hat" in said
    assert rules.refuse_clash(found, " zu zweit ") == "zu zweit"
    assert rules.refuse_clash([], "") == ""


def test_a_series_has_a_day_every_so_many_weeks_up_to_its_last():
    assert rules.dates_of(DAY, None) == [DAY]
    days = rules.dates_of(DAY, Series(2, DAY + timedelta(days=28)))
    assert days == [DAY, DAY + timedelta(days=14), DAY + timedelta(days=28)]
    for series in (Series(0, DAY), Series(9, DAY), Series(1, DAY - timedelta(days=1)), Series(1, DAY.replace(2029))):
        with pytest.raises(RuleBroken):
            rules.dates_of(DAY, series)


def test_more_people_than_seats_must_be_meant():
    rules.refuse_crowd(10, 8, 2, confirmed=False)
    rules.refuse_crowd(10, 8, 3, confirmed=True)
    with pytest.raises(RuleBroken) as refused:
        rules.refuse_crowd(10, 8, 3, confirmed=False)
    assert str(refused.value.message).startswith("11 Eingeladene bei 10 Plätzen: 1 zu viel.")


@pytest.mark.parametrize(
    ("state", "reason", "today", "fine"),
    [
        (AttendanceState.ATTENDED, "", DAY, True),
        (AttendanceState.ATTENDED, "", DAY - timedelta(days=1), False),
        (AttendanceState.ABSENT, "", DAY, True),
        (AttendanceState.EXCUSED, "", DAY, False),
        (AttendanceState.EXCUSED, "CHILDCARE", DAY, True),
        (AttendanceState.ABSENT, "Unfug", DAY, False),
    ],
)
def test_marks_are_made_from_the_day_on_and_an_excuse_has_a_reason(state, reason, today, fine):
    if fine:
        rules.check_mark(state, reason, DAY, today)
    else:
        with pytest.raises(RuleBroken):
            rules.check_mark(state, reason, DAY, today)


def test_a_cancelled_appointment_is_taken_out_of_calendars():
    entry = Entry("a@b", "Beratung, Fall SWD-2026-00001", Slot(date(2027, 7, 1), "09:00", "10:00"), "Raum; 3", "x", 2,
                  True, datetime(2026, 11, 1, tzinfo=UTC))  # fmt: skip
    calendar = Calendar.from_ical(calendar_file(entry))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert event["DTSTART"].dt.isoformat() == "2027-07-01T09:00:00+02:00" and event["LOCATION"] == "Raum; 3"
