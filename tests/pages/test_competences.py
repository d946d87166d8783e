"""Life-line, languages and availability in the browser: what is entered, what follows from it, what is refused."""

import subprocess
from datetime import timedelta

import pytest

from models.base import db
from models.rules.states import EvidenceKind
from models.tables import (
    AvailabilityPlan,
    CaseTask,
    CompetenceSummary,
    Event,
    LanguageSkill,
    LifePeriod,
    LifeRemark,
)
from tests.handover_cast import draft
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import AZR, soup_of, taken_over, text_of

PERSON = "Angabe der Person"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def typed(kind: str = "work", begins: str = "01.2012", ends: str = "12.2020", **values: object) -> dict[str, object]:
    """A filled form of a period of Samira Rahimi, born in March 1994; "" lasts."""
    last = {"ends": ends} if ends else {"running": "y"}
    return {"version": 0, "kind": kind, "begins": begins, "trust": "stated", "source": PERSON} | last | values


def german(**values: object) -> dict[str, object]:
    """A filled form of the German of somebody with a DTZ of September."""
    levels = dict.fromkeys(("listening", "reading", "writing", "speaking"), "B1")
    proof = {"language": "deu", "proof": "DTZ", "proved_on": "30.06.2026", "issuer": "kvhs", "trust": "verified"}
    return {"version": 0, "source": "Zeugnis", **levels, **proof, **values}


def week(**values: object) -> dict[str, object]:
    """A filled form of a week."""
    plan = {"slots": ["mon-morning", "tue-morning"], "hours": "PART", "childcare": "V", "mobility": ["PUBLIC"]}
    return (
        {"version": 0, "source": PERSON, "circumstances": ["WOHN"], "effect-WOHN": "Kein Platz zum Lernen"}
        | plan
        | values
    )


def item_of(client, case, code: str) -> str:
    """What an item of a list says on its page."""
    return text_of(client.get(f"/faelle/{case.number}/punkte/{code}"))


def test_a_life_line_is_entered_and_answers_the_lists(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    place = f"/faelle/{case.number}/werdegang"
    assert "Noch nichts eingetragen" in text_of(client.get(place))
    school = typed(
        "school", "2000", "06.2012", school_certificate="4", country="AFG", proof="ORIGINAL", trust="verified"
    )
    work = typed(title="Maurer", kldb="32 Hoch- und Tiefbau", level="2", country="AFG", begins="07.2012")
    track = {"status": "A", "office": "HWK", "next_step": "Unterlagen übersetzen"}
    more = {"title": "Maurer", "graduated": "yes", "country": "AFG", "proof": "SELF"}
    training = typed("training", "2013", "2016", **more, **track)
    for form in (school, work, training):
        assert client.post(f"{place}/neu", data=form).headers["Location"] == f"{place}?getan=zeitraum"
    page = client.get(place)
    assert "Von 01.2021 bis 11.2026 ist nichts eingetragen (71 Monate)" in text_of(page)
    assert "Arbeit: Maurer und Ausbildung: Maurer überschneiden sich" in text_of(page)
    assert soup_of(page).select_one("svg[role=img] title").text.startswith("Werdegang von")
    jobs = item_of(client, case, "B09")
    assert "1. Tätigkeit: Maurer" in jobs and "07.2012 bis 12.2020" in jobs and "aus dem Werdegang" in jobs
    assert "Schuljahre: 12" in item_of(client, case, "B07") and "Maurer" in item_of(client, case, "B08")
    assert "HWK" in item_of(client, case, "B39")
    assert [event.kind for event in Event.select().where(Event.kind.startswith("competence."))] == [
        "competence.period_added"
    ] * 3
    assert "Werdegang ergänzt: Ausbildung: Maurer (2013 bis 2016)" in text_of(
        client.get(f"/faelle/{case.number}/verlauf")
    )


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"begins": "gestern"}, "begins", "Bitte Monat und Jahr"),
        ({"begins": ""}, "begins", "Bitte ausfüllen"),
        ({"begins": "01.1990"}, "begins", "vor der Geburt"),
        ({"begins": "01.2027"}, "begins", "in der Zukunft"),
        ({"ends": "12.2011"}, "ends", "vor dem Beginn"),
        ({"ends": "  "}, "ends", "oder „dauert an“ ankreuzen"),
        ({"running": "y"}, "ends", "nur eines"),
        ({"kldb": "99 Raumfahrt"}, "kldb", "Diese Berufsgruppe gibt es nicht"),
        ({"country": "ATL"}, "country", "aus der Liste"),
        ({"trust": "verified"}, "trust", "Nachgewiesen ist nur"),
        ({"evidence": "99"}, "evidence", "gibt es im Fall nicht"),
        ({"source": " "}, "source", "woher"),
        ({"kind": "magic"}, "kind", ""),
    ],
)
def test_impossible_periods_get_their_sentence_and_nothing_is_lost(as_user, make_case, wrong, field, sentence):
    case = make_case()
    answer = as_user("agentur").post(f"/faelle/{case.number}/werdegang/neu", data=typed(title="Maurer", **wrong))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text and sentence in text_of(answer)
    assert 'value="Maurer"' in answer.text
    assert LifePeriod.select().count() == 0 and not Event.select().where(Event.kind.startswith("competence")).exists()


def test_a_gap_is_answered_or_marked_as_unknown_until_the_periods_change(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    place = f"/faelle/{case.number}/werdegang"
    client.post(f"{place}/neu", data=typed(begins="03.2009", ends="12.2020", title="Hof"))
    key = soup_of(client.get(place)).select_one("[name=key]")["value"]
    silent = client.post(f"{place}/frage", data={"key": key, "version": 0, "text": " "})
    assert silent.status_code == 422 and "Bitte sagen, was war" in silent.text
    assert client.post(f"{place}/frage", data={"key": key, "version": 0, "text": "krank"}).status_code == 303
    assert client.post(f"{place}/frage", data={"key": key, "version": 0, "text": "anders"}).status_code == 409
    assert LifeRemark.get().text == "krank"
    assert "Lücke im Werdegang geklärt: krank" in text_of(client.get(f"/faelle/{case.number}"))
    page = text_of(client.get(place))
    assert "lässt keine Frage offen" in page and "Schon beantwortet" in page
    assert CompetenceSummary.get().content["training"]["values"] == {"certificate": "0"}, (
        "asked and answered: there is none"
    )
    client.post(f"{place}/neu", data=typed("family", "01.2021", "12.2021"))
    assert "Von 01.2022 bis 11.2026" in text_of(client.get(place))
    assert client.post(f"{place}/frage", data={"key": key, "version": 1, "unknown": "y"}).status_code == 409
    now_open = soup_of(client.get(place)).select_one("[name=key]")["value"]
    client.post(f"{place}/frage", data={"key": now_open, "version": 0, "unknown": "y"})
    assert "nicht bekannt" in text_of(client.get(place))


def test_two_people_at_one_period_and_a_double_click(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    place = f"/faelle/{case.number}/werdegang"
    assert client.post(f"{place}/neu", data=typed(title="Maurer")).status_code == 303
    twice = client.post(f"{place}/neu", data=typed(title="Maurer"))
    assert twice.status_code == 422 and "gibt es schon" in twice.text and LifePeriod.select().count() == 1
    row = LifePeriod.get()
    assert 'value="Maurer"' in client.get(f"{place}/{row.id}").text
    assert client.post(f"{place}/{row.id}", data=typed(title="Polier", version=1)).status_code == 303
    late = client.post(f"{place}/{row.id}", data=typed(title="Kranführer", version=1))
    assert late.status_code == 409 and "Polier" in late.text and 'value="Kranführer"' in late.text
    assert 'name="version" value="2"' in late.text, "the next try is about what stands there now"
    assert client.post(f"{place}/{row.id}/entfernen", data={"version": 2, "reason": " "}).status_code == 422
    assert client.post(f"{place}/{row.id}/entfernen", data={"version": 1, "reason": "doppelt"}).status_code == 409
    assert client.post(f"{place}/{row.id}/entfernen", data={"version": 2, "reason": "doppelt"}).status_code == 303
    assert LifePeriod.select().count() == 0 and CompetenceSummary.select().count() == 0
    kept = Event.get(Event.kind == "competence.period_removed").data
    assert "Polier" in kept and "doppelt" in kept


def test_a_typed_answer_stays_where_no_life_line_is_and_gives_way_to_one(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    answer = {"version": 0, "entries": "1", "occupation_1": "Bäcker", "kldb_1": "29", "level_1": "2"}
    assert client.post(f"/faelle/{case.number}/punkte/B09", data=answer).status_code in (200, 303)
    assert "Bäcker" in item_of(client, case, "B09")
    client.post(f"/faelle/{case.number}/werdegang/neu", data=typed("family", "2012", "2014"))
    assert "Bäcker" in item_of(client, case, "B09"), "a life-line without work says nothing of it"
    client.post(f"/faelle/{case.number}/werdegang/neu", data=typed(title="Koch"))
    shown = item_of(client, case, "B09")
    assert "Koch" in shown and "Bäcker" not in shown and "Im Werdegang" in shown
    assert "offen" in shown, "the group of the occupation is still missing"


def test_languages_are_a_history_with_validity_and_a_task(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    place = f"/faelle/{case.number}/sprachen"
    future = client.post(f"{place}/neu", data=german(proved_on=f"{TODAY + timedelta(days=1):%d.%m.%Y}"))
    assert future.status_code == 422 and "Die Prüfung liegt in der Zukunft" in future.text
    assert LanguageSkill.select().count() == 0
    assert client.post(f"{place}/neu", data=german()).headers["Location"] == f"{place}?getan=sprache"
    assert client.post(f"{place}/neu", data=german()).status_code == 422
    mother = {
        "version": 0,
        "language": "prs",
        "mother_tongue": "y",
        "proved_on": "23.11.2026",
        "source": PERSON,
        "trust": "stated",
    }
    client.post(f"{place}/neu", data=mother)
    client.post(f"{place}/schrift/neu", data={"literacy": "ZWS", "seen_on": "23.11.2026", "source": PERSON})
    shown = text_of(client.get(place))
    assert "Berufssprachkurs: 30.12.2026" in shown and "Nachweis B1 im Integrationskurs: 30.06.2027" in shown
    assert "Sprechen: B1" in item_of(client, case, "B10") and "30.06.2026" in item_of(client, case, "B10")
    assert "Zweitschrift" in item_of(client, case, "B12") and "Dari" in item_of(client, case, "B11")
    task = CaseTask.get(CaseTask.kind == "language_proof")
    assert (f"{task.due_on}", f"{task.shown_from}") == ("2026-12-30", "2026-12-02")
    client.post(f"{place}/neu", data=german(proved_on="01.03.2025", listening="A1"))
    assert "Hören: B1" in item_of(client, case, "B10"), "an older proof counts for nothing"
    row = LanguageSkill.get(LanguageSkill.language == "prs")
    client.post(f"{place}/{row.id}/entfernen", data={"version": 1, "reason": "falsche Sprache"})
    assert LanguageSkill.select().where(LanguageSkill.language == "prs").count() == 0
    assert "veraltet" not in shown


def test_a_week_answers_what_is_asked_of_it(as_user, make_case):
    case, client = make_case(children_in_household=1), as_user("agentur")
    place = f"/faelle/{case.number}/verfuegbarkeit"
    refused = client.post(place, data=week(**{"effect-WOHN": "", "childcare": "F"}))
    assert refused.status_code == 422
    assert 'id="effect-WOHN-error"' in refused.text and 'id="children-error"' in refused.text
    assert soup_of(refused).select_one("#slots-mon-morning").has_attr("checked")
    assert AvailabilityPlan.select().count() == 0
    assert client.post(place, data=week(restriction="J", effects=["LIFTING"])).status_code == 303
    assert client.post(place, data=week()).status_code == 409, "a second first plan"
    assert "Vormittag" in item_of(client, case, "K09") and "Kein Platz zum Lernen" in item_of(client, case, "B16")
    assert "Heben" in item_of(client, case, "B18")
    assert "LIFTING" not in Event.get(Event.kind == "competence.availability_saved").data, "health stays out of events"
    assert client.post(place, data=week(version=1)).status_code == 303
    assert AvailabilityPlan.get().version == 2 and "restriction" in AvailabilityPlan.get().content


def test_who_sees_it(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    agentur.post(f"/faelle/{case.number}/werdegang/neu", data=typed(title="Maurer"))
    for path in ("werdegang", "sprachen", "verfuegbarkeit", "werdegang/neu", "werdegang.pdf"):
        address = f"/faelle/{case.number}/{path}"
        assert as_user("jobcenter").get(address).status_code == 404, "before the handover a stranger"
        for colleague in ("tholey", "coach", "asyl", "bamf"):
            assert as_user(colleague).get(address).status_code in (403, 404), (colleague, path)
    assert as_user("tholey").get(f"/faelle/{case.number}/werdegang").status_code == 403
    assert "Werdegang" not in text_of(as_user("tholey").get(f"/faelle/{case.number}"))


def test_after_the_acceptance_the_agentur_reads_its_own_entries_and_the_jobcenter_its_snapshot(as_user):
    case = taken_over()
    agentur = as_user("agentur")
    assert agentur.get(f"/faelle/{case.number}/werdegang").status_code == 200
    assert "nicht mehr ändern" in text_of(agentur.get(f"/faelle/{case.number}/verfuegbarkeit"))
    assert agentur.post(f"/faelle/{case.number}/werdegang/neu", data=typed()).status_code == 403
    assert as_user("jobcenter").get(f"/faelle/{case.number}/werdegang").status_code == 403
    assert LifePeriod.select().count() == 0


def test_a_direct_case_belongs_to_the_jobcenter(as_user, make_case):
    case, client = make_case(sphere="S2"), as_user("jobcenter")
    assert client.post(f"/faelle/{case.number}/werdegang/neu", data=typed(title="Maurer")).status_code == 303
    assert "Maurer" in item_of(client, case, "B09")


def test_pages_and_case_ask_a_fixed_number_of_statements(as_user, make_case, statements_of):
    case, client = make_case(), as_user("agentur")
    address = f"/faelle/{case.number}"
    empty = len(statements_of(client, address))
    place = f"{address}/werdegang"
    client.post(f"{place}/neu", data=typed(title="Maurer"))
    client.post(f"{address}/sprachen/neu", data=german())
    client.get(place), client.get(f"{address}/sprachen"), client.get(address)
    few = [len(statements_of(client, path)) for path in (place, f"{address}/sprachen", address)]
    for year in range(2013, 2020):
        client.post(f"{place}/neu", data=typed(title=f"Baustelle {year}", begins=str(year)))
        client.post(f"{address}/sprachen/neu", data=german(proved_on=f"01.01.{year}"))
    many = [len(statements_of(client, path)) for path in (place, f"{address}/sprachen", address)]
    assert many == few
    assert few[2] <= empty, "the page of the case asks nothing more for them"


def test_a_file_of_the_case_is_the_evidence_of_a_period(as_user, make_case):
    from io import BytesIO

    from models.tables import Evidence
    from tests.files_cast import pdf

    case, client = make_case(), as_user("agentur")
    upload = {"file": (BytesIO(pdf()), "zeugnis.pdf"), "note": "Gesellenbrief"}
    client.post(f"/faelle/{case.number}/punkte/B08/datei", data=upload, content_type="multipart/form-data")
    file = Evidence.get(Evidence.kind == EvidenceKind.FILE)
    place = f"/faelle/{case.number}/werdegang"
    form = typed("training", title="Maurer", evidence=file.id)
    assert "Art des Nachweises" in text_of(client.post(f"{place}/neu", data=form))
    assert client.post(f"{place}/neu", data=form | {"proof": "COPY", "trust": "verified"}).status_code == 303
    link = soup_of(client.get(place)).find("a", string="Datei ansehen")["href"]
    assert client.get(link).data.startswith(b"%PDF")


def test_the_paper_shows_neither_health_nor_obstacles_nor_the_azr_number(as_user, make_case):
    case, client = make_case(azr_number=AZR), as_user("agentur")
    address = f"/faelle/{case.number}"
    client.post(f"{address}/werdegang/neu", data=typed(title="Maurer", kldb="32", level="2"))
    client.post(f"{address}/sprachen/neu", data=german())
    client.post(f"{address}/verfuegbarkeit", data=week(restriction="J", effects=["LIFTING"]))
    answer = client.get(f"{address}/werdegang.pdf")
    assert answer.headers["Content-Disposition"] == f'inline; filename="Werdegang-{case.number}.pdf"'
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.data, capture_output=True, check=True).stdout
    shown = " ".join(text.decode().split())
    assert "Rahimi, Samira" in shown and "32 Hoch- und Tiefbau" in shown and "Montag, Dienstag" in shown
    assert "noch offen" in shown and "kvhs" in shown
    assert not [word for word in ("Heben", "Einschränkung", "Kein Platz", "Hemmnis", AZR) if word in shown]


def test_what_is_contradictory_stands_before_the_handover_and_holds_nothing_up(as_user, make_case):
    case, client = make_case(), as_user("agentur")
    doubt = {"trust": "contradictory", "contradiction": "Zeugnis sagt 2013"}
    client.post(f"/faelle/{case.number}/werdegang/neu", data=typed(title="Maurer", **doubt))
    with db.atomic():
        handover = draft(case)
    page = client.get(f"/uebergaben/{handover.reference}")
    assert "Arbeit: Maurer (01.2012 bis 12.2020): Zeugnis sagt 2013" in text_of(page)
    assert "Sie halten die Übergabe nicht auf" in text_of(page)
    assert not [gap["id"] for gap in soup_of(page).select(".app-gap") if "Widerspr" in gap.text]
