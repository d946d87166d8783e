"""What an inspection of a file finds, before anybody judges it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from cryptography import x509

from pdf.signatures.trust import Root


class Flaw(Enum):
    """Why a signature does not hold by itself; revocation is judged later, against the list."""

    ALTERED = auto()
    """The bytes, the signature or what was appended later are not as they should be."""
    FOREIGN = auto()
    """The chain does not end at a trusted root."""
    IMPOSTOR = auto()
    """The issuer bears the name of a trusted root, but is another one."""
    OUT_OF_DATE = auto()
    """A trusted root issued the certificate, but not for the time of signing."""


@dataclass(frozen=True)
class Finding:
    """One filled field. flaw is None if the signature holds; only then the other values are proven.

    below_root: the certificate that the root itself issued, usually the signer's. end: the first byte after the part
    of the file that the signature covers.
    """

    field: str
    title: str
    certificate: x509.Certificate | None = None
    signed_at: datetime | None = None
    root: Root | None = None
    below_root: x509.Certificate | None = None
    end: int = 0
    flaw: Flaw | None = Flaw.ALTERED


@dataclass(frozen=True)
class Inspection:
    """All filled signature fields in the order of signing, and the titles of those that are still empty."""

    findings: tuple[Finding, ...]
    empty: tuple[str, ...]
