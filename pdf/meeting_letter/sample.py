"""Invented invitations to a meeting of the working group, and its call-off."""

from pdf.appointment_letter.sample import NOW
from pdf.base.letter import Writer
from pdf.meeting_letter.sheet import Invited, MeetingFacts, MeetingLetters, Point, meeting_letters

WRITER = Writer(
    organisation="Landkreis St. Wendel – Koordination",
    unit="Arbeitsgruppe",
    street="Mommstraße 21",
    town="66606 St. Wendel",
    phone="06851 000-2400",
    contact="U. Lorenz",
)
POINTS = (
    Point("Begrüßung und Protokoll", ("Protokoll der Sitzung vom 25.08.2026; wer Protokoll führt.",)),
    Point("Kursplanung der nächsten sechs Monate", ("3 Kurse laufen.", "– SI-IK-07 Integrationskurs: es fehlen 3")),
)
INVITED = (
    Invited("Gemeinde Tholey", ("Im Kloster 1", "66636 Tholey")),
    Invited("Bildungswerk Bosenberg", ("Bahnhofstraße 3", "66606 St. Wendel")),
)


def sample(*, cancelled: bool = False) -> MeetingLetters:
    """Letters to two organisations."""
    facts = MeetingFacts(
        title="Arbeitskreis Rechtskreiswechsel",
        on=NOW.date(),
        begins="09:30",
        ends="11:30",
        place="Kreishaus, Saal 1, Mommstraße 21, 66606 St. Wendel",
        way_in="Telefon 06851 000-2499",
        points=POINTS,
        cancelled=cancelled,
        reason="Sturmwarnung",
        address="https://staffelstab.landkreis.example/arbeitskreis/7",
        writer=WRITER,
    )
    return meeting_letters(facts, INVITED, now=NOW, today=NOW.date())
