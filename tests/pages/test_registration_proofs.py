"""The proof of registration goes back to the body that obliged: into its inbox, or on paper."""

import subprocess
from datetime import date, timedelta

import pytest

from models.operations.enrolment_answers import Confirmation, confirm_enrolment
from models.operations.enrolments import reserve_seat
from models.operations.erasure import erase_case
from models.rules.enrolments import NamedPath
from models.rules.roles import SYSTEM
from models.tables import Case, Document, Enrolment, Event, RegistrationProof
from tests.conftest import NOW, TODAY
from tests.course_cast import LATER, OBLIGED, make_course, make_provider, path_states


def text_of(content: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def confirmed(make_case, people):
    """A person obliged by the AsylbLG unit (or on another path), whose provider confirmed."""

    def confirm(named: NamedPath = OBLIGED) -> tuple[Case, Enrolment]:
        case = make_case(changes={"receives_asylblg": True}, azr_number="123456789012")
        course = make_course(make_provider())
        states = path_states(**{named.path: "obliged"})
        row = Enrolment.get_by_id(reserve_seat(case, course, named, states, actor=people("agentur"), now=NOW))
        said = Confirmation(TODAY, None, "lt. Träger")
        confirm_enrolment(row, said, seen_version=row.version, actor=people("agentur"), now=NOW)
        return case, Enrolment.get_by_id(row.id)

    return confirm


def test_the_unit_gets_the_proof_in_its_inbox_and_sees_it(as_user, confirmed):
    case, row = confirmed()
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    assert "Nachweis der Anmeldung senden" in client.soup("/").text
    early = client.post(f"{base}/nachweis-senden", {"version": row.version})
    assert early.status_code == 422 and "zuerst den Nachweis" in early.text
    version = Enrolment.get_by_id(row.id).version
    assert client.post(f"{base}/nachweis", {"version": version, "signed": "ink"}).status_code == 303
    assert client.post(f"{base}/nachweis", {"version": version, "signed": "ink"}).status_code == 409
    words = text_of(client.get(f"{base}/nachweis.pdf").data)
    assert "Rahimi, Samira" in words and "§ 7 Abs. 2 IntV" in words and "AsylbLG-Stelle" in words
    assert "123456789012" not in words and "elektronisch unterschrieben" not in words
    assert client.post(f"{base}/nachweis-senden", {"version": version + 1}).status_code == 303
    assert "Nachweis der Anmeldung senden" not in client.soup("/").text

    unit = as_user("asyl")
    assert "Nachweis der Anmeldung ansehen" in unit.soup("/").text
    shown = unit.soup("/zugangsanfragen/nachweise").select_one(f"#proof-{row.id}")
    assert "Rahimi, Samira" in shown.text and "noch nicht" not in shown.text
    assert unit.get(f"/zugangsanfragen/nachweise/{row.id}.pdf").data.startswith(b"%PDF")
    address = f"/zugangsanfragen/nachweise/{row.id}/gesehen"
    assert unit.post(address, {"version": version + 2}).status_code == 303
    assert unit.post(address, {"version": version + 2}).status_code == 409
    assert not unit.soup("/zugangsanfragen/nachweise").select("tbody tr")
    assert unit.soup("/zugangsanfragen/nachweise?gesehen=1").select_one(f"#proof-{row.id}")
    kinds = [e.kind for e in Event.select().where(Event.kind.startswith("enrolment.proof")).order_by(Event.id)]
    assert kinds == ["enrolment.proof_issued", "enrolment.proof_sent", "enrolment.proof_seen"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_body_on_paper_gets_it_by_post(as_user, confirmed):
    case, row = confirmed(NamedPath("P2", "§ 44a", "ABH", date(2026, 10, 20), LATER))
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    assert client.post(f"{base}/nachweis", {"version": 2, "signed": "ink"}).status_code == 303
    tomorrow = date.today() + timedelta(days=1)
    late = client.post(f"{base}/nachweis-senden", {"version": 3, "sent_on": f"{tomorrow:%d.%m.%Y}"})
    assert late.status_code == 422 and "proof-sent-on-error" in late.text
    sent = {"version": 3, "sent_on": f"{date.today():%d.%m.%Y}"}
    assert client.post(f"{base}/nachweis-senden", sent).status_code == 303
    proof = RegistrationProof.get()
    assert (proof.body, proof.in_system, proof.sent_on) == ("ABH", False, date.today())
    assert "auf Papier" in client.soup(f"/faelle/{case.number}/kurs").select_one("#registration-proof").text
    assert not as_user("asyl").soup("/zugangsanfragen/nachweise").select("tbody tr")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_else_reads_or_sends_it(as_user, confirmed):
    case, row = confirmed()
    client, base = as_user("agentur"), f"/faelle/{case.number}/anmeldung/{row.id}"
    client.post(f"{base}/nachweis", {"version": row.version, "signed": "ink"})
    address = f"/zugangsanfragen/nachweise/{row.id}.pdf"
    assert as_user("asyl").get(address).status_code == 404  # not sent yet
    client.post(f"{base}/nachweis-senden", {"version": row.version + 1})
    assert as_user("agentur").get(address).status_code == 403
    assert as_user("jobcenter").get(address).status_code == 404
    assert as_user("jobcenter").get(f"{base}/nachweis.pdf").status_code == 404
    assert as_user("coach").post(f"{base}/nachweis", {"version": 1}).status_code == 403
    Case.update(asylblg_until=date.today() - timedelta(days=1)).execute()
    assert as_user("asyl").get(address).status_code == 404
    erase_case(case.id, "Test", actor=SYSTEM, now=NOW)
    assert not RegistrationProof.select().exists() and not Document.select().exists()
