"""An invented sheet of a full month with two slips."""

from datetime import UTC, datetime

from pdf.course_sheet.sheet import CourseSheetPaper, SheetFacts, SheetPerson, course_sheet

NAMES = ("Ahmadi, Karim", "Haddad, Layla", "Ibrahim, Salma", "Karimi, Nasrin", "Noori, Farid")
DAYS = ("Mo", "Di", "Mi", "Do", "Fr")


def sample() -> CourseSheetPaper:
    """The paper of these people."""
    return course_sheet(
        SheetFacts(
            number="KV-IK-08",
            title="Allgemeiner Integrationskurs, ab Modul 2",
            month="März 2027",
            provider="KVHS (Demo)",
            schedule="Mo–Fr 8:30–12:30 Uhr",
            days=[(DAYS[number % 5], f"{number // 5 * 7 + number % 5 + 1}.") for number in range(23)],
            people=[SheetPerson(name, f"SWD-2026-{number:05}-K1") for number, name in enumerate(NAMES * 4, 400)],
            awaited=[
                SheetPerson("Rahimi, Samira", "SWD-2026-00417-K1"),
                SheetPerson("Sahak, Omid", "SWD-2026-00431-K2"),
            ],
            return_to=("Agentur für Arbeit Saarland", "Hafenstraße 18", "66111 Saarbrücken"),
            address="http://staffelstab.test/kurse/KV-IK-08/anwesenheit/2027-03",
            slip_address="http://staffelstab.test/kurse/rueckmeldung",
            printed_by="K. Hoffmann",
            printed_at="26.02.2027, 09:40",
            created=datetime(2027, 2, 26, 8, 40, tzinfo=UTC),
        )
    )
