"""Prints and closes an agreement of first steps: collect, render, sign with the counsellor's key, keep."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.operations.agreements import close_agreement
from models.operations.documents import IssuedFile
from models.queries.accounts import sender_line
from models.queries.agreements import AgreementPage
from models.queries.case_view import CaseView
from models.queries.texts import printed_text
from models.rules.agreements import PAPER_REASONS, Closing, check_closing
from models.rules.consents import needs_guardian
from models.rules.errors import StaleVersion
from models.rules.files import CheckedFile
from models.rules.message import N_, Message
from models.rules.states import DocumentKind
from models.rules.texts import TextDocument
from models.rules.times import german_date, local_day
from models.tables import Agreement
from pdf.agreement.sheet import AgreementFacts, AgreementSheet, PrintedStep, agreement_sheet
from pdf.render import render_pdf
from pdf.signatures.fields import FieldSpec
from pdf.signatures.personal import open_signer
from pdf.signatures.sign import sign_pdf

COUNSELLOR_FIELD = FieldSpec("Beratung", N_("Unterschrift der Beratung"))
REASON = N_("Vereinbarung erster Schritte")


class Place(NamedTuple):
    """Where an installation signs: its authority, its pepper, and whether its papers say MUSTER."""

    pki: Path
    pepper: Path
    watermark: bool


def print_draft(view: CaseView, page: AgreementPage, draft: Agreement, *, now: datetime, watermark: bool) -> bytes:
    """The draft on paper, to be signed there; not kept."""
    sheet = _sheet(view, page, draft, Closing(local_day(now)), now, is_draft=True)
    return render_pdf("agreement", sheet, watermark=watermark)


def issue_agreement(
    view: CaseView,
    page: AgreementPage,
    draft: Agreement,
    closing: Closing,
    pin: str,
    scan: CheckedFile | None,
    place: Place,
    *,
    seen_version: int,
    now: datetime,
) -> None:
    """Close a draft: with a ``pin`` the counsellor signs its file, without one both sign on paper.

    RuleBroken by field, at ``pin`` for a wrong one; StaleVersion where the draft was changed since.
    """
    if draft.version != seen_version:
        raise StaleVersion(Message(N_("Der Entwurf wurde inzwischen geändert. Bitte noch einmal prüfen.")))
    check_closing(closing, opened_on=view.held.case.opened_on, today=local_day(now))
    actor = view.actor
    signer = open_signer(actor, pin, place.pki, place.pepper, now=now) if closing.with_pin else None
    sheet = _sheet(view, page, draft, closing, now)
    content = render_pdf("agreement", sheet, fields=(COUNSELLOR_FIELD,) if signer else (), watermark=place.watermark)
    if signer:
        content = sign_pdf(content, field=COUNSELLOR_FIELD.name, signer=signer, reason=REASON, signed_at=now)
    file = IssuedFile(
        kind=DocumentKind.AGREEMENT,
        title=sheet.metadata.title,
        filename=f"Vereinbarung-{view.held.case.number}-{draft.number}.pdf",
        content=content,
        signatures=1 if signer else 0,
    )
    close_agreement(view, draft, closing, sheet.said, file, scan, seen_version=seen_version, now=now)


def _sheet(
    view: CaseView, page: AgreementPage, draft: Agreement, closing: Closing, now: datetime, *, is_draft: bool = False
) -> AgreementSheet:
    person, before = view.held.person, page.current
    actor = view.actor
    replaces = f"ersetzt Fassung {before.number} vom {german_date(before.agreed_on)}" if before and before.goal else ""
    facts = AgreementFacts(
        text=printed_text(TextDocument.AGREEMENT, draft.language),
        number=draft.number,
        case_number=view.held.case.number,
        name=f"{person.family_name}, {person.given_name}",
        birth_date=german_date(person.date_of_birth),
        office=sender_line(actor),
        counsellor=actor.with_function,
        agreed_on=german_date(closing.agreed_on),
        interpreter=draft.interpreter,
        goal=draft.goal,
        services=draft.services,
        contributions=draft.contributions,
        talk=page.talks[draft.id].said if draft.id in page.talks else None,
        steps=tuple(PrintedStep(one.kind, one.detail, one.who, german_date(one.until)) for one in page.steps[draft.id]),
        replaces=replaces,
        with_guardian=needs_guardian(person.date_of_birth, local_day(now)),
        by_key=closing.with_pin,
        paper_reason=PAPER_REASONS.get(closing.paper_reason, ""),
        is_draft=is_draft,
        created=now,
    )
    return agreement_sheet(facts)
