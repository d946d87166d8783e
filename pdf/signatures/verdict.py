"""What a verification answers, and what it asks of whoever stores the documents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum
from typing import Protocol

from models.rules.message import Message


class VerdictCode(IntEnum):
    """The judgement; its number is the exit status of ``verify-pdf``."""

    VALID = 0
    """All signatures hold and the file is the current one."""
    BROKEN = 1
    """Altered, broken, revoked before signing, or a foreign authority."""
    NOT_SIGNED = 2
    """No readable or no signed PDF."""
    NOT_CURRENT = 3
    """Valid, but superseded, withdrawn or without effect for another reason."""
    AWAITING = 4
    """Valid, a further signature is still awaited."""


class DocumentState(Enum):
    """What became of an issued document. Everything but CURRENT leads to NOT_CURRENT."""

    CURRENT = "current"
    COUNTERSIGNED = "countersigned"
    """Not the current file any more, because a later one carries a further signature on the same content."""
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    EXPIRED = "expired"


@dataclass(frozen=True)
class IssuedDocument:
    """A stored file. label: how a person names it, such as "Übergabebogen SWD-2026-00417-1, Fassung 2"."""

    label: str
    state: DocumentState


class IssuedRegistry(Protocol):
    """The stored files of this installation: every sequence of bytes that one of our keys ever signed."""

    def by_sha256(self, digest: str) -> IssuedDocument | None:
        """The document whose bytes have this SHA-256 (64 lower-case hexadecimal digits), or None."""


@dataclass(frozen=True)
class SignatureReport:
    """One signature, for people. Names are as the certificate says; believe them only if ``valid``."""

    field: str
    title: str
    signer: str
    organisation: str
    function: str
    signed_at: datetime | None
    valid: bool
    sentences: tuple[Message, ...]

    @property
    def sentence(self) -> Message:
        """The sentence that matters most."""
        return self.sentences[0]


@dataclass(frozen=True)
class Verdict:
    """The judgement on a file: about the whole in ``sentences`` (at least one), about each signature in its report."""

    code: VerdictCode
    sentences: tuple[Message, ...]
    signatures: tuple[SignatureReport, ...] = ()

    def all_sentences(self) -> Iterator[Message]:
        """Everything there is to say, the most important first."""
        yield from self.sentences
        for report in self.signatures:
            yield from report.sentences
