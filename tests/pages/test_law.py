"""The maintained law in the browser: what it touches is shown before it is saved, and nothing is overwritten."""

from datetime import date

import pytest

from models.base import db
from models.operations.tasks import renew_tasks, wrong_tasks
from models.queries.law import current_law, law_state, replaced_entries, standing_entries
from models.rules.law.entries import Topic
from models.rules.times import stamp
from models.tables import Case, CaseTask, Event, LawChange, LawEntry, Organisation, ResidenceRecord
from tests.cast import make_case
from tests.conftest import NOW, TODAY
from tests.pages.cases_cast import soup_of, taken_over, text_of

HOME = "/verwaltung/rechtsstand/"
GAMBIA = {"list": "§ 29a", "country": "GMB", "valid_from": "01.01.2027", "source": "BGBl. 2026 I Nr. 400"}


def entry(topic: Topic, key: str = "") -> LawEntry:
    return standing_entries(topic, key)[0]


def send(client, address: str, typed: dict, **more):
    """What the browser does: check first, then save exactly what was shown."""
    checked = client.post(address, typed | {"version": law_state().version, "step": "pruefen"})
    assert checked.status_code == 200, text_of(checked)
    soup = soup_of(checked)
    hidden = {name: soup.select_one(f"#law-form [name={name}]")["value"] for name in ("version", "shown")}
    return client.post(address, typed | hidden | {"step": "speichern"} | more)


def with_paper(code: str, **person) -> Case:
    case = make_case(**person)
    with db.atomic():
        ResidenceRecord.create(person=case.person_id, code=code, recorded_at=stamp(NOW))
    return case


@pytest.mark.parametrize("key", ["agentur", "tholey", "coach", "koordination", "datenschutz"])
def test_only_the_administrator_maintains_the_law(as_user, key):
    client = as_user(key)
    assert client.get(HOME).status_code == 403
    assert client.post(f"{HOME}staaten/neu", GAMBIA).status_code == 403


@pytest.mark.parametrize("word", ["staaten", "aussetzung", "papiere", "fristen", "kursarten", "buchstaben", "ausnahmen",
                                  "entscheidungen", "eintraege"])  # fmt: skip
def test_every_topic_has_its_page(as_user, word):
    client = as_user("verwaltung")
    assert client.get(HOME + word).status_code == 200
    assert client.get(f"{HOME}{word}/neu").status_code in (200, 404)


def test_unknown_topics_entries_and_steps_are_not_found(as_user):
    client = as_user("verwaltung")
    ban = standing_entries(Topic.BAN_EXCEPTIONS)[0]
    for address in ("quatsch", "fristen/neu", "ausnahmen/neu", "eintrag/999999/beenden", f"eintrag/{ban.id}/beenden",
                    f"eintrag/{entry(Topic.SAFE_COUNTRIES, '§ 29a|GEO').id}/quatsch"):  # fmt: skip
        assert client.get(HOME + address).status_code == 404, address


def test_a_new_country_shows_what_it_touches_before_it_is_saved(as_user):
    for number in range(4):
        with_paper("AGS", nationality="GMB", given_name=f"Person {number}")
    with_paper("NE", nationality="GMB")
    client = as_user("verwaltung")
    typed = GAMBIA | {"version": law_state().version, "step": "pruefen"}
    checked = client.post(f"{HOME}staaten/neu", typed)
    touches = " ".join(soup_of(checked).select_one("#law-touches").get_text(" ").split())
    assert "4 offene Fälle" in touches and "Gambia" in touches
    assert LawChange.select().count() == 0
    assert send(client, f"{HOME}staaten/neu", GAMBIA).status_code == 303
    client.get(HOME)
    assert current_law().safe_country_lists("Gambia", date(2027, 1, 1)) == ("§ 29a",)
    assert Event.select().where(Event.kind == "law.changed").count() == 1


def test_saving_without_having_seen_what_it_touches_shows_it(as_user):
    client = as_user("verwaltung")
    typed = GAMBIA | {"version": law_state().version, "step": "speichern", "shown": "anderes"}
    assert soup_of(client.post(f"{HOME}staaten/neu", typed)).select_one("#law-save")
    assert LawChange.select().count() == 0


def test_the_administrator_sees_no_person(as_user):
    case = with_paper("AGS", nationality="GMB", family_name="Ceesay")
    typed = GAMBIA | {"version": law_state().version, "step": "pruefen"}
    shown = text_of(as_user("verwaltung").post(f"{HOME}staaten/neu", typed))
    assert "Ceesay" not in shown and case.number not in shown
    assert "weniger als 3 offene Fälle" in shown


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"source": ""}, "source", "Nennen Sie die Quelle"),
        ({"source": "   "}, "source", "Nennen Sie die Quelle"),
        ({"valid_from": ""}, "valid_from", "Ab welchem Tag"),
        ({"valid_from": "31.02.2027"}, "valid_from", "Bitte ein Datum"),
        ({"valid_to": "31.12.2026"}, "valid_to", "Das Ende liegt vor dem Beginn"),
        ({"country": "ZZQ"}, "country", "auswahl"),
        ({"list": "§ 99"}, "list", "auswahl"),
        ({"country": "GEO"}, "valid_from", "Überschneidet sich mit dem Eintrag ab 23.12.2023 ohne Ende"),
        ({"note": "x" * 501}, "note", "500"),
    ],
)
def test_wrong_entries_get_their_sentence_at_the_field(as_user, typed, field, sentence):
    data = GAMBIA | typed | {"version": law_state().version, "step": "speichern"}
    answer = as_user("verwaltung").post(f"{HOME}staaten/neu", data)
    assert answer.status_code == 422
    assert sentence.casefold() in soup_of(answer).select_one(f"#{field}-error").get_text().casefold()
    assert LawChange.select().count() == 0 and law_state().version == 1


def test_ending_an_entry_keeps_the_old_one(as_user):
    old = entry(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    client = as_user("verwaltung")
    typed = {"valid_to": "31.12.2026", "source": "BGBl. 2026 I Nr. 399"}
    assert send(client, f"{HOME}eintrag/{old.id}/beenden", typed).status_code == 303
    assert entry(Topic.SAFE_COUNTRIES, "§ 29a|GEO").valid_to == date(2026, 12, 31)
    assert [row.id for row in replaced_entries(Topic.SAFE_COUNTRIES)] == [old.id]
    assert "Frühere Fassungen" in text_of(client.get(f"{HOME}staaten"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Mit welchem Tag"), ("01.01.2020", "Das Ende liegt vor dem Beginn (23.12.2023)")],
)
def test_an_end_that_cannot_be(as_user, typed, sentence):
    old = entry(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    data = {"valid_to": typed, "source": "X", "version": 1, "step": "pruefen"}
    answer = as_user("verwaltung").post(f"{HOME}eintrag/{old.id}/beenden", data)
    assert answer.status_code == 422
    assert sentence in soup_of(answer).select_one("#valid_to-error").get_text()


def test_a_paper_changes_its_sphere_from_a_day_on(as_user):
    client, old = as_user("verwaltung"), entry(Topic.RESIDENCE_CODES, "AE24")
    page = client.soup(f"{HOME}eintrag/{old.id}/ab")
    typed = form_values(page) | {"sphere": "asylblg", "valid_from": "01.01.2027", "source": "Gesetz vom 01.12.2026"}
    assert send(client, f"{HOME}eintrag/{old.id}/ab", typed).status_code == 303
    client.get(HOME)
    assert current_law().residence("AE24", date(2026, 12, 31)).sphere == "temporary_protection"
    assert current_law().residence("AE24", date(2027, 1, 1)).sphere == "asylblg"


def form_values(page) -> dict:
    """What the form holds as it is shown."""
    values = {one["name"]: one.get("value", "") for one in page.select("#law-form input[type=text]")}
    values |= {one["name"]: one.get_text() for one in page.select("#law-form textarea")}
    chosen = page.select("#law-form select")
    return values | {one["name"]: one.select_one("option[selected]")["value"] for one in chosen}


def test_a_label_that_stands_for_another_paper_is_refused_at_the_field(as_user):
    client, old = as_user("verwaltung"), entry(Topic.RESIDENCE_CODES, "AE24")
    typed = form_values(client.soup(f"{HOME}eintrag/{old.id}/berichtigen"))
    typed |= {"card_labels": "Ankunftsnachweis § 63a AsylG", "reason": "Probe", "version": 1, "step": "pruefen"}
    answer = client.post(f"{HOME}eintrag/{old.id}/berichtigen", typed)
    assert answer.status_code == 422
    assert soup_of(answer).select_one("#card_labels-error")


def test_a_correction_needs_its_reason(as_user):
    client, old = as_user("verwaltung"), entry(Topic.DEADLINES, "first_talk_due")
    address = f"{HOME}eintrag/{old.id}/berichtigen"
    typed = {"amount": "12", "valid_from": "01.07.2026", "source": "Vereinbarung"}
    answer = client.post(address, typed | {"version": 1, "step": "pruefen"})
    assert answer.status_code == 422 and soup_of(answer).select_one("#reason-error")
    assert send(client, address, typed | {"reason": "Tippfehler"}).status_code == 303
    client.get(HOME)
    assert current_law().amount("first_talk_due", date(2026, 11, 22)) == 12


def test_the_laws_own_deadlines_change_with_a_version(as_user):
    old = entry(Topic.DEADLINES, "course_claim_until")
    assert as_user("verwaltung").get(f"{HOME}eintrag/{old.id}/berichtigen").status_code == 404


def test_the_suspension_is_a_switch_with_dates(as_user):
    client, old = as_user("verwaltung"), entry(Topic.ADMISSION_SUSPENSIONS)
    assert "ausgesetzt" in text_of(client.get(HOME))
    typed = {"valid_to": "30.11.2026", "source": "BAMF, Rundschreiben 11/26"}
    assert send(client, f"{HOME}eintrag/{old.id}/beenden", typed).status_code == 303
    client.get(HOME)
    assert current_law().admission_suspension(date(2026, 12, 1)) is None
    again = {"valid_from": "01.02.2027", "source": "BAMF, Rundschreiben 01/27"}
    refused = client.post(f"{HOME}aussetzung/neu", again | {"version": 2, "step": "pruefen"})
    assert soup_of(refused).select_one("#note-error")
    assert send(client, f"{HOME}aussetzung/neu", again | {"note": "Haushalt 2027"}).status_code == 303


def test_striking_out_an_entry(as_user):
    client, old = as_user("verwaltung"), entry(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    address = f"{HOME}eintrag/{old.id}/streichen"
    assert client.post(address, {"version": 1, "step": "pruefen"}).status_code == 422
    assert send(client, address, {"reason": "Falscher Staat"}).status_code == 303
    assert standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GEO") == []
    assert client.get(address).status_code == 404


def test_who_comes_second_sees_what_holds_now_and_keeps_what_was_typed(as_user):
    first, second = as_user("verwaltung"), as_user("verwaltung")
    old = entry(Topic.SAFE_COUNTRIES, "§ 29a|GEO")
    assert send(first, f"{HOME}eintrag/{old.id}/streichen", {"reason": "Falsch"}).status_code == 303
    late = send(second, f"{HOME}staaten/neu", GAMBIA, version=1)
    assert late.status_code == 409
    assert "BGBl. 2026 I Nr. 400" in str(late.data, "utf-8") and "Jetzt gilt" in text_of(late)
    assert standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GMB") == []


def test_a_double_click_enters_once(as_user):
    client = as_user("verwaltung")
    assert send(client, f"{HOME}staaten/neu", GAMBIA).status_code == 303
    again = client.post(f"{HOME}staaten/neu", GAMBIA | {"version": 1, "step": "speichern", "shown": "x"})
    assert again.status_code == 422
    assert len(standing_entries(Topic.SAFE_COUNTRIES, "§ 29a|GMB")) == 1


def test_somebody_checked_the_whole(as_user):
    client = as_user("verwaltung")
    assert client.post(f"{HOME}geprueft").status_code == 303
    assert Event.select().where(Event.kind == "law.checked").count() == 1
    assert client.post(f"{HOME}geprueft").status_code == 303
    assert Event.select().where(Event.kind == "law.checked").count() == 1


def test_stored_days_of_touched_cases_follow_at_once(as_user, monkeypatch):
    monkeypatch.setattr("blueprints.law.maintaining.access.now", lambda: NOW)
    case, other = with_paper("AGS"), make_case(given_name="Karim")
    ResidenceRecord.update(valid_to=date(2027, 3, 1)).execute()
    with db.atomic():
        renew_tasks([case.id, other.id], TODAY)
    task = (CaseTask.case == case.id) & (CaseTask.kind == "paper")
    before = CaseTask.get(task).shown_from
    old = entry(Topic.DEADLINES, "paper_reminder")
    typed = {"amount": "3", "valid_from": "01.01.2026", "source": "Vereinbarung", "reason": "Probe"}
    answer = send(as_user("verwaltung"), f"{HOME}eintrag/{old.id}/berichtigen", typed)
    assert answer.status_code == 303
    assert CaseTask.get(task).shown_from != before
    assert wrong_tasks(today=TODAY) == []


def enter_gambia(as_user) -> int:
    send(as_user("verwaltung"), f"{HOME}staaten/neu", GAMBIA)
    return int(LawChange.get().id)


def test_the_people_with_the_cases_find_those_that_are_touched(as_user):
    mine = with_paper("AGS", nationality="GMB", family_name="Ceesay")
    elsewhere = with_paper("AGS", nationality="GMB", family_name="Jallow", municipality="marpingen")
    change = enter_gambia(as_user)
    client = as_user("tholey")
    assert "Gambia (§ 29a)" in text_of(client.get("/rechtsstand/")) and "1 Fall" in text_of(client.get("/rechtsstand/"))
    listed = text_of(client.get(f"/rechtsstand/{change}"))
    assert mine.number in listed and elsewhere.number not in listed
    both = text_of(as_user("agentur").get(f"/rechtsstand/{change}"))
    assert mine.number in both and elsewhere.number in both


@pytest.mark.parametrize("key", ["coach", "koordination", "bamf", "datenschutz", "verwaltung"])
def test_who_sees_no_papers_sees_no_list(as_user, key):
    change = enter_gambia(as_user)
    assert as_user(key).get("/rechtsstand/").status_code == 403
    assert as_user(key).get(f"/rechtsstand/{change}").status_code == 403


def test_a_deadline_of_handovers_is_nothing_for_a_municipality(as_user):
    client, old = as_user("verwaltung"), entry(Topic.DEADLINES, "receipt_due")
    typed = {"amount": "4", "valid_from": "01.01.2026", "source": "Vereinbarung", "reason": "Probe"}
    send(client, f"{HOME}eintrag/{old.id}/berichtigen", typed)
    change = LawChange.get().id
    assert as_user("tholey").get(f"/rechtsstand/{change}").status_code == 404
    assert as_user("agentur").get(f"/rechtsstand/{change}").status_code == 200
    assert as_user("agentur").get("/rechtsstand/999999").status_code == 404


def test_the_jobcenter_learns_nothing_that_was_recorded_elsewhere_after_the_handover(as_user):
    case = taken_over(nationality="GMB")
    office = {row.key: row.id for row in Organisation.select()}
    with db.atomic():
        ResidenceRecord.create(
            person=case.person_id, code="AGS", organisation=office["tholey"], recorded_at="2027-01-05T10:00:00.000000Z"
        )
    change = enter_gambia(as_user)
    assert case.number not in text_of(as_user("jobcenter").get(f"/rechtsstand/{change}"))
    assert case.number not in text_of(as_user("agentur").get(f"/rechtsstand/{change}"))
    with db.atomic():
        ResidenceRecord.create(
            person=case.person_id, code="AGS", organisation=office["jobcenter"],
            recorded_at="2027-01-06T10:00:00.000000Z",
        )  # fmt: skip
    assert case.number in text_of(as_user("jobcenter").get(f"/rechtsstand/{change}"))


def test_the_number_of_queries_does_not_grow(as_user, monkeypatch):
    change = enter_gambia(as_user)
    client = as_user("agentur")
    few = queries(client, f"/rechtsstand/{change}", monkeypatch), queries(client, "/rechtsstand/", monkeypatch)
    for number in range(12):
        with_paper("AGS", nationality="GMB", given_name=f"Person {number}")
    many = queries(client, f"/rechtsstand/{change}", monkeypatch), queries(client, "/rechtsstand/", monkeypatch)
    assert few[1] == many[1]
    assert many[0] - few[0] <= 4  # an empty list asks neither stages nor deadlines


def queries(client, address: str, monkeypatch) -> int:
    asked = []
    run = type(db.obj).execute_sql
    monkeypatch.setattr(type(db.obj), "execute_sql", lambda self, *a, **k: asked.append(1) or run(self, *a, **k))
    assert client.get(address).status_code == 200
    monkeypatch.undo()
    return len(asked)


def test_the_last_entry_of_a_deadline_cannot_be_struck_out(as_user):
    old = entry(Topic.DEADLINES, "handover_due")
    typed = {"reason": "Weg damit", "version": 1, "step": "pruefen"}
    answer = as_user("verwaltung").post(f"{HOME}eintrag/{old.id}/streichen", typed)
    assert answer.status_code == 422
    assert "braucht einen Eintrag" in soup_of(answer).select_one("#reason-error").get_text()


def test_a_new_kind_of_course_can_be_chosen_at_once(as_user):
    client = as_user("verwaltung")
    typed = {"code": "PROBE", "name": "Probekurs", "family": "IK", "units": "100", "valid_from": "01.01.2026",
             "source": "BAMF"}  # fmt: skip
    assert send(client, f"{HOME}kursarten/neu", typed).status_code == 303
    assert "Probekurs" in text_of(as_user("agentur").get("/kurse/neu"))
