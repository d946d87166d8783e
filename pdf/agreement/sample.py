"""An invented agreement, from the texts of the files."""

from datetime import UTC, date, datetime

from models.rules.agreements import TalkSaid
from models.rules.texts import TextDocument
from pdf.agreement.sheet import AgreementFacts, AgreementSheet, PrintedStep, agreement_sheet
from pdf.text_preview.sample import file_text


def sample(language: str = "prs", *, by_key: bool = False) -> AgreementSheet:
    """The agreement in one language."""
    facts = AgreementFacts(
        text=file_text(TextDocument.AGREEMENT, language),
        number=2,
        case_number="SWD-2026-00417",
        name="Rahimi, Samira",
        birth_date="14.03.1994",
        office="Agentur für Arbeit Saarland, Hafenstraße 18, 66111 Saarbrücken, Tel. 06851 801-0",
        counsellor="K. Hoffmann, Beratung Flüchtlinge",
        agreed_on="24.11.2026",
        interpreter="A. Karimi",
        goal="Als Pharmazeutisch-technische Assistentin arbeiten und das Studium anerkennen lassen.",
        services="Beratung, Übernahme der Kosten für Übersetzungen prüfen",
        contributions="Deutsch lernen, Unterlagen sammeln",
        talk=TalkSaid(date(2027, 1, 12), "09:30", "Agentur für Arbeit, Tritschlerstraße 5, Zimmer 114"),
        steps=(
            PrintedStep("COURSE", "Integrationskurs ab Modul 3", "PERSON", "04.01.2027"),
            PrintedStep("RECOGNITION", "IQ-Beratung", "PERSON", "31.01.2027"),
            PrintedStep("CERTIFICATES", "", "AGENTUR", "15.12.2026"),
            PrintedStep("COACH", "", "COACH", "10.12.2026"),
            PrintedStep("OTHER", "Bibliotheksausweis besorgen", "PERSON", "01.12.2026"),
        ),
        replaces="ersetzt Fassung 1 vom 02.10.2026",
        with_guardian=False,
        by_key=by_key,
        paper_reason="möchte auf Papier unterschreiben" if by_key else "",
        is_draft=False,
        created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
    )
    return agreement_sheet(facts)
