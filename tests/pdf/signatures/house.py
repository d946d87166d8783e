"""What the tests of signatures share: an authority with two people, a registry, and the tools outside the project."""

import hashlib
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pdf.signatures.authority import Authority, create_authority, issue_certificate
from pdf.signatures.fields import RECEIVER_FIELD, SENDER_FIELD
from pdf.signatures.sign import Signer, sign_pdf
from pdf.signatures.trust import own_root
from pdf.signatures.verdict import DocumentState, IssuedDocument, Verdict
from pdf.signatures.verify import verify_pdf

NAME = "Staffelstab Landkreis St. Wendel"
ISSUED = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 3, 9, 30, 15, tzinfo=UTC)
ACCEPTED = datetime(2026, 11, 5, 14, 2, 59, tzinfo=UTC)
NOW = datetime(2026, 11, 6, 12, 0, tzinfo=UTC)

TOOLS = Path(__file__).parents[4] / "shared" / "tools"
CACHE = Path(os.environ.get("CHECKS_CACHE", Path.home() / ".cache" / "staffelstab-checks"))


@dataclass(frozen=True)
class House:
    """An installation: its authority, its sender and its receiver."""

    authority: Authority
    sender: Signer
    receiver: Signer

    def send(self, pdf: bytes, at: datetime = SENT) -> bytes:
        reason = "Übergabe vom Rechtskreis SGB III in den Rechtskreis SGB II"
        return sign_pdf(pdf, field=SENDER_FIELD.name, signer=self.sender, reason=reason, signed_at=at)

    def accept(self, pdf: bytes, at: datetime = ACCEPTED) -> bytes:
        return sign_pdf(pdf, field=RECEIVER_FIELD.name, signer=self.receiver, reason="Annahme", signed_at=at)

    def verify(self, pdf: bytes, issued: "Stored | None" = None, now: datetime = NOW) -> Verdict:
        return verify_pdf(pdf, trust=[own_root(self.authority)], issued=issued, now=now)


def build_house(folder: Path, name: str = NAME, at: datetime = ISSUED) -> House:
    authority = create_authority(folder, name, at)
    people = [
        ("Anna Beispiel", "Agentur für Arbeit Saarland", "Arbeitsvermittlerin"),
        ("Jörg Çelik", "Jobcenter Landkreis St. Wendel", None),
    ]
    signers = []
    for person, organisation, function in people:
        key, certificate = issue_certificate(authority, person, organisation, function, now=at)
        signers.append(Signer(certificate, (authority.certificate,), key))
    return House(authority, *signers)


@dataclass
class Stored:
    """A registry of issued files, as the database will be one."""

    files: Mapping[bytes, DocumentState] = field(default_factory=dict)

    def by_sha256(self, digest: str) -> IssuedDocument | None:
        for content, state in self.files.items():
            if hashlib.sha256(content).hexdigest() == digest:
                return IssuedDocument("Übergabebogen SWD-2026-00417-1, Fassung 1", state)
        return None


def tool(script: str, *arguments: object) -> str:
    """What a script of the shared tools prints; skips the test where the tools are not set up."""
    if not (TOOLS / script).exists() or not (CACHE / "odl").exists():
        pytest.skip(f"independent check {script} is not set up on this machine")
    command = [str(TOOLS / script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout
