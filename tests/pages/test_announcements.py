"""Announcements: sent to some, shown on Mein Tag until confirmed, and the sender sees who has not yet."""

import pytest

from blueprints.shared import access
from models.rules.states import AccountState
from models.rules.times import stamp
from models.tables import Account, Announcement, Event
from tests.moments import NOW
from tests.pages.cases_cast import office, soup_of, text_of

SAID = {"token": "t1", "subject": "Neue Sprechzeiten", "text": "Ab Januar dienstags."}


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


def _send(client, **more):
    return client.post("/mitteilungen/neu", SAID | more)


def _read(client, von="tag"):
    return client.post(f"/mitteilungen/{Announcement.get().id}/gelesen", {"von": von})


def _waiting(client):
    return [line.text for line in soup_of(client.get(f"/mitteilungen/{Announcement.get().id}")).select("#waiting li")]


def test_one_person_confirms_for_her_organisation(as_user):
    sender, agentur, coach = as_user("koordination"), as_user("agentur"), as_user("coach")
    assert "Keine Angaben zu Personen" in text_of(sender.get("/mitteilungen/neu"))
    chosen = {"kinds": ["agentur"], "chosen": [str(office("coach").id)]}
    assert _send(sender, **chosen).status_code == 303
    assert _send(sender, **chosen).status_code == 303
    assert Announcement.select().count() == 1
    assert "Neue Sprechzeiten" in text_of(agentur.get("/")) and "Neue Sprechzeiten" in text_of(coach.get("/"))
    assert soup_of(coach.get("/")).select_one("[id^=read-]")["aria-label"] == "Gelesen: Neue Sprechzeiten"
    assert "Neue Sprechzeiten" not in text_of(as_user("tholey").get("/"))
    assert _waiting(sender) == ["Agentur für Arbeit Saarland", "Landkreis St. Wendel – Beschäftigungscoach"]
    assert _read(agentur).headers["Location"] == "/?getan=mitteilung"
    assert _read(agentur).status_code == 303
    assert "Neue Sprechzeiten" not in text_of(agentur.get("/"))
    assert "gelesen" in text_of(agentur.get("/mitteilungen/"))
    assert _waiting(sender) == ["Landkreis St. Wendel – Beschäftigungscoach"]
    assert _read(as_user("tholey")).status_code == 404
    assert Event.select().where(Event.kind == "announcement.read").count() == 1
    row = Announcement.get()
    taken = sender.post(f"/mitteilungen/{row.id}/zurueckziehen", {"version": row.version})
    assert taken.status_code == 303 and "Neue Sprechzeiten" not in text_of(coach.get("/"))
    for version in (row.version, row.version + 1):
        assert sender.post(f"/mitteilungen/{row.id}/zurueckziehen", {"version": version}).status_code == 409
    assert Event.select().where(Event.kind == "announcement.withdrawn").count() == 1


def test_each_person_confirms_for_herself(as_user):
    made = {"organisation": office("agentur"), "created_at": stamp(NOW), "state": AccountState.ACTIVE}
    Account.create(username="zweite", name="Z. Zweite", **made)
    admin = as_user("verwaltung")
    _send(admin, to_all="y", each_person="y")
    _read(as_user("agentur"))
    waiting = _waiting(admin)
    assert "Agentur für Arbeit Saarland: Z. Zweite" in waiting
    assert any("Tholey" in line for line in waiting)
    for who in ("bamf", "datenschutz"):
        assert "Neue Sprechzeiten" in text_of(as_user(who).get("/"))


def test_offices_where_nobody_can_log_in_are_told_apart(as_user):
    sender, agentur = as_user("koordination"), as_user("agentur")
    Account.update(state=AccountState.LOCKED).where(Account.organisation == office("freisen").id).execute()
    _send(sender, kinds=["agentur"], chosen=[str(office("freisen").id)])
    _read(agentur)
    page = soup_of(sender.get(f"/mitteilungen/{Announcement.get().id}"))
    assert "Alle haben bestätigt." not in page.text
    assert [line.text for line in page.select("#unreached li")] == ["Gemeinde Freisen"]
    assert "0 · 1 ohne Zugang" in text_of(sender.get("/mitteilungen/"))


def test_what_is_wrong_is_named_and_nothing_is_sent(as_user):
    sender = as_user("koordination")
    wrong = _send(sender, subject=" ", text="Zu SWD-2026-00017: bitte melden", to_all="y")
    told = text_of(wrong)
    assert wrong.status_code == 422 and "Bitte ausfüllen." in told and "enthalten nichts zu einzelnen Personen" in told
    assert soup_of(wrong).select_one("#text").text.strip().startswith("Zu SWD-2026-00017")
    born = _send(sender, text="Herr K., geb. 14.03.1994, AZR 1234 5678 9012", to_all="y")
    assert born.status_code == 422 and "Das sieht wie ein Geburtsdatum" in text_of(born)
    nobody = _send(sender)
    assert nobody.status_code == 422 and "Bitte wählen, an wen die Mitteilung geht." in text_of(nobody)
    assert not Announcement.select().exists()
    assert _send(as_user("agentur"), to_all="y").status_code == 403
    _send(sender, to_all="y")
    assert as_user("verwaltung").get(f"/mitteilungen/{Announcement.get().id}").status_code == 404
