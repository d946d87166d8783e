"""Absence and deputy: set by the person or the administrator, ends by itself, refused where it makes no sense."""

from datetime import date, timedelta

import pytest

from models.rules.absences import Away, check_absence
from models.rules.errors import RuleBroken
from models.rules.states import AccountState
from models.rules.times import stamp
from models.tables import Absence, Account, Event, FollowUp, Organisation
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import text_of

END = TODAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def colleague(key: str = "agentur", username: str = "klug") -> Account:
    """One more person of an organisation."""
    office = Organisation.get(Organisation.key == key)
    return Account.create(
        username=username, organisation=office, name=f"Kollegin {username.title()}", state=AccountState.ACTIVE,
        created_at=stamp(NOW),
    )  # fmt: skip


def typed(stands_in: Account, **values: object) -> dict[str, object]:
    """The filled form."""
    form = {"begins_on": f"{TODAY:%d.%m.%Y}", "ends_on": f"{END:%d.%m.%Y}", "deputy": stands_in.id}
    return form | values


def test_the_deputy_sees_what_waits_for_the_absent_and_it_ends_by_itself(as_user, people, make_case, monkeypatch):
    me, deputy, case = people("agentur"), colleague(), make_case()
    away = as_user("agentur")
    assert away.post("/konto/abwesenheit", data=typed(deputy)).status_code == 303
    assert "Vertretung: Kollegin Klug" in text_of(away.get("/konto"))
    assert "Kollegin Klug vertritt Sie" in text_of(away.get("/"))
    absence = Absence.get()
    Absence.update(account=deputy.id, deputy=me.account_id).execute()  # now the other way round
    FollowUp.create(
        case=case.id, organisation=me.organisation_id, assigned=deputy.id, due_on=TODAY, reason="Anruf?",
        created_by=deputy.id, created_at=stamp(NOW),
    )  # fmt: skip
    page = text_of(away.get("/"))
    assert "Sie vertreten Kollegin Klug bis 30.11.2026." in page and "in Vertretung für Kollegin Klug" in page
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW + timedelta(days=8))
    later = as_user("agentur").get("/")
    assert "Anruf?" not in text_of(later) and "vertreten" not in text_of(later)
    assert Absence.get_by_id(absence.id).ends_on == END


def test_coming_back_earlier(as_user):
    client = as_user("agentur")
    client.post("/konto/abwesenheit", data=typed(colleague()))
    absence = Absence.get()
    Absence.update(begins_on=TODAY - timedelta(days=3)).execute()
    place = f"/konto/abwesenheit/{absence.id}/beenden"
    assert client.post(place, data={"version": absence.version}).status_code == 303
    assert Absence.get().ends_on == TODAY - timedelta(days=1)
    assert client.post(place, data={"version": absence.version}).status_code == 409
    kinds = [row.kind for row in Event.select().where(Event.kind.startswith("absence."))]
    assert kinds == ["absence.set", "absence.ended"]


def test_an_absence_that_has_not_begun_goes_away(as_user):
    client = as_user("agentur")
    client.post("/konto/abwesenheit", data=typed(colleague(), begins_on=f"{END:%d.%m.%Y}"))
    absence = Absence.get()
    client.post(f"/konto/abwesenheit/{absence.id}/beenden", data={"version": absence.version})
    assert Absence.select().count() == 0


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"ends_on": "22.11.2026"}, "ends_on", "Das Ende liegt vor dem Beginn."),
        ({"begins_on": "01.11.2026", "ends_on": "20.11.2026"}, "ends_on", "in der Vergangenheit"),
        ({"ends_on": "01.12.2028"}, "ends_on", "Länger als ein Jahr"),
        ({"begins_on": "bald"}, "begins_on", "Bitte ein Datum wie"),
        ({"deputy": ""}, "deputy", "Bitte ausfüllen."),
        ({"deputy": "0"}, "deputy", "Wählen Sie eine Kollegin"),
        ({"deputy": "<x>"}, "deputy", "Wählen Sie eine Kollegin"),
    ],
)
def test_senseless_input_gets_its_sentence_and_changes_nothing(as_user, wrong, field, sentence):
    answer = as_user("agentur").post("/konto/abwesenheit", data=typed(colleague(), **wrong))
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and sentence in answer.text
    assert Absence.select().count() == 0


def test_nobody_of_another_organisation_and_not_oneself_stands_in(as_user, people):
    colleague()
    client, stranger = as_user("agentur"), colleague("jobcenter", "fremd")
    for number in (stranger.id, people("agentur").account_id):
        assert client.post("/konto/abwesenheit", data=typed(stranger, deputy=number)).status_code == 422
    assert Absence.select().count() == 0


def test_a_double_click_and_an_absent_deputy_are_refused(as_user, people):
    client, deputy = as_user("agentur"), colleague()
    assert client.post("/konto/abwesenheit", data=typed(deputy)).status_code == 303
    twice = client.post("/konto/abwesenheit", data=typed(deputy))
    assert twice.status_code == 422 and "schon eine Abwesenheit" in twice.text
    assert Absence.select().count() == 1
    with pytest.raises(RuleBroken) as broken:
        check_absence(Away(2, TODAY, END), 1, {1: "Ada"}, [Away(1, END, END)], TODAY)
    assert str(broken.value.message) == "Ada ist in dieser Zeit selbst abwesend, bis 30.11.2026."
    check_absence(Away(2, TODAY, END), 1, {1: "Ada"}, [Away(1, date(2026, 12, 1), date(2026, 12, 2))], TODAY)


def test_the_administrator_sets_it_for_who_is_ill(as_user, people):
    ill, deputy, admin = people("agentur"), colleague(), as_user("verwaltung")
    place = f"/verwaltung/konten/{ill.account_id}/abwesenheit"
    assert "Kollegin Klug" in text_of(admin.get(place))
    assert admin.post(place, data=typed(deputy)).status_code == 303
    absence = Absence.get()
    assert (absence.account_id, absence.deputy_id) == (ill.account_id, deputy.id)
    assert admin.post(f"{place}/{absence.id}/beenden", data={"version": absence.version}).status_code == 303
    assert admin.get("/verwaltung/konten/999999/abwesenheit").status_code == 404
    assert as_user("jobcenter").get(place).status_code == 403


def test_nobody_ends_the_absence_of_another(as_user):
    as_user("agentur").post("/konto/abwesenheit", data=typed(colleague()))
    absence = Absence.get()
    stranger = as_user("jobcenter").post(f"/konto/abwesenheit/{absence.id}/beenden", data={"version": absence.version})
    assert stranger.status_code == 404 and Absence.get().ends_on == END
