"""The enrolment form as finished strings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from models.rules.message import N_
from pdf.base.qr import qr_svg
from pdf.base.sheet import Cell, Entry, Metadata, Party, QrCode, halves
from pdf.enrolment_form.fields import BLOCKS, ONLY_WHERE_GIVEN, FormBlock, FormField, all_fields

Consent = Literal["given", "declined", "open"]
CourseFamily = Literal["integration", "vocational", "open", "measure"]

ABSENT = N_("Können Sie nicht kommen, rufen Sie den Träger am selben Tag an.")

NEXT_STEPS: Mapping[CourseFamily, tuple[str, ...]] = {
    "integration": (
        N_("Gehen Sie bald mit diesem Bogen, Ihrem Aufenthaltspapier und dem Bescheid zum Kursträger."),
        N_("Sind Sie zum Kurs verpflichtet, melden Sie sich sofort an (§ 7 Abs. 2 IntV)."),
        N_("Der Träger prüft Ihr Deutsch mit einem Einstufungstest. Danach steht fest, welcher Kurs passt."),
        N_("Bekommen Sie Leistungen, beantragen Sie beim Träger die Befreiung von den Kosten (§ 9 IntV)."),
        N_("Fahrtkosten beantragen Sie vor Beginn des Kursabschnitts (§ 4a IntV)."),
        N_("Hat der Kurs sechs Wochen nach der Anmeldung nicht begonnen, sagen Sie es uns (§ 7 Abs. 4 IntV)."),
        ABSENT,
    ),
    "vocational": (
        N_("Gehen Sie bald mit diesem Bogen, Ihrem Aufenthaltspapier und der Berechtigung zum Kursträger."),
        N_("Die Berechtigung gilt drei Monate. Melden Sie sich vorher an (§ 6 Abs. 3 DeuFöV)."),
        N_("Bringen Sie Ihren Sprachnachweis mit. Er darf höchstens sechs Monate alt sein (§ 8 Abs. 1 DeuFöV)."),
        N_("Fahrtkosten beantragen Sie bis zum Ende des Kurses (§ 10 DeuFöV)."),
        N_("Kommt der Kurs in vier Wochen nicht zustande, sagen Sie es uns (§ 9 Abs. 3 DeuFöV)."),
        ABSENT,
    ),
    "open": (
        N_("Gehen Sie bald mit diesem Bogen und Ihrem Aufenthaltspapier zum Kursträger."),
        N_("Der Kurs ist freiwillig und kostet nichts. Eine Berechtigung brauchen Sie nicht."),
        N_("Er ersetzt keinen Integrationskurs. Sagen Sie uns, wenn Sie einen Bescheid bekommen."),
        ABSENT,
    ),
    "measure": (
        N_("Gehen Sie bald mit diesem Bogen und der Zuweisung oder dem Gutschein zum Träger."),
        N_("Ein Gutschein gilt nur bis zu dem Tag, der darauf steht."),
        N_("Fahrtkosten und Kinderbetreuung klären Sie vor dem Beginn mit uns."),
        ABSENT,
    ),
}


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """What the form is made of. ``values`` has the keys of ``pdf.enrolment_form.fields``, German texts or None.

    ``special_needs_agreed``: the person agreed to pass them on; otherwise they are left out. ``interpreter`` is the
    name of whoever interpreted, if anybody. ``return_to`` are the lines of the address for the return slip,
    ``slip_address`` is where its code leads.
    """

    reference: str
    issued_on: str
    created: datetime
    provider: Party
    issuer: Party
    return_to: tuple[str, ...]
    slip_address: str
    family: CourseFamily
    values: Mapping[str, str | None]
    consent: Consent = "open"
    special_needs_agreed: bool = False
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A titled block in one or two columns."""

    title: str
    columns: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, slots=True)
class EnrolmentForm:
    """Everything that the template prints; ``beside`` are the two short blocks that share a line."""

    metadata: Metadata
    foot: str
    issued_on: str
    reference: str
    provider: Party
    issuer: Party
    blocks: tuple[PrintedBlock, ...]
    beside: tuple[PrintedBlock, ...]
    consent: Consent
    interpreter: str
    next_steps: tuple[str, ...]
    person: str
    birth_date: str
    course: str
    return_to: tuple[str, ...]
    qr: QrCode


def enrolment_form(facts: EnrolmentFacts) -> EnrolmentForm:
    """The form for these facts; raises ValueError for a value that the form has no field for."""
    values = _printable_values(facts)
    return EnrolmentForm(
        metadata=_metadata(facts),
        foot=f"Kursanmeldung {facts.reference} · ausgestellt am {facts.issued_on}",
        issued_on=facts.issued_on,
        reference=facts.reference,
        provider=facts.provider,
        issuer=facts.issuer,
        blocks=tuple(PrintedBlock(block.title, halves(_entries(block, values))) for block in BLOCKS[:-2]),
        beside=tuple(PrintedBlock(block.title, (_entries(block, values),)) for block in BLOCKS[-2:]),
        consent=facts.consent,
        interpreter=facts.interpreter,
        next_steps=NEXT_STEPS[facts.family],
        person=", ".join(filter(None, (values.get("family_name"), values.get("given_names")))),
        birth_date=values.get("birth_date", ""),
        course=" · ".join(filter(None, (values.get("course_kind"), values.get("course_number")))),
        return_to=facts.return_to,
        qr=QrCode(
            qr_svg(facts.slip_address, f"QR-Code: Rückmeldung zu {facts.reference}"),
            (N_("Rückmeldung"), N_("eintragen")),
        ),
    )


def _printable_values(facts: EnrolmentFacts) -> dict[str, str]:
    unknown = set(facts.values) - {field.key for field in all_fields()}
    if unknown:
        raise ValueError(f"the enrolment form has no fields {sorted(unknown)}")
    values = {key: text.strip() for key, text in facts.values.items() if text and text.strip()}
    if not facts.special_needs_agreed:
        values.pop("special_needs", None)
    if facts.family == "integration":
        values.pop("kundennummer", None)
    return values


def _metadata(facts: EnrolmentFacts) -> Metadata:
    return Metadata(
        title=f"Kursanmeldung {facts.reference}",
        subject="Zuleitung an den Kursträger",
        author=facts.issuer.organisation,
        created=facts.created,
        identity=facts.reference,
    )


def _entries(block: FormBlock, values: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(field.label, _cell(field, values.get(field.key, "")))
        for field in block.fields
        if field.key in values or field.key not in ONLY_WHERE_GIVEN
    )


def _cell(field: FormField, text: str) -> Cell:
    if text:
        return Cell(text)
    return Cell(ink=True, mark=N_("fehlt") if field.required else "")
