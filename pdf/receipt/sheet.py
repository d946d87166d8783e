"""The receipt for a transfer sheet as finished strings.

A signed sheet is never touched again, so receipt, acceptance and the date of the first talk stand here, tied to the
sheet by its reference, its version and the SHA-256 of its data. It names no client: both sides know the sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.letter import Letterhead
from pdf.base.qr import qr_svg
from pdf.base.sheet import Cell, Entry, Metadata, Party, QrCode


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the receipt is made of. Times are German texts ("20.11.2026, 10:12 Uhr"), empty where nothing happened yet.

    ``sha256`` are the 64 digits of the snapshot. ``address`` are the lines in the window of the envelope,
    ``return_line`` the small line above them, ``sender`` the office that received the sheet. ``issued_by`` signs it.
    """

    reference: str
    version: int
    sha256: str
    sheet_date: str
    address: tuple[str, ...]
    return_line: str
    sender: Party
    issued_by: str
    issued_on: str
    created: datetime
    received_at: str
    received_by: str
    accepted_at: str = ""
    accepted_by: str = ""
    team: str = ""
    first_talk: str = ""
    verification_url: str = ""
    verification_code: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    head: Letterhead
    reference: str
    sheet: tuple[Entry, ...]
    events: tuple[Entry, ...]
    is_accepted: bool
    issued_by: str
    qr: QrCode | None


def receipt(facts: ReceiptFacts) -> Receipt:
    """The receipt for these facts."""
    sender = facts.sender
    return Receipt(
        metadata=Metadata(
            title=f"Empfangsbestätigung {facts.reference}, Fassung {facts.version}",
            subject="Eingang und Annahme eines Übergabebogens",
            author=facts.sender.organisation,
            created=facts.created,
            identity=f"{facts.sha256} {facts.accepted_at}",
        ),
        foot=f"Empfangsbestätigung zu {facts.reference} · Fassung {facts.version} · {facts.issued_on}",
        head=Letterhead(sender.organisation, sender.lines, facts.return_line, facts.address, tuple(_info(facts))),
        reference=facts.reference,
        sheet=tuple(_sheet(facts)),
        events=tuple(_events(facts)),
        is_accepted=bool(facts.accepted_at),
        issued_by=facts.issued_by,
        qr=_qr(facts),
    )


def _info(facts: ReceiptFacts) -> Iterator[tuple[str, str]]:
    yield N_("Unser Zeichen"), facts.reference
    yield N_("Bearbeitet von"), facts.issued_by
    yield N_("Datum"), facts.issued_on


def _sheet(facts: ReceiptFacts) -> Iterator[Entry]:
    yield Entry(N_("Übergabebogen"), Cell(facts.reference))
    yield Entry(N_("Fassung"), Cell(str(facts.version)))
    yield Entry(N_("vom"), Cell(facts.sheet_date))
    yield Entry(N_("SHA-256 der Angaben"), Cell(_grouped(facts.sha256)))


def _events(facts: ReceiptFacts) -> Iterator[Entry]:
    yield Entry(N_("Eingegangen am"), Cell(facts.received_at))
    yield Entry(N_("Eingang bestätigt durch"), Cell(facts.received_by))
    yield Entry(N_("Angenommen am"), Cell(facts.accepted_at or "noch nicht angenommen"))
    if facts.accepted_by:
        yield Entry(N_("Angenommen durch"), Cell(facts.accepted_by))
    if facts.team:
        yield Entry(N_("Fallverantwortung"), Cell(facts.team))
    yield Entry(N_("Ersttermin im Jobcenter"), Cell(facts.first_talk or "noch nicht vereinbart"))


def _grouped(digest: str) -> str:
    """Two lines of eight groups, so that two people can compare them aloud."""
    groups = [digest[start : start + 4] for start in range(0, len(digest), 4)]
    return "\n".join((" ".join(groups[:8]), " ".join(groups[8:])))


def _qr(facts: ReceiptFacts) -> QrCode | None:
    if not facts.verification_url:
        return None
    alternative = f"QR-Code: Prüfseite des Bogens, Prüfcode {facts.verification_code}"
    return QrCode(qr_svg(facts.verification_url, alternative), (N_("Bogen prüfen:"), facts.verification_code))
