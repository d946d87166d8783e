"""Lists as files in the browser and on the command line; trying a draft out."""

import re
from io import BytesIO

import pytest
import yaml

from models.queries.checklist_editing import draft_of, version_content
from models.rules.checklists.interchange import to_yaml
from models.tables import Answer, ChecklistDraft, Event
from tests.pages.cases_cast import soup_of, text_of
from tests.pages.test_definitions import DRAFT, HOME, ITEM, begun, publish, seen


def put(client, content, name="liste.yaml"):
    data = {"file": (BytesIO(content), name)} if content is not None else {}
    return client.post(f"{HOME}/einlesen", data, content_type="multipart/form-data")


def test_a_version_goes_out_and_comes_back_as_a_draft_that_changes_nothing(as_user):
    client = as_user("verwaltung")
    response = client.get(f"{HOME}/beratung/liste.yaml")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="beratung-fassung-1.yaml"'
    assert yaml.safe_load(response.data) == version_content("counselling")
    came = put(client, response.data)
    assert came.headers["Location"].endswith("/beratung/entwurf?getan=eingelesen")
    assert "nichts zu veröffentlichen" in text_of(client.get(f"{HOME}/beratung/entwurf/unterschied"))
    assert Event.select().where(Event.kind == "definition.imported").count() == 1
    again = client.get(f"{HOME}/beratung/entwurf.yaml")
    assert yaml.safe_load(again.data) == version_content("counselling") | {"version": 2}


def test_an_older_version_and_an_unknown_one(as_user):
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/neu", ITEM | seen())
    publish(client)
    newest = yaml.safe_load(client.get(f"{HOME}/aufnahme/liste.yaml").data)
    oldest = yaml.safe_load(client.get(f"{HOME}/aufnahme/liste.yaml?fassung=1").data)
    assert (newest["version"], oldest["version"]) == (2, 1)
    assert len(newest["items"]) == len(oldest["items"]) + 1
    assert client.get(f"{HOME}/aufnahme/liste.yaml?fassung=9").status_code == 404
    assert client.get(f"{HOME}/aufnahme/entwurf.yaml").status_code == 404


def test_a_changed_file_becomes_a_draft_and_a_version(as_user):
    client = as_user("verwaltung")
    text = to_yaml(version_content("intake")).replace("Ankunft in der Gemeinde am", "In der Gemeinde seit")
    assert put(client, text.encode()).status_code == 303
    assert "wird „In der Gemeinde seit“" in text_of(client.get(f"{DRAFT}/unterschied"))
    assert publish(client).status_code == 303


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "Die Datei ist leer."),
        (b"", "Die Datei ist leer."),
        (b"x" * 300_000, "Die Datei ist größer als 256 KB."),
        (b"key: [", "kein gültiges YAML"),
        (b"key: intake\nkey: coach", "Zeile 2: „key“ steht doppelt."),
        (b"key: other\nversion: 1\ntitle: X\nitems: []", "Diese Liste gibt es nicht"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_broken_file_gets_its_sentence_and_changes_nothing(as_user, content, told):
    client = as_user("verwaltung")
    response = put(client, content)
    assert response.status_code == 422
    assert told in soup_of(response).select_one("#datei-fehler").text
    assert not ChecklistDraft.select().count()


def test_every_mistake_of_a_file_is_named_with_its_place(as_user):
    client = as_user("verwaltung")
    data = yaml.safe_load(to_yaml(version_content("intake")))
    data["items"][0]["roles"] = ["mayor"]
    data["items"][4]["fields"][0]["kind"] = "picture"
    said = soup_of(put(client, yaml.safe_dump(data).encode())).select_one("#datei-fehler").text
    assert "intake A01: „mayor“ ist für „roles“ unbekannt" in said
    assert "intake A05.paper: „picture“ ist für „kind“ unbekannt" in said
    data = yaml.safe_load(to_yaml(version_content("intake")))
    data["items"][0]["fields"][0]["kind"] = "text"
    said = soup_of(put(client, yaml.safe_dump(data).encode())).select_one("#datei-fehler").text
    assert "intake A01.received_on: Die Art des Felds „eingegangen am“ kann nicht wechseln" in said
    assert not ChecklistDraft.select().count()


def test_a_file_never_replaces_a_draft_that_is_being_written(as_user):
    client = as_user("verwaltung")
    begun(client)
    client.post(f"{DRAFT}/neu", ITEM | seen())
    before = draft_of("intake")
    response = put(client, to_yaml(version_content("intake")).encode())
    assert response.status_code == 422 and "schon einen Entwurf" in text_of(response)
    assert draft_of("intake") == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_the_administrator_has_files_and_samples(as_user):
    begun(as_user("verwaltung"))
    client = as_user("agentur")
    for path in ("/aufnahme/liste.yaml", "/aufnahme/entwurf.yaml", "/aufnahme/entwurf/probe"):
        assert client.get(HOME + path).status_code == 403
    assert put(client, b"key: intake").status_code == 403


def test_the_sample_case_reacts_and_stores_nothing(as_user):
    client = as_user("verwaltung")
    begun(client)
    page = client.soup(f"{DRAFT}/probe")
    assert page.select_one("#muster-1")["name"] == "fact:paper"
    unclear = int(re.search(r"Vielleicht nötig \((\d+)\)", page.text)[1])
    assert unclear > 2 and page.select_one("#punkt-A06 .item__why")
    with_paper = client.soup(f"{DRAFT}/probe?fact:children=2&fact:paper=AKN")
    place = lambda soup, code: soup.select_one(f"#punkt-{code}").find_previous("h2").text  # noqa: E731
    assert place(page, "A06").startswith("Vielleicht nötig")
    assert place(with_paper, "A06") == "Aufnahme"
    without = client.soup(f"{DRAFT}/probe?fact:children=0&fact:paper=DUL")
    assert "In diesem Fall nicht nötig" in without.text
    chosen = without.select_one("#probe-form option[selected][value=DUL]")
    assert chosen is not None
    part = client.htmx(f"{DRAFT}/probe?fact:paper=AKN", method="GET")
    assert soup_of(part).find()["id"] == "probe-liste"
    for nonsense in (
        "fact:paper=XX",
        "fact:children=viele",
        "fact:age=-1",
        "nichts=1",
        "item:A18.working_age=%00"[:-3],
    ):
        assert client.get(f"{DRAFT}/probe?{nonsense}").status_code == 200
    assert not Answer.select().count()
    assert draft_of("intake").version == 1


@pytest.mark.parametrize("word", ["beratung", "kurszuweisung", "uebergabe", "coach"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_list_can_be_tried_out_with_every_switch(as_user, word):
    client = as_user("verwaltung")
    begun(client, word)
    page = client.soup(f"{HOME}/{word}/entwurf/probe")
    names = [one["name"] for one in page.select("#probe-form select, #probe-form input:not([type=hidden])")]
    query = "&".join(f"{one['name']}={one.select('option')[-1]['value']}" for one in page.select("#probe-form select"))
    assert names and client.get(f"{HOME}/{word}/entwurf/probe?{query}").status_code == 200


def test_the_commands_export_and_check(app, as_user, tmp_path):
    run = app.test_cli_runner().invoke
    from models.base import db

    db.close()
    shown = run(args=["checklists", "export", "coach"])
    assert shown.exit_code == 0
    path = tmp_path / "coach.yaml"
    assert run(args=["checklists", "export", "coach", "--out", str(path)]).exit_code == 0
    assert path.read_text() == shown.output
    fine = run(args=["checklists", "check", str(path)])
    assert (fine.exit_code, fine.output) == (0, "coach: 23 items, no mistake.\n")
    path.write_text(shown.output.replace("[coach]", "[mayor]", 1))
    wrong = run(args=["checklists", "check", str(path)])
    assert wrong.exit_code == 1
    assert "coach C01: „mayor“ ist für „roles“ unbekannt" in wrong.output
    assert run(args=["checklists", "export", "coach", "--version", "7"]).exit_code == 1
    assert "This list has no draft." in run(args=["checklists", "export", "coach", "--draft"]).output
    assert run(args=["checklists", "export", "nothing"]).exit_code == 2
