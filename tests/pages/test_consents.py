"""Consents in the browser: recorded from any page, withdrawn at once with all that follows, printed, expired."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from models.operations.consents import expire_consents
from models.operations.enrolment_answers import send_to_provider
from models.queries.dossier import dossier_numbered
from models.queries.facts import known_of
from models.rules.errors import StaleVersion
from models.rules.states import ConsentState
from models.tables import Case, Consent, Course, Enrolment, Event, Handover, Upload
from tests.cast import member_of
from tests.course_cast import make_course, make_enrolment, make_provider
from tests.files_cast import pdf
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import case_again, coached, office, soup_of, text_of


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def typed(**values: object) -> dict[str, object]:
    return {"decision": "granted", "decided_on": f"{TODAY:%d.%m.%Y}", "language": "prs", "version": 0} | values


def place(case: Case, key: str = "E1") -> str:
    return f"/faelle/{case.number}/einwilligungen/{key}"


def newest(purpose: str) -> Consent:
    return Consent.select().where(Consent.purpose == purpose).order_by(Consent.id.desc()).get()


def give_back(client, case: Case, key: str):
    purpose = key.partition("-")[0]
    data = {"version": newest(purpose).id, "decided_on": f"{TODAY:%d.%m.%Y}"}
    return client.post(f"{place(case, key)}/widerrufen", data)


def test_e1_opens_the_case_for_the_coach_and_its_withdrawal_closes_it_at_once(as_user):
    case, coach, agentur = coached(), as_user("coach"), as_user("agentur")
    filled = typed(interpreter="A. Karimi", file=(BytesIO(pdf()), "formular.pdf"))
    assert coach.post(place(case), filled).headers["Location"].endswith("?getan=einwilligung")
    assert case_again(case).coach_consent == ConsentState.GRANTED
    page = text_of(agentur.get(f"/faelle/{case.number}/einwilligungen"))
    for words in ("erteilt", "gilt bis 23.11.2028", "Dari/Farsi", "A. Karimi", "braucht keine"):
        assert words in page, words
    assert "aus der Einwilligung E1" in text_of(agentur.get(f"/faelle/{case.number}/punkte/B26"))
    scan = soup_of(coach.get(f"/faelle/{case.number}/einwilligungen")).select_one("a[href*=scans]")["href"]
    assert coach.get(scan).data == pdf()
    assert give_back(coach, case, "E1").headers["Location"] == "/faelle/"
    assert newest("E1").state == ConsentState.WITHDRAWN
    for address in ("", "/einwilligungen", f"/einwilligungen/scans/{scan.rsplit('/', 1)[1]}", "/einwilligungen/E1.pdf"):
        assert coach.get(f"/faelle/{case.number}{address}").status_code == 404, address
    assert "widerrufen" in text_of(agentur.get(f"/faelle/{case.number}/einwilligungen"))
    assert [event.kind for event in Event.select().where(Event.kind.startswith("consent."))] == [
        "consent.granted", "consent.withdrawn",
    ]  # fmt: skip


def sent_to_provider(case: Case) -> Enrolment:
    provider = make_provider(account=True)
    row = make_enrolment(case, make_course(provider), member_of("agentur"))
    Enrolment.update(form={"family_name": "Rahimi", "given_names": "Samira"}).where(Enrolment.id == row.id).execute()
    send_to_provider(row, TODAY, seen_version=row.version, actor=member_of("agentur"), now=NOW)
    return Enrolment.get_by_id(row.id)


def test_without_e2_the_provider_gets_nothing_more(as_user, make_case):
    case = make_case()
    row = sent_to_provider(case)
    recipient = newest("E2").recipient_id
    agentur, provider = as_user("agentur"), as_user("bosenberg")
    assert provider.get(f"/anmeldungen/{row.id}").status_code == 200
    assert give_back(agentur, case, f"E2-{recipient}").status_code == 303
    assert provider.get(f"/anmeldungen/{row.id}").status_code == 404
    after = Enrolment.get_by_id(row.id)
    assert (after.state, after.sent_on) == ("reserved", None)
    with pytest.raises(StaleVersion):  # whoever was about to send it again meets the withdrawal
        send_to_provider(row, None, seen_version=row.version, actor=member_of("agentur"), now=NOW)


def test_a_sheet_that_is_being_signed_does_not_carry_health_against_a_withdrawal(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    draft = Handover.create(
        reference=f"{case.number}-1", case=case.id, number=1, sender=office("agentur"), receiver=office("jobcenter"),
        recorded_on=TODAY,
    )  # fmt: skip
    assert agentur.post(place(case, "E3"), typed(named="Gutachten")).status_code == 303
    assert Handover.get_by_id(draft.id).version == draft.version
    assert give_back(agentur, case, "E3").status_code == 303
    assert Handover.get_by_id(draft.id).version == draft.version + 1


def test_what_is_being_printed_at_a_withdrawal_is_not_handed_out(as_user, monkeypatch):
    case, coach = coached(ConsentState.GRANTED), as_user("coach")
    address = f"/faelle/{case.number}/listen/coach.pdf"
    assert coach.get(address).status_code == 200

    def withdrawn_meanwhile(*_args, **_options) -> bytes:
        Case.update(coach_consent=ConsentState.WITHDRAWN).where(Case.id == case.id).execute()
        return b"%PDF"

    monkeypatch.setattr("blueprints.checklists.printing.print_list", withdrawn_meanwhile)
    answer = coach.get(address)
    assert answer.status_code == 422 and "Es wurde nichts ausgegeben" in text_of(answer)


def test_without_e5_nobody_calls(as_user, make_case):
    case, agentur = make_case(phone="0151 1"), as_user("agentur")
    assert agentur.post(place(case, "E5"), typed(decision="refused")).status_code == 303
    assert "kein Kontakt per Telefon" in text_of(agentur.get(f"/faelle/{case.number}"))
    assert "kein Kontakt per Telefon" not in text_of(as_user("tholey").get(f"/faelle/{case.number}"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"decided_on": "22.11.2026"}, "vor dem Beginn des Falls am 23.11.2026"),
        ({"decided_on": "24.11.2026"}, "in der Zukunft"),
        ({"decision": ""}, "erteilt oder abgelehnt"),
        ({"language": "xxx"}, "Keine gültige Auswahl"),
        ({"file": (BytesIO(b"GIF89a"), "bild.gif")}, "PDF"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_bad_input_gets_a_sentence_and_changes_nothing(as_user, values, words):
    case, coach = coached(), as_user("coach")
    answer = coach.post(place(case), typed(interpreter="A. Karimi", **values))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert soup_of(answer).select_one("#interpreter")["value"] == "A. Karimi"
    assert not Consent.select().exists() and not Upload.select().exists()


def test_two_who_decide_at_once_and_one_who_withdraws_nothing(as_user):
    case, coach = coached(), as_user("coach")
    assert coach.post(f"{place(case)}/widerrufen", {"version": 0, "decided_on": "23.11.2026"}).status_code == 422
    assert coach.post(place(case), typed()).status_code == 303
    assert coach.post(place(case), typed(decision="refused")).status_code == 409
    assert Consent.select().count() == 1


def test_who_may_see_them(as_user, make_case):
    case = make_case()
    assert as_user("tholey").get(place(case, "E5")).status_code == 200
    assert as_user("tholey").get(place(case, "E3")).status_code == 404, "not her business"
    assert as_user("asyl").get(f"/faelle/{case.number}/einwilligungen").status_code == 403
    assert as_user("coach").get(f"/faelle/{case.number}/einwilligungen").status_code == 404
    assert as_user("agentur").get(place(case, "E2")).status_code == 200, "no provider is named yet"
    assert as_user("agentur").post(place(case, "E2"), typed()).status_code == 422
    assert as_user("agentur").get(f"/faelle/{case.number}/einwilligungen/E9").status_code == 404


def test_the_form_is_printed_in_the_language_of_the_person(as_user):
    case, coach = coached(), as_user("coach")
    answer = coach.get(f"{place(case)}.pdf?sprache=prs")
    assert answer.data.startswith(b"%PDF") and answer.headers["Content-Disposition"].endswith(f'E1-{case.number}.pdf"')
    assert coach.get(f"{place(case)}.pdf?sprache=quatsch&leer=1").data.startswith(b"%PDF")


def test_it_expires_by_the_daily_run_once(as_user):
    case, coach = coached(), as_user("coach")
    coach.post(place(case), typed())
    later = NOW + timedelta(days=732)
    for day, derived in ((TODAY, True), (later.date(), False)):  # also before the daily run
        held = dossier_numbered(member_of("agentur"), case.number, day)
        assert any(answer.values.get("consent") == "granted" for answer in known_of(held).answers.values()) is derived
    assert expire_consents(now=NOW) == 0
    assert (expire_consents(now=later), expire_consents(now=later)) == (1, 0)
    assert (newest("E1").state, newest("E1").decided_on) == (ConsentState.EXPIRED, date(2028, 11, 24))
    assert case_again(case).coach_consent == ConsentState.EXPIRED
    assert coach.get(f"/faelle/{case.number}").status_code == 200, "the contact line stays"


LAST_DAY = NOW + timedelta(days=731)
"""A consent of ``TODAY`` holds until this day."""


@pytest.mark.parametrize(("now", "status"), [(LAST_DAY, 200), (LAST_DAY + timedelta(days=1), 403)])
def test_the_coach_loses_what_e1_opened_before_the_daily_run(now, status, as_user, monkeypatch):
    case = coached()
    as_user("coach").post(place(case), typed())
    monkeypatch.setattr("blueprints.shared.access.now", lambda: now)
    agentur, coach, here = as_user("agentur"), as_user("coach"), f"/faelle/{case.number}"
    assert coach.get(f"{here}/vereinbarung").status_code == status
    assert coach.get(here).status_code == 200, "the contact line stays"
    assert (case.number in text_of(coach.get("/faelle/?kontakt=im-coaching"))) is (status == 200)
    told = "erteilt" if status == 200 else "abgelaufen"
    assert told in text_of(coach.get("/faelle/"))
    recipients = text_of(agentur.get(f"{here}/wer-bekommt-was"))
    assert recipients.count("vereinbarte Schritte") == (2 if status == 200 else 1), "the Agentur's stay"


@pytest.mark.parametrize(("now", "status"), [(LAST_DAY, 200), (LAST_DAY + timedelta(days=1), 404)])
def test_the_provider_loses_what_it_has_not_answered_before_the_daily_run(now, status, as_user, monkeypatch):
    case = coached()
    enrolment = sent_to_provider(case)
    Enrolment.update(sent_on=now.date()).where(Enrolment.id == enrolment.id).execute()
    Course.update(ends_on=None).execute()
    monkeypatch.setattr("blueprints.shared.access.now", lambda: now)
    provider = as_user("bosenberg")
    assert provider.get(f"/anmeldungen/{enrolment.id}").status_code == status
    assert ("Rahimi" in text_of(provider.get("/anmeldungen/"))) is (status == 200)
    Enrolment.update(state="confirmed", confirmed_on=now.date()).execute()
    assert provider.get(f"/anmeldungen/{enrolment.id}").status_code == 200, "a contract of course law stays"


def test_it_ends_with_the_case(as_user):
    case = coached()
    as_user("coach").post(place(case), typed())
    Case.update(state="closed", outcome="work", outcome_on=TODAY).where(Case.id == case.id).execute()
    assert expire_consents(now=NOW) == 1
    answer = as_user("agentur").get(f"/faelle/{case.number}/einwilligungen")
    assert "abgelaufen" in text_of(answer) and "Entscheidung eintragen" not in text_of(answer)


def test_the_consent_to_calls_and_foreign_scans_stay_with_their_office(as_user):
    case, agentur, coach = coached(ConsentState.GRANTED), as_user("agentur"), as_user("coach")
    e1 = typed(file=(BytesIO(pdf()), "formular.pdf"))
    assert agentur.post(place(case), e1).status_code == 303
    here = f"/faelle/{case.number}/einwilligungen"
    scan = soup_of(agentur.get(here)).select_one("a[href*=scans]")["href"]
    assert agentur.get(scan).status_code == 200
    assert coach.get(scan).status_code == 404 and not soup_of(coach.get(here)).select("a[href*=scans]")
    assert coach.post(place(case, "E5"), typed()).status_code == 303
    assert "Einwilligung E5" not in text_of(agentur.get(f"/faelle/{case.number}/verlauf"))
