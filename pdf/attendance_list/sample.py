"""An invented attendance list over two pages."""

from datetime import UTC, datetime

from pdf.attendance_list.sheet import AttendanceList, ListFacts, attendance_list

NAMES = ("Ahmadi, Karim", "Haddad, Layla", "Ibrahim, Salma", "Karimi, Nasrin", "Noori, Farid", "Rahimi, Samira")


def sample() -> AttendanceList:
    """The paper of these names."""
    return attendance_list(
        ListFacts(
            title="Gruppeninformation Arbeitsmarkt",
            day="01.12.2026",
            when="01.12.2026, 09:00–11:00 Uhr",
            place="Landesaufnahmestelle Lebach, Pommernstraße 1, 66822 Lebach",
            language="Dari",
            interpreter="Frau Azizi",
            leader="K. Hoffmann",
            names=NAMES * 4,
            organisation="Agentur für Arbeit Saarland",
            printed_by="K. Hoffmann",
            printed_at="24.11.2026, 09:40",
            created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
        )
    )
