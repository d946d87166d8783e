"""Invented invitations: to a group information and to a talk that was moved."""

from datetime import UTC, date, datetime

from models.rules.texts import TextDocument
from pdf.appointment_letter.sheet import LetterFacts, Letters, letters
from pdf.base.letter import Writer
from pdf.text_preview.sample import file_text

WRITER = Writer(
    organisation="Agentur für Arbeit Saarland",
    unit="Beratung Flüchtlinge",
    street="Hafenstraße 18",
    town="66111 Saarbrücken",
    phone="0681 000-1234",
    contact="K. Hoffmann",
)
LEBACH = "Landesaufnahmestelle Lebach, Pommernstraße 1, 66822 Lebach"
NOW = datetime(2026, 11, 24, 8, 40, tzinfo=UTC)


def facts(language: str = "prs", *, group: bool = True) -> LetterFacts:
    """An invitation for somebody who reads this language; empty: German alone."""
    return LetterFacts(
        name="Rahimi, Samira",
        address=("Marktplatz 4", "66636 Tholey"),
        number="SWD-2026-00417",
        on=date(2026, 12, 1),
        begins="09:30",
        place="Landesaufnahmestelle Lebach, Pommernstraße 1, 66822 Lebach"
        if group
        else "Agentur für Arbeit, Zimmer 12",
        interpreter="Frau Azizi",
        text=file_text(TextDocument.APPOINTMENT_LETTER, language),
        group=group,
        moved_from=None if group else date(2026, 11, 28),
    )


def sample(*languages: str, group: bool = True) -> Letters:
    """Letters in these languages, by default in Dari."""
    several = [facts(language, group=group) for language in languages or ("prs",)]
    return letters(several, WRITER, now=NOW, today=NOW.date())
