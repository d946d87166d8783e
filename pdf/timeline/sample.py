"""An invented timeline over several pages."""

from datetime import UTC, datetime

from pdf.timeline.sheet import Happened, Timeline, TimelineFacts, timeline

_STORY = (
    Happened("22.05.2026, 08:14", "Fall angelegt", "L. Becker", "Gemeinde Tholey"),
    Happened("22.05.2026, 08:15", "An den Beschäftigungscoach gemeldet", "L. Becker", "Gemeinde Tholey"),
    Happened("27.05.2026, 10:02", "Welche Sprachen verstehen Sie?: Dari, Englisch", "L. Becker", "Gemeinde Tholey"),
    Happened("14.11.2026, 09:30", "Zustellung des Bescheids erfasst: Flüchtlingseigenschaft, zugestellt am 14.11.2026",
             "K. Hoffmann", "Agentur für Arbeit Saarland"),
    Happened("20.11.2026, 10:12", "Übergabe SWD-2026-00417-1 unterschrieben und übermittelt", "K. Hoffmann",
             "Agentur für Arbeit Saarland"),
    Happened("20.11.2026, 10:12", "Übergabebogen SWD-2026-00417-1 mit einer Unterschrift ausgestellt", "K. Hoffmann",
             "Agentur für Arbeit Saarland"),
)  # fmt: skip

FACTS = TimelineFacts(
    name="Rahimi, Samira",
    number="SWD-2026-00417",
    facts=(("geb.", "14.03.1994"), ("Gemeinde", "Tholey")),
    needs="Dari, Englisch · Dolmetschen nötig",
    part="Alles, vom Anfang bis 24.11.2026",
    lines=_STORY * 12,
    organisation="Agentur für Arbeit Saarland",
    printed_by="K. Hoffmann",
    printed_at="24.11.2026, 09:40",
    created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
)


def sample() -> Timeline:
    """The paper of these facts."""
    return timeline(FACTS)
