"""Notes of counselling in the browser: written, corrected, nothing lost, and never seen by another organisation."""

from datetime import timedelta

import pytest

from models.queries.dossier import dossier
from models.queries.sheet import draft_of
from models.rules.sheet.release import MINIMUM
from models.rules.states import AppointmentKind, ConsentState, Way
from models.tables import Appointment, Case, CaseNote, CaseTask, Event
from tests.handover_cast import ready_case
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, text_of
from tests.visit_cast import make_appointment

MARKER = "Geheimwort Zitronenfalter"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def typed(**values: object) -> dict[str, object]:
    """A filled form."""
    return {"version": 0, "topic": "work", "noted_on": f"{TODAY:%d.%m.%Y}", "text": MARKER, "decision": ""} | values


def test_a_note_is_written_found_by_topic_and_corrected(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    here = f"/faelle/{case.number}/vermerke"
    assert agentur.get(f"{here}/neu").status_code == 200
    assert agentur.post(f"{here}/neu", data=typed(decision="Praktikum suchen")).status_code == 303
    assert agentur.post(f"{here}/neu", data=typed()).status_code == 422  # the second of two clicks
    page = text_of(agentur.get(f"{here}?thema=work"))
    assert MARKER in page and "Praktikum suchen" in page and "Muster Agentur" in page
    assert MARKER not in text_of(agentur.get(f"{here}?thema=family"))
    note = CaseNote.get()
    assert agentur.post(f"{here}/{note.id}", data=typed(version=1, text="kürzer")).status_code == 303
    late = agentur.post(f"{here}/{note.id}", data=typed(version=1, text="mein langer Text"))
    assert late.status_code == 409
    assert "mein langer Text" in text_of(late) and "kürzer" in text_of(late)
    assert CaseNote.get().text == "kürzer"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"text": "  "}, "Bitte den Vermerk eintragen."),
        ({"noted_on": f"{TODAY + timedelta(days=1):%d.%m.%Y}"}, "in der Zukunft"),
        ({"noted_on": "01.01.1980"}, "vor der Geburt"),
        ({"text": "x" * 601, "for_transfer": "y"}, "höchstens 600 Zeichen"),
        ({"text": "x" * 4001}, "Höchstens 4000 Zeichen"),
    ],
)
def test_what_cannot_be_is_said_and_the_text_stays(values, sentence, as_user, make_case):
    case = make_case()
    answer = as_user("agentur").post(f"/faelle/{case.number}/vermerke/neu", data=typed(**values))
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert not CaseNote.select().exists()
    if values.get("text", "").strip():
        assert values["text"] in answer.get_data(as_text=True)


def test_no_other_organisation_ever_reads_an_internal_note(as_user):
    """Walks every surface of the case with a marker, as every other role; the ledger does not hold it either."""
    case = coached(ConsentState.GRANTED)
    as_user("agentur").post(f"/faelle/{case.number}/vermerke/neu", data=typed(decision=MARKER))
    here = f"/faelle/{case.number}"
    for key in ("tholey", "coach", "jobcenter", "asyl", "koordination", "bamf", "datenschutz", "verwaltung"):
        client = as_user(key)
        for address in (
            "/",
            "/faelle/",
            "/faelle/liste.csv",
            here,
            f"{here}/verlauf",
            f"{here}/verlauf.pdf",
            f"{here}?liste=beratung",
            f"{here}/vermerke",
            f"{here}/termine",
            "/termine/",
            "/datenschutz/",
        ):
            answer = client.get(address)
            assert MARKER.encode() not in answer.data, (key, address)
            if address.endswith("/verlauf") and answer.status_code == 200:
                assert "Vermerk" not in text_of(answer).replace("Eigene Vermerke", ""), key
        found = client.post("/faelle/suche", data={"q": MARKER})
        assert case.number not in found.get_data(as_text=True)
    assert not Event.select().where(Event.data.contains(MARKER)).exists()
    assert as_user("coach").get(f"{here}/vermerke").status_code == 200  # its own, and there are none
    assert as_user("tholey").get(f"{here}/vermerke").status_code == 403
    note = CaseNote.get()
    assert as_user("coach").get(f"{here}/vermerke/{note.id}").status_code == 404


def test_a_note_counts_as_contact_and_goes_with_its_case(as_user, make_case):
    case = make_case(changes={"first_contact_on": TODAY - timedelta(days=70)})
    as_user("agentur").post(f"/faelle/{case.number}/vermerke/neu", data=typed())
    (task,) = CaseTask.select().where(CaseTask.kind == "no_contact")
    assert task.due_on == TODAY + timedelta(days=60)
    Case.delete().where(Case.id == case.id).execute()
    assert not CaseNote.select().exists()


def test_only_ticked_notes_are_handed_over_with_every_talk(as_user, people):
    case, handover = ready_case()
    agentur = as_user("agentur")
    for text, ticked in ((MARKER, {}), ("Lernt abends mit der Nachbarin.", {"for_transfer": "y"})):
        agentur.post(f"/faelle/{case.number}/vermerke/neu", data=typed(text=text, **ticked))
    shown = draft_of(dossier(case, TODAY), handover, MINIMUM).shown
    (row,) = shown["K"]["notes"]["rows"]
    assert row["text"]["value"] == "Lernt abends mit der Nachbarin."
    assert [row["held_on"]["value"] for row in shown["M"]["talks"]["rows"]] == ["02.10.2026"]
    make_appointment(people("agentur"), case, kind=AppointmentKind.COUNSELLING, way=Way.PHONE, on=TODAY)
    Appointment.update(state="attended").execute()
    shown = draft_of(dossier(case, TODAY), handover, MINIMUM).shown
    talks = [(row["held_on"]["value"], row["form"]["value"]) for row in shown["M"]["talks"]["rows"]]
    assert talks == [("02.10.2026", "persönlich"), ("23.11.2026", "Telefon")]
