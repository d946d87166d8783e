"""Invented minutes over more than a page."""

from datetime import UTC, datetime

from models.rules.times import german_date
from models.rules.workgroup.agenda import AgendaFacts, propose
from pdf.base.text import lines_of
from pdf.minutes.sheet import MinutesFacts, MinutesSheet, Point, Present, Resolved, minutes_sheet

NOW = datetime(2026, 11, 24, 10, 40, tzinfo=UTC)
SAID = "Die Zahlen sind bekannt.\nDie Gemeinden bitten um einen zweiten Abendkurs; der Träger prüft einen Raum."
RESOLVED = (
    Resolved("Raum für einen zweiten Abendkurs prüfen", "Bildungswerk Bosenberg, Kursverwaltung", "11.01.2027"),
)


def sample() -> MinutesSheet:
    """The paper of this meeting."""
    today = NOW.date()
    proposals = propose(AgendaFacts(today=today, since=today, arrivals=14, planned=5, running=3, waiting=12))
    return minutes_sheet(
        MinutesFacts(
            title="Arbeitskreis Rechtskreiswechsel",
            day=german_date(today),
            when="24.11.2026, 09:30–11:30 Uhr",
            place="Kreishaus, Saal 1, Mommstraße 21, 66606 St. Wendel",
            organisation="Landkreis St. Wendel – Koordination",
            writer="U. Lorenz, Koordination",
            present=(
                Present("Agentur für Arbeit Saarland", "2", "Beratung Flüchtlinge"),
                Present("Gemeinde Tholey", "1", "Sozialamt"),
                Present("Bildungswerk Bosenberg", "1", ""),
            ),
            excused=("Gemeinde Freisen",),
            quorum="3 von 15 Stellen anwesend, beschlussfähig ab 3",
            points=tuple(
                Point(
                    one.title, lines_of(one.text), lines_of(SAID) if place % 2 else (), RESOLVED if place == 3 else ()
                )
                for place, one in enumerate(proposals, start=1)
            ),
            created=NOW,
        )
    )
