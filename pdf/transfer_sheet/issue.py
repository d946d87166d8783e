"""Issue a transfer sheet: freeze, render, sign; countersign. What is slow happens here, outside of any transaction."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.operations.documents import IssuedFile
from models.operations.handover_answers import Acceptance, accept_handover
from models.operations.handovers import CHANGED, FrozenSheet, send_handover
from models.queries import documents
from models.queries.sheet import Draft
from models.queries.sheet_snapshot import shown_part, snapshot_of
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.handovers import Action, next_state
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import DocumentKind, HandoverState
from models.rules.transfer_sheet import canonical_json, snapshot_digest
from models.tables import Case, Handover
from pdf.receipt.issue import receipt_file
from pdf.render import Attachment, render_pdf
from pdf.signatures.fields import HANDOVER_FIELDS, RECEIVER_FIELD, SENDER_FIELD
from pdf.signatures.personal import open_signer
from pdf.signatures.sign import Signer, sign_pdf
from pdf.signatures.verdict import VerdictCode
from pdf.transfer_sheet.sheet import ATTACHMENT_DESCRIPTION, ATTACHMENT_NAME, TransferSheet, sheet_from_snapshot
from pdf.verification import judge

# without 0/O, 1/I, 5/S, 2/Z, because it is typed from paper, and without the wide M and W: it stands below the QR code
CODE_SIGNS = "346789ABCDEFGHJKLNPQRTUVXY"
SENDER_REASON = N_("Übergabe nach § 50 Abs. 1 SGB II, § 69 Abs. 1 Nr. 1 SGB X")
RECEIVER_REASON = N_("Annahme der Übergabe")
CHANGED_SINCE = N_("Die Angaben haben sich seit der Vorschau geändert. Bitte prüfen Sie sie noch einmal.")
NOT_GENUINE = N_("Die Unterschrift der abgebenden Stelle ist nicht gültig. Bitte geben Sie den Bogen zurück.")
PREVIEW_TITLE = N_("Entwurf, nicht unterschrieben")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an installation signs: its authority, its pepper, its address, and whether its papers say MUSTER."""

    pki: Path
    pepper: Path
    base_url: str
    watermark: bool


def new_code() -> str:
    """A new code for the foot of a sheet, ``7K4N-Q3XD-9RTA``: random, 56 bits, no personal data."""
    signs = "".join(secrets.choice(CODE_SIGNS) for _ in range(12))
    return "-".join((signs[:4], signs[4:8], signs[8:]))


def shown_digest(draft: Draft, *, actor: Actor, now: datetime) -> str:
    """What a page carries so that nothing else is signed than what was looked at (SHA-256 of the released values)."""
    return snapshot_digest(shown_part(_snapshot(draft, "", Place(Path(), Path(), "", False), actor, now)))


def _snapshot(draft: Draft, code: str, place: Place, actor: Actor, now: datetime) -> dict[str, Any]:
    return snapshot_of(draft, code, f"{place.base_url}/p/{code}", actor=actor, now=now)


def preview(draft: Draft, place: Place, *, actor: Actor, now: datetime) -> bytes:
    """The sheet as it would be, marked as a draft; unsigned and not stored."""
    snapshot = _snapshot(draft, "ENTWURF", place, actor, now)
    sheet = replace(sheet_from_snapshot(snapshot), title=PREVIEW_TITLE)
    return render_pdf("transfer_sheet", sheet, watermark=place.watermark)


def issue_and_send(
    draft: Draft, pin: str, seen_digest: str, place: Place, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Freeze a draft, sign it and transmit it.

    RuleBroken for open gaps, a wrong PIN (at the field ``pin``) or a state that forbids it; StaleVersion where somebody
    was faster or the values are not those that the page showed.
    """
    handover = draft.handover
    if handover.version != seen_version:
        raise StaleVersion(Message(CHANGED))
    next_state(Action.SEND, HandoverState(handover.state), actor.role)
    if draft.gaps:
        raise RuleBroken(Message(N_("Es fehlen noch Angaben ohne Begründung: {count}."), count=len(draft.gaps)))
    snapshot = _snapshot(draft, new_code(), place, actor, now)
    if snapshot_digest(shown_part(snapshot)) != seen_digest:
        raise StaleVersion(Message(CHANGED_SINCE))
    signer = open_signer(actor, pin, place.pki, place.pepper, now=now)
    frozen = _signed_sheet(snapshot, signer, place, now)
    send_handover(handover, frozen, seen_version=seen_version, actor=actor, now=now)


def _signed_sheet(snapshot: Mapping[str, Any], signer: Signer, place: Place, now: datetime) -> FrozenSheet:
    text = canonical_json(snapshot)
    sheet = sheet_from_snapshot(snapshot)
    person = snapshot["sections"]["A"]
    return FrozenSheet(
        snapshot=text.decode(),
        sha256=snapshot_digest(snapshot),
        code=snapshot["head"]["verification"]["code"],
        subject=f"{person['family_name']['value']}, {person['given_names']['value']}",
        file=IssuedFile(
            kind=DocumentKind.TRANSFER_SHEET,
            title=sheet.metadata.title,
            filename=f"Uebergabebogen-{snapshot['head']['reference']}.pdf",
            content=sign_pdf(
                _unsigned(sheet, text, place),
                field=SENDER_FIELD.name,
                signer=signer,
                reason=SENDER_REASON,
                signed_at=now,
            ),
            signatures=1,
            code=snapshot["head"]["verification"]["code"],
        ),
    )


def _unsigned(sheet: TransferSheet, snapshot: bytes, place: Place) -> bytes:
    attachment = Attachment(ATTACHMENT_NAME, snapshot, ATTACHMENT_DESCRIPTION, sheet.metadata.created)
    return render_pdf(
        "transfer_sheet", sheet, attachments=(attachment,), fields=HANDOVER_FIELDS, watermark=place.watermark
    )


def countersign_and_accept(
    handover: Handover,
    pin: str,
    place: Place,
    *,
    checked: bool,
    first_talk_on: date | None,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign the second field of the stored file, issue the receipt, and take the case over.

    RuleBroken where the stored file does not verify, for a wrong PIN or without the check; StaleVersion where somebody
    was faster.
    """
    if handover.version != seen_version:
        raise StaleVersion(Message(CHANGED))
    next_state(Action.ACCEPT, HandoverState(handover.state), actor.role)
    case_version = Case.select(Case.version).where(Case.id == handover.case_id).scalar()
    document = documents.current_document(handover.id, DocumentKind.TRANSFER_SHEET)
    content = documents.content_of(document.id) if document else b""
    if document is None or judge(content, place.pki, now=now).code is not VerdictCode.AWAITING:
        raise RuleBroken(Message(NOT_GENUINE))
    signer = open_signer(actor, pin, place.pki, place.pepper, now=now)
    signed = sign_pdf(content, field=RECEIVER_FIELD.name, signer=signer, reason=RECEIVER_REASON, signed_at=now)
    acceptance = Acceptance(
        checked=checked,
        sheet=IssuedFile(DocumentKind.TRANSFER_SHEET, document.title, document.filename, signed, 2, document.code),
        receipt=receipt_file(handover, first_talk_on, signer, place.base_url, place.watermark, actor=actor, now=now),
        signed_document_id=document.id,
        case_version=case_version,
        first_talk_on=first_talk_on,
    )
    accept_handover(handover, acceptance, seen_version=seen_version, actor=actor, now=now)
