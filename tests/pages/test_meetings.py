"""Meetings of the working group in the browser: planned, invited, answered; who sees them; what is refused."""

from datetime import timedelta

import pytest

from models.tables import AgendaItem, Event, Meeting, MeetingParty, MinuteDraft, MinuteEntry, Resolution
from tests.cast import make_case, member_of
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import office, text_of
from tests.visit_cast import make_event
from tests.workgroup_cast import SOON, ids_of, make_meeting, overdue, typed_meeting


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
    assert koordination.post(f"{here}/absagen", data={"version": 3, "cancel_reason": ""}).status_code == 422
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


def minutes_place(meeting: Meeting) -> str:
    """The address of its minutes."""
    return f"/arbeitskreis/{meeting.id}/protokoll"


def attendance(meeting: Meeting, *keys: str, **more: object) -> dict[str, object]:
    """The filled form of who is there: these organisations with one person each."""
    there, typed = ids_of(*keys), dict[str, object]()
    for party in MeetingParty.select().where(MeetingParty.meeting == meeting):
        typed[f"version-{party.id}"] = party.version
        if party.organisation_id in there:
            typed |= {f"present-{party.id}": "y", f"people-{party.id}": "1"}
    return typed | more


def resolution(owner: str = "tholey", **values: object) -> dict[str, object]:
    """The filled form of a resolution."""
    data = {"version": 0, "token": "b1", "text": "Fahrplan mit dem Träger klären", "contact": "Sozialamt"}
    return data | {"owner": ids_of(owner)[0], "due_on": f"{SOON + timedelta(days=30):%d.%m.%Y}"} | values


def test_two_recorders_write_at_once_and_nothing_is_lost(as_user):
    first, second = as_user("koordination"), as_user("koordination")
    meeting = make_meeting("tholey", invited=True)
    one, two, *_ = list(AgendaItem.select().where(AgendaItem.meeting == meeting).order_by(AgendaItem.position))
    here = minutes_place(meeting)
    assert first.htmx(f"{here}/{one.id}", {"version": 1, "text": "Vorstellung"}).status_code == 200
    assert second.htmx(f"{here}/{two.id}", {"version": 1, "text": "Zahlen besprochen"}).status_code == 200
    assert second.post(f"{here}/{one.id}/entwurf", data={"version": 1, "text": "Begrüßung"}).get_json()["version"] == 1
    late = second.htmx(f"{here}/{one.id}", {"version": 1, "text": "Begrüßung durch die Koordination"})
    assert late.status_code == 409
    text = text_of(late)
    assert "Vorstellung" in text and "Begrüßung durch die Koordination" in text
    assert MinuteEntry.get_by_id(one.id).text == "Vorstellung" and MinuteDraft.select().count() == 1
    again = second.post(f"{here}/{one.id}", data={"version": 2, "text": "Vorstellung, Begrüßung"})
    assert again.status_code == 303 and MinuteDraft.select().count() == 0
    refused = first.post(f"{here}/{two.id}", data={"version": 2, "text": "Frau R., geb. 14.03.1994"})
    assert refused.status_code == 422 and "Geburtsdatum" in text_of(refused) and "Frau R." in text_of(refused)
    assert [row.text for row in MinuteEntry.select().order_by(MinuteEntry.item).limit(2)] == [
        "Vorstellung, Begrüßung", "Zahlen besprochen",
    ]  # fmt: skip
    assert as_user("tholey").get(here).status_code == 403
    assert as_user("tholey").post(f"{here}/{one.id}", data={"version": 3, "text": "x"}).status_code == 403


def test_a_resolution_needs_a_quorum_an_owner_and_a_day(as_user):
    koordination = as_user("koordination")
    meeting = make_meeting("tholey", "jobcenter", invited=True, quorum=2)
    item = AgendaItem.get(AgendaItem.meeting == meeting)
    here = minutes_place(meeting)
    alone = koordination.post(f"{here}/{item.id}/beschluss", data=resolution())
    assert alone.status_code == 422 and "müssen 2 Stellen da sein" in text_of(alone)
    party = MeetingParty.get(MeetingParty.meeting == meeting)
    wrong = attendance(meeting, "tholey", "jobcenter") | {f"people-{party.id}": "viele"}
    refused = koordination.post(f"{here}/anwesend", data=wrong)
    assert refused.status_code == 422 and "Wie viele Personen waren da?" in text_of(refused)
    assert 'value="viele"' in refused.get_data(as_text=True)
    seen = attendance(meeting, "tholey", "jobcenter")
    assert koordination.post(f"{here}/anwesend", data=seen).status_code == 303
    stale = koordination.post(f"{here}/anwesend", data=seen | {f"functions-{party.id}": "Amtsleitung"})
    assert stale.status_code == 409 and "inzwischen anders eingetragen" in text_of(stale)
    nobody = koordination.htmx(f"{here}/{item.id}/beschluss", resolution(owner="tholey") | {"owner": ""})
    assert nobody.status_code == 422 and "Beschluss ohne zuständige Stelle" in text_of(nobody)
    assert "Fahrplan mit dem Träger klären" in text_of(nobody) and Resolution.select().count() == 0
    assert koordination.post(f"{here}/{item.id}/beschluss", data=resolution()).status_code == 303
    assert koordination.post(f"{here}/{item.id}/beschluss", data=resolution()).status_code == 303  # a double click
    line = Resolution.get()
    change = f"/arbeitskreis/{meeting.id}/beschluesse/{line.id}"
    assert koordination.post(change, data=resolution(version=1, text="Fahrplan klären")).status_code == 303
    assert koordination.post(change, data=resolution(version=1, text="Anders")).status_code == 409
    assert "Fahrplan klären" not in text_of(as_user("tholey").get("/"))  # the minutes are not signed


def test_what_was_resolved_is_a_task_until_it_is_reported_and_comes_up_again(as_user):
    koordination, tholey = as_user("koordination"), as_user("tholey")
    meeting = make_meeting("tholey", "jobcenter", invited=True)
    item = AgendaItem.get(AgendaItem.meeting == meeting)
    koordination.post(f"{minutes_place(meeting)}/anwesend", data=attendance(meeting, "tholey"))
    koordination.post(f"{minutes_place(meeting)}/{item.id}/beschluss", data=resolution())
    Meeting.update(state="closed", held_on=TODAY).where(Meeting.id == meeting.id).execute()
    line = Resolution.get()
    assert "Fahrplan mit dem Träger klären" in text_of(tholey.get("/"))
    assert "Fahrplan mit dem Träger klären" not in text_of(as_user("jobcenter").get("/"))
    assert as_user("jobcenter").get(f"/arbeitskreis/aufgaben/{line.id}").status_code == 404
    following = make_meeting("tholey", token="t2")
    texts = "".join(row.text for row in AgendaItem.select().where(AgendaItem.meeting == following))
    assert "– Fahrplan mit dem Träger klären (Gemeinde Tholey, bis " in texts
    assert "Protokoll der Sitzung vom 23.11.2026" in texts
    place = f"/arbeitskreis/aufgaben/{line.id}"
    drop = {"version": 1, "state": "dropped", "note": "hat sich erledigt"}
    assert tholey.post(place, data=drop).status_code == 403
    assert tholey.post(place, data={"version": 1, "state": "done", "note": "Takt ab Januar"}).status_code == 303
    assert tholey.post(place, data={"version": 1, "state": "done", "note": ""}).status_code == 409
    assert "Fahrplan" not in text_of(tholey.get("/")) and "Takt ab Januar" in text_of(
        koordination.get("/arbeitskreis/aufgaben/erledigte")
    )
    assert koordination.post(place, data={"version": 2, "state": "dropped", "note": ""}).status_code == 422
