"""Editing the checklists as an administrator: draft, items, fields, conditions, publishing, and who is kept out."""

import json

import pytest

from models.base import db
from models.queries import checklist_editing
from models.queries.checklist_editing import draft_of
from models.rules.states import ListKey
from models.seed.checklist_data import definitions
from models.seed.files import read_folder
from models.tables import CaseStage, ChecklistDefinition, ChecklistDraft, Event
from tests.pages.cases_cast import soup_of, text_of

HOME = "/verwaltung/checklisten"
DRAFT = f"{HOME}/aufnahme/entwurf"
COUNT = len(definitions()[ListKey.INTAKE].items)
NEW = f"A{COUNT + 1}"  # the number that the next item gets
ITEM = {
    "text": "Beim Einwohnermeldeamt gemeldet",
    "help": "Ohne Anmeldung gibt es keine Post.",
    "basis": "§ 17 BMG",
    "level": "required",
    "roles": ["municipality"],
}


def begun(client, word="aufnahme"):
    response = client.post(f"{HOME}/{word}/entwurf")
    assert response.status_code == 303
    return response


def seen(key="intake"):
    return {"version": draft_of(key).version}


def item(code, key="intake"):
    return next(one for one in draft_of(key).content["items"] if one["code"] == code)


def kinds():
    rows = Event.select(Event.kind).where(Event.kind.startswith("definition.")).order_by(Event.id)
    return [row.kind for row in rows]


def publish(client, key="intake", word="aufnahme"):
    draft = draft_of(key)
    data = {"version": draft.version, "token": draft.token}
    return client.post(f"{HOME}/{word}/entwurf/veroeffentlichen", data)


def test_the_overview_names_version_and_draft_of_the_five_lists(as_user):
    client = as_user("verwaltung")
    page = client.soup(f"{HOME}/")
    assert [row.a.text for row in page.select("tbody tr")] == [
        "Aufnahme", "Beratung", "Kurszuweisung", "Übergabe", "Checkliste Beschäftigungscoach",
    ]  # fmt: skip
    assert f"Fassung 1 · {COUNT} Punkte" in page.select_one("#liste-intake").text
    assert page.select_one(".app-nav [aria-current]").text == "Checklisten"
    begun(client)
    assert "in Arbeit" in client.soup(f"{HOME}/").select_one("#liste-intake").text
    assert "Muster Verwaltung" in client.soup(f"{HOME}/").select_one("#liste-intake").text
    assert len(client.soup(f"{HOME}/aufnahme/").select(".item")) == COUNT


@pytest.mark.parametrize("key", ["agentur", "jobcenter", "coach", "tholey", "asyl", "koordination", "datenschutz"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_the_administrator_edits_definitions(as_user, key):
    client = as_user(key)
    for path in ("/", "/aufnahme/", "/aufnahme/entwurf", "/aufnahme/entwurf/unterschied"):
        assert client.get(HOME + path).status_code == 403
    assert client.post(f"{HOME}/aufnahme/entwurf").status_code == 403
    assert "Checklisten" not in client.soup("/").select_one(".app-nav").text


def test_what_does_not_exist_is_not_found(as_user):
    client = as_user("verwaltung")
    assert client.get(f"{HOME}/nichts/").status_code == 404
    assert client.get(f"{HOME}/aufnahme/?fassung=7").status_code == 404
    assert client.get(DRAFT).status_code == 404, "there is no draft yet"
    begun(client)
    for path in ("/punkte/A77", "/punkte/A01/felder/nichts", "/punkte/A77/bedingung", "/punkte/A77/neues-feld"):
        assert client.get(DRAFT + path).status_code == 404, path
    for path in ("/punkte/A77/hoch", "/punkte/A77/entfallen", "/punkte/A77/zurueck", "/punkte/A01/felder/nichts/hoch"):
        assert client.post(DRAFT + path, seen()).status_code == 404, path


def test_beginning_twice_is_one_draft(as_user):
    client = as_user("verwaltung")
    begun(client)
    begun(client)
    assert ChecklistDraft.select().count() == 1
    assert kinds() == ["definition.drafted"]


def test_an_item_is_changed_and_the_difference_said_in_words(as_user):
    client = as_user("verwaltung")
    begun(client)
    address = f"{DRAFT}/punkte/A09"
    page = client.soup(address)
    assert page.select_one("#text")["value"] == "Beim Einwohnermeldeamt angemeldet am"
    assert page.select_one("#roles input[checked]" if page.select("#roles") else "input[name=roles][checked]")
    values = ITEM | seen() | {"level": "recommended", "roles": ["municipality", "coach"]}
    assert client.post(address, values).status_code == 303
    said = text_of(client.get(f"{DRAFT}/unterschied"))
    assert "1 Punkt ändert sich" in said
    assert "Text: „Beim Einwohnermeldeamt angemeldet am“ wird „Beim Einwohnermeldeamt gemeldet“." in said
    assert "Stufe: Pflicht wird Soll." in said
    assert "Zuständig: Gemeinde wird Gemeinde oder Beschäftigungscoach." in said
    assert "geändert" in client.soup(DRAFT).select_one("#punkt-A09").text
    event = Event.select().where(Event.kind == "definition.item_changed").get()
    data = json.loads(event.data)
    assert (data["list"], data["item"], data["before"]["level"], data["after"]["level"]) == (
        "intake", "A09", "required", "recommended",
    )  # fmt: skip
    assert (event.chain, event.case_id) == ("system", None)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": "  "}, "Bitte ausfüllen."),
        ({"text": "x" * 201}, "Höchstens 200 Zeichen."),
        ({"help": ""}, "Bitte ausfüllen."),
        ({"roles": []}, "Wählen Sie mindestens eine Stelle."),
        ({"roles": ["mayor"]}, "roles"),
        ({"roles": ["system"]}, "roles"),
        ({"level": "must"}, "level"),
        ({"basis": "x\x01y"}, "Steuerzeichen"),
    ],
)
def test_a_wrong_entry_gets_its_sentence_at_the_field_and_changes_nothing(as_user, changes, told):
    client = as_user("verwaltung")
    begun(client)
    before = draft_of("intake")
    response = client.post(f"{DRAFT}/punkte/A09", ITEM | seen() | changes)
    assert response.status_code == 422
    page = soup_of(response)
    if told in ("roles", "level"):
        assert page.select_one(f"#{told}-error"), page.select(".kern-error")
    else:
        assert told in page.select_one(f"#{next(iter(changes))}-error").text
    assert page.title.text.startswith("Fehler:")
    assert draft_of("intake") == before


def test_two_administrators_meet_and_nothing_is_lost(as_user):
    first, second = as_user("verwaltung"), as_user("verwaltung")
    begun(first)
    old = seen()
    assert first.post(f"{DRAFT}/punkte/A09", ITEM | old).status_code == 303
    response = second.post(f"{DRAFT}/punkte/A09", ITEM | old | {"text": "Angemeldet bei der Gemeinde", "basis": ""})
    assert response.status_code == 409
    page = soup_of(response)
    assert page.select_one("#text")["value"] == "Angemeldet bei der Gemeinde"
    said = page.select_one("#konflikt").text
    assert "Angemeldet bei der Gemeinde" in said and "Beim Einwohnermeldeamt gemeldet" in said
    assert item("A09")["text"] == "Beim Einwohnermeldeamt gemeldet"
    again = {"version": page.select_one("#item-form [name=version]")["value"]}
    assert second.post(f"{DRAFT}/punkte/A09", ITEM | again | {"text": "Angemeldet"}).status_code == 303
    assert item("A09")["text"] == "Angemeldet"
    for path in ("/punkte/A09/hoch", "/punkte/A09/entfallen", "/verwerfen"):
        assert second.post(DRAFT + path, old).status_code == 409, path
    assert second.post(DRAFT + "/punkte/A09/hoch").status_code == 409, "a button without a version"
    assert ChecklistDraft.select().count() == 1


def test_items_are_ordered_added_retired_and_taken_back(as_user):
    client = as_user("verwaltung")
    begun(client)
    codes = lambda: [one["code"] for one in draft_of("intake").content["items"]]  # noqa: E731
    up = client.post(f"{DRAFT}/punkte/A03/hoch", seen()).headers["Location"]
    assert up.endswith("#punkt-A03-hoch"), "the focus stays on the button"
    client.post(f"{DRAFT}/punkte/A03/runter", seen())
    top = client.post(f"{DRAFT}/punkte/A02/hoch", seen()).headers["Location"]
    assert top.endswith("#name-A02"), "at the top there is no button up"
    assert codes()[:3] == ["A02", "A01", "A03"]
    client.post(f"{DRAFT}/punkte/A02/hoch", seen())
    assert codes()[:2] == ["A02", "A01"], "the first one stays the first"
    client.post(f"{DRAFT}/punkte/A02/runter", seen())
    assert codes()[:2] == ["A01", "A02"]
    response = client.post(f"{DRAFT}/neu", ITEM | seen())
    assert response.headers["Location"].endswith(f"/punkte/{NEW}?getan=gespeichert")
    assert codes()[-1] == NEW
    client.post(f"{DRAFT}/punkte/A04/entfallen", seen())
    assert "A04" not in codes()
    page = client.soup(DRAFT)
    assert page.select_one("#entfallen #punkt-A04")
    assert "neu" in page.select_one(f"#punkt-{NEW}").text
    assert "1 Punkt kommt hinzu, 1 entfällt" in page.text
    client.post(f"{DRAFT}/punkte/A04/zurueck", seen())
    assert codes()[3] == "A04", "where it stood"
    assert client.post(f"{DRAFT}/punkte/A04/zurueck", seen()).status_code == 409


def test_a_field_is_added_changed_moved_and_taken_out(as_user):
    client = as_user("verwaltung")
    begun(client)
    at = f"{DRAFT}/punkte/A09"
    assert client.get(f"{at}/neues-feld").status_code == 200
    lines = "AMT = im Amt\nmit der Post | bis 31.12.2026"
    data = {"label": "Wo angemeldet?", "kind": "choice", "choices": lines, "required": "y", "codes": ""}
    assert client.post(f"{at}/neues-feld", data | seen()).status_code == 303
    field = item("A09")["fields"][1]
    assert field == {
        "key": "wo_angemeldet", "kind": "choice", "label": "Wo angemeldet?",
        "choices": [{"code": "AMT", "label": "im Amt"},
                    {"code": "mit_der_post", "label": "mit der Post", "valid_to": "2026-12-31"}],
    }  # fmt: skip
    page = client.soup(f"{at}/felder/wo_angemeldet")
    assert page.select_one("#choices").text.strip() == "AMT = im Amt\nmit_der_post = mit der Post | bis 31.12.2026"
    client.post(f"{at}/neues-feld", {"label": "Gebühr", "kind": "number", "min": "0", "max": "12,5", "unit": "Euro",
                                     "codes": "",
                                     "asked_when": ["wo_angemeldet=AMT"]} | seen())  # fmt: skip
    assert item("A09")["fields"][2] == {
        "key": "gebuehr", "kind": "number", "label": "Gebühr", "unit": "Euro", "min": 0, "max": 12.5,
        "required": False, "when": {"field": "wo_angemeldet", "in": ["AMT"]},
    }  # fmt: skip
    client.post(f"{at}/felder/wo_angemeldet/hoch", seen())
    assert [one["key"] for one in item("A09")["fields"]] == ["wo_angemeldet", "registered_on", "gebuehr"]
    refused = client.post(f"{at}/felder/wo_angemeldet/entfallen", seen())
    assert refused.status_code == 422 and "Nur bei" in text_of(refused), "another field depends on it"
    client.post(f"{at}/felder/gebuehr/entfallen", seen())
    client.post(f"{at}/felder/wo_angemeldet/entfallen", seen())
    assert [one["key"] for one in item("A09")["fields"]] == ["registered_on"]
    last = client.post(f"{at}/felder/registered_on/entfallen", seen())
    assert last.status_code == 422


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": ""}, "label"),
        ({"kind": "picture"}, "kind"),
        ({"kind": "choice"}, "choices"),
        ({"kind": "choice", "choices": "= nichts"}, "choices"),
        ({"kind": "choice", "choices": "A = a\nA = b"}, "choices"),
        ({"kind": "choice", "choices": "Ä/B = a"}, "choices"),
        ({"kind": "choice", "choices": "A = a | bis 31.02.2026"}, "choices"),
        ({"kind": "choice", "choices": "A = a", "codes": "countries"}, "choices"),
        ({"kind": "choice", "codes": "towns"}, "codes"),
        ({"kind": "number", "min": "viele"}, "min"),
        ({"kind": "number", "min": "5", "max": "1"}, "min"),
        ({"asked_when": ["other=yes"]}, "asked_when"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_wrong_field_gets_its_sentence_and_changes_nothing(as_user, changes, field):
    client = as_user("verwaltung")
    begun(client)
    before = draft_of("intake")
    response = client.post(
        f"{DRAFT}/punkte/A09/neues-feld", {"label": "Ort", "kind": "text", "codes": ""} | seen() | changes
    )
    assert response.status_code == 422
    assert soup_of(response).select_one(f"#{field}-error").text.strip()
    assert draft_of("intake") == before


def test_a_condition_is_put_together_by_choosing(as_user):
    client = as_user("verwaltung")
    begun(client)
    at = f"{DRAFT}/punkte/A09/bedingung"
    assert "Der Punkt wird immer gefragt." in client.soup(at).text
    page = client.soup(f"{at}?angabe=fact:children")
    assert [one["value"] for one in page.select("#test-form [name=way]")] == [
        "at_least", "at_most", "answered", "unanswered",
    ]  # fmt: skip
    add = lambda **data: client.post(f"{at}/neu", seen() | data)  # noqa: E731
    assert add(subject="fact:children", way="at_least", number="1").status_code == 303
    assert item("A09")["condition"] == {"fact": "children", "at_least": 1}
    assert add(subject="item:A11.accommodation", way="not_in", codes=["1", "2"]).status_code in (303, 422)
    assert add(subject="fact:from_lebach", way="yes").status_code == 303
    assert item("A09")["condition"]["all"][-1] == {"fact": "from_lebach", "is": True}
    client.post(f"{at}/worte", seen() | {"join": "any", "words": "Kinder da sind"})
    assert "any" in item("A09")["condition"] and item("A09")["condition_text"] == "Kinder da sind"
    client.post(f"{at}/1/entfallen", seen())
    assert "condition_text" not in item("A09"), "the words would no longer be true"
    for subject, data in (("fact:children", {"way": "at_least"}), ("fact:paper", {"way": "in"}),
                          ("fact:paper", {"way": "in", "codes": ["XX"]}), ("fact:paper", {})):  # fmt: skip
        before = draft_of("intake")
        response = add(subject=subject, **data)
        assert response.status_code == 422
        assert soup_of(response).select("#test-form .kern-error")
        assert draft_of("intake") == before
    assert add(subject="fact:weather", way="yes").status_code == 404
    assert client.post(f"{at}/9/entfallen", seen()).status_code == 404


def test_publishing_makes_the_next_version_and_running_cases_keep_theirs(as_user, make_case):
    old = make_case()
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/neu", ITEM | seen())
    assert publish(client).status_code == 303
    new = make_case()
    version = lambda case: (  # noqa: E731
        CaseStage.select(ChecklistDefinition.version)
        .join(ChecklistDefinition)
        .where(CaseStage.case == case.id, CaseStage.key == "intake")
        .scalar()
    )
    assert (version(old), version(new)) == (1, 2)
    row = ChecklistDefinition.get(key="intake", version=2)
    assert row.published_by.username == "user.verwaltung" and row.content["version"] == 2
    assert ChecklistDraft.select().count() == 0
    assert kinds() == ["definition.drafted", "definition.item_added", "definition.published"]
    page = client.soup(f"{HOME}/aufnahme/")
    assert len(page.select(".item")) == COUNT + 1
    assert len(client.soup(f"{HOME}/aufnahme/?fassung=1").select(".item")) == COUNT
    assert NEW in text_of(as_user("tholey").get(f"/faelle/{new.number}?liste=aufnahme")) or ITEM["text"] in text_of(
        as_user("tholey").get(f"/faelle/{new.number}?liste=aufnahme")
    )


def test_a_double_click_publishes_once(as_user):
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/neu", ITEM | seen())
    draft = draft_of("intake")
    data = {"version": draft.version, "token": draft.token}
    for _click in range(2):
        assert client.post(f"{DRAFT}/veroeffentlichen", data).status_code == 303
    assert ChecklistDefinition.select().where(ChecklistDefinition.key == "intake").count() == 2
    assert kinds().count("definition.published") == 1
    begun(client)
    assert client.post(f"{DRAFT}/veroeffentlichen", data).status_code == 303, "the old page does nothing to a new draft"
    assert draft_of("intake").version == 1


def test_what_was_seen_is_what_is_published(as_user):
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/neu", ITEM | seen())
    draft = draft_of("intake")
    client.post(f"{DRAFT}/punkte/{NEW}/hoch", seen())
    data = {"version": draft.version, "token": draft.token}
    assert client.post(f"{DRAFT}/veroeffentlichen", data).status_code == 409
    assert client.post(f"{DRAFT}/veroeffentlichen", seen() | {"token": "another"}).status_code == 409
    assert ChecklistDefinition.select().where(ChecklistDefinition.key == "intake").count() == 1


def test_nothing_changed_is_nothing_to_publish(as_user):
    client = as_user("verwaltung")
    begun(client)
    assert "Es gibt nichts zu veröffentlichen." in text_of(client.get(f"{DRAFT}/unterschied"))
    response = publish(client)
    assert response.status_code == 422
    assert "ändert nichts" in text_of(response)


def test_a_draft_with_a_mistake_is_not_published(as_user):
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/punkte/A18/entfallen", seen())
    page = client.soup(DRAFT)
    mistakes = page.select_one("#fehler").text
    assert "Die Bedingung fragt nach A18; diesen Punkt gibt es nicht oder er ist entfallen." in mistakes
    link = page.select_one("#fehler a")["href"]
    assert link.startswith(f"{DRAFT}/punkte/A") and link.endswith("/bedingung")
    assert "#veroeffentlichen" not in str(client.soup(f"{DRAFT}/unterschied").select("form"))
    response = publish(client)
    assert response.status_code == 422
    assert "A18" in text_of(response)
    assert ChecklistDefinition.select().where(ChecklistDefinition.key == "intake").count() == 1


def test_a_discarded_draft_leaves_its_content_in_the_ledger(as_user):
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/neu", ITEM | seen())
    assert client.post(f"{DRAFT}/verwerfen", seen()).status_code == 303
    assert draft_of("intake") is None
    event = Event.select().where(Event.kind == "definition.discarded").get()
    assert json.loads(event.data)["content"]["items"][-1]["code"] == NEW


def test_the_list_gets_another_name(as_user):
    client = as_user("verwaltung")
    begun(client)
    old = seen()
    assert client.post(f"{DRAFT}/name", old | {"title": ""}).status_code == 422
    assert client.post(f"{DRAFT}/name", old | {"title": "Ankommen"}).status_code == 303
    response = client.post(f"{DRAFT}/name", old | {"title": "Anfang"})
    assert response.status_code == 409 and "Ankommen" in soup_of(response).select_one("#konflikt").text
    assert "Name der Liste: „Aufnahme“ wird „Ankommen“." in text_of(client.get(f"{DRAFT}/unterschied"))
    with db.atomic():
        assert draft_of("intake").content["title"] == "Ankommen"


def test_who_writes_into_a_draft_that_is_gone_keeps_what_was_typed(as_user):
    client = as_user("verwaltung")
    begun(client)
    old = seen()
    client.post(f"{DRAFT}/verwerfen", old)
    for path in ("/punkte/A09", "/neu", "/name"):
        response = client.post(DRAFT + path, ITEM | old | {"title": "Ankommen"})
        assert response.status_code == 409
        said = text_of(response)
        assert "Der Entwurf wurde inzwischen veröffentlicht oder verworfen." in said
        assert "Das hatten Sie eingegeben:" in said and ITEM["text"] in said
    for path in ("/punkte/A09/hoch", "/veroeffentlichen", "/punkte/A09/bedingung/neu"):
        assert client.post(DRAFT + path, old | {"token": "x", "subject": "fact:age"}).status_code == 409


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_numbers_without_end_are_no_numbers(as_user):
    client = as_user("verwaltung")
    begun(client)
    for number in ("1e400", "nan", "-inf", "9" * 30):
        data = seen() | {"subject": "fact:children", "way": "at_least", "number": number}
        assert client.post(f"{DRAFT}/punkte/A09/bedingung/neu", data).status_code == 422
        field = seen() | {"label": "Zahl", "kind": "number", "codes": "", "min": number}
        assert client.post(f"{DRAFT}/punkte/A09/neues-feld", field).status_code == 422
    huge = "9" * 40
    assert client.get(f"{HOME}/aufnahme/?fassung={huge}").status_code == 404
    assert client.get(f"{HOME}/aufnahme/liste.yaml?fassung={huge}").status_code == 404
    assert client.post(f"{DRAFT}/punkte/A09/hoch", {"version": huge}).status_code == 409


def test_a_newer_file_is_offered_beside_an_own_version(as_user, monkeypatch):
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/neu", ITEM | seen())
    publish(client)
    contents = [{**data, "version": 2} if data["key"] == "intake" else data for data in read_folder("checklists")]
    monkeypatch.setattr(checklist_editing, "read_folder", lambda _name: contents)
    row = client.soup(f"{HOME}/").select_one("#liste-intake")
    assert "Staffelstab bringt die neuere Fassung 2 mit." in row.text
    assert client.post(f"{HOME}/aufnahme/entwurf", {"source": "files"}).status_code == 303
    assert "1 Punkt entfällt" in text_of(client.get(f"{DRAFT}/unterschied"))
    publish(client)
    assert "bringt die neuere" not in client.soup(f"{HOME}/").text
