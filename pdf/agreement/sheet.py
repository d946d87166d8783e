"""The agreement of first steps as finished strings (domain.md 8.8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.queries.texts import PrintedText
from models.rules.agreements import TalkSaid, step_text
from models.rules.message import N_
from models.rules.texts import Pair
from models.rules.times import german_date
from pdf.base.bilingual import Bilingual, Row, bilingual, row_of
from pdf.base.sheet import Cell, Entry, Metadata


@dataclass(frozen=True, slots=True)
class PrintedStep:
    """One step: the words of the choice, what exactly, who, until when; as the facts give it."""

    kind: str
    detail: str
    who: str
    until: str


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What the paper is made of. ``replaces`` names the version before, ``by_key``: the counsellor signs with her PIN.

    ``is_draft``: nobody has signed yet.
    """

    text: PrintedText
    number: int
    case_number: str
    name: str
    birth_date: str
    office: str
    counsellor: str
    agreed_on: str
    interpreter: str
    goal: str
    services: str
    contributions: str
    talk: TalkSaid | None
    steps: tuple[PrintedStep, ...]
    replaces: str
    with_guardian: bool
    by_key: bool
    paper_reason: str
    is_draft: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the table: both languages, who takes it in German, until when."""

    text: Row
    who: str
    until: str


@dataclass(frozen=True, slots=True)
class AgreementSheet:
    """Everything that the template prints. ``own`` are the texts that the counsellor wrote, by paragraph, German.

    ``said``: what it says of the next appointment. Day and time are known of all but old drafts; the texts then have a
    sentence of it in both languages, if they are new enough.
    """

    metadata: Metadata
    foot: str
    subtitle: str
    head: tuple[tuple[Entry, ...], tuple[Entry, ...]]
    text: Bilingual
    own: Mapping[str, str]
    said: str
    steps: tuple[StepLine, ...]
    notes: tuple[str, ...]
    signatures: tuple[str, ...]
    counsellor: str
    office: str
    by_key: bool
    paper_reason: str


def agreement_sheet(facts: AgreementFacts) -> AgreementSheet:
    """The paper for these facts."""
    name = f"Vereinbarung {facts.case_number}, Fassung {facts.number}"
    said = facts.talk.words if facts.talk else ""
    own = {
        "goal": facts.goal,
        "contributions": facts.contributions,
        "services": facts.services,
        "next_appointment": said,
    }
    guardian = ("guardian",) if facts.with_guardian else ()
    interpreter = ("interpreter",) if facts.interpreter or facts.is_draft else ()
    return AgreementSheet(
        metadata=Metadata(
            title=name,
            subject="Vereinbarung erster Schritte",
            author=facts.office.partition(",")[0],
            created=facts.created,
            identity=f"{name} {facts.agreed_on}",
        ),
        foot=f"{name} · {facts.agreed_on}",
        subtitle=_subtitle(facts),
        head=(_entries(facts)[:3], _entries(facts)[3:]),
        text=bilingual(facts.text, _when_and_where(facts.talk)),
        own={key: text for key, text in own.items() if text},
        said=said,
        steps=tuple(_step(facts.text, step) for step in facts.steps),
        notes=("voluntary", "change", "transfer", "copy"),
        signatures=("place_date", "signature", *guardian, *interpreter),
        counsellor=facts.counsellor,
        office=facts.office,
        by_key=facts.by_key,
        paper_reason=facts.paper_reason,
    )


def _when_and_where(talk: TalkSaid | None) -> dict[str, str | Pair]:
    if talk is None or not talk.begins or not talk.where:
        return {}
    return {"day": german_date(talk.on), "time": talk.begins, "place": talk.where}


def _subtitle(facts: AgreementFacts) -> str:
    parts = [f"Fassung {facts.number}", facts.agreed_on, facts.replaces]
    return " · ".join(part for part in parts if part)


def _entries(facts: AgreementFacts) -> tuple[Entry, ...]:
    return (
        Entry(N_("Name"), Cell(facts.name)),
        Entry(N_("geboren am"), Cell(facts.birth_date)),
        Entry(N_("Fallnummer"), Cell(facts.case_number)),
        Entry(N_("Agentur"), Cell(facts.office)),
        Entry(N_("Beratung"), Cell(facts.counsellor)),
        Entry(N_("gedolmetscht durch"), Cell(facts.interpreter or "–")),
    )


def _step(text: PrintedText, step: PrintedStep) -> StepLine:
    """The choice and who takes it in both languages; what exactly was written in German."""
    is_rtl = bool(text.language and text.language.is_rtl)
    kind, who = text.pairs[f"step_{step.kind.lower()}"], text.pairs[f"who_{step.who.lower()}"]
    german = step_text(step.kind, step.detail)
    detail = f" ({step.detail})" if step.detail else ""
    other = f"{kind.translation}{detail} – {who.translation}" if kind.translation else ""
    return StepLine(row_of(Pair(german, other), {}, is_rtl=is_rtl), who.german, step.until)
