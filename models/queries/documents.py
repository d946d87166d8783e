"""Issued documents: their state, their bytes, and what a code on paper stands for. Reads only."""

from dataclasses import dataclass

from peewee import JOIN

from models.rules.handovers import STATE_LABELS
from models.rules.states import DocumentKind, HandoverState
from models.rules.transfer_sheet import sha256_short
from models.tables import Document, DocumentContent, Handover


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file by its digest: how a person names it, the state of its handover, and whether a later file counts.

    ``handover_state`` is None for documents that belong to no handover.
    """

    label: str
    handover_state: HandoverState | None
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a code printed on a sheet stands for, without any personal data."""

    reference: str
    version: int
    state: HandoverState
    state_label: str
    sent_at: str
    short_digest: str
    newer: str | None


def stored_file(digest: str) -> StoredFile | None:
    """The stored file with this SHA-256 (64 lower-case hexadecimal digits), or None."""
    row = (
        Document.select(Document.title, Document.replaced_by, Handover.state.alias("handover_state"))
        .join(Handover, JOIN.LEFT_OUTER)
        .where(Document.sha256 == digest)
        .dicts()
        .first()
    )
    if row is None:
        return None
    state = row["handover_state"]
    return StoredFile(row["title"], HandoverState(state) if state else None, row["replaced_by"] is not None)


def current_document(handover_id: int, kind: DocumentKind) -> Document | None:
    """The document of this kind that counts: the one that no later signature replaced."""
    return (
        Document.select()
        .where(Document.handover == handover_id, Document.kind == kind, Document.replaced_by.is_null())
        .order_by(Document.id.desc())
        .first()
    )


def content_of(document_id: int) -> bytes:
    """The stored bytes. DocumentContent.DoesNotExist for none."""
    return bytes(DocumentContent.get(DocumentContent.document == document_id).content)


def meaning_of_code(code: str) -> CodeMeaning | None:
    """What a code stands for; blanks and lower case do not matter, an unknown code is None."""
    row = Handover.get_or_none(Handover.code == code.strip().upper())
    if row is None:
        return None
    newer = Handover.get_or_none(Handover.id == row.replaced_by_id) if row.replaced_by_id else None
    state = HandoverState(row.state)
    return CodeMeaning(
        row.reference,
        row.number,
        state,
        STATE_LABELS[state],
        row.sent_at,
        sha256_short(row.snapshot_sha256),
        newer.reference if newer and newer.sent_at else None,
    )
