"""Documents rendered once for all tests, and poppler's tools to look into them."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from models.rules.consents import Purpose
from models.rules.texts import TextDocument
from models.rules.transfer_sheet import canonical_json
from pdf.agreement import sample as agreements
from pdf.appointment_letter import sample as invitations
from pdf.attendance_list import sample as attendance
from pdf.checklist import sample as coach
from pdf.competence_profile import sample as profiles
from pdf.conference import sample as conferences
from pdf.consent import sample as consents
from pdf.course_sheet import sample as sheets
from pdf.enrolment_form import sample as enrolment
from pdf.meeting_letter import sample as meetings
from pdf.minutes import sample as minutes
from pdf.participant_list import sample as participants
from pdf.person_copy import sample as copies
from pdf.receipt import sample as receipts
from pdf.registration_proof import sample as proofs
from pdf.render import Attachment, render_pdf
from pdf.report import sample as reports
from pdf.signatures.fields import HANDOVER_FIELDS
from pdf.text_preview import sample as texts
from pdf.timeline import sample as timelines
from pdf.transfer_sheet import sample as transfers
from pdf.transfer_sheet.sheet import ATTACHMENT_DESCRIPTION, ATTACHMENT_NAME, sheet_from_snapshot

TOOLS = Path(__file__).resolve().parents[3] / "shared" / "tools"


def transfer_sheet(snapshot: dict, **options: object) -> bytes:
    """The PDF of a snapshot with its JSON inside and fields for both signatures, as the product issues it."""
    sheet = sheet_from_snapshot(snapshot)
    data = Attachment(ATTACHMENT_NAME, canonical_json(snapshot), ATTACHMENT_DESCRIPTION, sheet.metadata.created)
    return render_pdf("transfer_sheet", sheet, attachments=[data], fields=HANDOVER_FIELDS, **options)


@pytest.fixture(scope="session")
def render_snapshot() -> Callable[..., bytes]:
    return transfer_sheet


@pytest.fixture(scope="session")
def samples() -> dict[str, bytes]:
    """Every document with its sample data, some of them in several variants."""
    return {
        "transfer_sheet": transfer_sheet(transfers.snapshot()),
        "transfer_sheet MUSTER": transfer_sheet(transfers.snapshot(), watermark=True),
        "course_sheet": render_pdf("course_sheet", sheets.sample()),
        "enrolment_form": render_pdf("enrolment_form", enrolment.sample()),
        "coach_checklist": render_pdf("checklist", coach.sample()),
        "coach_checklist blank": render_pdf("checklist", coach.blank()),
        "checklist roomy": render_pdf("checklist", coach.roomy()),
        "day bundle": render_pdf("checklist", coach.day()),
        "receipt": render_pdf("receipt", receipts.sample()),
        "registration_proof": render_pdf("registration_proof", proofs.sample()),
        "agreement prs": render_pdf("agreement", agreements.sample("prs")),
        "agreement tur": render_pdf("agreement", agreements.sample("tur", by_key=True)),
        "agreement German": render_pdf("agreement", agreements.sample("")),
        "person copy ara": render_pdf("person_copy", copies.sample("ara")),
        "consent E2 ara": render_pdf("consent", consents.sample(Purpose.E2, "ara", is_minor=True)),
        "consent E3 ukr": render_pdf("consent", consents.sample(Purpose.E3, "ukr")),
        "text prs": render_pdf("text_preview", texts.sample()),
        "text tir": render_pdf("text_preview", texts.sample(TextDocument.CONSENT, "tir")),
        "text German": render_pdf("text_preview", texts.sample(TextDocument.CONSENT, "")),
        "timeline": render_pdf("timeline", timelines.sample()),
        "appointment_letter": render_pdf("appointment_letter", invitations.sample()),
        "appointment_letters": render_pdf("appointment_letter", invitations.sample("ara", "tir", "", group=False)),
        "attendance_list": render_pdf("attendance_list", attendance.sample()),
        "conference": render_pdf("conference", conferences.sample()),
        "minutes": render_pdf("minutes", minutes.sample()),
        "meeting_letters": render_pdf("meeting_letter", meetings.sample()),
        "participant_list": render_pdf("participant_list", participants.sample()),
        "report": render_pdf("report", reports.sample()),
        "competence_profile": render_pdf("competence_profile", profiles.sample()),
        "receipt MUSTER": render_pdf("receipt", receipts.sample(), watermark=True),
    }


@pytest.fixture(scope="session")
def poppler(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """``poppler("pdftotext", pdf, "-layout")``: what one of poppler's tools prints about these bytes."""
    folder = tmp_path_factory.mktemp("poppler")

    def run(tool: str, pdf: bytes, *options: str) -> str:
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed (poppler-utils)")
        path = folder / "document.pdf"
        path.write_bytes(pdf)
        output = ["-"] if tool == "pdftotext" else []
        return subprocess.run([tool, *options, path, *output], capture_output=True, text=True, check=True).stdout

    return run


@pytest.fixture(scope="session")
def text_of(poppler: Callable[..., str]) -> Callable[[bytes], str]:
    """The text of a document in reading order, all blanks as single spaces."""
    return lambda pdf: " ".join(poppler("pdftotext", pdf, "-raw").split())


@pytest.fixture(scope="session")
def pages_of(poppler: Callable[..., str]) -> Callable[[bytes], int]:
    def count(pdf: bytes) -> int:
        return int(poppler("pdfinfo", pdf).split("Pages:")[1].split()[0])

    return count


@pytest.fixture(scope="session")
def conformance(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, bytes]], dict[str, list]]:
    """What veraPDF finds wrong as PDF/A-3a and PDF/UA-1: name → failed rules (one run for all, it starts a JVM)."""
    folder = tmp_path_factory.mktemp("verapdf")

    def check(pdfs: dict[str, bytes]) -> dict[str, list]:
        if not (TOOLS / "pdf_conformance.sh").exists():
            pytest.skip(f"no independent checks at {TOOLS}")
        for name, pdf in pdfs.items():
            (folder / f"{name}.pdf").write_bytes(pdf)
        files = [folder / f"{name}.pdf" for name in pdfs]
        done = subprocess.run([TOOLS / "pdf_conformance.sh", "3a,ua1", *files], capture_output=True, text=True)
        if done.returncode == 2 or not done.stdout.strip():
            pytest.skip(f"veraPDF could not run: {done.stderr[-200:]}")
        results = [json.loads(line) for line in done.stdout.splitlines() if line]
        assert len(results) == 2 * len(pdfs)
        found: dict[str, list] = {name: [] for name in pdfs}
        for result in results:
            if not result["compliant"]:
                found[Path(result["file"]).stem].extend(result["failed"] or [result])
        return found

    return check
