"""An invented list of participants."""

from datetime import UTC, datetime

from pdf.participant_list.sheet import CourseFacts, ParticipantLine, ParticipantList, participant_list

NAMES = ("Ahmadi, Karim", "Haddad, Layla", "Ibrahim, Salma", "Karimi, Nasrin", "Noori, Farid", "Rahimi, Samira")


def sample() -> ParticipantList:
    """The paper of these people."""
    levels = ("A2 (Schreiben A1), Einstufungstest 28.09.2026", "A1", "")
    people = [
        ParticipantLine(name, f"{number + 1:02}.03.1994", levels[number % 3], "Kurs läuft")
        for number, name in enumerate(NAMES * 4)
    ]
    return participant_list(
        CourseFacts(
            number="BB-IK-2027-01",
            title="Allgemeiner Integrationskurs, Modul 3",
            when="ab 11.01.2027 bis 30.07.2027",
            schedule="Mo–Fr 08:30–12:45 Uhr",
            site="Bahnhofstraße 11, 66606 St. Wendel",
            people=people,
            provider="Bildungswerk Bosenberg",
            printed_by="T. Träger",
            printed_at="24.11.2026, 09:40",
            created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
        )
    )
