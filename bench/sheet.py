"""A transfer sheet from its sample: rendered, made conformant, fields reserved, signed with a personal key."""

import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pdf.render import Attachment, render_html, render_pdf
from pdf.signatures.authority import create_authority, issue_certificate
from pdf.signatures.fields import HANDOVER_FIELDS, SENDER_FIELD
from pdf.signatures.keys import open_key, seal_key
from pdf.signatures.sign import Signer, sign_pdf
from pdf.transfer_sheet.sample import sample

ROUNDS = 15
PIN = "246810"


def seconds_a_sheet() -> tuple[float, float]:
    """Medians of the time that passes and of the CPU time within it, which other work on the machine disturbs less.

    The first sheets, which load fonts and libraries, do not count.
    """
    with tempfile.TemporaryDirectory() as folder:
        issue = _issuer(Path(folder))
        for _ in range(2):
            issue()
        passed, worked = zip(*(_timed(issue) for _ in range(ROUNDS)), strict=True)
    return statistics.median(passed), statistics.median(worked)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    started, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - started, time.process_time() - worked


def _issuer(folder: Path) -> Callable[[], bytes]:
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
        pdf = render_pdf("transfer_sheet", sheet, attachments=[attachment], fields=HANDOVER_FIELDS)
        return sign_pdf(pdf, field=SENDER_FIELD.name, signer=signer, reason="Übergabe", signed_at=now)

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
