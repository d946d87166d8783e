"""Letters of form B of DIN 5008 to the invited organisations: day, room, agenda; a call-off where it is cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.message import N_
from models.rules.times import german_date
from pdf.base.letter import Letterhead, Writer, letterhead
from pdf.base.sheet import Cell, Entry, Metadata


@dataclass(frozen=True, slots=True)
class Invited:
    """An organisation and the lines of its address."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the agenda with its lines."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What all letters say. ``address`` is where the meeting and its minutes stand in the intranet."""

    title: str
    on: date
    begins: str
    ends: str
    place: str
    way_in: str
    points: Sequence[Point]
    cancelled: bool
    reason: str
    address: str
    writer: Writer


@dataclass(frozen=True, slots=True)
class MeetingLetters:
    """Everything that the template prints: the heads of the letters and what stands in each of them."""

    metadata: Metadata
    foot: str
    heads: tuple[Letterhead, ...]
    subject: str
    facts: tuple[Entry, ...]
    points: tuple[Point, ...]
    cancelled: bool
    reason: str
    address: str
    closing: tuple[str, ...]


def meeting_letters(facts: MeetingFacts, invited: Sequence[Invited], *, now: datetime, today: date) -> MeetingLetters:
    """The letters to these organisations, one after the other."""
    entries = ((N_("Tag"), german_date(facts.on)), (N_("Uhrzeit"), f"{facts.begins}–{facts.ends} {N_('Uhr')}"))
    where = ((N_("Ort"), facts.place), (N_("Online"), facts.way_in))
    subject = f"{facts.title} am {german_date(facts.on)}"
    return MeetingLetters(
        metadata=Metadata(
            title=f"{'Absage' if facts.cancelled else 'Einladung'} {subject}",
            subject="Sitzung des Arbeitskreises",
            author=facts.writer.organisation,
            created=now,
            identity=f"{subject} {len(invited)} {now.isoformat()}",
        ),
        foot=subject,
        heads=tuple(_head(one, facts.writer, today) for one in invited),
        subject=subject,
        facts=tuple(Entry(label, Cell(value)) for label, value in (*entries, *where) if value),
        points=tuple(facts.points),
        cancelled=facts.cancelled,
        reason=facts.reason,
        address=facts.address,
        closing=tuple(part for part in (facts.writer.contact, facts.writer.organisation) if part),
    )


def _head(to: Invited, writer: Writer, today: date) -> Letterhead:
    information = (
        (N_("Ansprechperson"), writer.contact),
        (N_("Telefon"), writer.phone),
        (N_("Datum"), german_date(today)),
    )
    return letterhead(writer, (to.name, *to.lines), information)
