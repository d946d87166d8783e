"""Judge a file against this installation: its own root, its revocations, and the files that it has stored."""

from datetime import datetime
from pathlib import Path

from models.queries import documents
from models.rules.states import HandoverState
from pdf.signatures.authority import load_authority
from pdf.signatures.trust import own_root
from pdf.signatures.verdict import DocumentState, IssuedDocument, Verdict
from pdf.signatures.verify import verify_pdf

ENDED = {
    HandoverState.SUPERSEDED: DocumentState.SUPERSEDED,
    HandoverState.WITHDRAWN: DocumentState.WITHDRAWN,
    HandoverState.REJECTED: DocumentState.REJECTED,
    HandoverState.EXPIRED: DocumentState.EXPIRED,
}


class StoredDocuments:
    """The stored files, as a verification asks for them."""

    def by_sha256(self, digest: str) -> IssuedDocument | None:
        """The document whose bytes have this SHA-256, or None."""
        stored = documents.stored_file(digest)
        return IssuedDocument(stored.label, _state(stored)) if stored else None


def _state(stored: documents.StoredFile) -> DocumentState:
    """What became of the handover says more than a later signature."""
    if stored.handover_state in ENDED:
        return ENDED[stored.handover_state]
    return DocumentState.COUNTERSIGNED if stored.is_replaced else DocumentState.CURRENT


def judge(content: bytes, pki: Path, *, now: datetime) -> Verdict:
    """The verdict on a file of whatever content. Raises AuthorityUnusable where this installation has no authority."""
    return verify_pdf(content, trust=(own_root(load_authority(pki)),), issued=StoredDocuments(), now=now)
