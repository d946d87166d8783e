"""The timeline of a case: events, documents and readings, narrowed by kind and time, on the screen and on paper."""

from datetime import timedelta

import pytest

from blueprints.shared import access
from models.base import db
from models.operations.access_log import Reading, write_readings
from models.operations.ledger import record
from models.rules.times import stamp
from models.tables import AccessLog, Document, Event
from tests.moments import NOW
from tests.pages.cases_cast import office, soup_of, taken_over, text_of


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(access, "now", lambda: NOW)


@pytest.fixture
def story(make_case, people):
    """A case with something of every kind: in June, in October and today."""
    case, agentur = make_case(), people("agentur")
    with db.atomic():
        for days, kind, data in (
            (150, "residence.recorded", {"code": "AGS"}),
            (40, "enrolment.reserved", {"course": "K-7"}),
            (1, "handover.first_talk", {"on": "2026-11-30"}),
        ):
            record(agentur, kind, data, now=NOW - timedelta(days=days), case_id=case.id)
        Document.create(
            kind="transfer_sheet", case=case.id, title="Übergabebogen 1", filename="x.pdf", sha256="a" * 64,
            signatures=1, organisation=office("agentur"), account=agentur.account_id,
            issued_at=stamp(NOW - timedelta(hours=2)),
        )  # fmt: skip
    reader = people("tholey")
    write_readings([Reading(NOW, reader.account_id, reader.organisation_id, case.id, "sheet")])
    return case


def _what(client, case, query=""):
    page = client.soup(f"/faelle/{case.number}/verlauf{query}")
    return [row.select("td")[1].text for row in page.select("tbody tr")]


def test_everything_stands_in_one_order_the_newest_first(as_user, story):
    assert _what(as_user("agentur"), story) == [
        "Fall angelegt",
        "Übergabebogen 1 mit einer Unterschrift ausgestellt",
        "Erstes Gespräch im Jobcenter am 30.11.2026",
        "Kursplatz reserviert: Kurs K-7",
        "Aufenthaltspapier erfasst: Aufenthaltsgestattung",
    ]


def test_it_is_narrowed_by_kind_and_time(as_user, story):
    client = as_user("agentur")
    assert _what(client, story, "?art=termine") == ["Erstes Gespräch im Jobcenter am 30.11.2026"]
    assert _what(client, story, "?art=dokumente") == ["Übergabebogen 1 mit einer Unterschrift ausgestellt"]
    assert _what(client, story, "?von=01.10.2026&bis=31.10.2026") == ["Kursplatz reserviert: Kurs K-7"]
    assert _what(client, story, "?art=kurse&von=01.11.2026") == []
    assert len(_what(client, story, "?bis=22.11.2026")) == 3
    assert len(_what(client, story, "?von=23.11.2026")) == 2


def test_readings_are_asked_for_by_themselves(as_user, story):
    page = as_user("agentur").soup(f"/faelle/{story.number}/verlauf?art=gelesen")
    (row,) = page.select("tbody tr")
    assert "gelesen: Übergabebogen" in row.text
    assert "Muster Tholey" in row.text


def test_after_acceptance_each_side_sees_its_own_part_and_no_readings(as_user, people):
    case = taken_over()
    with db.atomic():
        record(people("jobcenter"), "handover.first_talk", {"on": "2026-11-30"}, now=NOW, case_id=case.id)
    for who, kind in (("agentur", "receipt"), ("jobcenter", "transfer_sheet")):
        Document.create(
            kind=kind, case=case.id, title=f"Papier {who}", filename="x.pdf", sha256=who.ljust(64, "0"),
            organisation=office(who), issued_at=stamp(NOW),
        )  # fmt: skip
    agentur, jobcenter = as_user("agentur"), as_user("jobcenter")
    assert _what(agentur, case) == ["Papier agentur ausgestellt"]
    assert set(_what(jobcenter, case)) == {"Papier jobcenter ausgestellt", "Erstes Gespräch im Jobcenter am 30.11.2026"}
    assert agentur.get(f"/faelle/{case.number}/verlauf?art=gelesen").status_code == 422
    assert "Lesezugriffe" not in text_of(agentur.get(f"/faelle/{case.number}/verlauf"))


def test_what_cannot_be_asked_for_has_its_sentence(as_user, story):
    client = as_user("agentur")
    for query, sentence in (
        ("?von=31.02.2026", "Bitte ein Datum wie 22.11.2026 eingeben."),
        ("?von=02.11.2026&bis=01.11.2026", "Der letzte Tag liegt vor dem ersten."),
    ):
        response = client.get(f"/faelle/{story.number}/verlauf{query}")
        assert (response.status_code, sentence in text_of(response)) == (422, True)
        paper = client.get(f"/faelle/{story.number}/verlauf.pdf{query}")
        assert (paper.status_code, sentence in text_of(paper)) == (422, True)
    assert soup_of(client.get(f"/faelle/{story.number}/verlauf?von=morgen")).select_one("#von")["value"] == "morgen"


def test_pages_keep_what_was_asked_for(as_user, make_case, people):
    case = make_case()
    with db.atomic():
        for day in range(60):
            record(people("agentur"), "enrolment.sent", {}, now=NOW - timedelta(days=day), case_id=case.id)
    client = as_user("agentur")
    page = client.soup(f"/faelle/{case.number}/verlauf?art=kurse&von=01.01.2026")
    assert len(page.select("tbody tr")) == 50
    turned = page.select_one("[rel=next]")["href"]
    assert turned == f"/faelle/{case.number}/verlauf?art=kurse&von=01.01.2026&seite=2"
    assert len(client.soup(turned).select("tbody tr")) == 10


def test_it_is_printed_and_noted(as_user, story, monkeypatch):
    client = as_user("agentur")
    response = client.get(f"/faelle/{story.number}/verlauf.pdf?art=kurse&von=01.06.2026")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert f'filename="Verlauf-{story.number}.pdf"' in response.headers["Content-Disposition"]
    assert response.data.startswith(b"%PDF")
    assert Event.select().where(Event.case_id == story.id).count() == 4
    monkeypatch.setattr("models.queries.timeline.MOST_PRINTED", 2)
    refused = client.get(f"/faelle/{story.number}/verlauf.pdf")
    assert (refused.status_code, "Grenzen Sie den Zeitraum" in text_of(refused)) == (422, True)
    assert AccessLog.select().count() == 1


def test_who_sees_no_history_gets_none(as_user, story):
    for who, status in (("tholey", 403), ("asyl", 403), ("freisen", 404), ("koordination", 403)):
        for ending in ("verlauf", "verlauf.pdf"):
            assert as_user(who).get(f"/faelle/{story.number}/{ending}").status_code == status, (who, ending)
