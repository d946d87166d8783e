"""The agreement of first steps in the browser: draft, closing, versions, progress, tasks, coach, refusal."""

import subprocess
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from models.queries.accounts import account_by_id
from models.queries.dossier import dossier_numbered
from models.queries.facts import known_of
from models.queries.sheet import sheet_sections
from models.rules.states import ConsentState
from models.tables import Agreement, AgreementStep, Appointment, Case, CaseTask, Consent, Document, Event, Handover
from pdf.signatures.authority import create_authority
from pdf.signatures.personal import issue_key
from tests.cast import member_of
from tests.files_cast import pdf
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, office, soup_of, text_of

LATER = TODAY + timedelta(days=10)


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def paper_of(content: bytes) -> str:
    """The words of a PDF in one line."""
    run = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


def place(case: Case, rest: str = "") -> str:
    return f"/faelle/{case.number}/vereinbarung{rest}"


def lines(*steps: tuple[str, str, str]) -> dict[str, str]:
    """Lines of the form: kind, what exactly, who; until in ten days."""
    found = {}
    for row, (kind, detail, who) in enumerate(steps, start=1):
        found |= {f"kind_{row}": kind, f"detail_{row}": detail, f"who_{row}": who, f"until_{row}": f"{LATER:%d.%m.%Y}"}
    return found


STEPS = lines(("COURSE", "Integrationskurs", "PERSON"), ("CERTIFICATES", "", "AGENTUR"), ("COACH", "", "COACH"))


def typed(**values: object) -> dict[str, object]:
    who = {f"who_{row}": "PERSON" for row in range(1, 9)}
    return who | {"version": 0, "goal": "Arbeiten als Köchin", "language": "prs", **STEPS} | values


def closing(**values: object) -> dict[str, object]:
    return {"version": 1, "agreed_on": f"{TODAY:%d.%m.%Y}", "way": "paper", "paper_reason": ""} | values


def agree(client, case: Case, **values: object) -> Agreement:
    assert client.post(place(case, "/entwurf"), typed(**values)).status_code == 303
    assert client.post(place(case, "/schliessen"), closing()).status_code == 303
    return Agreement.select().where(Agreement.case == case.id).order_by(Agreement.number.desc()).get()


def test_from_the_draft_to_the_list_the_sheet_and_the_tasks(as_user):
    case, agentur, coach = coached(ConsentState.GRANTED), as_user("agentur"), as_user("coach")
    row = agree(agentur, case, interpreter="A. Karimi")
    page = text_of(agentur.get(place(case)))
    for words in ("Arbeiten als Köchin", "Deutschkurs: Integrationskurs", "Dari/Farsi", "A. Karimi", "Fassung 1"):
        assert words in page, words
    held = dossier_numbered(member_of("agentur"), case.number, TODAY)
    known = known_of(held)
    assert known.answers["B25"].values["outcome"] == "AGREED"
    assert known.answers["B38"].values["step_2"] == "CERTIFICATES"
    draft = Handover(sender=office("agentur"), receiver=office("jobcenter"), case=case, recorded_on=TODAY)
    steps = sheet_sections(held, draft, known)["N"]["steps"]["rows"]
    assert next(one["step"]["value"] for one in steps) == "Deutschkurs: Integrationskurs"
    assert [one["who"]["value"] for one in steps] == ["Person", "Agentur", "Coach"]
    kinds = CaseTask.select().where(CaseTask.case == case.id, CaseTask.kind.startswith("agreement"))
    assert sorted(task.word for task in kinds if task.lane == "due") == ["", "CERTIFICATES", "COACH", "COURSE"]
    assert "Vereinbarter Schritt: Termin beim Coach" in text_of(coach.get(f"/faelle/{case.number}"))
    assert "Deutschkurs" in text_of(coach.get(place(case)))
    assert agentur.get(place(case, f"/{row.number}.pdf")).data.startswith(b"%PDF")
    assert Event.select().where(Event.kind == "agreement.closed").count() == 1


def test_progress_ends_a_task_and_a_new_version_takes_what_is_open(as_user):
    case, agentur, coach = coached(ConsentState.GRANTED), as_user("agentur"), as_user("coach")
    agree(agentur, case)
    first, second, third = AgreementStep.select().order_by(AgreementStep.position)
    done = {"state": "DONE", "settled_on": f"{TODAY:%d.%m.%Y}", "version": 1}
    assert agentur.post(place(case, f"/schritte/{first.id}"), done).status_code == 303
    assert coach.post(place(case, f"/schritte/{second.id}"), done).status_code == 403
    assert coach.post(place(case, f"/schritte/{third.id}"), done).status_code == 303
    assert agentur.post(place(case, f"/schritte/{third.id}"), done).status_code == 409
    words = [task.word for task in CaseTask.select().where(CaseTask.kind == "agreement_step")]
    assert words == ["CERTIFICATES"]
    form = soup_of(agentur.get(place(case, "/entwurf")))
    assert form.select_one("#kind_1 option[selected]")["value"] == "CERTIFICATES"
    agree(agentur, case, goal="Arbeiten als Bäckerin")
    page = text_of(agentur.get(place(case)))
    assert "Fassung 1, 23.11.2026: geschlossen, ersetzt" in page and "Arbeiten als Köchin" in page
    assert agentur.get(place(case, "/1.pdf")).data != agentur.get(place(case, "/2.pdf")).data
    assert agentur.get(place(case, "/3.pdf")).status_code == 404
    assert coach.get(place(case, "/entwurf")).status_code == 403


NEXT = {
    "next_choice": "",
    "next_on": f"{LATER:%d.%m.%Y}",
    "next_begins": "9.30",
    "next_site": "AGENTUR",
    "next_where": "Zimmer 114",
}


def test_the_next_appointment_is_made_with_the_agreement_and_keeps_what_was_signed(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    agree(agentur, case, **NEXT)
    talk = Appointment.get()
    assert (talk.case_id, talk.held_on, talk.begins, talk.state) == (case.id, LATER, "09:30", "planned")
    signed = f"{LATER:%d.%m.%Y}, 09:30 Uhr, Agentur für Arbeit, Zimmer 114"
    assert signed in paper_of(agentur.get(place(case, "/1.pdf")).data)
    later = LATER + timedelta(days=7)
    moved = {"kind": "counselling", "held_on": f"{later:%d.%m.%Y}", "begins": "11:00", "minutes": 60, "way": "PERSON",
             "site": "AGENTUR", "counsellor": talk.counsellor_id, "reason": "krank", "version": 1}  # fmt: skip
    address = f"/faelle/{case.number}/termine/{talk.id}/verschieben"
    assert agentur.post(address, moved).status_code == 303
    page = text_of(agentur.get(place(case)))
    assert signed in page and f"Der Termin ist jetzt am {later:%d.%m.%Y}, 11:00–12:00 Uhr" in page
    form = soup_of(agentur.get(place(case, "/entwurf")))
    chosen = form.select_one("#next_choice option[selected]")["value"]
    assert int(chosen) == Appointment.get(Appointment.state == "planned").id != talk.id
    agree(agentur, case, next_choice=chosen)
    assert Appointment.select().count() == 2, "the one that was chosen is not made again"
    assert f"{later:%d.%m.%Y}, 11:00 Uhr" in paper_of(agentur.get(place(case, "/2.pdf")).data)


def test_two_appointments_at_one_time_need_a_reason_and_nothing_is_half_done(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    agree(agentur, case, **NEXT)
    assert agentur.post(place(case, "/entwurf"), typed(**NEXT | {"next_begins": "10:00"})).status_code == 303
    refused = agentur.post(place(case, "/schliessen"), closing())
    sentence = soup_of(refused).select_one("#despite-error").text
    assert refused.status_code == 422 and "von 09:30 bis 10:30 Uhr schon: Beratung" in sentence
    assert Appointment.select().count() == 1 and Document.select().count() == 1
    assert agentur.post(place(case, "/schliessen"), closing(despite="direkt danach")).status_code == 303
    assert [one.despite for one in Appointment.select().order_by(Appointment.id)] == ["", "direkt danach"]


def test_a_chosen_appointment_that_no_longer_holds_is_refused(as_user, make_case):
    case, other, agentur = make_case(), make_case(given_name="Amina"), as_user("agentur")
    agree(agentur, other, **NEXT)
    foreign = agentur.post(place(case, "/entwurf"), typed(next_choice=Appointment.get().id))
    assert foreign.status_code == 422 and soup_of(foreign).select_one("#next_choice-error")
    agree(agentur, case, **NEXT | {"next_begins": "14:00"})
    mine = Appointment.get(Appointment.case == case.id)
    assert agentur.post(place(case, "/entwurf"), typed(next_choice=mine.id)).status_code == 303
    Appointment.update(state="cancelled").where(Appointment.id == mine.id).execute()
    refused = agentur.post(place(case, "/schliessen"), closing())
    assert refused.status_code == 422 and "gilt nicht mehr" in text_of(refused)
    Agreement.update(appointment=None, next_on=TODAY, next_where="um zehn").where(Agreement.state == "draft").execute()
    assert "Nächster Termin: Bitte eine Uhrzeit" in text_of(agentur.post(place(case, "/schliessen"), closing()))


def test_the_counsellor_signs_with_her_pin(as_user, settings):
    case, agentur, actor = coached(), as_user("agentur"), member_of("agentur")
    create_authority(settings.pki, "Probe", NOW - timedelta(days=1))
    issue_key(account_by_id(actor.account_id), "739154", settings.pki, settings.pepper, actor=actor, now=NOW)
    assert agentur.post(place(case, "/entwurf"), typed()).status_code == 303
    wrong = agentur.post(place(case, "/schliessen"), closing(way="pin", pin="000000", paper_reason="wish"))
    assert wrong.status_code == 422
    assert "warum die Person auf Papier" in text_of(agentur.post(place(case, "/schliessen"), closing(way="pin")))
    assert not Document.select().exists()
    right = closing(way="pin", pin="739154", paper_reason="wish", copy_on=f"{TODAY:%d.%m.%Y}")
    right |= {"file": (BytesIO(pdf()), "scan.pdf")}
    assert agentur.post(place(case, "/schliessen"), right).status_code == 303
    content = agentur.get(place(case, "/1.pdf")).data
    with pikepdf.open(BytesIO(content)) as signed:
        assert [str(field.T) for field in signed.Root.AcroForm.Fields if "/V" in field] == ["Beratung"]
    page = agentur.get(place(case))
    assert "mit elektronischer Unterschrift" in text_of(page)
    assert agentur.get(soup_of(page).select_one("a[href*=scans]")["href"]).data == pdf()
    checked = agentur.post("/pruefen/", {"file": (BytesIO(content), "vereinbarung.pdf")})
    assert "Gültig unterschrieben" in text_of(checked)


def test_a_refusal_blocks_nothing_and_an_agreement_replaces_it(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    data = {"version": 0, "outcome": "refused", "agreed_on": f"{TODAY:%d.%m.%Y}", "reason": ""}
    assert agentur.post(place(case, "/abgelehnt"), data).status_code == 422
    first = data | {"reason": "will erst Deutsch lernen"}
    assert agentur.post(place(case, "/abgelehnt"), first).status_code == 303
    double = agentur.post(place(case, "/abgelehnt"), first)
    assert double.status_code == 409 and Agreement.select().count() == 1
    assert soup_of(double).select_one("#decline-form [name=version]")["value"] == str(Agreement.get().id)
    known = known_of(dossier_numbered(member_of("agentur"), case.number, TODAY))
    assert known.answers["B25"].values == {"outcome": "REFUSED", "reason": "will erst Deutsch lernen"}
    row = agree(agentur, case)
    again = agentur.post(place(case, "/abgelehnt"), data | {"reason": "doch nicht", "version": row.id})
    assert again.status_code == 422 and "Es gilt die Vereinbarung vom 23.11.2026" in text_of(again)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_bad_input_keeps_what_was_typed(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    answer = agentur.post(place(case, "/entwurf"), typed(goal="", until_2="31.02.2027", detail_1="Modul 3"))
    assert answer.status_code == 422
    soup = soup_of(answer)
    assert soup.select_one("#until_2-error") and soup.select_one("#detail_1")["value"] == "Modul 3"
    assert soup.select_one("#until_2")["value"] == "31.02.2027"
    assert "Ziel in einem Satz" in text_of(agentur.post(place(case, "/entwurf"), typed(goal="")))
    assert not Agreement.select().exists()
    assert agentur.get(place(case, "/schliessen")).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_lines_that_are_not_needed_wait_behind_a_click(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    soup = soup_of(agentur.get(place(case, "/entwurf")))
    assert [one["id"] for one in soup.select("#more-steps fieldset")] == [f"step-row-{row}" for row in range(4, 9)]
    wrong = soup_of(agentur.post(place(case, "/entwurf"), typed(until_5="31.02.2027")))
    assert [one["id"] for one in wrong.select("#more-steps fieldset")] == ["step-row-7", "step-row-8"]
    assert wrong.select_one("#until_5-error")


def test_two_write_at_once_and_a_draft_is_thrown_away(as_user, make_case):
    case, agentur = make_case(), as_user("agentur")
    assert agentur.post(place(case, "/entwurf"), typed()).status_code == 303
    assert agentur.post(place(case, "/entwurf"), typed(goal="anders", version=1)).status_code == 303
    stale = agentur.post(place(case, "/entwurf"), typed(goal="noch anders", version=1))
    assert stale.status_code == 409 and soup_of(stale).select_one("#goal").text.strip() == "noch anders"
    assert agentur.post(place(case, "/schliessen"), closing(version=1)).status_code == 409
    assert agentur.get(place(case, "/entwurf.pdf")).data.startswith(b"%PDF")
    assert agentur.post(place(case, "/entwurf/verwerfen"), {"version": 2}).status_code == 303
    assert not Agreement.select().exists()


def test_the_copy_is_noted_and_nobody_else_sees_it(as_user):
    case, agentur = coached(), as_user("agentur")
    agree(agentur, case)
    assert agentur.post(place(case, "/kopie"), {"version": 2, "copy_on": "22.11.2026"}).status_code == 422
    assert agentur.post(place(case, "/kopie"), {"version": 2, "copy_on": "23.11.2026"}).status_code == 303
    assert "Kopie ausgehändigt am 23.11.2026" in text_of(agentur.get(place(case)))
    assert as_user("tholey").get(place(case)).status_code == 403
    assert as_user("coach").get(place(case)).status_code == 403, "without consent E1"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_coach_reads_the_steps_that_hold_and_nothing_else(as_user):
    case, agentur, coach = coached(ConsentState.GRANTED), as_user("agentur"), as_user("coach")
    agree(agentur, case, goal="Erstes vertrauliches Ziel")
    page = text_of(coach.get(place(case)))
    assert "Deutschkurs" in page and "vertrauliches Ziel" not in page and "PDF" not in page
    assert coach.get(place(case, "/1.pdf")).status_code == 403
    assert agentur.get(place(case, "/1.pdf")).status_code == 200
    agree(agentur, case, goal="Zweites")
    assert "Frühere Fassungen" in text_of(agentur.get(place(case)))
    assert "Frühere Fassungen" not in text_of(coach.get(place(case)))


def test_who_gave_the_case_away_still_reads_what_she_agreed(as_user):
    case, agentur = coached(ConsentState.GRANTED), as_user("agentur")
    agree(agentur, case)
    until = TODAY + timedelta(days=300)
    Case.update(responsible=office("jobcenter"), accepted_on=TODAY, agentur_sees_until=until).where(
        Case.id == case.id
    ).execute()
    assert "Deutschkurs" in text_of(agentur.get(place(case)))
    assert agentur.get(place(case, "/1.pdf")).status_code == 200
    assert agentur.get(place(case, "/entwurf")).status_code == 403
    assert as_user("jobcenter").get(place(case)).status_code == 403


def test_pages_ask_a_fixed_number_of_statements(as_user, statements_of):
    case, agentur = coached(ConsentState.GRANTED), as_user("agentur")
    addresses = [place(case), f"/faelle/{case.number}/einwilligungen", f"/faelle/{case.number}/wer-bekommt-was"]
    agree(agentur, case)
    Consent.create(case=case, purpose="E1", state="refused", decided_on=TODAY, recorded_at="first")
    few = [len(statements_of(agentur, address)) for address in addresses]
    agree(agentur, case, goal="Arbeiten als Bäckerin")
    agree(agentur, case, goal="Arbeiten als Verkäuferin")
    for number in range(5):
        Consent.create(case=case, purpose="E1", state="refused", decided_on=TODAY, recorded_at=str(number))
    assert [len(statements_of(agentur, address)) for address in addresses] == few
