"""Invented forms, from the texts of the files."""

from datetime import UTC, datetime

from models.rules.consents import Purpose
from models.rules.texts import TextDocument
from pdf.consent.sheet import ConsentFacts, ConsentForm, consent_form
from pdf.text_preview.sample import file_text


def sample(purpose: Purpose = Purpose.E1, language: str = "prs", *, is_minor: bool = False) -> ConsentForm:
    """The form of one purpose in one language."""
    facts = ConsentFacts(
        purpose=purpose,
        text=file_text(TextDocument.CONSENT, language),
        number="SWD-2026-00417",
        office="Agentur für Arbeit Saarland, Hafenstraße 18, 66111 Saarbrücken, Tel. 06851 801-0",
        recipient="Bildungswerk Bosenberg",
        name="Rahimi, Samira",
        birth_date="14.03.1994",
        named="Gutachten vom 12.10.2026",
        with_guardian=is_minor,
        printed_on="24.11.2026",
        created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
    )
    return consent_form(facts)
