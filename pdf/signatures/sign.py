"""Sign a document: PAdES baseline B-B (ETSI EN 319 142-1) into one of the fields reserved for it.

A qualified certificate comes in as a PKCS#12 file through ``signer_from_pkcs12``. A card or an HSM (PKCS#11) never
gives its key away: its place is ``revision.cms_signer``, which then returns pyHanko's ``PKCS11Signer`` for a
``Signer`` of its own kind; nothing else here looks at the key.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from models.rules.message import N_, Message

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class CannotSign(Exception):
    """The document cannot be signed this way; ``message`` says why in German."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True)
class Signer:
    """A private key, its certificate, and the certificates from its issuer up to and with the root.

    All of them are embedded, and a verifier expects exactly these.
    """

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    key: PrivateKey = field(repr=False)


@dataclass(frozen=True)
class Entries:
    """What the signature dictionary says besides the signature: time (/M), reason, place, how to reach the signer."""

    moment: datetime
    reason: str
    location: str | None
    contact: str | None


def signer_from_pkcs12(content: bytes, passphrase: str, more_certificates: Sequence[x509.Certificate] = ()) -> Signer:
    """The signer of a PKCS#12 file (.p12, .pfx), as trust services hand them out.

    more_certificates: those of the chain up to the root that the file may lack. Raises CannotSign.
    """
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError:
        raise CannotSign(Message(N_("Die Zertifikatsdatei lässt sich mit diesem Kennwort nicht öffnen."))) from None
    if certificate is None or not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise CannotSign(Message(N_("Die Zertifikatsdatei enthält keinen Schlüssel zum Unterschreiben.")))
    return Signer(certificate, _chain(certificate, [*others, *more_certificates]), key)


def sign_pdf(
    pdf: bytes,
    *,
    field: str,
    signer: Signer,
    reason: str,
    signed_at: datetime,
    location: str | None = None,
    contact: str | None = None,
) -> bytes:
    """The document with one more revision, which holds the signature and nothing else; the old bytes stay in front.

    field: name of a reserved, still empty field. signed_at: aware time; it stands in the signature dictionary (/M),
    where the signature covers it: PAdES baseline forbids the CMS attribute signing-time (EN 319 142-1, 6.3).
    Raises CannotSign if the field is missing or filled, or the certificate not valid at that time.
    """
    from pdf.signatures.revision import append_signature  # pyHanko takes long to import

    moment = signed_at.astimezone(UTC).replace(microsecond=0)
    _refuse_outside_validity(signer.certificate, moment)
    return append_signature(pdf, field, signer, Entries(moment, reason, location, contact))


def _refuse_outside_validity(certificate: x509.Certificate, moment: datetime) -> None:
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        raise CannotSign(Message(N_("Das Zertifikat ist zu diesem Zeitpunkt nicht gültig.")))


def _chain(certificate: x509.Certificate, candidates: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    if certificate.issuer == certificate.subject:
        return ()
    for issuer in candidates:
        if _issued(issuer, certificate):
            return (issuer, *_chain(issuer, [other for other in candidates if other != issuer]))
    raise CannotSign(Message(N_("In der Zertifikatsdatei fehlt die Kette bis zum Wurzelzertifikat.")))


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True
