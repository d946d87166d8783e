"""The form of one consent as finished strings: what for, which data, what follows, where to sign."""

from dataclasses import dataclass
from datetime import datetime

from models.queries.texts import PrintedText
from models.rules.consents import PURPOSES, Purpose
from models.rules.message import N_
from pdf.base.bilingual import Bilingual, bilingual
from pdf.base.sheet import Cell, Entry, Metadata

CHOICES = ("granted", "refused")


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What the form is made of. ``office`` is who is responsible, on one line with address and telephone.

    Empty ``name``, ``birth_date``, ``recipient`` and ``named`` leave lines for ink. ``with_guardian``: somebody signs
    for a minor, or nobody knows yet.
    """

    purpose: Purpose
    text: PrintedText
    number: str
    office: str
    recipient: str
    name: str
    birth_date: str
    named: str
    with_guardian: bool
    printed_on: str
    created: datetime


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    title: str
    person: tuple[Entry, ...]
    text: Bilingual
    about: tuple[str, ...]
    general: tuple[str, ...]
    choices: tuple[str, ...]
    signatures: tuple[str, ...]


def consent_form(facts: ConsentFacts) -> ConsentForm:
    """The form for these facts."""
    name = f"Einwilligung {facts.purpose} {facts.number}".rstrip()
    start = facts.purpose.lower()
    values = {"office": facts.office, "recipient": facts.recipient, "named": facts.named}
    guardian = ("guardian",) if facts.with_guardian else ()
    return ConsentForm(
        metadata=Metadata(
            title=name,
            subject=PURPOSES[facts.purpose],
            author=facts.office.partition(",")[0],
            created=facts.created,
            identity=f"{name} {facts.text.language.code if facts.text.language else ''} {facts.recipient}",
        ),
        foot=f"{name} · gedruckt {facts.printed_on}",
        title=f"Einwilligung {facts.purpose}: {PURPOSES[facts.purpose]}",
        person=(
            Entry(N_("Name"), _cell(facts.name)),
            Entry(N_("geboren am"), _cell(facts.birth_date)),
            Entry(N_("Fallnummer"), _cell(facts.number)),
        ),
        text=bilingual(facts.text, values),
        about=("controller", f"{start}_purpose", f"{start}_data", f"{start}_without"),
        general=("voluntary", "withdrawal", "duration", "rights", "complaint", "statutory", "understood"),
        choices=CHOICES,
        signatures=("place_date", "signature", *guardian, "interpreter"),
    )


def _cell(text: str) -> Cell:
    return Cell(text) if text else Cell(ink=True)
