"""An invented conference with three topics."""

from datetime import UTC, datetime

from pdf.conference.sheet import ConferenceFacts, ConferenceSheet, TookPart, Topic, conference_sheet

SAID = ("Der Vormittagskurs passt nicht zur Kita.", "Die Gemeinde kennt eine Tagesmutter mit freiem Platz.")


def sample() -> ConferenceSheet:
    """The paper of this conference."""
    decided = ("Platz bei der Tagesmutter anfragen", "Gemeinde Tholey", "11.12.2026", "offen")
    return conference_sheet(
        ConferenceFacts(
            name="Rahimi, Samira",
            number="SWD-2026-00417",
            day="24.11.2026",
            parties=(
                TookPart("Agentur für Arbeit Saarland", "Beratung"),
                TookPart("Gemeinde Tholey", "Sozialamt"),
                TookPart("Landkreis St. Wendel – AsylbLG-Stelle", ""),
            ),
            topics=(
                Topic("Kinderbetreuung", SAID, *decided),
                Topic("Unterkunft", SAID, "", "", "", ""),
                Topic("Führerschein", SAID[:1], "", "", "", ""),
                Topic("Sprachkurs", SAID, "Abendkurs suchen", "Agentur für Arbeit Saarland", "18.12.2026", "erledigt"),
            ),
            organisation="Agentur für Arbeit Saarland",
            printed_by="K. Hoffmann",
            printed_at="24.11.2026, 09:40",
            created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
        )
    )
