"""Letters of form B of DIN 5008: one page for each person, German beside her language (decision record 0022)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.queries.code_names import code_names
from models.queries.texts import PrintedText
from models.rules.message import N_
from models.rules.texts import GERMAN, LANGUAGES, Pair, language_for
from models.rules.times import german_date
from pdf.base.bilingual import Bilingual, bilingual
from pdf.base.letter import Letterhead, Writer, letterhead
from pdf.base.sheet import Metadata

NO_BREAK = "\u00a0"
HANDED_OVER = N_("zur Aushändigung")
"""In the place of an address that is not known, or not for whoever prints the letter."""


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """One invitation, perhaps to a group that is ``cancelled``; the appointment of ``moved_from`` does not hold.

    ``spoken``: the language of a group, as a code. ``in_person``: else by telephone or video. ``voluntary``: whoever
    stays away has nothing to fear, unlike with the Jobcenter (§ 59 SGB II, § 309 SGB III).
    """

    name: str
    address: tuple[str, ...]
    number: str
    on: date
    begins: str
    place: str
    interpreter: str
    text: PrintedText
    group: bool = False
    spoken: str = ""
    in_person: bool = True
    voluntary: bool = True
    cancelled: bool = False
    moved_from: date | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What the template prints of one letter; ``keys`` are the paragraphs in their order."""

    head: Letterhead
    foot: str
    text: Bilingual
    keys: tuple[str, ...]
    closing: tuple[str, ...]
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Letters:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    letters: tuple[Letter, ...]


def letters(facts: Sequence[LetterFacts], writer: Writer, *, now: datetime, today: date) -> Letters:
    """The paper for these invitations, one after the other."""
    numbers = ", ".join(one.number for one in facts)
    return Letters(
        metadata=Metadata(
            title=f"Terminschreiben {german_date(facts[0].on)}",
            subject="Einladung zu einem Termin",
            author=writer.organisation,
            created=now,
            identity=f"{numbers} {facts[0].on} {facts[0].begins} {now.isoformat()}",
        ),
        foot="",
        letters=tuple(_letter(one, writer, today) for one in facts),
    )


def _letter(facts: LetterFacts, writer: Writer, today: date) -> Letter:
    return Letter(
        head=_head(facts, writer, today),
        foot=f"{facts.number} · Termin am {german_date(facts.on)}",
        text=bilingual(facts.text, _values(facts, writer)),
        keys=_keys(facts),
        closing=tuple(part for part in (writer.contact, writer.organisation) if part),
        cancelled=facts.cancelled,
    )


def _head(facts: LetterFacts, writer: Writer, today: date) -> Letterhead:
    information = (
        (N_("Unser Zeichen"), facts.number),
        (N_("Ansprechperson"), writer.contact),
        (N_("Telefon"), writer.phone),
        (N_("Datum"), german_date(today)),
    )
    return letterhead(writer, (_spoken(facts.name), *(facts.address or (HANDED_OVER,))), information)


def _values(facts: LetterFacts, writer: Writer) -> dict[str, str | Pair]:
    known: dict[str, str | Pair] = {
        "name": _spoken(facts.name),
        "day": german_date(facts.on),
        "time": facts.begins,
        "place": facts.place,
        "phone": writer.phone.replace(" ", NO_BREAK),
        "language": _language(facts),
    }
    return known | ({"old_day": german_date(facts.moved_from)} if facts.moved_from else {})


def _spoken(name: str) -> str:
    """ "Samira Rahimi" from "Rahimi, Samira"."""
    return " ".join(reversed(name.split(", ", 1)))


def _language(facts: LetterFacts) -> Pair:
    """The name of the language that is spoken, in both columns: that of the group, else the person's own."""
    if facts.spoken:
        known = LANGUAGES.get(facts.spoken)
        return Pair(code_names("languages").get(facts.spoken, facts.spoken), known.own_name if known else "")
    language = facts.text.language
    return Pair(language.label, language.own_name) if language else Pair("Deutsch", "")


def _keys(facts: LetterFacts) -> tuple[str, ...]:
    if facts.cancelled:
        return ("greeting", "cancelled", "closing")
    moved = ("moved",) if facts.moved_from else ()
    what = "group" if facts.group else "counselling"
    bring = ("bring",) if facts.in_person else ()
    offer = ("offer",) if facts.voluntary else ()
    return (
        "greeting", what, *moved, "when", "where", *_spoken_keys(facts), *bring, "cannot_come", *offer, "closing",
    )  # fmt: skip


def _spoken_keys(facts: LetterFacts) -> tuple[str, ...]:
    """What is said of languages; who would not understand the group is asked whether she needs an interpreter."""
    if not facts.spoken:
        return ("with_interpreter",) if facts.interpreter and facts.text.language else ("without_interpreter",)
    understood = language_for(facts.spoken) == facts.text.language
    ask = () if understood else ("without_interpreter",)
    if facts.interpreter:
        return ("with_interpreter", *ask)
    return ask if facts.spoken == GERMAN else ("held_in", *ask)
