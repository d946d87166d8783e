"""Texts of documents in the browser: new versions, outdated translations, checks, and what a file changes."""

from models.base import db
from models.operations.text_files import follow_text_files
from models.queries.texts import current_text, printed_text
from models.rules.texts import GERMAN, TextDocument, TextState
from models.tables import DocumentText, Event
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import soup_of, text_of

HOME = "/verwaltung/texte/"
LETTER = TextDocument.APPOINTMENT_LETTER


def fields(client, language: str, **changed: str) -> dict[str, str]:
    """The form as the page shows it, with some paragraphs typed anew."""
    soup = client.soup(f"{HOME}{LETTER}/{language}")
    form = soup.select_one("#text-form")
    values = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    values |= {one["name"]: one.text.lstrip("\n") for one in form.select("textarea")}
    return values | {f"text_{key}": text for key, text in changed.items()}


def check(client, language: str, **typed: str):
    row = current_text(LETTER, language)
    data = {"number": row.number, "version": row.version, "checked_by": "A. Karimi", "checked_on": f"{TODAY:%d.%m.%Y}"}
    return client.post(f"{HOME}{LETTER}/{language}/geprueft", data | typed)


def test_only_the_administrator_reads_and_writes_them(as_user):
    client = as_user("agentur")
    assert client.get(HOME).status_code == 403
    assert client.post(f"{HOME}{LETTER}/ara", {}).status_code == 403
    admin = as_user("verwaltung")
    for address in ("gibtesnicht/ara", f"{LETTER}/kmr", f"{LETTER}/ara/fassungen/9", "gibtesnicht/ara.pdf"):
        assert admin.get(HOME + address).status_code == 404, address


def test_a_german_change_makes_translations_outdated_until_they_follow(as_user, monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)
    client = as_user("verwaltung")
    assert check(client, "prs").status_code == 303
    assert printed_text(LETTER, "pes").state == TextState.CHECKED
    assert (
        client.post(f"{HOME}{LETTER}/deu", fields(client, "deu", offer="Der Termin kostet nichts.")).status_code == 303
    )
    printed = printed_text(LETTER, "prs")
    assert printed.state == TextState.OUTDATED
    assert printed.pairs["offer"].german == "Der Termin kostet nichts."
    assert printed.pairs["offer"].translation == ""
    assert printed.pairs["bring"].translation != ""
    assert "veraltet" in text_of(client.get(HOME))
    assert "deutscher Text geändert" in text_of(client.get(f"{HOME}{LETTER}/prs"))
    assert check(client, "prs").status_code == 422
    assert client.post(f"{HOME}{LETTER}/prs", fields(client, "prs")).status_code == 303
    assert printed_text(LETTER, "prs").state == TextState.UNCHECKED
    assert "Karimi" in text_of(client.get(f"{HOME}{LETTER}/prs")), "the earlier check stays readable"
    assert Event.select().where(Event.kind == "text.saved").count() == 2


def test_what_is_wrong_stands_at_its_paragraph_and_nothing_is_saved(as_user):
    client = as_user("verwaltung")
    answer = client.post(f"{HOME}{LETTER}/ara", fields(client, "ara", when="متى 漢", subject="موعد"))
    assert answer.status_code == 422
    assert "Diese Zeichen kann der Druck nicht darstellen: 漢" in text_of(answer)
    answer = client.post(f"{HOME}{LETTER}/ara", fields(client, "ara", subject="موعد"))
    assert soup_of(answer).select_one("#text_subject-error").text.strip() == "Es fehlt der Platzhalter {day}."
    assert soup_of(answer).select_one("#text_subject").text.strip() == "موعد"
    assert current_text(LETTER, "ara").number == 1
    answer = client.post(f"{HOME}{LETTER}/ara", fields(client, "ara"))
    assert answer.status_code == 422 and "Es wurde nichts geändert" in soup_of(answer).select_one("#text-problem").text


def test_two_at_once_see_both_texts(as_user):
    client = as_user("verwaltung")
    first, second = fields(client, "eng", closing="Yours"), fields(client, "eng", closing="Sincerely")
    assert client.post(f"{HOME}{LETTER}/eng", first).status_code == 303
    answer = client.post(f"{HOME}{LETTER}/eng", second)
    assert answer.status_code == 409
    assert "Jetzt gilt: Yours" in text_of(answer)
    assert soup_of(answer).select_one("#text_closing").text.strip() == "Sincerely"


def test_a_check_needs_a_name(as_user):
    client = as_user("verwaltung")
    answer = check(client, "tur", checked_by="", checked_on="24.11.2036")
    assert answer.status_code == 422
    assert "wer die Übersetzung geprüft hat" in text_of(answer)
    assert current_text(LETTER, "tur").checked_by == ""
    assert check(client, "deu").status_code == 404, "German is what binds"


def test_it_is_printed_to_be_checked(as_user):
    client = as_user("verwaltung")
    assert client.get(f"{HOME}{LETTER}/tir.pdf").data.startswith(b"%PDF")
    assert "Fassung 1" in text_of(client.get(f"{HOME}{LETTER}/tir/fassungen/1"))


def test_newer_files_leave_what_was_written_here(database, monkeypatch):
    paragraphs = [{"key": "a", "deu": "neu", "ara": "x", "eng": "y"}]
    monkeypatch.setattr(
        "models.operations.text_files.read_folder",
        lambda _name: [{"document": "consent", "version": 2, "paragraphs": paragraphs}],
    )
    written = current_text(TextDocument.CONSENT, "eng")
    DocumentText.update(seed_version=None).where(DocumentText.id == written.id).execute()
    with db.atomic():
        assert follow_text_files(NOW) == 8
        assert follow_text_files(NOW) == 0
    assert current_text(TextDocument.CONSENT, GERMAN).content == {"a": "neu"}
    assert current_text(TextDocument.CONSENT, "ara").based_on == 2
    assert current_text(TextDocument.CONSENT, "eng").id == written.id
