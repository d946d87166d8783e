"""Minutes and resolutions in the browser: several recorders, quorum, tasks, the signature; nothing is lost."""

from datetime import timedelta

import pytest

from models.queries.accounts import account_by_id
from models.queries.digest import load_of
from models.tables import AgendaItem, Meeting, MeetingParty, MinuteDraft, MinuteEntry, Resolution
from pdf.signatures.authority import create_authority
from pdf.signatures.personal import issue_key, open_signer
from pdf.signatures.verdict import VerdictCode
from pdf.verification import judge
from tests.cast import member_of
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import soup_of, text_of
from tests.workgroup_cast import SOON, ids_of, make_meeting


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


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
    home = MeetingParty.get(MeetingParty.meeting == meeting, MeetingParty.organisation == ids_of("tholey")[0])
    unticked = attendance(meeting, "jobcenter") | {f"people-{home.id}": "2"}
    refused = koordination.htmx(f"{here}/anwesend", unticked)
    assert refused.status_code == 422 and "nicht angekreuzt: Ist die Stelle da?" in text_of(refused)
    assert 'value="2"' in refused.text and not MeetingParty.select().where(MeetingParty.present).exists()
    seen = attendance(meeting, "tholey", "jobcenter")
    assert koordination.post(f"{here}/anwesend", data=seen).status_code == 303
    stale = koordination.post(f"{here}/anwesend", data=seen | {f"functions-{party.id}": "Amtsleitung"})
    gone = attendance(meeting, "jobcenter") | {f"people-{home.id}": "1"}  # the number that stood there
    assert "Anwesenheit gespeichert." in text_of(koordination.htmx(f"{here}/anwesend", gone))
    back = koordination.htmx(f"{here}/anwesend", attendance(meeting, "tholey", "jobcenter"))
    assert back.status_code == 200
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
    assert load_of(member_of("tholey"), line.due_on) == (1, 0)  # the daily mail counts it
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
    late = soup_of(tholey.post(place, data={"version": 1, "state": "done", "note": "Takt ab Mai"}))
    assert late.title.text.startswith("Fehler:") and late.select_one("#form-problem[autofocus]")
    assert late.select_one("#note")["value"] == "Takt ab Mai"
    assert "Fahrplan" not in text_of(tholey.get("/")) and "Takt ab Januar" in text_of(
        koordination.get("/arbeitskreis/aufgaben/erledigte")
    )
    assert koordination.post(place, data={"version": 2, "state": "dropped", "note": ""}).status_code == 422


def test_what_was_resolved_stands_with_what_else_is_due_and_is_counted(as_user):
    koordination, tholey = as_user("koordination"), as_user("tholey")
    meeting = make_meeting("tholey", invited=True)
    item = AgendaItem.get(AgendaItem.meeting == meeting)
    koordination.post(f"{minutes_place(meeting)}/anwesend", data=attendance(meeting, "tholey"))
    for token, text in (("b1", "Fahrplan klären"), ("b2", "Schilder bestellen")):
        answer = koordination.post(
            f"{minutes_place(meeting)}/{item.id}/beschluss", data=resolution(token=token, text=text)
        )
        assert answer.status_code == 303
    Meeting.update(state="closed", held_on=TODAY - timedelta(days=9)).where(Meeting.id == meeting.id).execute()
    Resolution.update(due_on=TODAY - timedelta(days=1)).where(Resolution.text == "Fahrplan klären").execute()
    page = tholey.soup("/")
    assert page.select_one('a.figure[href="/?liste=ueberfaellig"] strong').get_text() == "1"
    assert page.select_one("#next-step")["href"].startswith("/arbeitskreis/aufgaben/")
    assert "fällig war 22.11.2026" in page.select_one(".task").get_text(" ", strip=True)
    assert [link.get_text() for link in page.select("#workgroup a")] == ["Schilder bestellen"]
    assert "Fahrplan klären – Sitzung am 14.11.2026" in text_of(tholey.get("/?liste=ueberfaellig"))
    assert "Schilder bestellen" not in text_of(tholey.get("/?liste=ueberfaellig"))
    assert "Fahrplan" not in text_of(tholey.get("/?liste=wartet"))


def written(as_user, settings, *, on=TODAY):
    """A meeting of today with minutes and a resolution, and a recorder who has a PIN."""
    koordination, actor = as_user("koordination"), member_of("koordination")
    meeting = make_meeting("tholey", "jobcenter", invited=True, on=on)
    create_authority(settings.pki, "Probe", NOW - timedelta(days=1))
    issue_key(account_by_id(actor.account_id), "739154", settings.pki, settings.pepper, actor=actor, now=NOW)
    item = AgendaItem.get(AgendaItem.meeting == meeting)
    here = minutes_place(meeting)
    koordination.post(f"{here}/anwesend", data=attendance(meeting, "tholey"))
    koordination.post(f"{here}/{item.id}", data={"version": 1, "text": "Der Fahrplan passt nicht zum Kursbeginn."})
    koordination.post(f"{here}/{item.id}/beschluss", data=resolution())
    return koordination, meeting, item


def test_signed_minutes_close_the_meeting_and_are_the_record(as_user, settings):
    koordination, meeting, item = written(as_user, settings)
    here, place = minutes_place(meeting), f"/arbeitskreis/{meeting.id}"
    sign = {"version": 2, "pin": "739154"}
    assert koordination.get(f"{here}/unterschreiben").status_code == 200
    assert as_user("tholey").get(f"{place}/protokoll.pdf").status_code == 404
    assert "despite_drafts" not in koordination.get(f"{here}/unterschreiben").text
    koordination.post(f"{here}/{item.id}/entwurf", data={"version": 2, "text": "noch ein Satz"})
    before = koordination.soup(f"{here}/unterschreiben")  # said before anybody types a PIN
    assert "noch nicht gespeichert hat einen Text: Muster" in before.select_one("#unsaved").get_text(" ", strip=True)
    assert before.select("#despite_drafts")
    unsaved = koordination.post(f"{here}/unterschreiben", data=sign)
    assert unsaved.status_code == 422 and "Noch nicht gespeichert ist ein Text von: Muster" in text_of(unsaved)
    wrong = koordination.post(f"{here}/unterschreiben", data=sign | {"pin": "000000", "despite_drafts": "y"})
    assert wrong.status_code == 422 and Meeting.get_by_id(meeting.id).state == "invited"
    right = sign | {"despite_drafts": "y"}
    assert koordination.post(f"{here}/unterschreiben", data=right).status_code == 303
    assert koordination.post(f"{here}/unterschreiben", data=right).status_code == 409  # the second of two clicks
    file = as_user("tholey").get(f"{place}/protokoll.pdf")
    assert judge(file.data, settings.pki, now=NOW).code == VerdictCode.VALID
    assert as_user("agentur").get(f"{place}/protokoll.pdf").status_code == 404
    assert "Der Fahrplan passt nicht" in text_of(as_user("jobcenter").get(place))
    late = koordination.post(f"{here}/{item.id}", data={"version": 2, "text": "Nachtrag"})
    assert late.status_code == 409 and "Nachtrag" in text_of(late)
    assert MinuteEntry.get_by_id(item.id).text.startswith("Der Fahrplan")
    assert "Fahrplan mit dem Träger klären" in text_of(as_user("tholey").get("/"))


def test_nothing_is_signed_before_the_day_or_past_what_somebody_wrote_meanwhile(as_user, settings, monkeypatch):
    koordination, meeting, item = written(as_user, settings, on=SOON)
    sign = {"version": 2, "pin": "739154"}
    early = koordination.post(f"{minutes_place(meeting)}/unterschreiben", data=sign)
    assert early.status_code == 422 and "Die Sitzung ist erst am" in text_of(early)
    Meeting.update(held_on=TODAY).where(Meeting.id == meeting.id).execute()

    def write_meanwhile(*args, **options):
        MinuteEntry.update(text="Nachtrag", version=3).where(MinuteEntry.item == item.id).execute()
        return open_signer(*args, **options)

    monkeypatch.setattr("pdf.minutes.issue.open_signer", write_meanwhile)
    crossed = koordination.post(f"{minutes_place(meeting)}/unterschreiben", data=sign)
    assert crossed.status_code == 409 and "Inzwischen hat noch jemand geschrieben" in text_of(crossed)
    assert Meeting.get_by_id(meeting.id).document_id is None
