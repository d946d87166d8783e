"""A sheet of attendance to be filled with a pen, and return slips, as finished strings.

Name and sign of the form alone: the provider has both. No AZR number, nothing of health; a code holds an address that
names nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.enrolments import Act
from models.rules.message import N_
from models.rules.reasons import OTHER, REASONS, REASONS_OF
from pdf.base.qr import qr_svg
from pdf.base.sheet import Cell, Entry, Metadata, QrCode, halves

DECLINES = tuple(REASONS[code] for code in REASONS_OF[Act.DECLINE] if code != OTHER)
"""What can be ticked on a slip; for anything else there is a line."""


@dataclass(frozen=True, slots=True)
class SheetPerson:
    """One person: ``Familienname, Vorname`` and the sign of the form, empty where none was issued."""

    name: str
    reference: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the paper is made of. ``days`` are the heads of the columns, ``awaited`` get a slip each.

    ``address`` is where a clerk enters the month, ``slip_address`` where the slip of a sign leads.
    """

    number: str
    title: str
    month: str
    provider: str
    schedule: str
    days: Sequence[tuple[str, str]]
    people: Sequence[SheetPerson]
    awaited: Sequence[SheetPerson]
    return_to: tuple[str, ...]
    address: str
    slip_address: str
    printed_by: str
    printed_at: str
    created: datetime


@dataclass(frozen=True, slots=True)
class Slip:
    """One return slip."""

    person: SheetPerson
    qr: QrCode


@dataclass(frozen=True, slots=True)
class CourseSheetPaper:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    title: str
    head: tuple[Sequence[Entry], Sequence[Entry]]
    qr: QrCode
    days: tuple[tuple[str, str], ...]
    people: tuple[SheetPerson, ...]
    slips: tuple[Slip, ...]
    course: str
    provider: str
    return_to: tuple[str, ...]
    declines: tuple[str, ...]


def course_sheet(facts: SheetFacts) -> CourseSheetPaper:
    """The paper for these facts."""
    entries = tuple(
        Entry(label, Cell(value))
        for label, value in (
            (N_("Kursträger"), facts.provider),
            (N_("Kursnummer"), facts.number),
            (N_("Kurszeiten"), facts.schedule),
            (N_("Rücksendung an"), ", ".join(facts.return_to)),
            (N_("gedruckt"), f"{facts.printed_at}, {facts.printed_by}"),
        )
        if value
    )
    return CourseSheetPaper(
        metadata=Metadata(
            title=f"Kursliste {facts.number}, {facts.month}",
            subject="Anwesenheit in einem Kurs",
            author=facts.return_to[0] if facts.return_to else "",
            created=facts.created,
            identity=f"{facts.number} {facts.month} {facts.printed_at} {len(facts.people)} {len(facts.awaited)}",
        ),
        foot=f"Kursliste {facts.number} · {facts.month} · nicht offen auslegen",
        title=f"{facts.title} · {facts.month}",
        head=halves(entries),
        qr=QrCode(qr_svg(facts.address, "QR-Code: Adresse zum Eintragen"), (N_("Vom Papier"), N_("eintragen"))),
        days=tuple(facts.days),
        people=tuple(facts.people),
        slips=tuple(slip_of(one, facts.slip_address) for one in facts.awaited),
        course=f"{facts.title} · {facts.number}",
        provider=facts.provider,
        return_to=facts.return_to,
        declines=DECLINES,
    )


def slip_of(person: SheetPerson, slip_address: str) -> Slip:
    """The slip of one person, whose code leads to her enrolment."""
    svg = qr_svg(f"{slip_address}/{person.reference}", f"QR-Code: Rückmeldung zu {person.reference}")
    return Slip(person, QrCode(svg, (N_("Rückmeldung"), N_("eintragen"))))
