"""The proof of registration as finished strings: the person and her course; no AZR number, nothing of health."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from models.rules.message import N_
from pdf.base.letter import Letterhead
from pdf.base.sheet import Cell, Entry, Metadata, Party

LEADS = {
    "integration": N_("Diese Person hat sich zum Integrationskurs angemeldet, zu dem Sie sie verpflichtet haben."),
    "vocational": N_(
        "Diese Person hat sich zum Berufssprachkurs angemeldet, für den Sie die Berechtigung ausgestellt haben."
    ),
}


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """What the proof is made of, as German texts. ``address`` are the lines in the window of the envelope.

    ``their_reference`` is the reference of the body's own paper, ``decided_on`` its day; both empty where not known.
    ``signed``: with a key; else it has a line for ink.
    """

    reference: str
    address: tuple[str, ...]
    return_line: str
    sender: Party
    issued_by: str
    issued_on: str
    created: datetime
    norm: str
    vocational: bool
    person: str
    birth_date: str
    course: str
    course_number: str
    provider: Party
    confirmed_on: str
    expected_start: str = ""
    pk_number: str = ""
    their_reference: str = ""
    decided_on: str = ""
    signed: bool = True


@dataclass(frozen=True, slots=True)
class RegistrationProof:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    head: Letterhead
    lead: str
    norm: str
    person: tuple[Entry, ...]
    course: tuple[Entry, ...]
    issued_by: str
    signed: bool


def registration_proof(facts: ProofFacts) -> RegistrationProof:
    """The proof for these facts."""
    sender = facts.sender
    return RegistrationProof(
        metadata=Metadata(
            title=f"Nachweis der Anmeldung {facts.reference}",
            subject="Nachweis der Anmeldung zum Kurs",
            author=facts.sender.organisation,
            created=facts.created,
            identity=f"{facts.reference} {facts.confirmed_on}",
        ),
        foot=f"Nachweis der Anmeldung {facts.reference} · {facts.issued_on}",
        head=Letterhead(sender.organisation, sender.lines, facts.return_line, facts.address, tuple(_info(facts))),
        lead=LEADS["vocational" if facts.vocational else "integration"],
        norm=facts.norm,
        person=(Entry(N_("Name"), Cell(facts.person)), Entry(N_("Geburtsdatum"), Cell(facts.birth_date))),
        course=tuple(_course(facts)),
        issued_by=facts.issued_by,
        signed=facts.signed,
    )


def _info(facts: ProofFacts) -> Iterator[tuple[str, str]]:
    yield N_("Unser Zeichen"), facts.reference
    if facts.their_reference:
        yield N_("Ihr Zeichen"), facts.their_reference
    if facts.decided_on:
        yield N_("Ihr Bescheid"), f"vom {facts.decided_on}"
    yield N_("Bearbeitet von"), facts.issued_by
    yield N_("Datum"), facts.issued_on


def _course(facts: ProofFacts) -> Iterator[Entry]:
    yield Entry(N_("Kurs"), Cell(facts.course))
    yield Entry(N_("Kursnummer"), Cell(facts.course_number))
    yield Entry(N_("Kursträger"), Cell(", ".join((facts.provider.organisation, *facts.provider.lines))))
    yield Entry(N_("Anmeldung bestätigt am"), Cell(facts.confirmed_on))
    yield Entry(N_("Voraussichtlicher Beginn"), Cell(facts.expected_start or "noch nicht bekannt"))
    if facts.pk_number:
        yield Entry(N_("Personenkennziffer (BAMF)"), Cell(facts.pk_number))
