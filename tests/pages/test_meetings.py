"""Meetings of the working group in the browser: planned, invited, answered; who sees them; what is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blueprints.shared.settings import Smtp
from models.tables import AgendaItem, Event, Meeting, MeetingParty, Organisation
from tests.cast import make_case, member_of
from tests.mail_cast import Sink, serving
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import office, text_of
from tests.visit_cast import make_event
from tests.workgroup_cast import SOON, make_meeting, overdue, typed_meeting


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def test_a_meeting_is_planned_once_invited_and_answered(as_user):
    koordination, bamf = as_user("koordination"), as_user("bamf")
    assert koordination.get("/arbeitskreis/neu").status_code == 200
    wish = typed_meeting("bamf", "jobcenter", "tholey")
    place = koordination.post("/arbeitskreis/neu", data=wish).headers["Location"]
    assert koordination.post("/arbeitskreis/neu", data=wish).headers["Location"] == place  # the second of two clicks
    meeting = Meeting.get()
    here = f"/arbeitskreis/{meeting.id}"
    assert AgendaItem.select().where(AgendaItem.meeting == meeting).count() == 9
    assert bamf.get(here).status_code == 404  # still being planned
    assert koordination.post(f"{here}/einladen", data={"version": 1}).status_code == 303
    assert koordination.post(f"{here}/einladen", data={"version": 1}).status_code == 409
    assert "Kursplanung der nächsten sechs Monate" in text_of(bamf.get(here))
    party = MeetingParty.get(MeetingParty.organisation == office("bamf").id)
    answer = {"version": party.version, "reply": "accepted"}
    assert bamf.post(f"{here}/antwort", data=answer).status_code == 303
    assert "kommt" in text_of(koordination.get(here))
    change = typed_meeting("bamf", "jobcenter", "tholey", version=2, begins="10:00")
    assert koordination.post(f"{here}/aendern", data=change).status_code == 303
    assert MeetingParty.get_by_id(party.id).reply == "open"  # another hour: asked again
    for reason in ("", "wegen SWD-2026-00417"):
        assert koordination.post(f"{here}/absagen", data={"version": 3, "cancel_reason": reason}).status_code == 422
    assert koordination.post(f"{here}/absagen", data={"version": 3, "cancel_reason": "Sturm"}).status_code == 303
    assert "Sturm" in text_of(bamf.get(here))
    kinds = [row.kind for row in Event.select().where(Event.kind.startswith("meeting")).order_by(Event.id)]
    assert kinds == [f"meeting.{word}" for word in ("planned", "invited", "answered", "changed", "cancelled")]


def test_what_cannot_be_planned_is_told_at_its_field_and_stays_typed(as_user):
    koordination = as_user("koordination")
    wish = typed_meeting(place="", held_on=f"{TODAY - timedelta(days=1):%d.%m.%Y}", title="Runde im Herbst")
    refused = koordination.post("/arbeitskreis/neu", data=wish)
    text = text_of(refused)
    assert refused.status_code == 422 and "Runde im Herbst" in refused.get_data(as_text=True)
    for sentence in ("Der Tag liegt in der Vergangenheit.", "Bitte einen Raum angeben", "wenigstens eine Stelle"):
        assert sentence in text
    make_event(member_of("agentur"), place="Kreishaus, Saal 1", on=SOON)
    clash = typed_meeting("bamf", "jobcenter", "tholey", place="Kreishaus Saal 1")
    assert "belegt: Gruppeninformation" in text_of(koordination.post("/arbeitskreis/neu", data=clash))
    assert koordination.post("/arbeitskreis/neu", data=clash | {"despite": "Trennwand"}).status_code == 303


def test_two_write_one_point_and_nothing_is_lost(as_user):
    koordination = as_user("koordination")
    meeting = make_meeting("bamf")
    item = AgendaItem.get(AgendaItem.meeting == meeting)
    here = f"/arbeitskreis/{meeting.id}/punkte"
    first = {"version": 1, "title": item.title, "text": "Wer schreibt: Lorenz"}
    assert koordination.post(f"{here}/{item.id}", data=first).status_code == 303
    late = koordination.post(f"{here}/{item.id}", data=first | {"text": "Wer schreibt: Maurer"})
    assert late.status_code == 409
    assert "Wer schreibt: Lorenz" in text_of(late) and "Wer schreibt: Maurer" in text_of(late)
    number = {"version": 2, "title": item.title, "text": "Fall SWD-2026-00417"}
    assert "Eine Fallnummer gehört nicht" in text_of(koordination.post(f"{here}/{item.id}", data=number))
    assert koordination.post(f"{here}/neu", data={"version": 0, "title": "Fahrplan", "text": ""}).status_code == 303
    titles = [row.title for row in AgendaItem.select().order_by(AgendaItem.position)]
    assert titles[-2:] == ["Fahrplan", "Verschiedenes und nächster Termin"]
    added = AgendaItem.get(AgendaItem.title == "Fahrplan")
    assert koordination.post(f"{here}/{added.id}/hoch", data={"version": 1}).status_code == 303
    assert koordination.post(f"{here}/{added.id}/weg", data={"version": 2}).status_code == 303
    make_case()
    assert koordination.post(f"{here}/zahlen", data={"version": 1}).status_code == 303
    texts = {row.title: row.text for row in AgendaItem.select()}
    assert "Offen sind <3 Fälle" in texts["Zahlen: Zugang, Bestand, Übergänge"]
    assert texts[item.title] == "Wer schreibt: Lorenz"  # who wrote it keeps it


def test_only_invited_organisations_see_it_and_only_the_coordination_plans(as_user):
    meeting = make_meeting("jobcenter", "tholey", invited=True)
    here = f"/arbeitskreis/{meeting.id}"
    assert as_user("agentur").get(here).status_code == 404  # not invited
    assert as_user("agentur").post(f"{here}/antwort", data={"version": 1, "reply": "accepted"}).status_code == 404
    assert as_user("jobcenter").get(f"{here}/aendern").status_code == 403
    assert as_user("datenschutz").get("/arbeitskreis/").status_code == 403


def test_stuck_handovers_show_case_numbers_and_open_for_who_may_see_the_case(as_user):
    case = make_case()
    overdue(case)
    here = f"/arbeitskreis/{make_meeting('agentur', 'marpingen', 'bamf', invited=True).id}"
    assert f'href="/faelle/{case.number}"' in as_user("agentur").get(here).get_data(as_text=True)
    seen = as_user("bamf").get(here).get_data(as_text=True)
    assert case.number in seen and f"/faelle/{case.number}" not in seen and "Rahimi" not in seen
    assert case.number not in as_user("marpingen").get(here).get_data(as_text=True)


def test_invitations_as_letter_calendar_and_mail_without_names(as_user, settings, app):
    meeting = make_meeting("tholey", "bamf")
    koordination, here = as_user("koordination"), f"/arbeitskreis/{meeting.id}"
    assert koordination.post(f"{here}/einladungen.pdf", data={"version": 1}).status_code == 422  # still being planned
    koordination.post(f"{here}/einladen", data={"version": 1})
    letter = koordination.post(f"{here}/einladungen.pdf", data={"version": 2})
    assert letter.mimetype == "application/pdf"
    assert all(party.letter_at for party in MeetingParty.select())
    calendar = as_user("bamf").get(f"{here}/termin.ics").get_data(as_text=True)
    assert "SUMMARY:Arbeitskreis" in calendar and "Kreishaus" in calendar
    assert koordination.post(f"{here}/mails", data={"version": 2}).status_code == 404  # no mail server
    Organisation.update(email="rathaus@tholey.example").where(Organisation.key == "tholey").execute()
    sink = Sink()
    with serving(sink) as port:
        app.config["SETTINGS"] = replace(settings, smtp=Smtp("127.0.0.1", port, "staffelstab@beispiel.example", "none"))
        assert koordination.post(f"{here}/mails", data={"version": 2}).status_code == 303
        again = koordination.post(f"{here}/mails", data={"version": 2})
    (mail,) = sink.mails
    assert mail.to == ["rathaus@tholey.example"]
    assert f"http://staffelstab.test{here}" in mail.message.get_content() and "Kreishaus" not in mail.raw.decode()
    assert again.status_code == 422 and "Keine Stelle wartet auf eine Mail" in text_of(again)


@pytest.mark.parametrize(("handovers", "told"), [(2, "<3"), (3, "5"), (6, "5"), (8, "10")])
def test_who_oversees_gets_no_number_on_her_day_that_tells_of_one_handover(as_user, handovers, told):
    for _number in range(handovers):
        overdue(make_case())
    shown = text_of(as_user("bamf").get("/"))
    assert f"{told} Übergaben in Vorbereitung" in " ".join(shown.split())
