"""The number of one record under the address of another, and records of strangers: not found, and nothing changes."""

import pytest

from models.rules.times import stamp
from models.tables import (
    AgendaItem,
    CaseConference,
    ChangeReport,
    ConferenceParty,
    ConferenceTopic,
    Event,
    Meeting,
    MeetingParty,
    Question,
    Resolution,
)
from tests.moments import NOW, TODAY
from tests.workgroup_cast import ids_of, make_meeting


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def conference_in(case, *keys):
    """A conference of these organisations about a case, with one topic."""
    (office, *_others) = ids_of(*keys)
    row = CaseConference.create(
        case=case, organisation=office, held_on=TODAY, token=f"c{case.id}", created_at=stamp(NOW)
    )
    for number in ids_of(*keys):
        ConferenceParty.create(conference=row, organisation=number)
    topic = ConferenceTopic.create(conference=row, topic="Kurs", token=f"t{case.id}", written_at=stamp(NOW))
    return row.id, topic.id


def asked_in(case):
    """A question of the Agentur to Tholey."""
    asker, asked = ids_of("agentur", "tholey")
    columns = {"item": "A05", "text": "Stimmt das?", "asked_at": stamp(NOW)}
    return Question.create(case=case, asked_by=asker, asked_to=asked, **columns).id


def reported_in(case):
    """A move within Tholey."""
    (office,) = ids_of("tholey")
    columns = {"kind": "moved_here", "on_day": TODAY, "reported_at": stamp(NOW), "data": {}}
    return ChangeReport.create(case=case, organisation=office, **columns).id


def test_records_of_one_case_are_not_found_in_another(as_user, make_case):
    mine, other = make_case(), make_case(given_name="Layla")
    conference, topic = conference_in(other, "agentur", "tholey")
    own, _own_topic = conference_in(mine, "agentur", "tholey")
    question, report = asked_in(other), reported_in(other)
    at, agentur, tholey = f"/faelle/{mine.number}", as_user("agentur"), as_user("tholey")
    before = Event.select().count()
    for address in (
        f"{at}/fallbesprechungen/{conference}",
        f"{at}/fallbesprechungen/{conference}/fallbesprechung.pdf",
        f"{at}/fallbesprechungen/{conference}/themen/{topic}",
        f"{at}/fallbesprechungen/{own}/themen/{topic}",
    ):
        assert agentur.get(address).status_code == 404, address
    for client, address in (
        (agentur, f"{at}/rueckfragen/{question}/schliessen"),
        (tholey, f"{at}/rueckfragen/{question}/antworten"),
        (agentur, f"{at}/meldungen/{report}/gelesen"),
        (agentur, f"{at}/fallbesprechungen/{conference}"),
    ):
        assert client.post(address, {"version": 1, "answer": "x", "topic": "x"}).status_code == 404, address
    assert Event.select().count() == before


def test_records_of_one_meeting_are_not_found_in_another(as_user):
    mine, other = make_meeting("bamf", invited=True), make_meeting("tholey", invited=True, token="t2", place="Rathaus")
    item = AgendaItem.select().where(AgendaItem.meeting == other).order_by(AgendaItem.id).get()
    (owner,) = ids_of("tholey")
    resolution = Resolution.create(item=item, text="Bus prüfen", owner=owner, due_on=TODAY, token="r1")
    party = MeetingParty.get(MeetingParty.meeting == other)
    at, koordination = f"/arbeitskreis/{mine.id}", as_user("koordination")
    before = Event.select().count()
    assert koordination.get(f"{at}/punkte/{item.id}").status_code == 404
    assert koordination.get(f"{at}/beschluesse/{resolution.id}").status_code == 404
    for address in (
        f"/punkte/{item.id}/weg", f"/protokoll/{item.id}", f"/protokoll/{item.id}/entwurf",
        f"/protokoll/{item.id}/beschluss", f"/beschluesse/{resolution.id}/weg",
        f"/einladungen/{party.id}/brief.pdf",
    ):  # fmt: skip
        assert koordination.post(at + address, {"version": 1, "text": "x"}).status_code == 404, address
    assert Event.select().count() == before


@pytest.mark.parametrize(("who", "status"), [("jobcenter", 404), ("tholey", 200), ("datenschutz", 403)])
def test_the_calendar_entry_is_for_who_is_invited(as_user, who, status):
    meeting = make_meeting("tholey", invited=True)
    assert as_user(who).get(f"/arbeitskreis/{meeting.id}/termin.ics").status_code == status


def test_an_invited_organisation_changes_nothing_and_gets_no_letters(as_user):
    meeting, tholey = make_meeting("tholey", invited=True), as_user("tholey")
    at = f"/arbeitskreis/{meeting.id}"
    party = MeetingParty.get(MeetingParty.meeting == meeting)
    item = AgendaItem.select().where(AgendaItem.meeting == meeting).get()
    for address in (
        "/einladungen.pdf", f"/einladungen/{party.id}/brief.pdf", "/mails", "/absagen", "/einladen",
        f"/punkte/{item.id}/weg", "/punkte/zahlen", "/protokoll/anwesend", f"/protokoll/{item.id}/entwurf",
    ):  # fmt: skip
        assert tholey.post(at + address, {"version": meeting.version}).status_code == 403, address


def test_nobody_is_invited_to_a_meeting_whose_minutes_are_signed(as_user):
    meeting, koordination = make_meeting("tholey", invited=True), as_user("koordination")
    Meeting.update(state="closed").where(Meeting.id == meeting.id).execute()
    refused = koordination.post(f"/arbeitskreis/{meeting.id}/einladungen.pdf", {"version": meeting.version})
    assert refused.status_code == 422 and "Das Protokoll ist unterschrieben" in refused.get_data(as_text=True)
    assert not MeetingParty.select().where(MeetingParty.letter_at.is_null(False)).exists()


def test_what_another_municipality_reported_stands_in_no_list(as_user, make_case):
    report = reported_in(make_case())
    namborn = as_user("namborn")
    assert not namborn.soup("/meldungen/").select(f"[action*='/{report}/']")
    assert "Umzug in der Gemeinde" not in namborn.get("/meldungen/").get_data(as_text=True)
    assert namborn.post(f"/meldungen/{report}/zuruecknehmen", {"version": 1}).status_code == 404
