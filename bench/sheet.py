"""A transfer sheet from its sample: rendered, made conformant, fields reserved, signed with a personal key."""

import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pdf.render import Attachment, render_html, render_pdf
from pdf.signatures.authority import create_authority, issue_certificate
from pdf.signatures.conformance import make_conformant
from pdf.signatures.fields import HANDOVER_FIELDS, SENDER_FIELD, reserve_fields
from pdf.signatures.keys import open_key, seal_key
from pdf.signatures.sign import Signer, sign_pdf
from pdf.transfer_sheet.sample import sample

ROUNDS = 9
PIN = "246810"


def seconds_a_sheet() -> float:
    """Median of wall time; the first ones, which load fonts and libraries, do not count."""
    with tempfile.TemporaryDirectory() as folder:
        issue = _issuer(Path(folder))
        for _ in range(2):
            issue()
        return statistics.median(_timed(issue) for _ in range(ROUNDS))


def _timed(work: object) -> float:
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def _issuer(folder: Path) -> object:
    start = datetime.now(UTC) - timedelta(days=1)
    authority = create_authority(folder / "pki", "Bench", start)
    key, certificate = issue_certificate(authority, "K. Hoffmann", "Agentur", now=start)
    pepper = bytes(32)
    sealed = seal_key(key, PIN, pepper, certificate)
    sheet = sample()

    def issue() -> bytes:
        now = datetime.now(UTC)
        signer = Signer(certificate, (authority.certificate,), open_key(sealed, PIN, pepper, certificate))
        attachment = Attachment("uebergabe.json", b"{}", "Snapshot", now)
        pdf = render_pdf("transfer_sheet", sheet, attachments=[attachment])
        ready = reserve_fields(make_conformant(pdf, sheet.metadata.title, "de-DE"), HANDOVER_FIELDS)
        return sign_pdf(ready, field=SENDER_FIELD.name, signer=signer, reason="Übergabe", signed_at=now)

    return issue


def seconds_in_libreoffice(office: Path) -> float:
    """Wall time of LibreOffice for the same page, without signature."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "sheet.html"
        page.write_text(render_html("transfer_sheet", sample()), "utf-8")
        command = [str(office), "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf",
                   "--outdir", folder, str(page)]  # fmt: skip
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
        return time.perf_counter() - started
