"""Issue the receipt of a transfer sheet, signed by the person who accepts it. It is stored with the acceptance."""

from datetime import date, datetime

from models.operations.documents import IssuedFile
from models.queries.handovers import names_of
from models.rules.message import N_
from models.rules.roles import Actor
from models.rules.states import DocumentKind
from models.rules.times import from_stamp, german_date, german_time, local_day, stamp
from models.tables import Handover, Organisation
from pdf.base.office import address_of, return_line_of, sender_of
from pdf.receipt.sheet import Receipt, ReceiptFacts, receipt
from pdf.render import render_pdf
from pdf.signatures.fields import RECEIVER_FIELD
from pdf.signatures.sign import Signer, sign_pdf

REASON = N_("Empfangsbestätigung")


def receipt_file(
    handover: Handover,
    first_talk_on: date | None,
    signer: Signer,
    base_url: str,
    watermark: bool,
    *,
    actor: Actor,
    now: datetime,
) -> IssuedFile:
    """The signed receipt of a handover that is accepted at this moment; it names no client."""
    sheet = receipt(_facts(handover, first_talk_on, base_url, actor, now))
    signed = sign_pdf(
        _unsigned(sheet, watermark), field=RECEIVER_FIELD.name, signer=signer, reason=REASON, signed_at=now
    )
    return IssuedFile(
        kind=DocumentKind.RECEIPT,
        title=sheet.metadata.title,
        filename=f"Empfangsbestaetigung-{handover.reference}.pdf",
        content=signed,
        signatures=1,
    )


def _unsigned(sheet: Receipt, watermark: bool) -> bytes:
    return render_pdf("receipt", sheet, fields=(RECEIVER_FIELD,), watermark=watermark)


def _facts(handover: Handover, first_talk_on: date | None, base_url: str, actor: Actor, now: datetime) -> ReceiptFacts:
    both = (handover.sender_id, handover.receiver_id)
    offices = {row.id: row for row in Organisation.select().where(Organisation.id.in_(both))}
    sender, receiver = offices[handover.sender_id], offices[handover.receiver_id]
    me = actor.with_function
    return ReceiptFacts(
        reference=handover.reference,
        version=handover.number,
        sha256=handover.snapshot_sha256,
        sheet_date=german_date(local_day(from_stamp(handover.sent_at))),
        address=address_of(sender),
        return_line=return_line_of(receiver),
        sender=sender_of(receiver, N_("aufnehmende Stelle")),
        issued_by=me,
        issued_on=german_date(local_day(now)),
        created=now,
        received_at=f"{german_time(handover.received_at)} Uhr",
        received_by=names_of([handover.received_by_id]).get(handover.received_by_id, ""),
        accepted_at=f"{german_time(stamp(now))} Uhr",
        accepted_by=me,
        team=receiver.unit,
        first_talk=german_date(first_talk_on),
        verification_url=f"{base_url}/p/{handover.code}",
        verification_code=handover.code,
    )
