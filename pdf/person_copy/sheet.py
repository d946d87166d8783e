"""Which office has which data of a person and what for, as finished strings (feature 82)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.queries.texts import PrintedText
from models.rules.message import N_
from models.rules.recipients import GENERAL, Recipient
from models.rules.texts import Pair
from models.rules.times import german_date
from pdf.base.bilingual import Bilingual, Row, bilingual, row_of
from pdf.base.sheet import Cell, Entry, Metadata


@dataclass(frozen=True, slots=True)
class RecipientPart:
    """One office: name and contact in German, then why, what and since when in both languages."""

    name: str
    contact: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PersonCopy:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    person: tuple[Entry, ...]
    text: Bilingual
    recipients: tuple[RecipientPart, ...]
    general: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What the paper is made of. ``office`` is who prints it, on one line."""

    text: PrintedText
    number: str
    name: str
    office: str
    recipients: Sequence[Recipient]
    day: str
    created: datetime


def person_copy(facts: CopyFacts) -> PersonCopy:
    """The paper for these facts."""
    name = f"Wer bekommt was? {facts.number}"
    return PersonCopy(
        metadata=Metadata(
            title=name,
            subject="Welche Stelle hat welche Angaben",
            author=facts.office.partition(",")[0],
            created=facts.created,
            identity=f"{name} {facts.day}",
        ),
        foot=f"{name} · Stand {facts.day}",
        person=(Entry(N_("Name"), Cell(facts.name)), Entry(N_("Fallnummer"), Cell(facts.number))),
        text=bilingual(facts.text, {"day": facts.day, "office": facts.office}),
        recipients=tuple(_part(facts.text, one) for one in facts.recipients),
        general=GENERAL,
    )


def _part(text: PrintedText, recipient: Recipient) -> RecipientPart:
    is_rtl = bool(text.language and text.language.is_rtl)
    pairs = [text.pairs[str(recipient.role)], _listed([text.pairs[f"data_{group}"] for group in recipient.groups])]
    if recipient.since:
        pairs.append(text.pairs["since_until" if recipient.until else "since"])
    days = {"day": german_date(recipient.since), "until": german_date(recipient.until)}
    rows = tuple(row_of(pair, days, is_rtl=is_rtl) for pair in pairs)
    return RecipientPart(recipient.name, ", ".join(recipient.contact), rows)


def _listed(pairs: Sequence[Pair]) -> Pair:
    """One list in both languages; German alone where a point has no translation."""
    german = "\n".join(f"- {pair.german}" for pair in pairs)
    whole = all(pair.translation for pair in pairs)
    return Pair(german, "\n".join(f"- {pair.translation}" for pair in pairs) if whole else "")
