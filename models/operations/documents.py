"""Keeps issued documents. The stored bytes are the record; nothing is rendered again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from models.rules.roles import Actor
from models.rules.states import DocumentKind
from models.rules.times import stamp
from models.tables import Document, DocumentContent


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """A finished file: what it is, its German title, a name without personal data, its bytes and signatures."""

    kind: DocumentKind
    title: str
    filename: str
    content: bytes
    signatures: int = 0
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Belongs:
    """The records that a document belongs to, by their ids."""

    case_id: int | None = None
    handover_id: int | None = None
    enrolment_id: int | None = None


def store_file(file: IssuedFile, belongs: Belongs, *, actor: Actor, now: datetime) -> tuple[int, str]:
    """Keep a file; returns the id of its document and its SHA-256 (64 hexadecimal digits).

    Must run inside the transaction of the operation that issues it. IntegrityError for bytes that are kept already.
    """
    digest = hashlib.sha256(file.content).hexdigest()
    document = Document.create(
        kind=file.kind,
        case=belongs.case_id,
        handover=belongs.handover_id,
        enrolment=belongs.enrolment_id,
        code=file.code,
        title=file.title,
        filename=file.filename,
        sha256=digest,
        signatures=file.signatures,
        organisation=actor.organisation_id,
        account=actor.account_id,
        issued_at=stamp(now),
    )
    DocumentContent.insert(document=document.id, content=file.content).execute()
    return int(document.id), digest


def replace_document(earlier_id: int, later_id: int) -> None:
    """Point from a document to the later one that carries a further signature; inside the same transaction."""
    Document.update(replaced_by=later_id).where(Document.id == earlier_id).execute()
