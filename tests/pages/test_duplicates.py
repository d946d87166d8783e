"""The pages of possible duplicates: list, comparison, both decisions, the way back."""

import pytest

from blueprints.shared import access
from models.base import db
from models.operations.duplicate_pairs import note_possible_duplicates
from models.operations.names import renew_match_keys
from models.tables import Case, DuplicatePair, Person, PersonMerge
from tests.cast import make_case
from tests.moments import NOW
from tests.pages.cases_cast import AZR, soup_of, text_of


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


@pytest.fixture
def two(app):
    """Samira Rahimi, recorded twice, both times in Tholey."""
    one, other = make_case(phone="0681 1", azr_number=AZR), make_case(family_name="Rahimy", phone="0681 2")
    with db.atomic():
        for case in (one, other):
            renew_match_keys(case.person_id)
        note_possible_duplicates([other.person_id], now=NOW)
    return one, other, DuplicatePair.get().id


def _typed(client, pair):
    """The form as it opens."""
    form = client.soup(f"/dubletten/{pair}").select_one("#merge-form")
    page = form.find_parent("main")
    typed = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return typed | {one["name"]: one["value"] for one in page.select("input[type=radio][checked]")}


def _moves_away(case):
    freisen = Case.select(Case.municipality).where(Case.id == make_case(municipality="freisen").id)
    Case.update(municipality=freisen).where(Case.id == case.id).execute()


def test_the_list_says_why_and_leads_to_the_comparison(as_user, two):
    one, other, pair = two
    text = text_of(as_user("tholey").get("/dubletten/"))
    assert "Rahimi, Samira" in text
    assert "Rahimy, Samira" in text
    assert "Familienname anders geschrieben, gleicher Vorname, gleiches Geburtsdatum" in text
    page = as_user("agentur").get(f"/dubletten/{pair}")
    assert {one.number, other.number} <= set(text_of(page).split())
    assert "verschieden" in text_of(page)
    assert AZR not in text_of(page)
    assert soup_of(page).select_one("#field-phone-left[checked]")


def test_the_same_person_is_merged_and_taken_apart_again(as_user, two):
    one, other, pair = two
    client = as_user("tholey")
    typed = _typed(client, pair) | {"field-phone": "right"}
    done = client.post(f"/dubletten/{pair}/dieselbe", typed)
    merge = PersonMerge.get()
    assert (done.status_code, done.headers["Location"]) == (
        303,
        f"/dubletten/zusammenfuehrung/{merge.id}?getan=zusammen",
    )
    assert Person.get_by_id(one.person_id).phone == "0681 2"
    assert "Zum Fall, der weitergeht" in text_of(client.get(f"/faelle/{other.number}"))
    history = text_of(as_user("agentur").get(f"/faelle/{other.number}/verlauf"))
    assert f"Mit Fall {one.number} zusammengeführt: dieselbe Person" in history
    page = client.get(f"/dubletten/zusammenfuehrung/{merge.id}")
    assert "Alles steht danach wie vorher" in text_of(page)
    version = soup_of(page).select_one("#undo-form [name=version]")["value"]
    undone = client.post(f"/dubletten/zusammenfuehrung/{merge.id}", {"version": version})
    assert (undone.status_code, undone.headers["Location"]) == (303, "/dubletten/?getan=getrennt")
    assert Case.select().where(Case.state == "open").count() == 2
    again = client.post(f"/dubletten/zusammenfuehrung/{merge.id}", {"version": version})
    assert again.status_code == 409


def test_the_second_of_two_clicks_comes_to_the_merge(as_user, two):
    _one, _other, pair = two
    client = as_user("tholey")
    typed = _typed(client, pair)
    first, second = (client.post(f"/dubletten/{pair}/dieselbe", typed) for _click in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"].startswith(second.headers["Location"])
    assert client.get(f"/dubletten/{pair}").status_code == 303
    assert as_user("freisen").get(f"/dubletten/{pair}").status_code == 404
    assert as_user("freisen").post(f"/dubletten/{pair}/dieselbe", {"stays": "left"}).status_code == 404
    assert PersonMerge.select().count() == 1


def test_not_the_same_is_not_asked_again(as_user, two):
    _one, _other, pair = two
    client = as_user("tholey")
    done = client.post(f"/dubletten/{pair}/verschieden", {"version": 1, "reason": "Schwestern"})
    assert (done.status_code, done.headers["Location"]) == (303, "/dubletten/?getan=verschieden")
    assert "Zurzeit ist kein Paar offen." in text_of(client.get("/dubletten/"))
    assert "nicht dieselbe Person" in text_of(client.get(f"/dubletten/{pair}"))
    for act in ("verschieden", "dieselbe"):
        late = client.post(f"/dubletten/{pair}/{act}", {"version": 1})
        assert late.status_code in (409, 422)
        assert "Über dieses Paar ist entschieden" in text_of(late)


def test_who_sees_one_record_does_not_read_why_it_was_another_person(as_user, two):
    _one, other, pair = two
    as_user("tholey").post(f"/dubletten/{pair}/verschieden", {"version": 1, "reason": "Schwestern"})
    assert "Schwestern" in text_of(as_user("agentur").get(f"/dubletten/{pair}"))
    _moves_away(other)
    text = text_of(as_user("tholey").get(f"/dubletten/{pair}"))
    assert "Über dieses Paar ist entschieden" in text
    assert "Schwestern" not in text


def test_a_merge_that_was_undone_is_shown_to_who_sees_both_records(as_user, two):
    _one, other, pair = two
    client = as_user("tholey")
    client.post(f"/dubletten/{pair}/dieselbe", _typed(client, pair))
    merge = PersonMerge.get()
    client.post(f"/dubletten/zusammenfuehrung/{merge.id}", {"version": 1})
    address = f"/dubletten/zusammenfuehrung/{merge.id}"
    assert "Rahimy" in text_of(client.get(address))
    _moves_away(other)
    assert client.get(address).status_code == 404
    assert as_user("agentur").get(address).status_code == 200


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        ({"field-phone": ""}, 422, "Telefon: Bitte wählen, was gilt."),
        ({"field-phone": "beide"}, 422, "Telefon:"),
        ({"stays": ""}, 422, "Welcher Fall geht weiter?: Bitte wählen, was gilt."),
        ({"stays": "beide"}, 422, "Welcher Fall geht weiter?:"),
        ({"seen": "f" * 64}, 409, "inzwischen geändert"),
        ({"version": "7"}, 409, "inzwischen geändert"),
        ({"version": "x"}, 422, "Ist das dieselbe Person?"),
    ],
)
def test_bad_input_changes_nothing(as_user, two, typed, status, sentence):
    _one, _other, pair = two
    client = as_user("tholey")
    sent = {name: value for name, value in (_typed(client, pair) | typed).items() if value}
    answer = client.post(f"/dubletten/{pair}/dieselbe", sent)
    assert answer.status_code == status
    assert sentence in text_of(answer)
    assert not PersonMerge.select().exists()
    assert Case.select().where(Case.state == "open").count() == 2


def test_of_a_record_elsewhere_only_the_holder_is_told(as_user, app):
    one, other = make_case(), make_case(family_name="Rahimy", municipality="freisen", phone="0681 22")
    with db.atomic():
        for case in (one, other):
            renew_match_keys(case.person_id)
        note_possible_duplicates([other.person_id], now=NOW)
    pair = DuplicatePair.get().id
    client = as_user("tholey")
    for address in ("/dubletten/", f"/dubletten/{pair}"):
        text = text_of(client.get(address))
        assert "Gemeinde Freisen" in text
        assert not any(secret in text for secret in ("Rahimy", "0681 22", other.number, "gleiches Geburtsdatum"))
    for act in ("verschieden", "dieselbe"):
        assert client.post(f"/dubletten/{pair}/{act}", {"version": 1}).status_code == 422
    assert as_user("oberthal").get(f"/dubletten/{pair}").status_code == 404


def test_strangers_get_404_and_colleagues_without_the_right_403(as_user, two):
    _one, _other, pair = two
    assert as_user("jobcenter").get(f"/dubletten/{pair}").status_code == 404
    assert as_user("freisen").get("/dubletten/zusammenfuehrung/1").status_code == 404
    for who in ("coach", "asyl", "koordination"):
        assert as_user(who).get("/dubletten/").status_code == 403
        assert as_user(who).get(f"/dubletten/{pair}").status_code == 403


def test_the_command_looks_through_everybody_once(app, two):
    DuplicatePair.delete().execute()
    for _again in range(2):
        db.close()
        result = app.test_cli_runner().invoke(args=["persons", "find-duplicates"])
        db.connect()
        assert result.exit_code == 0
        assert DuplicatePair.select().count() == 1
