"""An invented receipt, accepted with a first talk."""

from datetime import UTC, datetime

from pdf.base.sheet import Party
from pdf.receipt.sheet import Receipt, ReceiptFacts, receipt

FACTS = ReceiptFacts(
    reference="SWD-2026-00417-1",
    version=1,
    sha256="7f3c19ab50d4e0b1c6a2983f7d5e41086bfa2c9d1e30475869adbecf021302de",
    sheet_date="20.11.2026",
    address=("Agentur für Arbeit Saarland", "Team Beratung Flüchtlinge", "Hafenstraße 18", "66111 Saarbrücken"),
    return_line="Kommunale Arbeitsförderung – Jobcenter · Mommstraße 21–31 · 66606 St. Wendel",
    sender=Party(
        "aufnehmende Stelle",
        "Kommunale Arbeitsförderung – Jobcenter",
        ("Landkreis St. Wendel", "Mommstraße 21–31, 66606 St. Wendel", "Tel. 06851 000-5678"),
    ),
    issued_by="B. Lauer, Teamleitung Integration",
    issued_on="24.11.2026",
    created=datetime(2026, 11, 24, 9, 40, tzinfo=UTC),
    received_at="23.11.2026, 08:05 Uhr",
    received_by="B. Lauer, Teamleitung Integration",
    accepted_at="24.11.2026, 10:38 Uhr",
    accepted_by="B. Lauer, Teamleitung Integration",
    team="Team Integration, Fallmanagement",
    first_talk="02.12.2026, 09:30 Uhr, persönlich im Jobcenter",
    verification_url="https://staffelstab.intranet/pruefen/7K4M-Q2XD-9RTA",
    verification_code="7K4M-Q2XD-9RTA",
)


def sample() -> Receipt:
    """The receipt of these facts."""
    return receipt(FACTS)
