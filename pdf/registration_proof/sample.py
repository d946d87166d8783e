"""An invented proof for the AsylbLG unit."""

from datetime import UTC, datetime

from pdf.base.sheet import Party
from pdf.registration_proof.sheet import ProofFacts, RegistrationProof, registration_proof

FACTS = ProofFacts(
    reference="SWD-2026-00417-K1",
    address=("Landkreis St. Wendel", "AsylbLG-Stelle", "Mommstraße 21–31", "66606 St. Wendel"),
    return_line="Agentur für Arbeit Saarland · Hafenstraße 18 · 66111 Saarbrücken",
    sender=Party(
        "ausstellende Stelle",
        "Agentur für Arbeit Saarland",
        ("Team Beratung Flüchtlinge", "Hafenstraße 18, 66111 Saarbrücken", "Tel. 0681 000-1234"),
    ),
    issued_by="K. Hoffmann, Beratung Flüchtlinge",
    issued_on="24.11.2026",
    created=datetime(2026, 11, 24, 9, 40, tzinfo=UTC),
    norm="§ 7 Abs. 2 IntV",
    vocational=False,
    person="Rahimi, Samira",
    birth_date="14.03.1994",
    course="Allgemeiner Integrationskurs, ab Modul 3",
    course_number="BB-IK-2027-01",
    provider=Party("Kursträger", "Bildungswerk Bosenberg", ("Bahnhofstraße 11", "66606 St. Wendel")),
    confirmed_on="23.11.2026",
    expected_start="11.01.2027",
    pk_number="PK-2026-114577",
    their_reference="50.2-5b/118",
    decided_on="05.10.2026",
)


def sample() -> RegistrationProof:
    """The proof of these facts."""
    return registration_proof(FACTS)
