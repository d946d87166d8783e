"""Wiedervorlagen in the browser: set, move, done; for whom; what nobody else sees; what is refused."""

from datetime import timedelta

import pytest

from models.rules.states import AccountState
from models.rules.times import stamp
from models.tables import Absence, Account, Appointment, Case, Event, FollowUp, Organisation
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import text_of
from tests.visit_cast import make_appointment

LATER = TODAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def typed(**values: object) -> dict[str, object]:
    """A filled form, due in three days, for the whole organisation."""
    return {"version": 0, "due_on": f"{LATER:%d.%m.%Y}", "reason": "Zeugnisse da?", "assigned": ""} | values


def colleague(key: str, name: str = "Kollegin Klug") -> Account:
    """One more person of an organisation."""
    office = Organisation.get(Organisation.key == key)
    return Account.create(username="klug", organisation=office, name=name, state=AccountState.ACTIVE, created_at="")


def set_one(client, case: Case, **values: object) -> FollowUp:
    """Set a Wiedervorlage through the form."""
    assert client.post(f"/faelle/{case.number}/wiedervorlage", data=typed(**values)).status_code == 303
    return FollowUp.select().order_by(FollowUp.id.desc()).get()


def test_it_stands_on_the_case_and_on_the_day_of_the_own_organisation_alone(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    set_one(agentur, case)
    assert "Zeugnisse da?" in text_of(agentur.get(f"/faelle/{case.number}"))
    assert "Wiedervorlage: Zeugnisse da? – Rahimi, Samira" in text_of(agentur.get("/?liste=woche"))
    for other in ("tholey", "asyl"):
        client = as_user(other)
        assert "Zeugnisse" not in text_of(client.get(f"/faelle/{case.number}")) + text_of(client.get("/?liste=woche"))
        assert "Wiedervorlage gesetzt" not in text_of(client.get(f"/faelle/{case.number}"))
    assert "Zeugnisse" not in Event.select().where(Event.kind == "follow_up.set").get().data
    assert case.version == Case.get_by_id(case.id).version, "a plan changes nothing of the case"


def test_the_list_fills_itself_from_what_is_due_next(as_user, make_case, people):
    case, agentur = make_case(), as_user("agentur")

    def item() -> str:
        return text_of(agentur.get(f"/faelle/{case.number}/punkte/B28"))

    assert "aus der Wiedervorlage" not in item()
    row = set_one(agentur, case)
    assert f"{LATER:%d.%m.%Y}" in item() and "aus der Wiedervorlage" in item()
    sooner = TODAY + timedelta(days=1)
    make_appointment(people("agentur"), case, on=sooner)
    assert f"{sooner:%d.%m.%Y}" in item() and "aus dem Termin" in item()
    Appointment.update(state="cancelled").execute()
    done = {"version": row.version, "von": "fall"}
    assert agentur.post(f"/faelle/{case.number}/wiedervorlage/{row.id}/erledigt", data=done).status_code == 303
    assert "aus der Wiedervorlage" not in item() and "aus dem Termin" not in item()


def test_it_is_moved_and_done_from_the_day(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    row = set_one(client, case)
    place = f"/faelle/{case.number}/wiedervorlage/{row.id}"
    moved = typed(version=row.version, due_on=f"{TODAY:%d.%m.%Y}", reason="Anerkennung?")
    assert client.post(place, data=moved).headers["Location"].endswith("?getan=wiedervorlage-verschoben")
    assert "Anerkennung?" in text_of(client.get("/?liste=heute"))
    row = FollowUp.get_by_id(row.id)
    done = client.post(f"{place}/erledigt", data={"version": row.version, "von": "tag"})
    assert done.headers["Location"] == "/?getan=wiedervorlage"
    assert "Anerkennung?" not in text_of(client.get("/?getan=wiedervorlage"))
    assert [event.kind for event in Event.select().where(Event.kind.startswith("follow_up."))] == [
        "follow_up.set", "follow_up.moved", "follow_up.done",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"due_on": "22.11.2026"}, "due_on", "Der Tag liegt in der Vergangenheit."),
        ({"due_on": "24.11.2046"}, "due_on", "mehr als fünf Jahre"),
        ({"due_on": "morgen"}, "due_on", "Bitte ein Datum wie"),
        ({"due_on": ""}, "due_on", "Bitte ausfüllen."),
        ({"reason": "   "}, "reason", "Bitte einen Grund angeben."),
        ({"reason": "x" * 301}, "reason", ""),
        ({"assigned": "999999"}, "assigned", "Ihrer Stelle"),
        ({"assigned": "1); DROP"}, "assigned", "Ihrer Stelle"),
    ],
)
def test_senseless_input_gets_its_sentence_and_changes_nothing(as_user, make_case, wrong, field, sentence):
    case = make_case()
    answer = as_user("agentur").post(f"/faelle/{case.number}/wiedervorlage", data=typed(**wrong))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text and sentence in answer.text
    assert FollowUp.select().count() == 0 and not Event.select().where(Event.kind == "follow_up.set").exists()


def test_nobody_gives_work_to_another_organisation(as_user, make_case):
    case, stranger = make_case(), colleague("jobcenter")
    answer = as_user("agentur").post(f"/faelle/{case.number}/wiedervorlage", data=typed(assigned=stranger.id))
    assert answer.status_code == 422 and FollowUp.select().count() == 0


def test_a_double_click_and_a_stale_page_do_no_harm(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    row = set_one(client, case)
    twice = client.post(f"/faelle/{case.number}/wiedervorlage", data=typed())
    assert twice.status_code == 422 and "gibt es schon" in twice.text and FollowUp.select().count() == 1
    done = f"/faelle/{case.number}/wiedervorlage/{row.id}/erledigt"
    assert client.post(done, data={"version": row.version}).status_code == 303
    assert client.post(done, data={"version": row.version}).status_code == 409
    assert client.post(done, data={"version": row.version + 1}).status_code == 409
    late = client.post(done.removesuffix("/erledigt"), data=typed(version=row.version, reason="Zu spät"))
    assert late.status_code == 409 and "Zu spät" in late.text


def test_strangers_get_404_and_who_has_no_cases_403(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    row, other = set_one(agentur, case), make_case(given_name="Karim")
    for path in ("", f"/{row.id}"):
        assert as_user("marpingen").get(f"/faelle/{case.number}/wiedervorlage{path}").status_code == 404
        assert as_user("bamf").get(f"/faelle/{case.number}/wiedervorlage{path}").status_code == 403
    own = as_user("tholey")
    assert own.get(f"/faelle/{case.number}/wiedervorlage/{row.id}").status_code == 404
    finished = own.post(f"/faelle/{case.number}/wiedervorlage/{row.id}/erledigt", data={"version": row.version})
    assert finished.status_code == 404
    assert agentur.get(f"/faelle/{other.number}/wiedervorlage/{row.id}").status_code == 404


def test_a_colleagues_one_is_hers_until_somebody_stands_in(as_user, make_case, people):
    case, client, me = make_case(), as_user("agentur"), people("agentur")
    away = colleague("agentur")
    row = set_one(client, case, assigned=away.id)
    assert "Zeugnisse" not in text_of(client.get("/"))
    assert "Kollegin Klug" in text_of(client.get(f"/faelle/{case.number}"))
    Absence.create(account=away.id, deputy=me.account_id, begins_on=TODAY, ends_on=TODAY, created_at=stamp(NOW))
    assert "in Vertretung für Kollegin Klug" in text_of(client.get("/"))
    place = f"/faelle/{case.number}/wiedervorlage/{row.id}/erledigt"
    client.post(place, data={"version": row.version})
    assert f'"stands_in_for":{away.id}' in Event.select().where(Event.kind == "follow_up.done").get().data
