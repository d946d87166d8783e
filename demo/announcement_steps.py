"""What the coordination and the administration announced: to some kinds of offices, and to everybody."""

from demo.training import Training
from models.operations.announcements import announce, confirm_reading
from models.rules.announcements import Wording
from models.rules.roles import Role
from models.tables import Announcement


def announce_things(training: Training) -> None:
    """Both wait for somebody; the coach has confirmed the first."""
    first = Wording(
        "Neue Öffnungszeiten der Zulassungsstelle für Kurse",
        "Ab Januar ist die Kursberatung dienstags und donnerstags von 8 bis 12 Uhr besetzt.",
        kinds=(Role.MUNICIPALITY, Role.COACH, Role.AGENTUR),
    )
    night = "Staffelstab ist am Samstag von 7 bis 9 Uhr nicht erreichbar."
    second = Wording("Wartung am Samstag", night, to_all=True, each_person=True)
    clerks = training.clerks
    announce(first, "demo-first", actor=clerks["koordination"], now=training.past.moment(3, 9, 15))
    announce(second, "demo-second", actor=clerks["admin"], now=training.past.moment(1, 8, 5))
    number = Announcement.select(Announcement.id).where(Announcement.token == "demo-first").scalar()  # noqa: S105
    confirm_reading(number, actor=clerks["coach"], now=training.past.moment(2, 10, 0))
