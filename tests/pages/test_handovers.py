"""The handover in the browser: prepare, sign, receive, take over, return; who may do what; two tabs at once."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from blueprints.shared import access
from models.operations import handover_answers as receiver
from models.rules.states import HandoverState
from models.rules.times import local_day, stamp
from models.tables import Absence, Account, Answer, Document, Event, Handover, Person
from tests import handover_cast as cast

ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def where(app, tmp_path):
    """The authority of the running application."""
    return cast.place(tmp_path, watermark=True)


@pytest.fixture
def signers(where):
    """The two people who sign."""
    return cast.signing("agentur", where), cast.signing("jobcenter", where)


def fields_of(page: BeautifulSoup, form: str) -> dict[str, Any]:
    """What a browser would send with this form as it is shown."""
    data: dict[str, Any] = {}
    for control in page.select(f"#{form} input, #{form} textarea"):
        if control.get("type") in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        value = control.text if control.name == "textarea" else control.get("value", "")
        data.setdefault(control["name"], []).append(value)
    data.pop("csrf_token", None)
    return data


def test_the_whole_way(as_user, signers, where):
    _case, handover = cast.ready_case()
    address = f"/uebergaben/{handover.reference}"
    agentur, jobcenter = as_user("agentur"), as_user("jobcenter")
    assert jobcenter.get(address).status_code == 404, "a draft is nobody's business"

    page = agentur.soup(address)
    assert page.h1.text == "Rahimi, Samira"
    assert page.select_one("#gap-U12") and page.select_one("#gap-U10")
    sent = fields_of(page, "prepare-form") | {"informed_on": "20.11.2026", "next": "senden"}
    answer = agentur.post(f"{address}/vorbereiten", sent)
    assert answer.headers["Location"] == f"{address}/senden"

    page = agentur.soup(f"{address}/senden")
    answer = agentur.post(f"{address}/senden", fields_of(page, "sign-form") | {"pin": cast.PIN})
    assert answer.headers["Location"].startswith(address)
    assert Handover.get_by_id(handover.id).state == HandoverState.SENT

    page = jobcenter.soup(address)
    assert page.h1.text == "Rahimi, Samira"
    assert "Unterschrift gültig" in page.select_one("#verdict").text
    assert jobcenter.post(f"{address}/eingang", fields_of(page, "confirm-form")).status_code == 303
    page = jobcenter.soup(f"{address}/annehmen")
    answer = jobcenter.post(f"{address}/annehmen", fields_of(page, "accept-form") | {"pin": cast.PIN, "checked": "y"})
    assert answer.status_code == 303
    row = Handover.get_by_id(handover.id)
    assert row.state == HandoverState.ACCEPTED and row.checked.keys() == {"U16", "U17"}
    assert jobcenter.get(f"{address}/uebergabebogen.pdf").data.startswith(b"%PDF")
    assert agentur.get(f"{address}/empfangsbestaetigung.pdf").data.startswith(b"%PDF")
    assert agentur.soup(address).select_one(".kern-badge").text.strip() == "angenommen"
    assert jobcenter.soup(address).select_one("#talk-form")


@pytest.fixture
def sent(signers, where):
    """A transmitted handover."""
    return cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())


@pytest.fixture
def received(sent, signers):
    """One whose receipt is confirmed."""
    receiver.confirm_receipt(sent, seen_version=sent.version, actor=signers[1], now=access.now())
    return Handover.get_by_id(sent.id)


@ONE_ENGINE
def test_nobody_else_opens_handovers(as_user, sent):
    for key in ("tholey", "coach", "asyl", "koordination", "datenschutz", "verwaltung"):
        client = as_user(key)
        for path in ("", f"{sent.reference}", f"{sent.reference}/uebergabebogen.pdf", f"{sent.reference}/senden"):
            assert client.get(f"/uebergaben/{path}").status_code == 403, (key, path)


@ONE_ENGINE
def test_each_side_has_its_own_steps(as_user, sent):
    address = f"/uebergaben/{sent.reference}"
    agentur, jobcenter = as_user("agentur"), as_user("jobcenter")
    for step in ("eingang", "annehmen", "zurueckgeben", "ablehnen", "uebernommen", "ersttermin"):
        assert agentur.post(f"{address}/{step}", {"version": sent.version}).status_code == 403, step
    for step in ("vorbereiten", "senden", "zurueckziehen", "neue-fassung", "kopie", "vorschau"):
        assert jobcenter.post(f"{address}/{step}", {"version": sent.version}).status_code == 403, step
    assert agentur.get("/uebergaben/SWD-2026-99999-1").status_code == 404
    assert Handover.get_by_id(sent.id).version == sent.version


def test_two_tabs_send_once(as_user, signers, where):
    handover = cast.released(cast.ready_case()[1])
    address = f"/uebergaben/{handover.reference}"
    agentur = as_user("agentur")
    data = fields_of(agentur.soup(f"{address}/senden"), "sign-form") | {"pin": cast.PIN}
    assert agentur.post(f"{address}/senden", data).status_code == 303
    assert agentur.post(f"{address}/senden", data).status_code == 409
    assert agentur.htmx(f"{address}/senden", data).status_code == 409
    assert Document.select().where(Document.handover == handover.id).count() == 1
    assert Event.select().where(Event.kind == "handover.sent").count() == 1


def test_two_tabs_accept_once(as_user, received):
    address = f"/uebergaben/{received.reference}"
    jobcenter = as_user("jobcenter")
    form = fields_of(jobcenter.soup(f"{address}/annehmen"), "accept-form") | {"pin": cast.PIN, "checked": "y"}
    assert jobcenter.post(f"{address}/annehmen", form).status_code == 303
    assert jobcenter.post(f"{address}/annehmen", form).status_code == 409
    assert Document.select().where(Document.handover == received.id).count() == 3


@ONE_ENGINE
def test_a_wrong_pin_is_told_at_the_field(as_user, signers, received):
    address = f"/uebergaben/{received.reference}/annehmen"
    jobcenter = as_user("jobcenter")
    form = fields_of(jobcenter.soup(address), "accept-form") | {"pin": "111111", "checked": "y"}
    for answer in (jobcenter.post(address, form), jobcenter.htmx(address, form)):
        assert answer.status_code == 422
        page = BeautifulSoup(answer.data, "html.parser")
        assert "PIN ist falsch" in page.select_one("#pin-error").text
        assert page.select_one("#error-summary [href='#pin']") and page.select_one("#checked[checked]")
        assert "111111" not in answer.get_data(as_text=True)
    unchecked = fields_of(jobcenter.soup(address), "accept-form") | {"pin": cast.PIN}
    answer = jobcenter.post(address, unchecked)
    assert answer.status_code == 422 and b"checked-error" in answer.data
    assert Handover.get_by_id(received.id).state == HandoverState.RECEIVED


@ONE_ENGINE
def test_gaps_are_named_with_their_place_and_take_a_reason(as_user, signers):
    case, handover = cast.ready_case()
    Answer.delete().where(Answer.case == case.id, Answer.item == "B14").execute()
    address = f"/uebergaben/{handover.reference}"
    agentur = as_user("agentur")
    page = agentur.soup(address)
    gap = page.select_one("[id='gap-K.strengths']")
    assert gap.a["href"] == f"/faelle/{case.number}/punkte/B14"
    assert page.select_one("#prepare-save") and not page.select_one("#prepare-next")
    assert "Noch nicht möglich" in agentur.soup(f"{address}/senden").text
    filled = fields_of(page, "prepare-form") | {"informed_on": "20.11.2026", "reason-K.strengths": "fragt die Beratung"}
    assert agentur.post(f"{address}/vorbereiten", filled).status_code == 303
    page = agentur.soup(address)
    assert page.select_one("[id='reason-K.strengths']")["value"] == "fragt die Beratung"
    assert page.select_one("#prepare-next")
    assert "fragt die Beratung" in page.select_one("#preview").text


@ONE_ENGINE
def test_what_was_typed_stays_when_something_is_wrong(as_user, signers):
    _case, handover = cast.ready_case()
    address = f"/uebergaben/{handover.reference}"
    agentur = as_user("agentur")
    filled = fields_of(agentur.soup(address), "prepare-form") | {
        "informed_on": "31.02.2026",
        "reason-U12": "kommt noch",
    }
    answer = agentur.post(f"{address}/vorbereiten", filled)
    page = BeautifulSoup(answer.data, "html.parser")
    assert answer.status_code == 422 and page.title.text.startswith("Fehler:")
    assert page.select_one("#informed_on")["value"] == "31.02.2026"
    assert page.select_one("#reason-U12")["value"] == "kommt noch"
    filled |= {"informed_on": "20.11.2026", "change_on": "01.01.2027"}
    answer = agentur.post(f"{address}/vorbereiten", filled)
    assert answer.status_code == 422 and b"override_reason-error" in answer.data
    assert agentur.post(f"{address}/vorbereiten", filled | {"override_reason": "Titel fehlt"}).status_code == 303
    assert agentur.post(f"{address}/vorbereiten", filled | {"override_reason": "Titel fehlt"}).status_code == 409


@ONE_ENGINE
def test_the_preview_follows_the_ticks_and_keeps_nothing(as_user, signers):
    _case, handover = cast.ready_case()
    address = f"/uebergaben/{handover.reference}"
    agentur = as_user("agentur")
    form = fields_of(agentur.soup(address), "prepare-form")
    without = agentur.htmx(f"{address}/vorschau", form | {"sections": ["B"]}).get_data(as_text=True)
    assert without.lstrip().startswith('<section class="panel" id="preview"')
    assert "Apothekenangestellte" not in without and "Nicht übermittelt: Abschnitt E, F, G, H" in without
    with_work = agentur.htmx(f"{address}/vorschau", form | {"sections": ["B", "H"]}).get_data(as_text=True)
    assert "Apothekenangestellte" in with_work
    assert Handover.get_by_id(handover.id).released == {}
    pdf = agentur.get(f"{address}/vorschau.pdf")
    assert pdf.data.startswith(b"%PDF") and pdf.mimetype == "application/pdf"
    assert Document.select().count() == 0


@ONE_ENGINE
def test_the_receiver_sees_the_snapshot_and_never_the_living_record(as_user, sent):
    Person.update(family_name="Neu", phone="0999 1").where(Person.id == sent.case.person_id).execute()
    jobcenter = as_user("jobcenter")
    text = jobcenter.get(f"/uebergaben/{sent.reference}").get_data(as_text=True)
    assert "0151 0000000" in text and "0999 1" not in text and "Neu," not in text
    listed = jobcenter.get("/uebergaben/").get_data(as_text=True)
    assert "Rahimi, Samira" in listed and "Neu," not in listed
    assert "A Person: E-Mail – nicht erhoben" in text and "Abschnitt L: nicht übermittelt" in text


@ONE_ENGINE
def test_the_sender_is_told_what_changed_since(as_user, sent):
    agentur = as_user("agentur")
    address = f"/uebergaben/{sent.reference}"
    assert not agentur.soup(address).select_one("#outdated")
    Person.update(phone="0999 1").where(Person.id == sent.case.person_id).execute()
    assert "A Telefon" in agentur.soup(address).select_one("#outdated").text


@ONE_ENGINE
def test_values_are_ticked_off_one_by_one(as_user, sent):
    jobcenter = as_user("jobcenter")
    address = f"/uebergaben/{sent.reference}"
    page = jobcenter.soup(address)
    line = page.select_one("[id='zeile-A.family_name']")
    assert line.select_one("[data-copy]")["data-copy"] == "Rahimi" and line.select_one("[data-copied]")
    answer = jobcenter.htmx(f"{address}/uebernommen", {"field": "A.family_name", "taken": "1"})
    fragment = BeautifulSoup(answer.data, "html.parser")
    assert answer.status_code == 200 and fragment.select_one("[id='zeile-A.family_name']")
    assert fragment.select_one("#taken-text").text.startswith("1 von")
    assert fragment.select_one("#taken-bar")["value"] == "1"
    assert jobcenter.post(f"{address}/uebernommen", {"field": "A.family_name", "taken": ""}).status_code == 303
    assert jobcenter.soup(address).select_one("#taken-text").text.startswith("0 von")
    assert jobcenter.post(f"{address}/uebernommen", {"field": "A.unknown", "taken": "1"}).status_code == 404


def test_a_question_comes_back_as_tasks_and_a_new_version(as_user, received):
    address = f"/uebergaben/{received.reference}"
    agentur, jobcenter = as_user("agentur"), as_user("jobcenter")
    form = fields_of(jobcenter.soup(address), "query-form")
    empty = jobcenter.post(f"{address}/zurueckgeben", form)
    assert empty.status_code == 422 and b"queries-error" in empty.data
    asked = form | {"queries": ["H.experience.1.period", "L"], "explanation": "Lücke 2021 bis 2024"}
    assert jobcenter.post(f"{address}/zurueckgeben", asked).status_code == 303

    page = agentur.soup(address)
    links = {link.text: link["href"] for link in page.select(".kern-alert--warning a")}
    assert links["H Berufserfahrung: Zeitraum – nicht erhoben"].endswith("/punkte/B09")
    form = {"version": page.select_one("[action$='neue-fassung'] [name=version]")["value"]}
    answer = agentur.post(f"{address}/neue-fassung", form)
    new = answer.headers["Location"].partition("?")[0]
    page = agentur.soup(new)
    assert "Lücke 2021 bis 2024" in page.text and page.h1.text == "Rahimi, Samira"
    assert jobcenter.get(new).status_code == 404
    Answer.update(values=cast.ANSWERS["B09"] | {"period_1": "2017 bis 2021"}, answered_at=stamp(access.now())).where(
        Answer.case == received.case_id, Answer.item == "B09"
    ).execute()
    assert "neu gegenüber der letzten Fassung" in agentur.soup(new).select_one("#preview").text
    signed = fields_of(agentur.soup(f"{new}/senden"), "sign-form") | {"pin": cast.PIN}
    assert agentur.post(f"{new}/senden", signed).status_code == 303
    assert "2017 bis 2021" in jobcenter.soup(new).text
    closed = jobcenter.soup(address)
    assert "Ersetzt" in closed.text and "Apothekenangestellte" not in closed.text
    assert jobcenter.get(f"{address}/uebergabebogen.pdf").status_code == 404
    assert agentur.get(f"{address}/uebergabebogen.pdf").status_code == 200


@ONE_ENGINE
def test_withdrawn_and_rejected_say_why(as_user, sent, signers, where):
    agentur, jobcenter = as_user("agentur"), as_user("jobcenter")
    address = f"/uebergaben/{sent.reference}"
    form = fields_of(agentur.soup(f"{address}/zurueckziehen"), "step-form")
    assert agentur.post(f"{address}/zurueckziehen", form).status_code == 422
    assert agentur.post(f"{address}/zurueckziehen", form | {"reason": "falsche Person"}).status_code == 303
    seen = jobcenter.soup(address)
    assert "falsche Person" in seen.text and "0151 0000000" not in seen.text
    assert jobcenter.get(f"{address}/uebergabebogen.pdf").status_code == 404

    other = cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())
    address = f"/uebergaben/{other.reference}"
    form = fields_of(jobcenter.soup(f"{address}/ablehnen"), "step-form")
    assert jobcenter.post(f"{address}/ablehnen", form | {"reason": "nicht zuständig"}).status_code == 303
    assert "nicht zuständig" in agentur.soup(address).text
    assert "Das geht nicht mehr" in jobcenter.soup(f"{address}/ablehnen").text


@ONE_ENGINE
def test_a_dropped_draft_still_has_a_page(as_user, signers):
    _case, handover = cast.ready_case()
    Handover.update(state=HandoverState.WITHDRAWN, reason="kein Wechsel").where(Handover.id == handover.id).execute()
    page = as_user("agentur").soup(f"/uebergaben/{handover.reference}")
    assert "nie übermittelt" in page.text and "kein Wechsel" in page.text
    assert not page.select("form[action*=neue-fassung]")


@ONE_ENGINE
def test_filters_and_words_of_the_list(as_user, sent, signers):
    _case, draft = cast.ready_case(given_name="Leyla")
    Handover.update(due_on=date(2020, 1, 1)).where(Handover.id == draft.id).execute()
    agentur = as_user("agentur")
    rows = agentur.soup("/uebergaben/").select("#handovers tbody tr")
    assert [row.td.text.strip() for row in rows] == ["Rahimi, Leyla", "Rahimi, Samira"]
    assert "überfällig" in rows[0].text
    drafts = agentur.soup("/uebergaben/?stand=entwurf").select("#handovers tbody tr")
    assert [row.td.text.strip() for row in drafts] == ["Rahimi, Leyla"]
    assert not agentur.soup("/uebergaben/?stand=angenommen&seite=-3").select("#handovers")
    assert "stand=entwurf" not in as_user("jobcenter").get("/uebergaben/").get_data(as_text=True)


@ONE_ENGINE
def test_a_deputy_signs_with_the_own_key_and_says_for_whom(as_user, signers, where):
    _case, handover = cast.ready_case()
    me, agentur = signers[0], as_user("agentur")
    away = Account.create(
        username="klug", organisation=me.organisation_id, name="K. Klug", state="active", created_at=stamp(cast.NOW)
    )
    today = local_day(access.now())
    agentur.post(
        f"/uebergaben/{handover.reference}/vorbereiten",
        fields_of(agentur.soup(f"/uebergaben/{handover.reference}"), "prepare-form") | {"informed_on": "20.11.2026"},
    )
    place = f"/uebergaben/{handover.reference}/senden"
    assert not agentur.soup(place).select("#for_whom"), "nobody is away"
    Absence.create(account=away.id, deputy=me.account_id, begins_on=today, ends_on=today, created_at=stamp(cast.NOW))
    page = agentur.soup(place)
    assert [option.text for option in page.select("#for_whom option")] == ["für mich selbst", "i. V. für K. Klug"]
    signed = fields_of(page, "sign-form") | {"pin": cast.PIN, "for_whom": str(away.id)}
    assert agentur.post(place, signed).status_code == 303
    sent = Handover.get_by_id(handover.id)
    assert "Muster Agentur, Beratung, i. V. für K. Klug" in sent.snapshot
    assert "i. V. für K. Klug" in Event.get(Event.kind == "handover.sent").data
    assert sent.sent_by_id == me.account_id
